"""Real figures through the whole of `assess`, with their denominators: every claim is a false one."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from makegood_engine.calibration.real import MONTHS, Source, claimed_cell, sources, unseen
from makegood_engine.calibration.tally import Cell
from makegood_engine.calibration.whole_plan import WholePlan
from makegood_engine.effect import ALPHA, SLACK, choose
from makegood_engine.tables import COMMITMENTS, MEASUREMENTS, from_arrow
from makegood_engine.verdict import assess

Claims = dict[str, list[bool]]


def cells_of_tables(plan: WholePlan, data: Path) -> Iterator[Cell]:
    """Judge each source as levels, and as rates where it counts; then all of them together."""
    pooled: Claims = defaultdict(list)
    for source in chain(sources(data), unseen(data)):
        for scale in ("level", "rate") if source.sizes else ("level",):
            claims = _claims(plan, source, scale)
            for name, one in claims.items():
                pooled[name] += one
            yield claimed_cell(plan, f"{source.name}, as {scale}s", claims, promised=False)
    if pooled:
        yield claimed_cell(plan, "all real tables together", pooled, promised=True)


def _claims(plan: WholePlan, source: Source, scale: str) -> Claims:
    """By organisation, whether each placebo contract of it was called better."""
    found: Claims = defaultdict(list)
    for year in source.years:
        months = [date(year - 1 + m // 12, m % 12 + 1, 1) for m in range(3, 27)]
        whole = sorted(
            n for n, had in source.histories.items() if all(day in had for day in months)
        )
        if len(whole) <= plan.real_comparators:
            continue
        measured = _measurements(source, months)
        pools = _pools(plan, source, whole, months[:MONTHS])
        for better in ("up", "down"):
            said = assess(measured, _commitments(whole, year, better=better, scale=scale), pools)
            for name, p in zip(whole, said["p_added"].to_pylist(), strict=True):
                if p is not None:
                    found[name].append(p <= ALPHA + SLACK)
    return dict(found)


def _pools(plan: WholePlan, source: Source, whole: list[str], before: list[date]) -> pa.Table:
    """Comparators of each, chosen among all others by likeness before the start."""
    names = sorted(source.histories)
    rows = np.array([[source.histories[n].get(day, np.nan) for day in before] for n in names])
    pairs = [
        (f"pool of {name}", names[place])
        for name in whole
        for place in choose(
            rows, names.index(name), count=plan.real_comparators, seed=plan.seed
        ).rows
    ]
    pools, series = zip(*pairs, strict=True)
    return pa.table({"pool": list(pools), "series": list(series)})


def _measurements(source: Source, months: list[date]) -> pa.Table:
    rows: dict[str, list[object]] = defaultdict(list)
    for name, history in source.histories.items():
        for day in months:
            if day not in history:
                continue
            value = history[day]
            rows["series"].append(name)
            rows["period"].append(day)
            rows["value"].append(value)
            if source.sizes:
                size = source.sizes[name][day]
                rows["numerator"].append(float(np.rint(value * size)))
                rows["denominator"].append(size)
    return from_arrow(pa.table(dict(rows)), MEASUREMENTS)


def _commitments(whole: list[str], year: int, *, better: str, scale: str) -> pa.Table:
    """One promise of each organisation, from April to March."""
    rows = [
        {
            "commitment": name,
            "series": name,
            "better": better,
            "starts_on": date(year, 4, 1),
            "due_on": date(year + 1, 3, 31),
            "baseline": 0.0,
            "alternative": 0.0,
            "target": 0.0,
            "pool": f"pool of {name}",
            "scale": scale,
        }
        for name in whole
    ]
    return from_arrow(pa.Table.from_pylist(rows), COMMITMENTS)
