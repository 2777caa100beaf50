"""From the files that commands read and write to charts."""

import argparse
import json
from dataclasses import replace
from datetime import date
from math import inf, isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine.allocation.letters import money
from makegood_engine.charts import (
    Interval,
    Standing,
    Swing,
    funnel_plot,
    interval_plot,
    merit_plot,
    spc_chart,
    tornado,
)
from makegood_engine.cli.one_series import OneSeries, one_series
from makegood_engine.cli.options import warn
from makegood_engine.runners.definitions import Wanted, idle_of, read_definitions, wanted_of
from makegood_engine.runners.rates import RATE_FAR
from makegood_engine.runners.targets import target_doubts
from makegood_engine.spc import CHARTS, Points, analyse, funnel
from makegood_engine.spc.rates import scales_of
from makegood_engine.tables import (
    ROW,
    Column,
    Contract,
    Fault,
    TableError,
    out_of_reach,
    read_table,
    too_far,
    whole_file,
)
from makegood_engine.tables.cells import Kind
from makegood_engine.value.appraise import figure_said

UNITS = Contract(
    "units",
    (
        Column("series", Kind.TEXT, filled=True),
        Column("numerator", Kind.NUMBER, filled=True),
        Column("denominator", Kind.NUMBER, filled=True),
    ),
    ("series",),
)
"""One row a provider: its events, and what they are counted among."""

VERDICTS = Contract(
    "verdicts",
    (
        Column("commitment", Kind.TEXT, filled=True),
        Column("verdict", Kind.TEXT, filled=True),
        Column("promised_added", Kind.NUMBER),
        Column("effect", Kind.NUMBER),
        Column("lower", Kind.NUMBER),
        Column("upper", Kind.NUMBER),
    ),
    ("commitment",),
)
"""The columns of the verdicts table that a chart shows."""

FIGURES = ("value", "numerator", "denominator")
ABOVE = "{:g} is above the denominator, {:g}. For events in time, add --measure rate."
DIRECTIONS = ("neutral", "up", "down")
"""The direction of a definition's code: 0, 1 or -1."""


def draw_spc(asked: argparse.Namespace) -> str:
    """Draw one series of a measurements table."""
    one = one_series(asked.measurements, asked.series)
    known = None if asked.definitions is None else read_definitions(asked.definitions)
    names = pa.array([one.name])
    wanted = wanted_of(names, known)
    days: list[date] = one.table["period"].to_pylist()
    starts_on = None if asked.starts_on is None else _start(asked.starts_on, days, one)
    per = _per(one, wanted)
    if known is not None:
        known.check_targets(names, np.array([per]))
        warn(idle_of(known, names, days))
    target = None if np.isnan(wanted.target[0]) else float(wanted.target[0])
    rebases = _rebases(days, wanted)
    points = _points(asked, one, wanted, rebases, per)
    doubts = target_doubts(float(wanted.target[0]), points.values)
    return spc_chart(
        replace(points, notes=(*points.notes, *doubts)),
        days,
        title=asked.title or one.name,
        unit=asked.unit or "value",
        better=DIRECTIONS[wanted.better[0]],
        target=target,
        starts_on=starts_on,
        rebases=[(days[place], why) for place, why in rebases.items()],
        width=asked.width,
    )


def _points(
    asked: argparse.Namespace,
    one: OneSeries,
    wanted: Wanted,
    rebases: dict[int, str],
    per: float,
) -> Points:
    values, tops, bottoms = (list(one.history(name).values()) for name in FIGURES)
    try:
        return analyse(
            values,
            better=DIRECTIONS[wanted.better[0]],
            target=float(wanted.target[0]),
            rebases=rebases,
            fix_after=int(wanted.fix_after[0]) or None,
            screen_outliers=bool(wanted.screen_outliers[0]),
            ruleset=asked.ruleset,
            chart=next(name for name, code in CHARTS.items() if code == wanted.chart[0]),
            numerators=tops,
            denominators=bottoms,
            per=per,
        )
    except ValueError as error:
        raise one.refuse(str(error)) from None


def _per(one: OneSeries, wanted: Wanted) -> float:
    """What the values are said per (100 for per cent), read off them as `spc` does."""
    if wanted.chart[0] == CHARTS["xmr"]:
        return 1.0
    value, top, bottom = (
        np.array(list(one.history(name).values()), dtype=np.float64) for name in FIGURES
    )
    (per,) = scales_of(value, top, bottom, np.array([0, len(value)]), np.array([True]))
    if np.isnan(per):
        raise one.refuse(
            "The values are not the numerator over the denominator, times 1, 10, 100 …"
        )
    return float(per)


def _rebases(days: list[date], wanted: Wanted) -> dict[int, str]:
    """Where new limits begin, with their reasons; a day outside the series begins none."""
    found = {}
    for day, why in wanted.rebases.get(0, ()):
        place = int(np.searchsorted(np.array(days, dtype="datetime64[D]"), day))
        if 0 < place < len(days):
            found[place] = why or "rebase"
    return found


def _start(day: date, days: list[date], one: OneSeries) -> date:
    """The start to be marked; a day outside the series has no place on the chart."""
    if days[0] <= day <= days[-1]:
        return day
    said = f"--starts-on is {day}, but “{one.name}” goes from {days[0]} to {days[-1]}."
    raise whole_file(said, name=one.file)


