"""The chart of a measure: values, limits, target, start, rebases, and the comparators' band."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from math import ceil
from typing import NamedTuple

import numpy as np

from makegood_engine.charts.comparator import Comparator
from makegood_engine.charts.foot import sentences
from makegood_engine.charts.frame import Entry, Frame, in_rows, line_named, marks_named, room_left
from makegood_engine.charts.lettering import STACKED, WIDE, check_width, lines_of, room_for
from makegood_engine.charts.marks import (
    COLOURS,
    NAMES,
    crossed,
    kind_of,
    marker,
    marker_group,
)
from makegood_engine.charts.moments import Mark, marks_of
from makegood_engine.charts.scales import (
    Figures,
    Scale,
    date_ticks,
    exact,
    figures_for,
    month_name,
    spread,
    value_range,
)
from makegood_engine.charts.svg import (
    COMMON,
    INK,
    MUTED,
    element,
    line,
    path_through,
    picture,
    text,
)
from makegood_engine.charts.words import (
    FLAT,
    centre_name,
    check_lengths,
    describe,
    signal_words,
    slips,
    varies,
    why_marked,
)
from makegood_engine.spc import Points
from makegood_engine.spc.points import ANEW

TOP, HIGH, LOW = 56, 322, 240
"""Where the lines begin, and how high they stand on a wide page and on a narrow one."""
BESIDE, LEADER, MARGIN = 0.3, 20.0, 34.0
"""The part of the width that names beside lines may take, and the room before them or without."""
DATE = 76.0
"""The room of a date at the foot."""
LABEL_GAP = 19.0
MARK_GAP = 17.0
DASHES = "6 4"
FEW = 72
"""Points up to which each says its reason where a pointer rests."""
SIZES = ((8.0, 4.5), (3.6, 3.4), (0.0, 2.4))
"""How large marks are, by the least distance between them."""
WRONG = "Found wrong, not corrected"
LEAST = 3.4
"""How large the marks of signals are at least."""


class _Level(NamedTuple):
    """A level line: its last value, its name with that, its colour and dashes."""

    value: float
    words: str
    colour: str
    part: str
    dash: str | None


@dataclass(slots=True, kw_only=True)
class _Page(Frame):
    """The drawing under way: how its numbers are written, and where its lines begin."""

    points: Points
    periods: Sequence[date]
    better: str
    figures: Figures
    head: float
    wrong: Collection[date]

    def across(self, day: date) -> float:
        """Where a day falls."""
        return self.x.at(day.toordinal())

    def draw_mark(self, mark: Mark) -> None:
        """Draw an upright line at a day, with its words above the lines of the chart."""
        top = self.head - 4.0 + MARK_GAP * mark.level
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
    wrong: Collection[date] = (),
    width: int = WIDE,
) -> str:
    """Draw one series as SVG text (at most 20 kB for 120 points).

    `periods` are the first days of the points' periods, in order; `unit` names the vertical
    axis; `better` is up, down or neutral; `target` is in the unit; `starts_on` marks the start
    of delivery; `rebases` mark new limits, each with its reason; `wrong` are periods whose figures
    were found wrong: they are crossed. Without a `description` one is written from the numbers.
    `width` is in page units, in which letters are of 14: 360 suits a telephone. Raises
    `ValueError` where lengths differ or days are out of order.
    """
    check_lengths(points, periods)
    low, high = _span(points, target, comparator)
    levels = _levels(points, target, comparator, figures_for(low, high))
    beside = max([room_for(one.words) for one in levels], default=0.0) + LEADER
    names_beside = beside <= BESIDE * check_width(width)
    said = description or describe(points, periods, unit=unit, target=target, wrong=wrong)
    right = width - (beside if names_beside else MARGIN)
    x = _across(periods, room_left(low, high), right)
    marks, beneath = marks_of(x, rebases, starts_on, width=width)
    head = TOP + 18.0 * (len(lines_of(unit, width - 8)) - 1)
    top = head + MARK_GAP * max((mark.level for mark in marks), default=0)
    y = Scale(low, high, top + (HIGH if width >= STACKED else LOW), top)
    page = _Page(x, y, width, 0, points=points, periods=periods, better=better,
                 figures=figures_for(low, high), head=head, wrong=wrong)  # fmt: skip
    page.upright_axis(unit)
    _draw_dates(page)
    if comparator is not None:
        _draw_comparator(page, comparator)
    _draw_lines(page, target)
    for mark in marks:
        page.draw_mark(mark)
    _draw_points(page)
    _draw_wrong(page)
    if names_beside:
        _draw_names(page, levels)
    foot = _draw_legend(page, [] if names_beside else levels)
    height = _draw_foot(page, beneath, top=foot)
    return picture(page.parts, title=title, description=said, width=width, height=height)


def _across(periods: Sequence[date], left: float, right: float) -> Scale:
    """The level scale: from the first day to the last, with a little room."""
    first = periods[0].toordinal() if periods else 0
    last = periods[-1].toordinal() if periods else 1
    room = max((last - first) * 0.012, 1)
    return Scale(first - room, last + room, left, right)


def _span(
    points: Points, target: float | None, comparator: Comparator | None
) -> tuple[float, float]:
    """What the upright scale must show."""
    shown = [*points.values, *points.mean, *points.lower, *points.upper]
    shown += [] if target is None else [target]
    if comparator is not None:
        shown += [value for part in (comparator.mean, comparator.lower, comparator.upper)
                  for value in part if value is not None]  # fmt: skip
    return value_range([float(value) for value in shown if not np.isnan(value)])


def _levels(
    points: Points, target: float | None, comparator: Comparator | None, figures: Figures
) -> list[_Level]:
    """The lines to be named, with their last values in decimals that tell them apart."""
    last = [value for value in comparator.mean if value is not None][-1:] if comparator else []
    name = comparator.label if comparator else ""
    upper, lower = ("Last upper limit", "Last lower limit") if varies(points) else (
        "Upper limit", "Lower limit"
    )  # fmt: skip
    lines = [
        *(_Level(float(v), upper, MUTED, "limit", DASHES) for v in points.upper[-1:]),
        *(_Level(float(v), centre_name(points).capitalize(), INK, "mean", None)
          for v in points.mean[-1:]),
        *(_Level(float(v), lower, MUTED, "limit", DASHES) for v in points.lower[-1:]),
        *([] if target is None else [_Level(target, "Target", INK, "target", "12 5")]),
        *(_Level(v, name, COMMON, "comparator", "1 4") for v in last),
    ]  # fmt: skip
    known = [one for one in lines if not np.isnan(one.value)]
    apart = len({f"{one.value:.9g}" for one in known})
    more = next(
        (more for more in range(1, 6)
         if len({figures.said(one.value, more=more) for one in known}) == apart), 1,
    )  # fmt: skip
    return [
        one._replace(words=f"{one.words} {figures.said(one.value, more=more)}") for one in known
    ]


def _draw_dates(page: _Page) -> None:
    base = page.y.start
    page.parts.append(line(page.x.start, base, page.x.end, base, part="axis", stroke=MUTED))
    if not page.periods:
        return
    most = min(int((page.x.end - page.x.start) / DATE), 8)
    for day, name in date_ticks(page.periods[0], page.periods[-1], most=max(most, 2)):
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
            (points.upper, "limit", DASHES),
            (points.lower, "limit", DASHES),
            (points.mean, "mean", None),
        ):
            _draw_level(page, [(i, float(values[i])) for i in rows], kind, dash)
    if target is not None:
        at = page.y.at(target)
        page.parts.append(
            line(page.x.start, at, page.x.end, at, part="target", stroke=INK, stroke_width="2",
                 stroke_dasharray="12 5")
        )  # fmt: skip


def _draw_level(page: _Page, rows: list[tuple[int, float]], kind: str, dash: str | None) -> None:
    """Draw the mean or a limit over one group's periods (place and level), in steps if it varies."""
    rows = [(i, value) for i, value in rows if not np.isnan(value)]
    if not rows:
        return
    half = (page.x.end - page.x.start) / max(len(page.periods), 1) / 3
    steps = [rows[0], *(b for a, b in pairwise(rows) if abs(a[1] - b[1]) > FLAT * abs(b[1]))]
    across = [page.across(day) for day in page.periods]
    turns = [(across[i - 1] + across[i]) / 2 for i, _ in steps[1:]]
    left = max(across[rows[0][0]] - half, page.x.start)
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
    gap = (page.x.end - page.x.start) / max(len(values), 1)
    size = next(size for least, size in SIZES if gap >= least)
    marks: dict[str, list[str]] = {kind: [] for kind in COLOURS}
    for i, value in enumerate(values):
        if value is None:
            continue
        kind = kind_of(points.point_type[i])
        day = page.periods[i]
        said = kind != "common" and len(values) <= FEW
        why = f"; {signal_words(points.special_cause[i])}" if said else ""
        hint = element("title", f"{month_name(day)}: {exact(value, page.figures)}{why}")
        at = {"x": page.across(day), "y": page.y.at(value)}
        large = size if kind == "common" else max(size, LEAST)
        marks[kind].append(marker(kind, page.better, **at, size=large, hint=hint))
    for kind in ("common", "neutral", "concern", "improvement"):
        if marks[kind]:
            page.parts.append(marker_group(kind, "".join(marks[kind])))


