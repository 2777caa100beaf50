"""Series charted as proportions or rates: their rows checked, their values made."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.runners.definitions import Definitions
from makegood_engine.runners.source import Whole, row_of
from makegood_engine.spc.rates import Rates, scales_of
from makegood_engine.spc.rulesets import CHARTS
from makegood_engine.tables import ROW, Fault, FaultList, out_of_reach, too_far, whole_file
from makegood_engine.tables.cells import above_whole
from makegood_engine.tables.check import above_hundred

Floats = NDArray[np.float64]
NAMES = {code: name for name, code in CHARTS.items()}
UNLIKE = (
    "The values of {} are not the numerator over the denominator, nor that times 10, "
    "100 … a million. Mend them, or leave them empty."
)

RATE_FAR = "{:g} out of {:g}: {}"


def check_rates(
    pieces: Iterator[pa.Table], known: Definitions | None, faults: FaultList
) -> Iterator[pa.Table]:
    """Pass pieces on; rows that a p or u chart cannot hold go to `faults`."""
    for piece in pieces:
        if known is not None and known.chart.any() and piece.num_rows:
            faults.add(_faults(piece, known, faults.name))
        yield piece


def _faults(piece: pa.Table, known: Definitions, name: str) -> Iterator[Fault]:
    coded = pc.dictionary_encode(piece["series"]).combine_chunks()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    chart = np.append(known.chart_of(coded.dictionary), np.int8(0))[codes]
    if not chart.any():
        return
    if not {"numerator", "denominator"} <= set(piece.column_names):
        said = f"A {NAMES[int(chart.max())]} chart needs the columns numerator and denominator."
        raise whole_file(said, name=name)
    value, top, bottom = (_floats(piece, part) for part in ("value", "numerator", "denominator"))
    row = piece[ROW].to_numpy()
    known_point = (chart > 0) & ~(np.isnan(top) & np.isnan(value))
    for column, cells in (("numerator", top), ("denominator", bottom)):
        for i in np.flatnonzero(known_point & np.isnan(cells)).tolist():
            said = f"This cell is empty. A {NAMES[int(chart[i])]} chart needs it."
            yield Fault(int(row[i]), column, "", said)
    for i in np.flatnonzero((chart > 0) & (top < 0)).tolist():
        yield Fault(int(row[i]), "numerator", f"{top[i]:g}", f"{top[i]:g} is below 0.")
    above = (chart == CHARTS["p"]) & (top > bottom) & (bottom > 0)
    for i in np.flatnonzero(above & ~above_hundred(value, top, bottom)).tolist():
        yield Fault(int(row[i]), "numerator", f"{top[i]:g}", above_whole(top[i], bottom[i]))


def _floats(piece: pa.Table, name: str) -> Floats:
    cells: Floats = piece[name].to_numpy().astype(np.float64, copy=False)
    return cells


def rates_of(
    whole: Whole,
    values: Floats,
    chart: NDArray[np.int8],
    of: NDArray[np.int64],
    faults: FaultList,
) -> tuple[Floats, Rates | None]:
    """The values to be charted, and what p and u charts need beside them (None: no such chart).

    `chart` is per series, `of` says which series each group is of. What values are said per is
    read off them; a series where it cannot be goes to `faults`.
    """
    if not chart.any():
        return values, None
    top, bottom = _floats(whole.table, "numerator"), _floats(whole.table, "denominator")
    per = scales_of(values, top, bottom, whole.starts, chart > 0)
    for i in np.flatnonzero(np.isnan(per)).tolist():
        at = int(whole.starts[i])
        about = (whole.names[i].as_py(), str(whole.table["period"][at].as_py()))
        row, said = row_of(whole.table, at), UNLIKE.format(about[0])
        faults.add([Fault(row, "value", f"{values[at]:g}", said, about=about)])
    each = np.repeat(np.arange(len(chart)), np.diff(whole.starts))
    made = np.where(chart[each] > 0, per[each] * (top / bottom), values)
    for i in np.flatnonzero(out_of_reach(made) & (chart[each] > 0)).tolist():
        about = (whole.names[int(each[i])].as_py(), str(whole.table["period"][i].as_py()))
        said = RATE_FAR.format(top[i], bottom[i], too_far(float(made[i])))
        row = row_of(whole.table, i)
        faults.add([Fault(row, "numerator", f"{top[i]:g}", said, about=about)])
    return made, Rates(top, bottom, chart[of], per[of])
