"""The main job on real figures: a placebo run over real providers' sickness absence.

Nobody promised anything: the start (April 2016) and the promise (0.5 points less sickness
absence) are illustrative, so every "delivered" here would be a false alarm or plain chance. It
builds the three tables, runs `makegood-engine assess` on them, and prints counts alone: never a
named body's verdict.

    python benchmarks/sickness_placebo.py [../shared/data/sickness]

Source: NHS Digital, NHS Sickness Absence Rates, Open Government Licence v3.
"""

import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from makegood_engine.effect import choose
from makegood_engine.effect.pool import standing

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "sickness"
PROVIDERS = "social_enterprise_and_independent_community_providers_with_comparators.csv"
EVERYONE = "sickness_rate_by_organisation_monthly_2013-04_2022-02.csv"

START, DUE = date(2016, 4, 1), date(2017, 3, 31)
PROMISE = -0.5
COMPARATORS = 40
SEED = 2016
MONTHS = [date(2015 + m // 12, m % 12 + 1, 1) for m in range(3, 27)]
"""April 2015 to March 2017: twelve months before the start and twelve after."""

Floats = NDArray[np.float64]
History = dict[date, float]


def main(arguments: list[str]) -> int:
    """Run the placebo and print its counts; exits 2 where the data are absent."""
    folder = Path(arguments[0]) if arguments else FOLDER
    absent = [name for name in (PROVIDERS, EVERYONE) if not (folder / name).exists()]
    if absent:
        print(f"The folder {folder} does not hold {', '.join(absent)}.", file=sys.stderr)
        return 2
    providers = read(folder / PROVIDERS, "sickness_rate_percent")
    everyone = read(folder / EVERYONE, "sickness_absence_rate_percent")
    everyone |= providers
    names = sorted(everyone)
    before, after = (laid_out(everyone, names, half) for half in (MONTHS[:12], MONTHS[12:]))
    whole = [name for name in providers if is_whole(everyone[name])]
    frozen = [name for name in whole if is_frozen(before, names.index(name))]
    with TemporaryDirectory() as place:
        pools = build_pools(providers, names, before, after)
        write_tables(Path(place), everyone, [n for n in providers if n not in frozen], pools)
        answer = assess(Path(place))
        print_counts(answer, Path(place), len(providers), len(whole), len(frozen))
    return 0


def read(path: Path, column: str) -> dict[str, History]:
    """Read rates by organisation and month, minding the source's known defects.

    Rows for a whole region are left out, and zeros are missing: the source shows small numbers
    as 0. Rates come without staff numbers, so organisations are never averaged together.
    """
    found: dict[str, History] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            regional = row["organisation"] == "All organisations"
            code, rate = row["ods_org_code"], float(row[column] or 0)
            if not regional:
                found[code] |= {date.fromisoformat(f"{row['month']}-01"): rate} if rate else {}
    return dict(found)


def laid_out(everyone: dict[str, History], names: list[str], months: list[date]) -> Floats:
    """One row an organisation, one column a month, NaN where missing."""
    rows = [[everyone[name].get(month, np.nan) for month in months] for name in names]
    return np.array(rows, dtype=np.float64)


def is_whole(history: History) -> bool:
    """Are all twenty-four months known?"""
    return all(month in history for month in MONTHS)


def is_frozen(before: Floats, row: int) -> bool:
    """Is the same figure given month after month?"""
    return standing(before[row], 0, before.shape[1], 1, 0.9) == 4


def build_pools(
    providers: dict[str, History], names: list[str], before: Floats, after: Floats
) -> dict[str, list[str]]:
    """Choose each provider's comparators among organisations that are none of the providers."""
    pools = {}
    others = [i for i, name in enumerate(names) if name not in providers]
    for name in providers:
        rows = [names.index(name), *others]
        choice = choose(before[rows], 0, after=after[rows], count=COMPARATORS, seed=SEED)
        pools[name] = [names[rows[i]] for i in choice.rows]
    return pools


def write_tables(
    place: Path, everyone: dict[str, History], judged: list[str], pools: dict[str, list[str]]
) -> None:
    """Write the three tables `assess` reads."""
    used = sorted({name for pool in pools.values() for name in pool} | set(judged))
    write(place / "measurements.csv", "series,period,value",
          [(n, day, value) for n in used for day, value in sorted(everyone[n].items())])  # fmt: skip
    write(place / "pools.csv", "pool,series", [(n, other) for n in judged for other in pools[n]])
    rows = []
    for name in judged:
        history = everyone[name]
        known = [history[month] for month in MONTHS[:12] if month in history]
        base = float(np.mean(known or list(history.values())))
        rows.append((name, name, "down", START, DUE, base, base, base + PROMISE, name))
    write(place / "commitments.csv",
          "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool", rows)  # fmt: skip


def write(path: Path, head: str, rows: list[tuple[object, ...]]) -> None:
    """Write one CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)


def assess(place: Path) -> dict[str, dict[str, int]]:
    """Run the command an analyst would run."""
    tables = ("measurements", "commitments", "pools")
    named = [part for name in tables for part in (f"--{name}", str(place / f"{name}.csv"))]
    command = [sys.executable, "-m", "makegood_engine.cli", "assess", *named]
    command += ["--verdicts", str(place / "verdicts.parquet"), "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, dict[str, int]] = json.loads(done.stdout)
    return answer


def print_counts(
    answer: dict[str, dict[str, int]], place: Path, providers: int, whole: int, frozen: int
) -> None:
    """Print how many had each verdict, and why the rest had none."""
    rows = pq.read_table(place / "verdicts.parquet").to_pylist()
    tested = [row for row in rows if row["effect"] is not None]
    print("Placebo run on sickness absence, April 2016: an illustrative promise of")
    print(f"{PROMISE} points that nobody made. {COMPARATORS} comparators each, chosen by likeness")
    print(f"of level and movement before the start (seed {SEED}).\n")
    print(f"{providers} providers; {whole} have all 24 months; {len(tested)} could be judged.\n")
    for verdict, count in answer["verdicts"].items():
        if count and verdict not in {"not enough history", "too soon to tell"}:
            print(f"{count:4}  {verdict}")
    claimed = sum(row["p_added"] <= 0.05 for row in tested)
    print(f"\nCalled better than the comparators, at a nominal 5%: {claimed} of {len(tested)}.")
    print("\nWithout enough figures:")
    why = Counter(_why(row) for row in rows if row["effect"] is None)
    why |= Counter({"the same figure month after month in the source": frozen})
    for reason, count in sorted(why.items(), key=lambda pair: -pair[1]):
        print(f"{count:4}  {reason}")


def _why(row: dict[str, int]) -> str:
    if row["n_before"] < 11:
        return "fewer than 11 of the 12 months before the start"
    return "fewer than 11 of the 12 months after the start"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
