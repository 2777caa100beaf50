"""Reading a file of one series, small enough to be read while a person waits."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from makegood.kernel.period import Frequency, name_month
from makegood.kernel.refusal import RuleBroken
from makegood.measures import rules
from makegood.measures.models import Measure, Measurement, Series
from makegood.measures.queries import current_measurements
from makegood.measures.reading import (
    BadFile,
    Figure,
    Layout,
    RowReader,
    Said,
    Shape,
    Source,
    Yardstick,
    best_layout,
    open_source,
)
from makegood.measures.reading.best import is_mixed
from makegood.measures.reading.layout import A_PART
from makegood.measures.states import MeasureKind, Standing

ROWS_AT_ONCE = 50_000
"""A file of one series is no longer: nobody has that many months."""
NO_FIGURE = "value: Say why there is no figure for this period, in a column “note”."
Cells = dict[str, object]


@dataclass(kw_only=True)
class SortedOut:
    """The rows of a file: those to keep, how many stand already, and those that cannot be kept."""

    columns: list[str]
    good: list[Cells] = field(default_factory=list)
    known: int = 0
    bad: list[Cells] = field(default_factory=list)


def yardstick(measure: Measure, *, today: date) -> Yardstick:
    """Return what figures of ``measure`` are held against."""
    return Yardstick(
        today=today,
        every=Frequency(measure.frequency),
        unit=measure.unit,
        lowest=measure.lowest,
        highest=measure.highest,
        is_percentage=measure.kind == MeasureKind.PERCENTAGE or measure.unit == "%",
    )


def read_one_series(data: bytes, *, series: Series, name: str, today: date) -> SortedOut:
    """Sort out the rows of a file for ``series``; refuse it (MEA-08) if nothing in it can be used."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as held:
        held.write(data)
        held.flush()
        try:
            return _sorted_out(Path(held.name), series=series, today=today)
        except BadFile as bad:
            rules.check_file_can_be_read(fault=f"{name}: {bad}")
            raise


def _sorted_out(path: Path, *, series: Series, today: date) -> SortedOut:
    source = open_source(path)
    layout = _first_that_fits(source, series.measure.name)
    says_whose = layout.shape is Shape.SERIES_ACROSS or any(r in A_PART for r in layout.roles)
    reader = RowReader(
        layout,
        yardstick(series.measure, today=today),
        only="" if says_whose else series.reference,
        is_mixed=partial(is_mixed, source, layout),
    )
    found = SortedOut(columns=_unlike(layout.headings))
    rows: list[tuple[int, list[str], Said]] = []
    for number, cells in enumerate(source.rows(layout.sheet), start=1):
        if number <= layout.header_to:
            continue
        said = reader.read(cells)
        if not said.left_out:
            rows.append((number, cells, said))
        if len(rows) > ROWS_AT_ONCE:
            raise BadFile(f"The file has more than {ROWS_AT_ONCE:,} rows.")
    if not rows:
        raise BadFile("The file has columns but no rows of figures.")
    _hold_against_record(rows, found, own=_own(rows, reader, series=series), series=series)
    return found


def _first_that_fits(source: Source, measure: str) -> Layout:
    """Return the layout of the first sheet that holds figures by period."""
    layout = best_layout(source, measure=measure, of_one=True)
    if layout.is_complete(of_one=True):
        return layout
    names = ", ".join(name for name in layout.headings if name) or "none"
    raise BadFile(
        "No column of periods, or none of figures, can be found. Call them period and value. "
        f"The file has: {names[:200]}."
    )


def _unlike(headings: Iterable[str]) -> list[str]:
    """Return the headings, each once and none without a name."""
    named: list[str] = []
    for place, heading in enumerate(headings, start=1):
        own = heading.casefold() if heading.isascii() else heading
        named.append(own if own and own not in named else f"column {place}")
    return named


def _own(
    rows: Iterable[tuple[int, list[str], Said]], reader: RowReader, *, series: Series
) -> set[str]:
    """Return the names in the file that mean ``series``: its own, where there are several."""
    told = [(figure.period, figure.key) for _, _, said in rows for figure in said.figures]
    keys = {key for _, key in told}
    if len(set(told)) == len({period for period, _ in told}):
        return keys
    names = {key: reader.names.get(key, key) for key in keys}
    wanted = {_plain(series.about), _plain(series.organisation.name if series.organisation else "")}
    own = {key for key, name in names.items() if {_plain(key), _plain(name)} & wanted - {""}}
    if not own:
        some = ", ".join(sorted(names.values())[:3])
        raise BadFile(
            f"The file holds several series ({some}), and none is called “{series.about}”. "
            "Send the rows of one."
        )
    return own


def _plain(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)$", "", name).casefold().strip()


def _hold_against_record(
    rows: Iterable[tuple[int, list[str], Said]], found: SortedOut, *, own: set[str], series: Series
) -> None:
    """Sort rows into good, known and bad, by what else the file says and what stands already."""
    held = {each.period: each for each in current_measurements(series)}
    told: dict[date, Figure] = {}
    clashing = _clashing(
        figure for _, _, said in rows for figure in said.figures if figure.key in own
    )
    for number, cells, said in rows:
        faults = list(said.faults)
        mine = [figure for figure in said.figures if figure.key in own]
        if said.empty and not said.figures and not faults:
            faults.append(NO_FIGURE)
        for figure in mine:
            fault = _fault(figure, clashing=clashing, held=held, from_on=series.continues_from_on)
            if fault:
                faults.append(f"period: {fault}")
            elif figure.period in held or figure.period in told:
                found.known += 1
            else:
                told[figure.period] = figure
                found.good.append(_cells(number, figure))
        if faults:
            found.bad.append(
                {"row": number, "cells": _named(found.columns, cells), "reason": " ".join(faults)}
            )


def _clashing(figures: Iterable[Figure]) -> set[date]:
    """Return the periods for which a file says two different things."""
    first: dict[date, tuple[Standing, float | None]] = {}
    figures = list(figures)
    for figure in figures:
        first.setdefault(figure.period, _stands(figure))
    return {figure.period for figure in figures if first[figure.period] != _stands(figure)}


def _stands(figure: Figure | Measurement) -> tuple[Standing, float | None]:
    """Return what stands for a period: held back is not the same as not available."""
    return Standing(figure.standing), figure.value


def _fault(
    figure: Figure,
    *,
    clashing: set[date],
    held: Mapping[date, Measurement],
    from_on: date | None,
) -> str:
    if figure.period in clashing:
        return f"{name_month(figure.period)} is there twice, with different figures. Keep the right one."
    standing = held.get(figure.period)
    try:
        rules.check_series_has_begun(figure.period, from_on=from_on)
        rules.check_period_is_free(
            figure.period,
            versions=int(standing is not None and _stands(standing) != _stands(figure)),
        )
    except RuleBroken as broken:
        return broken.sentence
    return ""


def _named(columns: list[str], cells: list[str]) -> dict[str, str]:
    beyond = [f"cell {place + 1}" for place in range(len(columns), len(cells))]
    return dict(zip([*columns, *beyond], cells, strict=False))


def _cells(number: int, figure: Figure) -> Cells:
    told: Cells = {
        "row": number,
        "period": figure.period.isoformat(),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
    }
    if figure.standing is not Standing.MEASURED:
        told |= {"standing": str(figure.standing), "note": figure.note}
    return told
