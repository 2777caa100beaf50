"""The table of calibration, as the manual shows it: every cell, whatever it says."""

from collections.abc import Sequence

from makegood_engine import __version__
from makegood_engine.calibration.plan import Plan, Threshold
from makegood_engine.calibration.tally import Cell
from makegood_engine.calibration.whole_plan import WholePlan

POWERS = ("power", "learning")
"""Figures given as parts of a best test's, not as shares."""
FEW = (
    "the provider is the smallest of all, and how much units differ beyond chance is read off ten "
    "comparators or fewer. Choose comparators of its own size."
)
REASONS: dict[tuple[str, str], str] = {
    ("claimed", "small provider among large"): FEW,
    ("covers", "small provider among large"): FEW,
    ("power", ""): (
        "the best test is told how much months vary; ours must learn it from the comparators. "
        "Five of them teach little. It also knows that the change came all at once: where noise "
        "follows itself, it looks hardest at the months on either side of the start. Ours compares "
        "whole windows, for a promise may come in by degrees. The next table leaves both out."
    ),
}
"""Why cells of a promise and a scenario (or "") fail, as far as it is understood."""


INTRODUCTION = """# How often verdicts are wrong

Contracts are simulated in which nothing was added, and others whose promise was kept just so. Real
organisations are judged for promises that nobody made. Then we count what was said of them.

The 5% of a one-sided test and the 90% of an interval are those of a single look. Where looks are
agreed, 5% is spent over them all, and the interval is that of the look's own level: it covers more.
By rank (19 comparators and up) the test comes in whole steps, so its error lies at or below 5%. On
the scale of a level the interval holds just those effects that the test would not rule out. On the
scale of a rate this is so of log rates; it is then turned into the measure's unit by way of the
provider's own rate after the start.

The grid, the seeds and the thresholds stood in `calibration/plan.py` before the first result. The
first run on real figures broke its promise, and showed that comparators were chosen amiss
([ADR 0007](../decisions/0007-match-comparators-on-how-much-they-move.md)). The
rule was mended on these very figures. So the share of claims on real figures is no independent
check of it; the second part below has other figures.

    makegood-engine calibrate --data ../shared/data --out calibration.md     (all of it)
    makegood-engine calibrate --quick                                       (about a minute)
    makegood-engine calibrate --part whole --data ../shared/data            (the second part alone)
"""

WHOLE = """# Through the whole of `assess`

The cells above call the test with windows made by hand. Here tables of measurements, commitments
and pools go in, so that the gate, the windows, the scale, the looks and the choice of comparators
are tried too. *Directly* are the very same contracts, judged as above. This plan stood in
`calibration/whole_plan.py` before its first result; thresholds are those above. Every cell through
`assess` is promised, also where the pool was drawn with no regard to how much figures move.

Of the real organisations of the first part one in four is held out, by a hash of its name, and
shown apart from the rest. That is less than it seems: the rule of choice (ADR 0007) was mended on
all of them before anything was held out. A check of their own are the measures that calibration had
never seen: the four hours and the attendances of minor A&E units, and A&E attendances.
"""


def markdown(cells: Sequence[Cell], plan: Plan, *, commit: str = "") -> str:
    """Write the table: a summary, then a table for every promise, cells that fail included."""
    return _written(INTRODUCTION, cells, plan, commit)


def markdown_whole(cells: Sequence[Cell], plan: WholePlan, *, commit: str = "") -> str:
    """Write the second part, in the same way."""
    return _written(WHOLE, cells, plan, commit)


def _written(introduction: str, cells: Sequence[Cell], plan: Plan | WholePlan, commit: str) -> str:
    parts = [introduction, _lead(cells, plan, commit), _summary(cells, plan)]
    for threshold in plan.thresholds:
        here = [one for one in cells if one.key == threshold.key]
        if here:
            parts.append(_section(threshold, here))
    return "\n".join(parts)


def _lead(cells: Sequence[Cell], plan: Plan | WholePlan, commit: str) -> str:
    failing = sum(one.fails for one in cells)
    promised = sum(one.promised for one in cells)
    at = f", commit {commit}" if commit else ""
    return (
        f"Engine {__version__}{at}; plan {plan.digest()}. {promised} cells of which something is "
        f"promised: {failing} fail. Intervals are Monte Carlo, {plan.confidence:.0%} each.\n\nA figure "
        "*holds* within its threshold, *fails* when its whole interval lies beyond, and is *not "
        "settled* between. Nothing is dropped.\n"
    )


def _summary(cells: Sequence[Cell], plan: Plan | WholePlan) -> str:
    rows = ["| promise | number | holds | not settled | fails |", "|---|---|---|---|---|"]
    for threshold in plan.thresholds:
        here = [one for one in cells if one.key == threshold.key and one.promised]
        if not here:
            continue
        counts = [
            sum(one.status == status for one in here)
            for status in ("holds", "not settled", "fails")
        ]
        rows.append(
            f"| {threshold.words} | {said(threshold)} | {counts[0]} | {counts[1]} | {counts[2]} |"
        )
    return "\n".join([*rows, ""])


def said(threshold: Threshold) -> str:
    """Say a threshold: ≤ 6%, 88.5–91.5%, ≥ 0.90."""
    if threshold.key in POWERS:
        return f"≥ {threshold.low:.2f}"
    if threshold.low == 0:
        return f"≤ {100 * threshold.high:g}%"
    return f"{100 * threshold.low:g}–{100 * threshold.high:g}%"


def _section(threshold: Threshold, cells: Sequence[Cell]) -> str:
    rows = [
        f"## {threshold.words[:1].upper()}{threshold.words[1:]}: {said(threshold)}\n",
        "| figures | comparators | found | interval | of | |",
        "|---|---|---|---|---|---|",
        *(_row(one) for one in cells),
        "",
    ]
    why = [
        f"- {scenario or 'Everywhere'}: {reason}"
        for (key, scenario), reason in REASONS.items()
        if key == threshold.key
        and any(one.fails and scenario in {"", one.scenario} for one in cells)
    ]
    return "\n".join([*rows, *(["Why some fail:\n", *why, ""] if why else [])])


def _row(one: Cell) -> str:
    status = one.status if one.promised else "–"
    found, low, high = (_figure(one.key, each) for each in (one.estimate, one.low, one.high))
    mark = "**fails**" if one.fails else status
    return (
        f"| {one.scenario} | {one.comparators} | {found} | {low} to {high} "
        f"| {one.replicates:,} | {mark} |"
    )


def _figure(key: str, value: float) -> str:
    return f"{value:.3f}" if key in POWERS else f"{100 * value:.2f}%"
