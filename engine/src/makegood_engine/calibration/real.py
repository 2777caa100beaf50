"""Real figures where nothing was promised: every claim of added value there is a false one.

Each organisation in turn is taken for a provider, its comparators chosen among all others by
likeness before the start, as a contract would. Organisations are judged in both directions and
over several years; these belong together, so the interval is a bootstrap over organisations.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import inf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from makegood_engine.calibration.plan import Plan
from makegood_engine.calibration.tally import Cell, cell
from makegood_engine.calibration.whole_plan import WholePlan
from makegood_engine.effect import ALPHA, SLACK, Cases, choose, measure
from makegood_engine.tables import Fault, TableError, whole_file

Floats = NDArray[np.float64]
History = dict[date, float]
Row = Mapping[str, str]

SICKNESS = "sickness/sickness_rate_by_organisation_monthly_2013-04_2022-02.csv"
EMERGENCY = "indicators/NHSRdatasets_ae_attendances.csv"
RATE = "sickness_absence_rate_percent"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One measure of many organisations, and from which Aprils to judge it.

    `sizes` are the denominators of a share.
    """

    name: str
    histories: dict[str, History]
    years: tuple[int, ...]
    sizes: dict[str, History] | None = None


def sources(data: Path) -> Iterator[Source]:
    """Read the real measures that are there; a file that is absent is left out.

    Zeros in the sickness data are missing: the source shows small numbers as 0.
    """
    if (data / SICKNESS).exists():
        yield Source("staff sickness absence", _sickness(data / SICKNESS), tuple(range(2014, 2022)))
    if (data / EMERGENCY).exists():
        path, years = data / EMERGENCY, (2017, 2018)
        seen = _emergency(path, "1", _seen)
        yield Source("A&E seen within four hours", _emergency(path, "1", _in_time), years, seen)
        yield Source("A&E admissions per attendance", _emergency(path, "1", _admitted), years, seen)


def unseen(data: Path) -> Iterator[Source]:
    """Read real measures that no calibration had seen before the second plan was fixed."""
    if (data / EMERGENCY).exists():
        path, years = data / EMERGENCY, (2017, 2018)
        seen = _emergency(path, "other", _seen)
        yield Source("minor units, four hours", _emergency(path, "other", _in_time), years, seen)
        yield Source("A&E attendances", _emergency(path, "1", _seen), years)
        yield Source("minor units, attendances", seen, years)


def cells_of_real(plan: Plan, data: Path) -> Iterator[Cell]:
    """Judge each source, and all of them together."""
    yield from _each_and_all(plan, sources(data), together="all real figures together")


def cells_held_out(plan: WholePlan, data: Path) -> Iterator[Cell]:
    """Judge organisations held out and the rest apart, then measures that were never seen."""
    parts: dict[bool, dict[str, list[bool]]] = {True: {}, False: {}}
    for source in sources(data):
        for name, one in _claims(plan, source).items():
            parts[is_held_out(plan, name)].setdefault(name, []).extend(one)
    if parts[True] and parts[False]:
        yield claimed_cell(plan, "held out", parts[True], promised=True)
        yield claimed_cell(plan, "the rest", parts[False], promised=False)
    yield from _each_and_all(plan, unseen(data), together="never seen before, together")


def _each_and_all(
    plan: Plan | WholePlan, some: Iterator[Source], *, together: str
) -> Iterator[Cell]:
    """Judge each source, and then their claims put together by organisation."""
    pooled: dict[str, list[bool]] = defaultdict(list)
    for source in some:
        claims = _claims(plan, source)
        for name, one in claims.items():
            pooled[name] += one
        yield claimed_cell(plan, source.name, claims, promised=False)
    if pooled:
        yield claimed_cell(plan, together, pooled, promised=True)


def is_held_out(plan: WholePlan, name: str) -> bool:
    """Whether an organisation is among those held out: a hash of the plan's salt and its name."""
    first = sha256(f"{plan.salt} {name}".encode()).digest()[:8]
    return int.from_bytes(first) < plan.held_out * 2**64


