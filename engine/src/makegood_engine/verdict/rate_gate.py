"""What a promise judged as a rate asks of its figures: events that can be counted, and rates of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.tables import ROW, Fault
from makegood_engine.verdict.promise import RATE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Histories: TypeAlias = Mapping[str, Mapping[date, float | None]]

BELOW = "{:g} is below 0, and {} is judged as a rate. Counts of events cannot be."
NOT_WHOLE = "{:g} is not a whole number from 0 up, and {} is judged as a rate of events."
AT_ODDS = (
    "{:g} is not what {:g} out of {:g} comes to, about {:.4g} as the other rows of {} are given."
)
UNCOUNTED = (
    "{:g} has a denominator and no numerator, and {} is judged as a rate of events: count them."
)
UNITS = tuple(10.0**power for power in range(7))
"""Units in which rates are given: 1, per 10, per 100 and so on."""
OWN_UNIT = 0.01
"""How far a value may lie off, as a part, where the unit is none of these and so is not certain."""
DECIMALS = 9
"""More decimals than this are taken for a number that was not rounded."""


def unfit_rates(measured: pa.Table, promised: pa.Table, pools: pa.Table) -> Iterator[Fault]:
    """Rows that cannot be rates of events, in the series of promises so judged and of their pools.

    A value below 0; a numerator that is no whole number from 0 up, or is lacking where there is a
    denominator; a value that is not its numerator over its denominator, in the unit of its series,
    beyond rounding.
    """
    if "scale" not in promised.column_names:
        return
    rates = promised.filter(pc.fill_null(pc.equal(promised["scale"], RATE), fill_value=False))
    pooled = pools.filter(
        pc.is_in(pools["pool"], value_set=rates["pool"].combine_chunks().drop_null())
    )
    names = pa.concat_arrays(
        [part["series"].cast(pa.string()).combine_chunks() for part in (rates, pooled)]
    )
    here = measured.filter(pc.is_in(measured["series"], value_set=names))
    value = _numbers(here, "value")
    yield from (
        _fault(here, at, "value", BELOW, value[at], name) for at, name in _named(here, value < 0)
    )
    top, bottom = _numbers(here, "numerator"), _numbers(here, "denominator")
    broken = ~np.isnan(top) & ((top < 0) | (top != np.rint(top)))
    yield from (
        _fault(here, at, "numerator", NOT_WHOLE, top[at], name) for at, name in _named(here, broken)
    )
    uncounted = ~np.isnan(value) & ~np.isnan(bottom) & np.isnan(top)
    yield from (
        _fault(here, at, "numerator", UNCOUNTED, value[at], name)
        for at, name in _named(here, uncounted)
    )
    codes = here["series"].combine_chunks().dictionary_encode().indices.to_numpy()
    expected = rates_of_counts(codes, value, top, bottom)
    odd = (value >= 0) & ~broken & ~np.isnan(expected)
    yield from (
        _fault(here, at, "value", AT_ODDS, value[at], top[at], bottom[at], expected[at], name)
        for at, name in _named(here, odd)
    )


def refuse_rates(values: Histories, counts: Histories, sizes: Histories) -> None:
    """Raise `ValueError` for the first figure of any history that is no rate of its counts.

    Histories are by series ("" the provider's own); `counts` and `sizes` may lack some.
    """
    for name, history in values.items():
        days = sorted(history)
        value, top, bottom = (
            np.array([part.get(day) for day in days], dtype=np.float64)
            for part in (history, counts.get(name, {}), sizes.get(name, {}))
        )
        whose = f"“{name}”" if name else "the provider's own series"
        broken = ~np.isnan(top) & ((top < 0) | (top != np.rint(top)))
        if broken.any():
            at = int(np.argmax(broken))
            raise ValueError(f"{days[at]}: {NOT_WHOLE.format(top[at], whose)}")
        uncounted = ~np.isnan(value) & ~np.isnan(bottom) & np.isnan(top)
        if uncounted.any():
            at = int(np.argmax(uncounted))
            raise ValueError(f"{days[at]}: {UNCOUNTED.format(value[at], whose)}")
        expected = rates_of_counts(np.zeros(len(days), np.int64), value, top, bottom)
        if not np.isnan(expected).all():
            at = int(np.argmax(~np.isnan(expected)))
            parts = value[at], top[at], bottom[at], expected[at], whose
            raise ValueError(f"{days[at]}: {AT_ODDS.format(*parts)}")


def rates_of_counts(
    series: NDArray[np.integer], value: Floats, top: Floats, bottom: Floats
) -> Floats:
    """What each value should have been, NaN where it agrees or cannot be checked.

    All are of one length, `series` telling which rows belong together; NaN is missing. The unit
    of a series is the one of `UNITS` with which half of its rows or more agree, else the middle of
    what they tell. A value may lie off by half of the last decimal that its series is given in.
    """
    known = ~np.isnan(value) & ~np.isnan(top) & (bottom > 0)
    order = np.flatnonzero(known)
    order = order[np.argsort(series[order], kind="stable")]
    found = np.full(len(value), np.nan)
    if order.size:
        first = np.concatenate([[True], np.diff(series[order]) != 0])
        found[order] = _at_odds(value[order], top[order] / bottom[order], first)
    return found


def _at_odds(value: Floats, share: Floats, first: Flags) -> Floats:
    """What each value should have been, NaN where it agrees; `first` marks where a series begins."""
    own, begins = np.cumsum(first) - 1, np.flatnonzero(first)
    rounding = (0.5 * 10.0 ** -_decimals(value, own, begins) * (1 + 1e-9))[own]
    telling = share > 0
    many = np.add.reduceat(telling.astype(np.float64), begins)
    unit, most = np.full(len(begins), np.nan), np.full(len(begins), 0.5)
    for each in UNITS:
        agree = telling & (np.abs(value - each * share) <= rounding + 1e-9 * each * share)
        part = np.add.reduceat(agree.astype(np.float64), begins) / np.maximum(many, 1)
        better = (part >= most) & (many > 0)
        unit, most = np.where(better, each, unit), np.where(better, part, most)
    slack = np.where(np.isnan(unit), OWN_UNIT, 1e-9)
    for strange in np.flatnonzero(np.isnan(unit) & (many > 0)):
        rows = (own == strange) & telling
        unit[strange] = np.median(value[rows] / share[rows])
    expected = unit[own] * share
    odd = np.abs(value - expected) > rounding + slack[own] * expected
    return np.where(odd, expected, np.nan)


def _decimals(value: Floats, own: NDArray[np.int64], begins: NDArray[np.int64]) -> Floats:
    """In how many decimals each series is given, at most `DECIMALS`: nine in ten values fit."""
    found = np.full(len(begins), float(DECIMALS))
    rows = np.bincount(own)
    for many in reversed(range(DECIMALS)):
        fit = np.abs(value - np.round(value, many)) <= 1e-9 * np.abs(value)
        found[np.add.reduceat(fit.astype(np.float64), begins) >= 0.9 * rows] = many
    return found


def _numbers(table: pa.Table, name: str) -> Floats:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _named(table: pa.Table, bad: Flags) -> Iterator[tuple[int, str]]:
    """Where rows are bad, with their series."""
    for at in np.flatnonzero(bad).tolist():
        yield at, f"“{table['series'][at]}”"


def _fault(table: pa.Table, at: int, column: str, said: str, *parts: object) -> Fault:
    return Fault(table[ROW][at].as_py(), column, f"{parts[0]:g}", said.format(*parts))
