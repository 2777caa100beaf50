"""The chart of a measure: values, limits, target, start, rebases, and the comparators' band."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from math import ceil

import numpy as np

from makegood_engine.charts.foot import sentences
from makegood_engine.charts.marks import COLOURS, NAMES, kind_of, marker, marker_group
from makegood_engine.charts.moments import Mark, marks_of
from makegood_engine.charts.scales import (
    Scale,
    date_ticks,
    month_name,
    spread,
    value_range,
    value_ticks,
)
from makegood_engine.charts.svg import (
    COMMON,
    INK,
    MUTED,
    Attribute,
    element,
    line,
    path_through,
    picture,
    text,
)
from makegood_engine.charts.words import (
    centre_name,
    check_lengths,
    describe,
    signal_words,
    why_marked,
)
from makegood_engine.spc import Points
from makegood_engine.spc.points import ANEW

WIDTH, HEIGHT = 860, 452
LEFT, RIGHT, TOP, BOTTOM = 58, 178, 56, 74
LABEL_GAP = 19.0
MARK_GAP = 17.0
FLAT = 1e-9
"""A limit that varies by no more than this part is drawn straight."""
FEW = 72
"""Points up to which marks are large, and each says its reason where a pointer rests."""


@dataclass(frozen=True, slots=True)
class Comparator:
    """The comparators beside a series: one entry a period, None where there is none."""

    mean: Sequence[float | None]
    lower: Sequence[float | None]
    upper: Sequence[float | None]
    label: str = "Comparators"


def comparator_of(
    histories: Sequence[Mapping[date, float | None]],
    periods: Sequence[date],
    *,
    label: str = "Comparators",
) -> Comparator:
    """Make the comparators' mean and the band that holds the middle 80% of them.

    A period with fewer than 3 comparators has none.
    """
    mean: list[float | None] = []
    lower: list[float | None] = []
    upper: list[float | None] = []
    for day in periods:
        found = [value for history in histories if (value := history.get(day)) is not None]
        enough = len(found) >= 3
        mean.append(float(np.mean(found)) if enough else None)
        lower.append(float(np.quantile(found, 0.1)) if enough else None)
        upper.append(float(np.quantile(found, 0.9)) if enough else None)
    return Comparator(mean, lower, upper, label)


@dataclass(slots=True)
class _Page:
    """The drawing under way: its scales, its parts so far, and the labels still to place."""

    points: Points
    periods: Sequence[date]
    better: str
    x: Scale
    y: Scale
    places: int
    parts: list[str] = field(default_factory=list)
    labels: list[tuple[float, str, str]] = field(default_factory=list)

    def across(self, day: date) -> float:
        """Where a day falls."""
        return self.x.at(day.toordinal())

    def label(self, value: float, words: str, colour: str) -> None:
        """Ask for a label at the right end of a line."""
        self.labels.append((self.y.at(value), f"{words} {value:,.{self.places + 1}f}", colour))

    def draw_mark(self, mark: Mark) -> None:
        """Draw an upright line at a day, with its words above the lines of the chart."""
        top = TOP - 4.0 + MARK_GAP * mark.level
        self.parts.append(
            line(mark.at, top - 10, mark.at, self.y.start, part=mark.part, stroke=INK,
                 stroke_dasharray="2 3")
            + text(mark.words, x=mark.at + (-5 if mark.before else 5), y=top, part="mark", fill=INK,
                   text_anchor="end" if mark.before else None)
        )  # fmt: skip


def spc_chart(
    points: Points,
    periods: Sequence[date],
    *,
    title: str,
    unit: str,
    better: str,
    description: str | None = None,
    target: float | None = None,
    starts_on: date | None = None,
    rebases: Sequence[tuple[date, str]] = (),
    comparator: Comparator | None = None,
) -> str:
    """Draw one series as SVG text (at most 20 kB for 120 points).

    `periods` are the first days of the points' periods, in order; `unit` names the vertical
    axis; `better` is up, down or neutral; `target` is in the unit; `starts_on` marks the start
    of delivery; `rebases` mark new limits, each with its reason. Without a `description` one is
    written from the numbers. Raises `ValueError` where lengths differ or days are out of order.
    """
    check_lengths(points, periods)
    said = description or describe(points, periods, unit=unit, target=target)
    x = _across(periods)
    marks, beneath = marks_of(x, rebases, starts_on, width=WIDTH)
    y = _upright(
        points, target, comparator, down=MARK_GAP * max((m.level for m in marks), default=0)
    )
    page = _Page(points, periods, better, x, y, value_ticks(y.low, y.high)[1])
    _draw_axes(page, unit)
    if comparator is not None:
        _draw_comparator(page, comparator)
    _draw_lines(page, target)
    for mark in marks:
        page.draw_mark(mark)
    _draw_points(page)
    _draw_labels(page)
    _draw_legend(page)
    height = _draw_foot(page, beneath)
    return picture(page.parts, title=title, description=said, width=WIDTH, height=height)


def _across(periods: Sequence[date]) -> Scale:
    """The level scale: from the first day to the last, with a little room."""
    first = periods[0].toordinal() if periods else 0
    last = periods[-1].toordinal() if periods else 1
    room = max((last - first) * 0.012, 1)
    return Scale(first - room, last + room, LEFT, WIDTH - RIGHT)


def _upright(
    points: Points, target: float | None, comparator: Comparator | None, *, down: float
) -> Scale:
    """The upright scale, as far down the page as the marks above it need."""
    shown = [*points.values, *points.mean, *points.lower, *points.upper]
    shown += [] if target is None else [target]
    if comparator is not None:
        shown += [value for part in (comparator.mean, comparator.lower, comparator.upper)
                  for value in part if value is not None]  # fmt: skip
    low, high = value_range([float(value) for value in shown if not np.isnan(value)])
    return Scale(low, high, HEIGHT - BOTTOM + down, TOP + down)


def _draw_axes(page: _Page, unit: str) -> None:
    ticks, places = value_ticks(page.y.low, page.y.high)
    page.parts.append(text(unit, x=4, y=18, part="unit", fill=INK, font_weight="bold"))
    for value in ticks:
        at = page.y.at(value)
        page.parts.append(
            line(LEFT, at, WIDTH - RIGHT, at, part="grid", stroke=COMMON, stroke_opacity="0.2")
            + text(f"{value:,.{places}f}", x=LEFT - 8, y=at + 5, text_anchor="end")
        )
    base = page.y.start
    page.parts.append(line(LEFT, base, WIDTH - RIGHT, base, part="axis", stroke=MUTED))
    if not page.periods:
        return
    for day, name in date_ticks(page.periods[0], page.periods[-1]):
        at = page.across(day)
        page.parts.append(
            line(at, base, at, base + 6, part="axis", stroke=MUTED)
            + text(name, x=at, y=base + 22, text_anchor="middle")
        )


def _draw_comparator(page: _Page, comparator: Comparator) -> None:
    band = [
        (page.across(day), page.y.at(low), page.y.at(high))
        for day, low, high in zip(page.periods, comparator.lower, comparator.upper, strict=True)
        if low is not None and high is not None
    ]
    if band:
        outline = [(x, low) for x, low, _ in band] + [(x, high) for x, _, high in reversed(band)]
        page.parts.append(
            element("path", class_="mg-chart__comparator-band", d=path_through(outline, places=0) + "Z",
                    fill=COMMON, fill_opacity="0.16")
        )  # fmt: skip
    for run in _runs(comparator.mean):
        at = [(page.across(page.periods[i]), page.y.at(value)) for i, value in run]
        page.parts.append(
            element("path", class_="mg-chart__comparator", d=path_through(at, places=0), fill="none",
                    stroke=COMMON, stroke_width="2", stroke_dasharray="1 4", stroke_linecap="round")
        )  # fmt: skip
    ends = [value for value in comparator.mean if value is not None]
    if ends:
        page.label(ends[-1], comparator.label, COMMON)


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Split a line where values are missing."""
    run: list[tuple[int, float]] = []
    for i, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((i, value))
    if run:
        yield run