def _claims(plan: Plan | WholePlan, source: Source) -> dict[str, list[bool]]:
    """By organisation, whether each placebo contract of it was called better."""
    names = sorted(source.histories)
    found: dict[str, list[bool]] = defaultdict(list)
    for year in source.years:
        days = [date(year - 1 + m // 12, m % 12 + 1, 1) for m in range(3, 3 + 2 * MONTHS)]
        values = np.array(
            [[source.histories[name].get(day, np.nan) for day in days] for name in names]
        )
        whole = np.flatnonzero(~np.isnan(values).any(axis=1))
        if len(whole) <= plan.real_comparators:
            continue
        for sign in (1.0, -1.0):
            p_better = _p_better(plan, values, whole, sign)
            for row, p in zip(whole.tolist(), p_better.tolist(), strict=True):
                if not np.isnan(p):
                    found[names[row]].append(p <= ALPHA + SLACK)
    return dict(found)


def _p_better(
    plan: Plan | WholePlan, values: Floats, rows: NDArray[np.int64], sign: float
) -> Floats:
    """P of each row, taken for a provider, against its chosen pool; NaN where it has none."""
    before, after = values[:, :MONTHS], values[:, MONTHS:]
    pools = [
        choose(before, int(row), count=plan.real_comparators, seed=plan.seed, after=after).rows
        for row in rows
    ]
    count = len(rows)
    cases = Cases(
        rows,
        np.concatenate([np.array(pool, dtype=np.int64) for pool in pools]),
        np.concatenate([[0], np.cumsum([len(pool) for pool in pools])]).astype(np.int64),
        np.tile([0, MONTHS, MONTHS, 2 * MONTHS, 1], (count, 1)),
        np.full(count, sign),
        np.full(count, ALPHA),
        np.zeros(count, dtype=np.bool_),
    )
    return measure(values, cases).p_better


def claimed_cell(
    plan: Plan | WholePlan, name: str, claims: dict[str, list[bool]], *, promised: bool
) -> Cell:
    """The share of claims, with a bootstrap over organisations."""
    many = np.array([len(one) for one in claims.values()])
    claimed = np.array([sum(one) for one in claims.values()])
    draws = np.random.default_rng(plan.seed)
    again = draws.integers(len(many), size=(plan.bootstraps, len(many)))
    shares = claimed[again].sum(axis=1) / many[again].sum(axis=1)
    tail = (1 - plan.confidence) / 2
    low, high = (float(end) for end in np.quantile(shares, [tail, 1 - tail]))
    return cell(
        plan.threshold("real"),
        f"{name} ({len(many):,} organisations)",
        plan.real_comparators,
        estimate=float(claimed.sum() / many.sum()),
        interval=(low, high),
        replicates=int(many.sum()),
        promised=promised,
    )


def check_folder(data: Path) -> None:
    """Refuse a folder that has neither source, or a cell that cannot be read.

    `TableError` says what was looked for, or names the place; so nothing is simulated in vain.
    """
    if not data.is_dir():
        raise whole_file("There is no such folder.", name=data.name)
    if not any((data / one).is_file() for one in (SICKNESS, EMERGENCY)):
        raise whole_file(f"There is neither {SICKNESS} nor {EMERGENCY} in it.", name=data.name)
    for _ in sources(data):
        pass


def _rows(path: Path, columns: dict[str, Callable[[str], object]]) -> Iterator[Row]:
    """Read a source. Raises `TableError` by row and column for a cell that cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for name in columns:
                if name not in (reader.fieldnames or ()):
                    raise whole_file(f"There is no column “{name}”.", name=path.name)
            for row in reader:
                for name, read in columns.items():
                    _check_cell(read, row[name], (path.name, reader.line_num, name))
                yield row
    except (UnicodeDecodeError, csv.Error) as error:
        raise whole_file(f"It cannot be read as CSV ({error}).", name=path.name) from None


def _check_cell(
    read: Callable[[str], object], cell: str | None, place: tuple[str, int, str]
) -> None:
    name, line, column = place
    try:
        read("" if cell is None else cell)
    except ValueError:
        said = f"“{cell or ''}” cannot be read here."
        raise TableError([Fault(line, column, cell, said)], name=name) from None


def _number(text: str) -> float:
    """Read a number of 0 or more."""
    number = float(text)
    if not 0 <= number < inf:
        raise ValueError(text)
    return number


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _sickness(path: Path) -> dict[str, History]:
    found: dict[str, History] = defaultdict(dict)
    columns: dict[str, Callable[[str], object]] = {
        "month": _month,
        "ods_org_code": str,
        "organisation": str,
        RATE: lambda text: _number(text or "0"),
    }
    for row in _rows(path, columns):
        rate = float(row[RATE] or 0)
        if row["organisation"] != "All organisations" and rate:
            found[row["ods_org_code"]][_month(row["month"])] = rate
    return dict(found)


def _emergency(path: Path, kind: str, of: Callable[[Row], float]) -> dict[str, History]:
    """One measure of the A&E departments of one type, by organisation."""
    found: dict[str, History] = defaultdict(dict)
    columns: dict[str, Callable[[str], object]] = {
        "period": date.fromisoformat,
        "org_code": str,
        "type": str,
        **dict.fromkeys(("attendances", "breaches", "admissions"), _number),
    }
    for row in _rows(path, columns):
        if row["type"] == kind and float(row["attendances"]) > 0:
            found[row["org_code"]][date.fromisoformat(row["period"])] = of(row)
    return dict(found)


def _in_time(row: Row) -> float:
    return 1 - float(row["breaches"]) / float(row["attendances"])


def _admitted(row: Row) -> float:
    return float(row["admissions"]) / float(row["attendances"])


def _seen(row: Row) -> float:
    return float(row["attendances"])
