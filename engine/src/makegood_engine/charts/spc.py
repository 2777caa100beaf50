"""The chart of a measure: values, limits, target, start, rebases, and the comparators' band."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import numpy as np

from makegood_engine.charts.marks import COLOURS, NAMES, kind_of, marker, marker_group
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
from makegood_engine.charts.words import check_lengths, describe
from makegood_engine.spc import Points

WIDTH, HEIGHT = 860, 452
LEFT, RIGHT, TOP, BOTTOM = 58, 178, 56, 74
LABEL_GAP = 19.0
MARK_GAP = 17.0


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
    marks: list[tuple[int, float, float]] = field(default_factory=list)

    def across(self, day: date) -> float:
        """Where a day falls."""
        return self.x.at(day.toordinal())

    def label(self, value: float, words: str, colour: str) -> None:
        """Ask for a label at the right end of a line."""
        self.labels.append((self.y.at(value), f"{words} {value:,.{self.places + 1}f}", colour))

    def mark(self, day: date, words: str, *, part: str) -> None:
        """Draw an upright line at a day, with its words above, clear of those before."""
        at = self.across(day)
        end = at > WIDTH - RIGHT - 120
        width = 7.8 * len(words)
        left = at - width if end else at
        level = 0
        while any(k == level and left < r + 8 and left + width + 8 > p for k, p, r in self.marks):
            level += 1
        self.marks.append((level, left, left + width))
        top = TOP - 4.0 + MARK_GAP * level
        self.parts.append(
            line(at, top - 10, at, self.y.start, part=part, stroke=INK, stroke_dasharray="2 3")
            + text(words, x=at + (-5 if end else 5), y=top, part="mark", fill=INK,
                   text_anchor="end" if end else None)
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
    page = _page(points, periods, better, target, comparator)
    _draw_axes(page, unit)
    if comparator is not None:
        _draw_comparator(page, comparator)
    _draw_lines(page, target)
    for day, reason in rebases:
        page.mark(day, f"New limits: {reason}", part="rebase")
    if starts_on is not None and page.x.low <= starts_on.toordinal() <= page.x.high:
        page.mark(starts_on, "Start", part="start")
    _draw_points(page)
    _draw_labels(page)
    _draw_legend(page)
    return picture(page.parts, title=title, description=said, width=WIDTH, height=HEIGHT)


def _page(
    points: Points,
    periods: Sequence[date],
    better: str,
    target: float | None,
    comparator: Comparator | None,
) -> _Page:
    shown = [*points.values, *points.mean, *points.lower, *points.upper]
    shown += [] if target is None else [target]
    if comparator is not None:
        shown += [value for part in (comparator.mean, comparator.lower, comparator.upper)
                  for value in part if value is not None]  # fmt: skip
    low, high = value_range([float(value) for value in shown if not np.isnan(value)])
    places = value_ticks(low, high)[1]
    first = periods[0].toordinal() if periods else 0
    last = periods[-1].toordinal() if periods else 1
    room = max((last - first) * 0.012, 1)
    x = Scale(first - room, last + room, LEFT, WIDTH - RIGHT)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    return _Page(points, periods, better, x, y, places)


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
            _draw_level(page, rows, float(values[rows[0]]), kind, dash)
    for words, last, colour in (
        ("Upper limit", points.upper[-1:], MUTED),
        ("Average", points.mean[-1:], INK),
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


def _draw_level(page: _Page, rows: list[int], value: float, kind: str, dash: str | None) -> None:
    """Draw the mean or a limit over one group's periods."""
    if np.isnan(value):
        return
    half = (page.x.end - page.x.start) / max(len(page.periods), 1) / 3
    left = max(page.across(page.periods[rows[0]]) - half, LEFT)
    right = page.across(page.periods[rows[-1]]) + half
    if rows[-1] == len(page.periods) - 1:
        right = page.x.end
    at = page.y.at(value)
    page.parts.append(
        line(left, at, right, at, part=kind, stroke=INK if kind == "mean" else MUTED,
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
    size = 4.5 if len(values) <= 72 else 3.4
    marks: dict[str, list[str]] = {kind: [] for kind in COLOURS}
    for i, value in enumerate(values):
        if value is None:
            continue
        kind = kind_of(points.point_type[i])
        day = page.periods[i]
        hint = element("title", f"{month_name(day)}: {value:,.{page.places + 1}f}")
        at = {"x": page.across(day), "y": page.y.at(value)}
        marks[kind].append(marker(kind, page.better, **at, size=size, hint=hint))
    for kind in ("common", "neutral", "concern", "improvement"):
        if marks[kind]:
            page.parts.append(marker_group(kind, "".join(marks[kind])))


def _draw_labels(page: _Page) -> None:
    """Write the names of lines at their right ends, moved apart where they would touch."""
    wanted = [at for at, _, _ in page.labels]
    for (at, words, colour), place in zip(
        page.labels, spread(wanted, gap=LABEL_GAP, low=TOP, high=page.y.start), strict=True
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
    x, y = float(LEFT), HEIGHT - 14.0
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
