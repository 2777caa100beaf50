"""The table of calibration, as the manual shows it: every cell, whatever it says."""

from collections.abc import Mapping, Sequence

from makegood_engine import __version__
from makegood_engine.calibration.plan import Plan, Threshold
from makegood_engine.calibration.tally import DIRECTLY, Cell
from makegood_engine.calibration.whole_plan import WholePlan

POWERS = ("power", "learning")
"""Figures given as parts of a best test's, not as shares."""
FEW = (
    "the provider is the smallest of all, and how much units differ beyond chance is read off ten "
    "comparators or fewer. Choose comparators of its own size."
)
NOISY = (
    "the test takes all units to be about as noisy. Beside calmer comparators a restless "
    "provider's chance looks large"
)
DRAWN = f"{NOISY}. Choose comparators by how much figures move, as `pool` does."
CHOSEN = (
    f"{NOISY}. Choosing helps, but twelve months tell roughly how much figures move, and likeness of "
    "level counts as much: some comparators are calm all the same."
)
CALM = (
    "beside restless comparators a calm provider's interval is wider than it need be. It claims too "
    "little, never too much."
)
LEANS = (
    "with fewer than 19 comparators chance is read by a t, which takes noise to be near normal. Rare events "
    "and shares near the whole lean to the side on which there is room. With 20 comparators rank judges, and "
    "no cell fails."
)
TINY = (
    "the provider has a few events a year, its comparators thirty times as many, so that it is like none of "
    "them. The verdict says that there are few events. Choose comparators of its own size."
)
UNEVEN = "half twice as noisy, provider"
"""How the names of settings with unequal noise begin."""
REASONS: dict[tuple[str, str], str] = {
    ("claimed", f"{UNEVEN} too, pool drawn"): DRAWN,
    ("covers", f"{UNEVEN} too, pool drawn"): DRAWN,
    ("covers", f"{UNEVEN} too, pool chosen"): CHOSEN,
    ("covers", f"{UNEVEN} calm, pool drawn"): CALM,
    ("covers", f"{UNEVEN} calm, pool chosen"): CALM,
    ("claimed", "0.02 events a month, as rates, better up"): LEANS,
    ("claimed", "0.2 events a month, as they are, better up"): LEANS,
    ("claimed", "98% of 10 people, pool chosen, better down"): LEANS,
    ("claimed", "8 events a month, as rates, provider a thirtieth, better up"): TINY,
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
agreed, 5% is spent over them all, each is judged at its own level, and its interval covers more
than 90%. By rank (19 comparators and up) the test comes in whole steps, so its error lies at or
below its level. On the scale of a level, where units weigh alike, the interval holds just those
effects that the test would not rule out. Where they do not (denominators of unlike size, or rates)
it does so with the weights held as they were found, which is nearly the same. A rate's interval is
one of log rates, turned into the measure's unit by the provider's own rate after the start.

The grid, the seeds and the thresholds stood in `calibration/plan.py` before the first result. The
first run on real figures broke its promise, and showed that comparators were chosen amiss
([ADR 0007](../decisions/0007-match-comparators-on-how-much-they-move.md)). The
rule was mended on these very figures. So the share of claims on real figures is no independent
check of it; the parts below have other figures.

    makegood-engine calibrate --data ../shared/data --out calibration.md     (all of it)
    makegood-engine calibrate --part whole --data ../shared/data            (the second part alone)
    makegood-engine calibrate --part hard --data ../shared/data             (the third part alone)
    makegood-engine calibrate --quick                                       (about a minute)

On two cores the three parts take about 25 minutes. Each names the commit it was run at.
"""

WHOLE = """# Through the whole of `assess`

The cells above call the test with windows made by hand. Here tables of measurements, commitments
and pools go in, so that the gate, the windows, the scale, the looks and the choice of comparators
are tried too. *Directly* says what is found of the very same contracts judged as above. This plan
stood in `calibration/whole_plan.py` before its first result; thresholds are those above. Every cell
through `assess` is promised, also where the pool was drawn with no regard to how much figures move
([ADR 0009](../decisions/0009-say-what-unequal-noise-does.md)).

Of the real organisations of the first part one in four is held out, by a hash of its name, and
shown apart from the rest. That is less than it seems: the rule of choice (ADR 0007) was mended on
all of them before anything was held out. A check of their own are the measures that calibration had
never seen: the four hours and the attendances of minor A&E units, and A&E attendances.
"""


HARD = """# Figures that are hard to judge

Everything above is smooth and leans to neither side. Here most months may have no event, or
everybody; noise may lean far to one side; a provider may be very small. Tables go through the whole
of `assess`, once as promises to rise and once as promises to fall. Real figures do so too, with
their denominators, as levels and as rates. This plan stood in `calibration/hard_plan.py` before its first
result. It was drawn up after a reader had shown that comparators which stood still, or had just the
provider's figures, were left out by rules that spared the provider; both rules were mended first
([ADR 0013](../decisions/0013-leave-out-by-rules-that-spare-nobody.md)).
"""


def markdown_hard(cells: Sequence[Cell], plan: WholePlan, *, commit: str = "") -> str:
    """Write the third part, in the same way."""
    return _written(HARD, cells, plan, commit)


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
    beside = {
        (one.scenario, one.comparators): _figure(one.key, one.estimate)
        for one in cells
        if one.scenario.endswith(DIRECTLY)
    }
    if not any(one.promised or one.estimate for one in cells):
        return f"## {threshold.words[:1].upper()}{threshold.words[1:]}\n\nIn none of {len(cells)} cells.\n"
    limit = f": {said(threshold)}" if threshold.low > 0 or threshold.high < 1 else ""
    rows = [
        f"## {threshold.words[:1].upper()}{threshold.words[1:]}{limit}\n",
        f"| figures | comparators | found | interval | {'directly | ' if beside else ''}of | |",
        "|---|---|---|---|---|---|" + ("---|" if beside else ""),
        *(_row(one, beside) for one in cells if not one.scenario.endswith(DIRECTLY)),
        "",
    ]
    why = [
        f"- {scenario or 'Everywhere'}: {reason}"
        for (key, scenario), reason in REASONS.items()
        if key == threshold.key
        and any(one.fails and scenario in {"", one.scenario} for one in cells)
    ]
    return "\n".join([*rows, *(["Why some fail:\n", *why, ""] if why else [])])


def _row(one: Cell, beside: Mapping[tuple[str, int], str]) -> str:
    status = one.status if one.promised else "–"
    found, low, high = (_figure(one.key, each) for each in (one.estimate, one.low, one.high))
    mark = "**fails**" if one.fails else status
    also = f"{beside.get((one.scenario + DIRECTLY, one.comparators), '–')} | " if beside else ""
    return (
        f"| {one.scenario} | {one.comparators} | {found} | {low} to {high} "
        f"| {also}{one.replicates:,} | {mark} |"
    )


def _figure(key: str, value: float) -> str:
    return f"{value:.3f}" if key in POWERS else f"{100 * value:.2f}%"
