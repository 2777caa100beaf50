"""The ground of a plain chart: its size, its two scales, its axes and its legend."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Scale, value_ticks
from makegood_engine.charts.svg import COMMON, INK, MUTED, line, text

LETTER = 7.8
"""About how wide a letter is, in page units."""
ROW = 26
"""How high one row of a chart of rows is."""


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
        self.parts.append(text(unit, x=4, y=18, part="unit", fill=INK, font_weight="bold"))
        ticks, places = value_ticks(*sorted((self.y.low, self.y.high)))
        for value in ticks:
            at = self.y.at(value)
            self.parts.append(
                line(self.x.start, at, self.x.end, at, part="grid", stroke=COMMON,
                     stroke_opacity="0.2")
                + text(f"{value:,.{places}f}", x=self.x.start - 8, y=at + 5, text_anchor="end")
            )  # fmt: skip

    def level_axis(self, unit: str, *, grid: bool = False, at: Sequence[int] | None = None) -> None:
        """Draw the numbers of the level scale at the foot (those given, if any), its unit below."""
        base = max(self.y.start, self.y.end)
        top = min(self.y.start, self.y.end)
        self.parts.append(line(self.x.start, base, self.x.end, base, part="axis", stroke=MUTED))
        ticks, places = value_ticks(self.x.low, self.x.high)
        if at is not None:
            ticks, places = [float(place) for place in at], 0
        for value in ticks:
            x = self.x.at(value)
            if grid:
                self.parts.append(
                    line(x, top, x, base, part="grid", stroke=COMMON, stroke_opacity="0.2")
                )
            self.parts.append(
                line(x, base, x, base + 6, part="axis", stroke=MUTED)
                + text(f"{value:,.{places}f}", x=x, y=base + 22, text_anchor="middle")
            )
        self.parts.append(
            text(unit, x=self.x.end, y=base + 42, part="unit", text_anchor="end", fill=INK)
        )

    def legend(
        self, names: Sequence[tuple[str, str]], *, better: str = "up", at: float | None = None
    ) -> None:
        """Name the shapes the chart uses (kind and words), at its foot, from `at` on."""
        x, y = self.x.start if at is None else at, self.height - 14.0
        for kind, words in names:
            mark = marker(kind, better, x=x + 6, y=y - 5, size=4.5)
            self.parts.append(marker_group(kind, mark) + text(words, x=x + 18, y=y, part="legend"))
            x += 46 + 7.1 * len(words)