def _draw_wrong(page: _Page) -> None:
    """Cross the points that were found wrong."""
    for day, value in zip(page.periods, page.points.values, strict=True):
        if day in page.wrong and not np.isnan(value):
            hint = element("title", f"{month_name(day)}: {WRONG.lower()}")
            page.parts.append(crossed(page.across(day), page.y.at(float(value)), hint=hint))


def _draw_names(page: _Page, levels: Sequence[_Level]) -> None:
    """Write the names of lines at their right ends, moved apart where they would touch."""
    wanted = [page.y.at(one.value) for one in levels]
    edge = page.x.end
    for one, at, place in zip(
        levels, wanted, spread(wanted, gap=LABEL_GAP, low=page.y.end, high=page.y.start),
        strict=True,
    ):  # fmt: skip
        page.parts.append(
            element("path", class_="mg-chart__leader", fill="none", stroke=one.colour,
                    stroke_opacity="0.6", d=path_through([(edge + 2, at), (edge + 10, place)]))
            + text(one.words, x=edge + 14, y=place + 5, part="label", fill=one.colour)
        )  # fmt: skip


def _draw_legend(page: _Page, levels: Sequence[_Level]) -> float:
    """Name the shapes the chart uses, lines that are not named beside it, and the rules."""
    kinds = {kind_of(label) for label in page.points.point_type}
    shapes = [(kind, name) for kind, name in NAMES.items() if kind in kinds]
    entries = [
        *marks_named(shapes, page.better),
        *([Entry(crossed, WRONG)] if page.wrong else []),
        *(line_named(one.words, one.part, one.colour, one.dash) for one in levels),
    ]
    rules = Entry(lambda _x, _y: "", f"Rules: {page.points.ruleset}", "rules")
    left = page.x.start if page.width >= STACKED else 4.0
    drawn, low = in_rows(
        [*entries, rules], left=left, top=page.y.start + 60, right=page.width - 4.0
    )
    page.parts.append(drawn)
    return low + 14


def _draw_foot(page: _Page, reasons: Sequence[str], *, top: float) -> int:
    """Write why points are marked, what else must be known, and long reasons; gives the height."""
    points = page.points
    notes = [note for note in points.notes if not note.startswith(ANEW)]
    said = [why_marked(points, page.periods), *notes, *slips(points, page.periods), *reasons]
    drawn, low = sentences([one for one in said if one], top=top, width=page.width)
    page.parts.append(drawn)
    return ceil(low + 8) if drawn else int(top)
