"""The ground of a plain chart: its size, its two scales, its axes and its legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from makegood_engine.charts.lettering import LETTER, LINE, lines_of, room_for
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Figures, Scale, figures_for, value_ticks
from makegood_engine.charts.svg import COMMON, INK, MUTED, line, text

LEAST = 46.0
"""The least room left of an upright axis."""
KEY = 46.0
"""How long the piece of a line in a legend is: three dashes of the longest kind, five of the next."""


def room_left(low: float, high: float) -> float:
    """The room that the numbers of an upright axis need, as wide as the widest of them."""
    figures = figures_for(low, high)
    widest = max(room_for(figures.said(value)) for value in value_ticks(low, high)[0])
    return max(widest + 14, LEAST)


class Entry(NamedTuple):
    """One entry of a legend: what draws its mark, its words, their part, and the room of the mark."""

    mark: Callable[[float, float], str]
    words: str
    part: str = "legend"
    room: float = 18.0


def marks_named(names: Sequence[tuple[str, str]], better: str) -> list[Entry]:
    """Entries that name marks (kind and words)."""

    def one(kind: str, x: float, y: float) -> str:
        return marker_group(kind, marker(kind, better, x=x, y=y, size=4.5))

    return [Entry(partial(one, kind), words) for kind, words in names]


def line_named(words: str, part: str, colour: str, dash: str | None) -> Entry:
    """An entry that names a line."""

    def piece(x: float, y: float) -> str:
        return line(x - 6, y, x - 6 + KEY, y, part=part, stroke=colour, stroke_width="2",
                    stroke_dasharray=dash)  # fmt: skip

    return Entry(piece, words, "label", KEY + 6.0)


def in_rows(
    entries: Sequence[Entry], *, left: float, top: float, right: float
) -> tuple[str, float]:
    """Write entries from left to right, in as many rows as they need.

    `top` is the foot of the first row; also gives the foot of the last.
    """
    x, y, drawn = left, top, []
    for mark, words, part, room in entries:
        if x > left and x + room + room_for(words) > right:
            x, y = left, y + LINE + 2
        drawn.append(mark(x + 6, y - 5) + text(words, x=x + room, y=y, part=part))
        x += room + 26 + 7.2 * len(words)
    return "".join(drawn), y


@dataclass(slots=True)
class Frame:
    """A drawing under way: its scales, and its parts so far."""

    x: Scale
    y: Scale
    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def upright_axis(self, unit: str) -> None:
        """Draw the grid and numbers of the upright scale, its unit above."""
        self.parts += [
            text(words, x=4, y=18 + 18 * place, part="unit", fill=INK, font_weight="bold")
            for place, words in enumerate(lines_of(unit, self.width - 8))
        ]
        figures = figures_for(self.y.low, self.y.high)
        for value in value_ticks(self.y.low, self.y.high)[0]:
            at = self.y.at(value)
            self.parts.append(
                line(self.x.start, at, self.x.end, at, part="grid", stroke=COMMON,
                     stroke_opacity="0.2")
                + text(figures.said(value), x=self.x.start - 8, y=at + 5, text_anchor="end")
            )  # fmt: skip

    def level_axis(self, unit: str, *, grid: bool = False, at: Sequence[int] | None = None) -> None:
        """Draw the numbers of the level scale at the foot (those given, if any), its unit below."""
        base = max(self.y.start, self.y.end)
        top = min(self.y.start, self.y.end)
        self.parts.append(line(self.x.start, base, self.x.end, base, part="axis", stroke=MUTED))
        ticks, figures = value_ticks(self.x.low, self.x.high)[0], self._level_figures()
        if at is not None:
            ticks, figures = [float(place) for place in at], Figures(0)
        ticks = _clear(ticks, [LETTER * len(figures.said(value)) for value in ticks], self.x)
        for value in ticks:
            x = self.x.at(value)
            if grid:
                self.parts.append(
                    line(x, top, x, base, part="grid", stroke=COMMON, stroke_opacity="0.2")
                )
            self.parts.append(
                line(x, base, x, base + 6, part="axis", stroke=MUTED)
                + text(figures.said(value), x=x, y=base + 22, text_anchor="middle")
            )
        wide = max(self.x.end - 4, 0)
        self.parts += [
            text(words, x=self.x.end, y=base + 42 + 18 * place, part="unit", text_anchor="end",
                 fill=INK)
            for place, words in enumerate(lines_of(unit, wide))
        ]  # fmt: skip

    def _level_figures(self) -> Figures:
        return figures_for(self.x.low, self.x.high)

    def legend(
        self, names: Sequence[tuple[str, str]], *, better: str = "up", at: float | None = None
    ) -> float:
        """Name the shapes the chart uses (kind and words), at its foot, from `at` on.

        Gives the foot of the last row.
        """
        left = self.x.start if at is None else at
        drawn, low = in_rows(
            marks_named(names, better), left=left, top=self.height - 14.0, right=self.width - 4.0
        )
        self.parts.append(drawn)
        return low


def _clear(ticks: Sequence[float], rooms: Sequence[float], x: Scale) -> list[float]:
    """Every so many of the ticks of a level scale, so that none of their numbers touch."""
    each = 1
    while len(ticks) > each and any(
        x.at(ticks[i + each]) - x.at(ticks[i]) < max(rooms[i], rooms[i + each]) + 8
        for i in range(0, len(ticks) - each, each)
    ):
        each += 1
    return list(ticks[::each])