def _draw_lines(page: _Page, target: float | None) -> None:
    points = page.points
    for _, part in groupby(range(len(points)), key=lambda i: points.group[i]):
        rows = list(part)
        for values, kind, dash in (
            (points.upper, "limit", "6 4"),
            (points.lower, "limit", "6 4"),
            (points.mean, "mean", None),
        ):
            _draw_level(page, [(i, float(values[i])) for i in rows], kind, dash)
    for words, last, colour in (
        ("Upper limit", points.upper[-1:], MUTED),
        (centre_name(points).capitalize(), points.mean[-1:], INK),
        ("Lower limit", points.lower[-1:], MUTED),
    ):
        if len(last) and not np.isnan(last[0]):
            page.label(float(last[0]), words, colour)
    if target is not None:
        at = page.y.at(target)
        page.parts.append(
            line(LEFT, at, WIDTH - RIGHT, at, part="target", stroke=INK, stroke_width="2",
                 stroke_dasharray="12 5")
        )  # fmt: skip
        page.label(target, "Target", INK)


def _draw_level(page: _Page, rows: list[tuple[int, float]], kind: str, dash: str | None) -> None:
    """Draw the mean or a limit over one group's periods (place and level), in steps if it varies."""
    rows = [(i, value) for i, value in rows if not np.isnan(value)]
    if not rows:
        return
    half = (page.x.end - page.x.start) / max(len(page.periods), 1) / 3
    steps = [rows[0], *(b for a, b in pairwise(rows) if abs(a[1] - b[1]) > FLAT * abs(b[1]))]
    across = [page.across(day) for day in page.periods]
    turns = [(across[i - 1] + across[i]) / 2 for i, _ in steps[1:]]
    left = max(across[rows[0][0]] - half, LEFT)
    right = across[rows[-1][0]] + half
    if rows[-1][0] == len(page.periods) - 1:
        right = page.x.end
    colour = INK if kind == "mean" else MUTED
    ends = zip([left, *turns], [*turns, right], steps, strict=True)
    at = [(x, page.y.at(value)) for start, end, (_, value) in ends for x in (start, end)]
    page.parts.append(
        element("path", class_=f"mg-chart__{kind}", d=path_through(at), fill="none", stroke=colour,
                stroke_width="1.5", stroke_dasharray=dash)
    )  # fmt: skip


