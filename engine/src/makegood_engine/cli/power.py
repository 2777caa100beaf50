"""`makegood-engine power`: what could be told from noise, before anything is signed."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine import __version__
from makegood_engine.cli.one_series import History, OneSeries, one_series, series_of
from makegood_engine.cli.options import (
    Answer,
    add_measurements,
    day,
    number,
    share,
    told,
    whole_number,
)
from makegood_engine.effect import ALPHA
from makegood_engine.power import power_of
from makegood_engine.tables import (
    MEASUREMENTS,
    POOLS,
    ROW,
    TableError,
    read_table,
    strangers,
    whole_file,
)
from makegood_engine.tables.counted import counted
from makegood_engine.tables.figures import plain

TABLES = (MEASUREMENTS, POOLS)
SIZES = (
    "Denominators are not used here. Assess weighs units by them, so where sizes differ much it "
    "tells more than this, or less."
)
NO_VALUES = (
    "“{}” has numerators and no value. Fill in the value, such as 100 × numerator ÷ denominator: "
    "it is what power and assess look at."
)
POINTS = (
    "--change is in per cent and so is --unit, so it may be of the measure or of its average. "
    "Without its % sign it is in percentage points: --change={:g}. "
    "For {}% of the average, leave out --unit."
)
OF_AVERAGE = "The change is {}% of {}, the average of the last {} figures before the start:"
LAST = 12
"""The figures of which a change in per cent is a part."""
MOST_PERIODS = 10_000
"""The longest contract, in periods (27 years of days)."""
MOST_COMPARATORS = 100_000
"""The most comparators that can be meant."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_measurements(parser)
    parser.add_argument("--series", required=True, metavar="S", help="which series")
    parser.add_argument("--starts-on", type=day, required=True, metavar="D", help="the start")
    parser.add_argument(
        "--change", type=_change, metavar="X",
        help="the change to be promised, in the measure's unit or as a part of its average: -10%%",
    )  # fmt: skip
    parser.add_argument(
        "--periods", type=whole_number, metavar="N", help="from the start to the due date"
    )
    pooled = parser.add_mutually_exclusive_group()
    pooled.add_argument("--pool", type=Path, metavar="Q", help="comparators, as a table of pools")
    pooled.add_argument(
        "--comparators", type=whole_number, default=20, metavar="K",
        help="how many will be found, where they are not known yet (20)",
    )  # fmt: skip
    parser.add_argument("--pool-name", metavar="P", help="which pool of the table")
    parser.add_argument(
        "--better", choices=["up", "down", "neutral"], default="neutral", help="for the words"
    )
    parser.add_argument("--unit", default="", metavar="U", help="for the words: %%, hours")
    parser.add_argument(
        "--looks", type=_days, default=(), metavar="D;D",
        help="days agreed for looks, the due date last, as that look's level is used",
    )  # fmt: skip
    parser.add_argument(
        "--power", type=share, default=0.8, metavar="P", help="the chance of telling it (0.8)"
    )


class Part(NamedTuple):
    """A change said as a part of the average before the start: -0.1 is 10% less."""

    part: float


def _change(text: str) -> float | Part:
    """Read a change: a number, or per cent of the average."""
    if text.strip().endswith("%"):
        return Part(number(text.strip().removesuffix("%")) / 100)
    return number(text)


def _days(text: str) -> tuple[date, ...]:
    """Read several dates with semicolons between them."""
    return tuple(day(part.strip()) for part in text.split(";") if part.strip())


def run(asked: argparse.Namespace) -> Answer:
    """Say what could be told."""
    _check(asked)
    series = one_series(asked.measurements, asked.series)
    _refuse_without_values(series)
    series.track()
    change, of_what = _in_unit(asked, series)
    found = power_of(
        series.history(),
        starts_on=asked.starts_on,
        periods=asked.periods,
        change=change,
        comparators=asked.comparators,
        pool=None if asked.pool is None else _pool(asked, series),
        better=asked.better,
        unit=asked.unit,
        power=asked.power,
        looks=asked.looks,
        name=f"{series.file}, series “{series.name}”",
    )
    sizes = (SIZES,) if any(series.history("denominator").values()) else ()
    found = replace(found, notes=(*found.notes, *of_what, *sizes))
    return {"series": series.name, **told(found), "version": __version__}