def draw_funnel(asked: argparse.Namespace) -> str:
    """Draw providers of many sizes on one measure."""
    table = read_table(asked.units, UNITS)
    if asked.measure == "proportion":
        _refuse_above_whole(table, name=asked.units.name)
    _refuse_far_rates(table, asked.per, name=asked.units.name)
    try:
        found = funnel(
            table["series"].to_pylist(),
            table["numerator"].to_numpy(),
            table["denominator"].to_numpy(),
            kind=asked.measure,
            per=asked.per,
        )
    except ValueError as error:
        raise whole_file(str(error), name=asked.units.name) from None
    return funnel_plot(
        found, title=asked.title or "Providers by size", unit=_rated(asked),
        size=asked.size or "size (the denominator)", better=asked.better, width=asked.width,
    )  # fmt: skip


def _rated(asked: argparse.Namespace) -> str:
    """What a funnel's values are in, with what they are said per: falls per 1,000 bed days."""
    unit: str = asked.unit
    if asked.per == 1 or any(sign in unit for sign in ("per ", "%", "‰", "/")):
        return unit or str(asked.measure)
    if asked.per == 100 and asked.measure == "proportion" and not unit:
        return "%"
    return f"{unit} per {asked.per:,g} {asked.size}".strip()


def _refuse_above_whole(table: pa.Table, *, name: str) -> None:
    """Refuse a numerator above its denominator by its row: it is no proportion."""
    high = table.filter(pc.greater(table["numerator"], table["denominator"])).to_pylist()
    faults = [
        Fault(row[ROW], "numerator", f"{row['numerator']:g}",
              ABOVE.format(row["numerator"], row["denominator"]))
        for row in high
    ]  # fmt: skip
    if faults:
        raise TableError(faults, name=name)


def _refuse_far_rates(table: pa.Table, per: float, *, name: str) -> None:
    """Refuse a rate too large or too small to compare by the row it is made of."""
    top, bottom = (table[part].to_numpy() for part in ("numerator", "denominator"))
    rates = per * np.divide(top, bottom, out=np.zeros(len(top)), where=bottom > 0)
    faults = [
        Fault(table[ROW][at].as_py(), "numerator", f"{top[at]:g}",
              RATE_FAR.format(top[at], bottom[at], too_far(float(rates[at]))))
        for at in np.flatnonzero(out_of_reach(rates)).tolist()
    ]  # fmt: skip
    if faults:
        raise TableError(faults, name=name)


def draw_verdicts(asked: argparse.Namespace) -> str:
    """Draw a verdicts table; all its rows must be in one unit."""
    table = read_table(asked.verdicts, VERDICTS)
    rows = []
    for row in table.to_pylist():
        tested = row["effect"] is not None
        ends = (row["lower"], row["upper"]) if tested else (None, None)
        rows.append(
            Interval(
                row["commitment"], row["effect"],
                -inf if tested and ends[0] is None else ends[0],
                inf if tested and ends[1] is None else ends[1],
                row["promised_added"], row["verdict"],
            )
        )  # fmt: skip
    if not rows:
        raise whole_file("The table has a header but no rows.", name=asked.verdicts.name)
    return interval_plot(
        rows,
        title=asked.title or "Verdicts",
        unit=asked.unit or "the measure's unit",
        width=asked.width,
    )


def draw_tornado(asked: argparse.Namespace) -> str:
    """Draw what moves a value most, from the report that the command value writes."""
    report = _answer(asked.report, "value", "tornado", "at_middle")
    try:
        swings = [
            Swing(one["name"], _figure(one["at_low"]), _figure(one["at_high"]),
                  *(figure_said(_figure(one[end]), str(one.get("unit", "")))
                    for end in ("input_low", "input_high")))
            for one in report["tornado"]
        ]  # fmt: skip
        middle = _figure(report["at_middle"])
    except (KeyError, TypeError, ValueError):
        raise _not_of("value", asked.report) from None
    unit = asked.unit or "value for each 1 spent"
    return tornado(
        swings,
        title=asked.title or "What moves the value most",
        unit=unit,
        middle=middle,
        width=asked.width,
    )


def draw_merit(asked: argparse.Namespace) -> str:
    """Draw who stood where, from the answer that the command allocate writes."""
    report = _answer(asked.allocation, "allocate", "places", "line")
    try:
        standings = [
            Standing(one["id"], _figure(one["merit"]), _figure(one["lower"]), _figure(one["upper"]),
                     one["decision"], _money(one, str(report.get("currency", ""))),
                     _figure(one["awarded"]) > 0, by_lot=one["lot"] is not None,
                     passed_by=str(one.get("passed_by", "")))
            for one in report["places"]
        ]  # fmt: skip
        least = None if report["line"] is None else _figure(report["line"])
        title = asked.title or "Merit, and where the money ended"
        unit = asked.unit or "merit"
        return merit_plot(standings, title=title, unit=unit, least=least, width=asked.width)
    except (KeyError, TypeError, ValueError):
        raise _not_of("allocate", asked.allocation) from None


def _money(place: dict[str, Any], currency: str) -> str:
    """What an application got of what it asked, and its place in the line of lots."""
    lot = "" if place["lot"] is None else f", lot {place['lot']}"
    awarded, asked = (money(_figure(place[part]), currency) for part in ("awarded", "asked"))
    return f"{awarded} of {asked}{lot}"


def _answer(path: Path, command: str, *needed: str) -> dict[str, Any]:
    """Read the JSON answer of a command; refuse any other file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise whole_file("The file does not exist.", name=path.name) from None
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise _not_of(command, path) from None
    if not isinstance(found, dict) or any(name not in found for name in needed):
        raise _not_of(command, path)
    return found


def _figure(value: Any) -> float:
    """A number within reach. Raises `ValueError` for one that no command writes."""
    number = float(value)
    if not isfinite(number) or too_far(number):
        raise ValueError(value)
    return number


def _not_of(command: str, path: Path) -> Exception:
    said = f"This is not what makegood-engine {command} writes. Give the file of its --out."
    return whole_file(said, name=path.name)