def _draw_points(page: _Page) -> None:
    points = page.points
    values = [None if np.isnan(value) else float(value) for value in points.values]
    for run in _runs(values):
        places = [(page.across(page.periods[i]), page.y.at(value)) for i, value in run]
        page.parts.append(
            element("path", class_="mg-chart__line", d=path_through(places), fill="none",
                    stroke=COMMON, stroke_width="1.5", stroke_linejoin="round")
        )  # fmt: skip
    size = 4.5 if len(values) <= FEW else 3.4
    marks: dict[str, list[str]] = {kind: [] for kind in COLOURS}
    for i, value in enumerate(values):
        if value is None:
            continue
        kind = kind_of(points.point_type[i])
        day = page.periods[i]
        said = kind != "common" and len(values) <= FEW
        why = f"; {signal_words(points.special_cause[i])}" if said else ""
        hint = element("title", f"{month_name(day)}: {value:,.{page.places + 1}f}{why}")
        at = {"x": page.across(day), "y": page.y.at(value)}
        marks[kind].append(marker(kind, page.better, **at, size=size, hint=hint))
    for kind in ("common", "neutral", "concern", "improvement"):
        if marks[kind]:
            page.parts.append(marker_group(kind, "".join(marks[kind])))


def _draw_labels(page: _Page) -> None:
    """Write the names of lines at their right ends, moved apart where they would touch."""
    wanted = [at for at, _, _ in page.labels]
    for (at, words, colour), place in zip(
        page.labels, spread(wanted, gap=LABEL_GAP, low=page.y.end, high=page.y.start), strict=True
    ):
        edge = WIDTH - RIGHT
        page.parts.append(
            element("path", class_="mg-chart__leader", fill="none", stroke=colour,
                    stroke_opacity="0.6", d=path_through([(edge + 2, at), (edge + 10, place)]))
            + text(words, x=edge + 14, y=place + 5, part="label", fill=colour)
        )  # fmt: skip


def _draw_legend(page: _Page) -> None:
    """Name the shapes the chart uses, below it."""
    kinds = {kind_of(label) for label in page.points.point_type}
    x, y = float(LEFT), page.y.start + BOTTOM - 14.0
    for kind, name in NAMES.items():
        if kind in kinds:
            page.parts.append(
                marker_group(kind, marker(kind, page.better, x=x + 6, y=y - 5, size=4.5))
            )
            page.parts.append(text(name, x=x + 18, y=y, part="legend"))
            x += 42 + 7.8 * len(name)
    rules: dict[str, Attribute] = {"text_anchor": "end", "font_size": "12"}
    page.parts.append(
        text(f"Rules: {page.points.ruleset}", x=WIDTH - 4, y=y, part="rules", **rules)
    )


def _draw_foot(page: _Page, reasons: Sequence[str]) -> int:
    """Write why points are marked, what else must be known, and long reasons; gives the height."""
    points, top = page.points, page.y.start + BOTTOM
    notes = [note for note in points.notes if not note.startswith(ANEW)]
    said = [why_marked(points, page.periods), *notes, *reasons]
    drawn, low = sentences([one for one in said if one], top=top, width=WIDTH)
    page.parts.append(drawn)
    return ceil(low + 8) if drawn else int(top)