def _refuse_without_values(series: OneSeries) -> None:
    """Say so where there are counts alone: what is judged is the value."""
    if any(value is not None for value in series.history().values()):
        return
    if any(series.history("numerator").values()):
        raise series.refuse(NO_VALUES.format(series.name))


def _in_unit(asked: argparse.Namespace, series: OneSeries) -> tuple[float | None, tuple[str, ...]]:
    """The change in the measure's unit, and what it is a part of, if it was given as a part."""
    if not isinstance(asked.change, Part):
        return asked.change, ()
    if asked.unit.startswith("%"):
        raise whole_file(
            POINTS.format(100 * asked.change.part, plain(abs(100 * asked.change.part))),
            name="power",
        )
    days = sorted(day for day, value in series.history().items() if value is not None)
    last = [series.history()[day] or 0.0 for day in days if day < asked.starts_on][-LAST:]
    average = sum(last) / len(last) if last else 0.0
    change = asked.change.part * average
    said = OF_AVERAGE.format(plain(abs(100 * asked.change.part)), plain(average), len(last))
    return change, (f"{said} {plain(abs(change))}.",)


def _check(asked: argparse.Namespace) -> None:
    """Refuse what no contract could mean, naming the option."""
    change, periods, many = asked.change, asked.periods, asked.comparators
    if isinstance(change, Part):
        change = change.part
    said = None
    if asked.power <= ALPHA:
        said = f"--power must be above {ALPHA:g}: chance alone tells as often as that."
    elif change == 0:
        said = "--change is 0. Promise a change, or leave it out."
    elif change is not None and asked.better == ("up" if change < 0 else "down"):
        said = f"--change is {change:g}, but --better is {asked.better}. Turn one of them."
    elif periods is not None and not 1 <= periods <= MOST_PERIODS:
        said = f"--periods must be 1 to {MOST_PERIODS:,}."
    elif many > MOST_COMPARATORS:
        said = f"--comparators must be {MOST_COMPARATORS:,} or fewer."
    elif asked.looks and not all(look > asked.starts_on for look in asked.looks):
        said = "--looks must all be after --starts-on."
    if said is not None:
        raise whole_file(said, name="power")


def _pool(asked: argparse.Namespace, own: OneSeries) -> dict[str, History]:
    """The histories of a pool's members, the series itself left out."""
    table = read_table(asked.pool, POOLS)
    names = pc.unique(table["pool"]).to_pylist()
    name = asked.pool_name or (names[0] if len(names) == 1 else None)
    if name not in names:
        there = ", ".join(f"“{one}”" for one in names[:5])
        said = "There are several pools" if name is None else f"There is no pool “{name}”"
        raise whole_file(f"{said}. Name one with --pool-name: {there}.", name=asked.pool.name)
    members = table.filter(pc.equal(table["pool"], name))
    members = members.filter(pc.not_equal(members["series"], own.name))
    known = pc.is_in(members["series"], value_set=pa.array(own.names))
    lost = members.filter(pc.invert(known))
    if lost.num_rows:
        pairs = zip(lost[ROW].to_pylist(), lost["series"].to_pylist(), strict=True)
        raise TableError(strangers(pairs, own.names), name=asked.pool.name)
    wanted = members["series"].to_pylist()
    return {one.name: one.history() for one in series_of(asked.measurements, wanted)}


def show(answer: Answer) -> None:
    """Say what could be told, and what it rests on."""
    print(answer["sentence"])
    notes, smallest = answer["notes"], answer["smallest_change"]
    assert isinstance(notes, list)
    for note in notes:
        print(f"  Note: {note}")
    if smallest is not None:
        print(
            f"Smallest change {smallest:.4g} (90% interval {answer['smallest_lower']:.4g} to "
            f"{answer['smallest_upper']:.4g}); {counted(answer['comparators'], 'comparator')}; "
            f"autocorrelation {answer['autocorrelation']:.2f}."
        )
    if answer["chance"] is not None:
        print(f"Chance that a change of {answer['change']:g} is told: {answer['chance']:.0%}.")
