"""Make again each figure that the texts quote from a run: `python -m benchmarks.figures_said [NAME ...]`.

Each function makes one set of figures, seeded, and gives what the text says beside what came out.
`PLACES` names the texts. Without a name all are made, which takes about ten minutes. Real figures
come from ../shared/data (or the folder that MAKEGOOD_SHARED names); what needs them is skipped, in
a sentence, where they are absent.
"""

import csv
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy import stats

from benchmarks.engine_bench import PERIODS, write_measurements
from makegood_engine.allocation.forms import Review
from makegood_engine.allocation.merit import merit_of
from makegood_engine.calibration.real import EMERGENCY, SICKNESS, sources, unseen
from makegood_engine.effect import Cases, Effects, measure
from makegood_engine.effect.unlike import restless_from
from makegood_engine.power import chance_of, power_of
from makegood_engine.runners.local import run_spc
from makegood_engine.spc.slips import doubts_of

ENGINE = "engine/src/makegood_engine/"
PLACES = {
    "interrupted": ("docs/engine.md", f"{ENGINE}classical/__init__.py", f"{ENGINE}classical/segmented.py"),
    "slips": ("docs/engine.md",),
    "told": (f"{ENGINE}power/reach.py",),
    "by_chance": (f"{ENGINE}power/reach.py",),
    "merit": (f"{ENGINE}allocation/merit.py",),
    "restless": (f"{ENGINE}effect/unlike.py", "docs/decisions/0009-say-what-unequal-noise-does.md"),
    "dealing": ("docs/decisions/0012-deal-rows-into-buckets-instead-of-asking-a-database.md",),
    "watching": ("docs/engine.md",),
}  # fmt: skip
"""By name, the texts that quote the figures."""
SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = Path(os.environ.get("MAKEGOOD_SHARED", SHARED)) / "data"
MONTHS = [date(2016 + m // 12, m % 12 + 1, 1) for m in range(3, 39)]
"""April 2016 to March 2019, the months of the A&E figures."""
PAST = [date(2018 + m // 12, m % 12 + 1, 1) for m in range(60)]
SEED = 2026
TOLD = {
    (20, 0.5): "85", (20, 1.0): "78", (20, 1.5): "79", (20, 2.0): "78", (20, 3.0): "78",
    (40, 0.5): "90", (40, 1.0): "82", (40, 1.5): "81", (40, 2.0): "80", (40, 3.0): "78",
    (10, 0.5): "87", (10, 1.0): "78", (10, 1.5): "82", (10, 2.0): "81", (10, 3.0): "87",
}  # fmt: skip
"""By comparators and r, how many of 100 changes are told."""
BY_CHANCE = {
    (20, 3, 3): "27.0, 26.4", (10, 3, 0): "21.8, 22.2", (10, 2, 3): "15.7, 17.8", (10, 3, 3): "21.8, 26.0",
    (5, 3, 3): "15.7, 19.9", (5, 5, 3): "19.7, 29.2", (5, 10, 3): "22.6, 38.9",
}  # fmt: skip
"""By comparators, r and the spread of levels: said by `power`, and found."""
ROUNDS = {
    ((12, 6, 3), 1.0): "89, 83, 87, 78",
    ((20, 2, 2), 1.0): "95, 84, 89, 82",
    ((30, 8, 3), 1.0): "88, 88, 90, 87",
    ((12, 6, 3), 0.5): "90, 84, 88, 66",
}
"""By applications, reviewers, scores each and how far applications differ: what 90% intervals hold."""

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """One figure: of what, what the text says, and what came out."""

    what: str
    said: str
    found: str


# ---------------------------------------------------------------- real figures


def interrupted() -> Iterator[Row]:
    """A plain interrupted time series, by least squares, where nothing was done.

    Every A&E department of type 1, twelve months before each April and twelve after: the share in
    which the whole change by the end has a 95% interval without 0.
    """
    shares = [100 * _changed(rows) for rows in _quiet_years()]
    yield Row(
        "a change found, of 100 series", "17 to 55", f"{min(shares):.0f} to {max(shares):.0f}"
    )


def _quiet_years() -> Iterator[Floats]:
    """Three measures from each of two Aprils, float64[departments, 24]."""
    of_type_1 = [one for one in (*sources(DATA), *unseen(DATA)) if one.name.startswith("A&E")]
    for source in of_type_1:
        for first in (0, 12):
            days = MONTHS[first : first + 24]
            cells = [[one.get(day, np.nan) for day in days] for one in source.histories.values()]
            rows = np.array(cells)
            yield rows[~np.isnan(rows).any(axis=1)]


def _changed(rows: Floats, start: int = 12) -> float:
    """The share of rows float64[n, T] whose level and slope change by the end, at 5%."""
    n = rows.shape[1]
    month = np.arange(n)
    after = (month >= start).astype(float)
    design = np.column_stack([np.ones(n), month, after, after * (month - start)])
    bread = np.linalg.inv(design.T @ design)
    terms = rows @ design @ bread
    squares = ((rows - terms @ design.T) ** 2).sum(axis=1) / (n - 4)
    whole = np.array([0, 0, 1, n - 1 - start])
    t = (terms @ whole) / np.sqrt(squares * (whole @ bread @ whole))
    return float(np.mean(np.abs(t) > stats.t.ppf(0.975, n - 4)))


def slips() -> Iterator[Row]:
    """Real series in which a figure is asked after as a slip."""
    emergency: dict[object, list[tuple[str, float]]] = defaultdict(list)
    for row in _rows(EMERGENCY):
        for name in ("attendances", "breaches", "admissions"):
            place = (name, row["org_code"], row["type"])
            emergency[place].append((row["period"], float(row[name])))
    sickness: dict[object, list[tuple[str, float]]] = defaultdict(list)
    for row in _rows(SICKNESS):
        rate = float(row["sickness_absence_rate_percent"] or "nan")
        sickness[row["ods_org_code"]].append((row["month"], rate))
    yield Row("A&E series, and those asked after", "1,284: 5", _asked_after(emergency))
    yield Row("sickness series, and those asked after", "527: 2", _asked_after(sickness))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _asked_after(series: dict[object, list[tuple[str, float]]]) -> str:
    rows = [[value for _, value in sorted(one)] for one in series.values()]
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    found = doubts_of(np.concatenate([np.array(row) for row in rows]), starts)
    return f"{len(rows):,}: {int(((found.point >= 0) | (found.first >= 0)).sum())}"


# ---------------------------------------------------------------- the test


def following(draws: np.random.Generator, shape: tuple[int, ...], memory: float) -> Floats:
    """Noise along the last axis, each the last one's by `memory`, of variance 1; at 1 a walk."""
    made = draws.normal(0, 1, shape)
    if memory == 1:
        return np.cumsum(made, axis=-1)
    for j in range(1, shape[-1]):
        made[..., j] = memory * made[..., j - 1] + np.sqrt(1 - memory**2) * made[..., j]
    return made


def judged(units: Floats, windows: Sequence[int]) -> Effects:
    """Judge the first unit of each contract float64[contracts, K + 1, T] by its others."""
    many, k = len(units), units.shape[1] - 1
    first = np.arange(many, dtype=np.int64) * (k + 1)
    cases = Cases(
        first, (first[:, None] + np.arange(1, k + 1)).ravel(), np.arange(many + 1, dtype=np.int64) * k,
        np.tile(np.array([*windows, 1], dtype=np.int64), (many, 1)), np.ones(many),
        np.full(many, 0.05), np.zeros(many, dtype=np.bool_),
    )  # fmt: skip
    return measure(units.reshape(many * (k + 1), -1), cases)


def better(found: Effects) -> NDArray[np.bool_]:
    """Which contracts are called better at 5%."""
    return np.asarray(found.p_better <= 0.05 + 1e-12)


def watching() -> Iterator[Row]:
    """A look each month, none of them agreed: the share ever called better with nothing added.

    24 months, 20 comparators, independent normal months; a look from the end of month 13 to the
    due date, each at 5%, on the last 12 months. Levels of units are alike, or spread thrice as far
    as a month's noise, as real ones do.
    """
    for spread, said in ((0.0, "20"), (3.0, "15")):
        draws = np.random.default_rng(SEED)
        units = draws.normal(0, 1, (6_000, 21, 36)) + spread * draws.normal(0, 1, (6_000, 21, 1))
        looks = [better(judged(units, (0, 12, m, m + 12))) for m in range(13, 25)]
        levels = "levels spread" if spread else "levels alike"
        yield Row(f"{levels}: better at some look", said, _of_100(np.any(looks, axis=0)))
        yield Row(f"{levels}: at the due date alone", "5", _of_100(looks[-1]))


def _of_100(said: NDArray[np.bool_]) -> str:
    return f"{100 * said.mean():.0f}"


def told() -> Iterator[Row]:
    """Changes that `power` says are told 80 times in 100, where a provider moves r times as much."""
    for (k, r), said in TOLD.items():
        units, changes = _contracts(k, r)
        units[:, 0, 60:] += changes[:, None]
        found = _of_100(better(judged(units, (48, 60, 60, 72))))
        yield Row(f"told, {k} comparators, r = {r:g}", said, found)


def _contracts(k: int, r: float) -> tuple[Floats, Floats]:
    """400 contracts, 60 months known and 12 to come, and the change that `power` says is told."""
    draws = np.random.default_rng([SEED, k, int(10 * r)])
    units = following(draws, (400, k + 1, 72), 0.3)
    units[:, 0] *= r
    units += draws.normal(0, 1, (400, k + 1, 1))
    changes = []
    for each in units:
        past = [dict(zip(PAST, row[:60].tolist(), strict=True)) for row in each]
        pool = {f"c{i}": one for i, one in enumerate(past[1:])}
        changes.append(power_of(past[0], starts_on=date(2023, 1, 1), pool=pool).smallest_change)
    return units, np.array(changes, dtype=np.float64)


def by_chance() -> Iterator[Row]:
    """What a restless provider is called by mere chance, beside what `power` says of it."""
    for (k, r, spread), said in BY_CHANCE.items():
        draws = np.random.default_rng(SEED)
        units = following(draws, (10_000, k + 1, 24), 0.3)
        units[:, 0] *= r
        units += spread * draws.normal(0, 1, (10_000, k + 1, 1))
        found = f"{100 * better(judged(units, (0, 12, 12, 24))).mean():.1f}"
        expected = f"{100 * chance_of(0.0, comparators=k, restless=r):.1f}"
        levels = "spread" if spread else "alike"
        what = f"better by chance, {k} comparators, r = {r:g}, levels {levels}: said, found"
        yield Row(what, said, f"{expected}, {found}")


def restless() -> Iterator[Row]:
    """How often a provider is called restless, by how much it moves; and called better for it."""
    for times, said in ((1.0, ("0 to 4", "4 to 6")), (2.0, ("64 to 82", "11 to 18")),
                        (3.0, ("95 to 99", "16 to 26"))):  # fmt: skip
        found = [_moving(times, k, memory) for k in (5, 10, 20, 40) for memory in (0, 0.4, 0.7, 1)]
        shares = np.array([[one.restless > restless_from(12), better(one)] for one in found])
        for part, told_of, words in zip((0, 1), said, ("cautioned", "called better"), strict=True):
            ends = 100 * shares[:, part].mean(axis=1)
            yield Row(
                f"{times:g} times the noise: {words}",
                told_of,
                f"{ends.min():.0f} to {ends.max():.0f}",
            )


def _moving(times: float, k: int, memory: float) -> Effects:
    """2,000 contracts with nothing added, whose provider has so many times its pool's noise."""
    units = following(np.random.default_rng([SEED, k]), (2_000, k + 1, 24), memory)
    units[:, 0] *= times
    return judged(units, (0, 12, 12, 24))


# ---------------------------------------------------------------- merit


def merit() -> Iterator[Row]:
    """How often an interval of 90% holds the true merit, in 50 simulated rounds of each kind."""
    for (shape, differ), said in ROUNDS.items():
        draws = np.random.default_rng([SEED, *shape])
        held = np.mean([_held(shape, draws, differ) for _ in range(50)], axis=0)
        what = "{} applications, {} reviewers, {} scores each".format(*shape)
        what += ", differing half as much" if differ < 1 else ""
        yield Row(what, said, ", ".join(f"{100 * share:.0f}" for share in held))


def _held(shape: tuple[int, int, int], draws: np.random.Generator, differ: float) -> list[float]:
    """The shares of merits held in one round.

    Merit itself; then less the round's mean: as drawn, by the true ratios, by REML's as if true.
    """
    applications, reviewers, each = shape
    true, severe = differ * draws.normal(0, 1, applications), draws.normal(0, 1, reviewers)
    reviews = [
        Review(f"a{i:03}", f"r{j}", 5 + true[i] + severe[j] + draws.normal())
        for i in range(applications)
        for j in draws.permutation(reviewers)[:each]
    ]
    found = merit_of(reviews)
    assert found.mixture is not None
    model, rest = found.mixture.model, found.of_rest
    best = (float(np.sqrt(part / rest)) for part in (found.of_applications, found.of_reviewers))
    ways = (
        found.draws(2_000, seed="figures"),
        model.draws(differ, 1.0, 2_000, draws),
        model.draws(*best, 2_000, draws),
    )
    inside = (found.lower <= 5 + true) & (5 + true <= found.upper)
    return [float(inside.mean()), *(_within(way, true) for way in ways)]


def _within(drawn: Floats, true: Floats) -> float:
    """The share of merits, less the round's mean, within the 90% of what was drawn."""
    apart = drawn - drawn.mean(axis=1, keepdims=True)
    low, high = np.quantile(apart, (0.05, 0.95), axis=0)
    aim = true - true.mean()
    return float(np.mean((low <= aim) & (aim <= high)))


# ---------------------------------------------------------------- bringing rows together


def dealing() -> Iterator[Row]:
    """12 million points in no order: dealt into buckets and labelled, and only sorted by DuckDB."""
    many = 12_000_000 // PERIODS
    with TemporaryDirectory() as made:
        path = Path(made) / "shuffled.parquet"
        out = {"points": path.with_name("p.parquet"), "summary": path.with_name("s.parquet")}
        for size in (100, many):  # the first compiles, so that start-up stands aside
            write_measurements(path, size, in_order=False)
            start = time.perf_counter()
            run_spc(path, **out)
        yield Row("dealt and labelled, million points/s", "0.9", _pace(start))
        yield Row("sorted by DuckDB in 1 GB, million points/s", "0.45", _sorted_by_duckdb(path))


def _pace(start: float) -> str:
    return f"{12 / (time.perf_counter() - start):.2g}"


def _sorted_by_duckdb(path: Path) -> str:
    if find_spec("duckdb") is None:
        return "not installed here: pip install duckdb"
    duckdb = import_module("duckdb")
    out = path.with_name("sorted.parquet")
    start = time.perf_counter()
    with duckdb.connect() as base:
        base.execute("SET memory_limit = '1GB'; SET threads = 2")
        base.execute(f"SET temp_directory = '{path.parent}'")
        base.execute(f"COPY (FROM '{path}' ORDER BY series, period) TO '{out}'")
    return _pace(start)


# ---------------------------------------------------------------- the command

FIGURES: dict[str, Callable[[], Iterator[Row]]] = {
    one.__name__: one
    for one in (interrupted, slips, told, by_chance, restless, watching, merit, dealing)
}
FROM_DATA = {"interrupted": (EMERGENCY,), "slips": (EMERGENCY, SICKNESS)}


def main(names: list[str]) -> int:
    """Make what is named, or all; exits 2 for a name that is not there."""
    strange = [name for name in names if name not in FIGURES]
    if strange:
        print(f"There is no “{strange[0]}”. There are {', '.join(FIGURES)}.", file=sys.stderr)
        return 2
    for name in names or FIGURES:
        absent = [part for part in FROM_DATA.get(name, ()) if not (DATA / part).exists()]
        if absent:
            print(f"{name}: skipped, as {DATA / absent[0]} is not there.")
            continue
        table = Table("What", "Said", "Found", title=f"{name}: {', '.join(PLACES[name])}")
        for row in FIGURES[name]():
            table.add_row(*row)
        Console(width=110).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
