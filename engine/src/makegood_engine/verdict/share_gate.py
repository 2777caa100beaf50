"""What a promise about shares asks of its own figures: that they are shares too."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine.tables import ROW, Fault
from makegood_engine.tables.shares import not_a_rate, not_a_share
from makegood_engine.verdict.promise import RATE

WHOLES = (1.0, 100.0)
"""What shares are said of: one, or a hundred."""
NEAR = 0.05
"""How far, as a part, the middle value may lie off its numerator over its denominator."""
FIGURES = ("target", "alternative", "baseline")


def beyond_the_whole(measured: pa.Table, promised: pa.Table) -> Iterator[Fault]:
    """Figures of promises that are no share, of series whose values are; and rates below 0."""
    if not {"numerator", "denominator"} <= set(measured.column_names):
        return
    names = pa.array(pc.unique(promised["series"]).cast(pa.string()))
    wholes = _wholes(measured.filter(pc.is_in(measured["series"], value_set=names)))
    for row in promised.filter(pc.is_in(promised["series"], value_set=_keys(wholes))).to_pylist():
        name, whole = row["series"], wholes[row["series"]]
        for column in FIGURES:
            figure = row[column]
            if figure is None:
                continue
            by_rate = row.get("scale") == RATE or whole is None
            said = not_a_rate(figure, name) if by_rate else not_a_share(figure, whole or 1.0, name)
            if said:
                yield Fault(row[ROW], column, f"{figure:g}", said)


def _keys(wholes: dict[str, float | None]) -> pa.Array:
    return pa.array(list(wholes), pa.string())


def _wholes(measured: pa.Table) -> dict[str, float | None]:
    """What the values of each series of counts are shares of; None where they are rates."""
    top, bottom = measured["numerator"], measured["denominator"]
    rates = pa.table(
        {
            "series": measured["series"].cast(pa.string()),
            "times": pc.divide(pc.multiply(measured["value"], bottom), top),
            "room": pc.subtract(bottom, top),
        }
    ).filter(pc.and_(pc.greater(top, 0), pc.greater(bottom, 0)))
    found = rates.group_by("series").aggregate([("times", "approximate_median"), ("room", "min")])
    return {
        row["series"]: next(
            (each for each in WHOLES
             if row["room_min"] >= 0 and abs(row["times_approximate_median"] / each - 1) <= NEAR),
            None,
        )
        for row in found.to_pylist()
        if row["times_approximate_median"] is not None
    }  # fmt: skip
