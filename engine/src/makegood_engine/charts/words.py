"""What a chart says in words: its description, its rows, the names of its signals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from makegood_engine.charts.scales import month_name
from makegood_engine.spc import Points, ruleset_named
from makegood_engine.spc.slips import doubt_notes, doubts_of
from makegood_engine.tables.figures import apart, plain

TYPES = {
    "common_cause": "usual variation",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "unusually high",
    "special_cause_neutral_low": "unusually low",
}
"""The plain name of each `point_type`."""


FLAT = 1e-9
"""A limit that varies by no more than this part is drawn straight."""
LISTED = 3
"""How many stretches of marked points are named for one reason; of more, the whole span."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a chart's numbers; None where there is none. `signal` is in plain words."""

    period: date
    label: str
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    comparator: float | None
    signal: str


def signal_words(cause: str) -> str:
    """Say a `special_cause` label in plain words: ``7 or more in a row above the average``."""
    head, _, tail = cause.partition(" ")
    if cause == "Common Cause":
        return "usual variation"
    if "UCL" in cause or "LCL" in cause:
        return "above the upper limit" if head == "Above" else "below the lower limit"
    if "Trend" in cause:
        return f"{head} or more in a row {'rising' if 'Increasing' in cause else 'falling'}"
    side = "above" if "Above" in tail else "below"
    if " in " in cause:
        return f"{cause[0]} of {cause[5]} far {side} the average"
    return {
        "Long": f"a run too long {side} the median",
        "Few": f"too few crossings of the median, {side} it",
    }.get(head, f"{head} or more in a row {side} the average")


def table_rows(
    points: Points,
    periods: Sequence[date],
    *,
    comparator: Sequence[float | None] | None = None,
) -> list[ChartRow]:
    """The numbers behind a chart, one row a period, for a table beside it.

    `comparator` is the comparators' mean, one a period. Raises `ValueError` where the lengths
    differ.
    """
    check_lengths(points, periods)
    beside = [None] * len(periods) if comparator is None else list(comparator)
    rows = []
    for i, day in enumerate(periods):
        value = known(points.values[i])
        kind = TYPES[points.point_type[i]]
        why = signal_words(points.special_cause[i])
        signal = "no figure" if value is None else kind if why == kind else f"{kind}: {why}"
        rows.append(
            ChartRow(
                day, month_name(day), value, known(points.mean[i]), known(points.lower[i]),
                known(points.upper[i]), beside[i], signal,
            )
        )  # fmt: skip
    return rows


def centre_name(points: Points) -> str:
    """What the centre line is: the average or the median."""
    return "median" if ruleset_named(points.ruleset).centre == "median" else "average"


def why_marked(points: Points, periods: Sequence[date]) -> str:
    """Say why points are marked, how many for each reason and when; "" where none is.

    A point of two signals is counted once, under the first; the counts come to all that is marked.
    """
    marked = [i for i, cause in enumerate(points.special_cause) if cause != "Common Cause"]
    said: list[str] = []
    for cause in ruleset_named(points.ruleset).labels[1:]:
        places = [i for i in marked if points.special_cause[i] == cause]
        if places:
            more = " more" if said else ""
            said.append(
                f"{signal_words(cause)}, {len(places)}{more} ({_stretches(places, points, periods)})"
            )
    what = "1 point is" if len(marked) == 1 else f"{len(marked)} points are"
    return f"Why {what} marked: {'; '.join(said)}." if said else ""


def _stretches(places: Sequence[int], points: Points, periods: Sequence[date]) -> str:
    """Say when some points were, those next to one another together: Jan 2024 to Mar 2024."""
    order = np.cumsum(~np.isnan(points.values)).tolist()
    runs: list[list[int]] = []
    for i in places:
        if runs and order[i] - order[runs[-1][1]] == 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    if len(runs) > LISTED:
        return f"between {month_name(periods[places[0]])} and {month_name(periods[places[-1]])}"
    names = [
        month_name(periods[first]) + (f" to {month_name(periods[last])}" if last > first else "")
        for first, last in runs
    ]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _of_phase(points: Points, periods: Sequence[date]) -> str:
    """How a sentence on the centre begins: with when the last limits began, if there were others."""
    first = int(np.searchsorted(points.group, points.group[-1]))
    return f"Since {month_name(periods[first])} the" if first else "The"


def slips(points: Points, periods: Sequence[date]) -> tuple[str, ...]:
    """Ask after figures that look like slips: see `spc.slips`."""
    found = doubts_of(points.values, np.array([0, len(points)], dtype=np.int64))
    return doubt_notes(points.values, found, 0, lambda place: month_name(periods[place]))


def describe(
    points: Points,
    periods: Sequence[date],
    *,
    unit: str,
    target: float | None,
    beside_chart: bool = False,
    wrong: Collection[date] = (),
) -> str:
    """Say what a chart shows, for someone who cannot see it.

    `periods` are the first days of the n points, in order; `target` is in `unit`, None for none.
    `beside_chart` leaves out why points are marked, which the chart writes beneath itself.
    `wrong` are the periods whose figures were found wrong and stand uncorrected.
    Raises `IndexError` where there are fewer points than periods.
    """
    seen = [i for i in range(len(periods)) if not np.isnan(points.values[i])]
    if not seen:
        return "There are no figures yet."
    first, last = periods[seen[0]], periods[seen[-1]]
    values = points.values[seen]
    lower, mean, upper, aim = apart(
        [points.lower[-1], points.mean[-1], points.upper[-1], np.nan if target is None else target]
    )
    words = [
        (
            f"{len(seen)} figures in {unit}, {month_name(first)} to {month_name(last)}, "
            f"from {plain(values.min())} to {plain(values.max())}."
        ),
        f"The last is {plain(values[-1])}: {TYPES[points.point_type[seen[-1]]]}.",
        f"{_of_phase(points, periods)} {centre_name(points)} is {mean}.",
    ]
    if not np.isnan(points.lower[-1]):
        at = " at the last point; they vary with the denominators" if varies(points) else ""
        words.append(f"The limits are {lower} and {upper}{at}.")
    if target is not None:
        words.append(f"The target is {aim}.")
    words += [said] if (said := found_wrong(wrong)) else []
    words += [why] if not beside_chart and (why := why_marked(points, periods)) else []
    words += [*points.notes, *slips(points, periods)]
    return " ".join([*words, f"Rules: {points.ruleset}."])


def found_wrong(periods: Collection[date]) -> str:
    """Say which figures were found wrong and are not corrected; "" where none was."""
    names = [month_name(day) for day in sorted(periods)]
    if not names:
        return ""
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"Found wrong, and not corrected: {', '.join(names[:LISTED])}{more}."


def check_lengths(points: Points, periods: Sequence[date]) -> None:
    """Refuse periods that do not match the points, or are out of order."""
    if len(points) != len(periods):
        raise ValueError(f"There are {len(points)} points but {len(periods)} periods.")
    if any(a >= b for a, b in pairwise(periods)):
        raise ValueError("The periods must be in order, each once.")


def varies(points: Points) -> bool:
    """Whether the upper limit of the last group differs from point to point."""
    limits = points.upper[points.group == points.group[-1:]]
    limits = limits[~np.isnan(limits)]
    return bool(len(limits) and np.ptp(limits) > FLAT * abs(limits[0]))


def known(value: float) -> float | None:
    """Turn NaN into None."""
    return None if np.isnan(value) else float(value)
