"""From columns as they came to columns as the contract says, faults gathered on the way."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.tables.cells import (
    DENOMINATOR,
    DENOMINATOR_ALONE,
    FAR,
    FIRST,
    LARGEST,
    LAST,
    READERS,
    SMALLEST,
    Kind,
    above_whole,
    too_far,
)
from makegood_engine.tables.contracts import ARROW, Column, Contract
from makegood_engine.tables.faults import Fault, FaultList

ROW = "_row"
"""The column that holds each row's place in its file, header as row 1."""

Rows = Callable[[int], int]
"""Turns a position within a batch into the file's row number."""
INFINITE = "The value is infinite. Write a number, or leave the cell empty."


def check_batch(table: pa.Table, contract: Contract, *, rows: Rows, faults: FaultList) -> pa.Table:
    """Type every known column of one batch; unknown columns pass as they are.

    Cells that cannot be read become null and are added to `faults` with their row and column.
    """
    arrays = []
    for name in table.column_names:
        column = contract.column(name)
        arrays.append(table[name] if column is None else _typed(table[name], column, rows, faults))
    typed = pa.table(arrays, names=table.column_names)
    faults.add(_above_whole(typed, rows))
    return typed


def _typed(cells: pa.ChunkedArray, column: Column, rows: Rows, faults: FaultList) -> pa.Array:
    """Type one column, by Arrow where it can be, cell by cell where it cannot."""
    array = cells.combine_chunks() if cells.num_chunks != 1 else cells.chunk(0)
    found: list[Fault] = []
    if not _is_text(array.type):
        array = _cast(array, column, rows, found)
    else:
        array = _read(array, column, rows, found)
    if column.filled and array.null_count > len(found):
        bad = {fault.row for fault in found}
        gaps = (
            rows(int(i)) for i in np.flatnonzero(pc.is_null(array).to_numpy(zero_copy_only=False))
        )
        found += [
            Fault(row, column.name, "", "This cell is empty. It must be filled.")
            for row in gaps
            if row not in bad
        ]
    faults.add(found)
    return array


def _is_text(kind: pa.DataType) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner))


def _cast(array: pa.Array, column: Column, rows: Rows, found: list[Fault]) -> pa.Array:
    """Cast a column that already has a type; NaN is missing, what is out of reach a fault."""
    target = ARROW[column.kind]
    try:
        cast = array.cast(target, safe=column.kind is not Kind.DATE)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        text = array.cast(pa.string())
        return _read(text, column, rows, found)
    if column.kind is Kind.DATE:
        return _near(cast, column, rows, found)
    if column.kind is not Kind.NUMBER:
        return cast
    numbers = cast.to_numpy(zero_copy_only=False)
    far = _far(cast)
    for i in np.flatnonzero(far):
        said = INFINITE if np.isinf(numbers[i]) else too_far(float(numbers[i]))
        found.append(Fault(rows(int(i)), column.name, f"{numbers[i]:g}", said))
    bad = np.isnan(numbers) | far
    return pa.array(numbers, mask=bad) if bad.any() else cast


def _near(days: pa.Array, column: Column, rows: Rows, found: list[Fault]) -> pa.Array:
    """Only the days that are not centuries away; the others are faults."""
    first, last = (int(np.datetime64(day, "D").astype(np.int64)) for day in (FIRST, LAST))
    numbers = days.cast(pa.int32())
    ends = pc.min_max(numbers).as_py()
    if ends["min"] is None or (ends["min"] >= first and ends["max"] <= last):
        return days
    far = pc.or_(pc.less(numbers, first), pc.greater(numbers, last)).fill_null(fill_value=False)
    for i in np.flatnonzero(far.to_numpy(zero_copy_only=False)):
        day = str(np.datetime64(numbers[int(i)].as_py(), "D"))
        found.append(Fault(rows(int(i)), column.name, day, FAR.format(day)))
    return pc.if_else(far, None, days)


def out_of_reach(figures: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which figures are too large to be squared and summed, or too small but for 0: bool[n].

    `figures` float64[n], NaN where missing.
    """
    size = np.abs(figures)
    return np.asarray((size > LARGEST) | ((size > 0) & (size < SMALLEST)))


def _far(numbers: pa.Array) -> NDArray[np.bool_]:
    """Which figures are out of reach; a look at both ends is enough for most columns."""
    figures = numbers.to_numpy(zero_copy_only=False)
    if figures.size and SMALLEST <= np.fmin.reduce(figures) <= np.fmax.reduce(figures) <= LARGEST:
        return np.zeros(len(figures), np.bool_)
    return out_of_reach(figures)


def _read(array: pa.Array, column: Column, rows: Rows, found: list[Fault]) -> pa.Array:
    """Read text cells: numbers in one go where all are plain, else each distinct text once."""
    if column.kind is Kind.NUMBER:
        quick = _plain_numbers(array)
        if quick is not None:
            return quick
    if column.kind is Kind.TEXT:
        return _trimmed(array)
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    values, wrong = _read_distinct(coded.dictionary, column.kind)
    for position, code in _positions(coded, wrong):
        text, message = wrong[code]
        found.append(Fault(rows(position), column.name, text, message))
    plain = pa.array(values, ARROW[column.kind])
    whole = None not in values and len(set(values)) == len(values)
    if whole and column.kind in (Kind.TEXT, Kind.DIRECTION, Kind.SCALE):
        return pa.DictionaryArray.from_arrays(coded.indices, plain)
    return plain.take(coded.indices)


def _trimmed(array: pa.Array) -> pa.Array:
    """Text without blanks about it, coded where it came coded; what is only blank is missing."""
    if not pa.types.is_dictionary(array.type):
        return _without_blanks(array.cast(pa.string()))
    plain = _without_blanks(array.dictionary.cast(pa.string()))
    if plain.null_count == 0 and pc.count_distinct(plain).as_py() == len(plain):
        return pa.DictionaryArray.from_arrays(array.indices, plain)
    return plain.take(array.indices)


def _without_blanks(texts: pa.Array) -> pa.Array:
    plain = pc.utf8_trim_whitespace(texts)
    blank = pc.equal(plain, "")
    return pc.if_else(blank, None, plain) if pc.any(blank).as_py() else plain


def _plain_numbers(array: pa.Array) -> pa.Array | None:
    """Cast text to floats when every cell is a plain number within reach; None when any is not."""
    text = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    try:
        numbers = text.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    finite = pc.all(pc.is_finite(numbers), min_count=0).as_py()
    return numbers if finite and not _far(numbers).any() else None


def _read_distinct(texts: pa.Array, kind: Kind) -> tuple[list[object], dict[int, tuple[str, str]]]:
    """Read each distinct text once; unreadable ones by code, with what is said of them."""
    reader = READERS[kind]
    values: list[object] = []
    wrong: dict[int, tuple[str, str]] = {}
    for code, text in enumerate(texts.to_pylist()):
        value: object = None
        if text is not None and text.strip():
            try:
                value = reader(text)
            except ValueError as error:
                wrong[code] = (text, str(error))
        values.append(value)
    return values, wrong


def _positions(
    coded: pa.DictionaryArray, wrong: dict[int, tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Where the unreadable texts stand, with their codes, in order."""
    if not wrong:
        return
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    for position in np.flatnonzero(np.isin(codes, list(wrong))):
        yield int(position), int(codes[position])


def _above_whole(table: pa.Table, rows: Rows) -> list[Fault]:
    """Percentages above 100: the numerator above its denominator, or that not above 0.

    A rate of events may be above one. So a numerator above its denominator is a fault here only
    where the value says that it is a percentage.
    """
    if not {"numerator", "denominator"} <= set(table.column_names):
        return []
    top = table["numerator"].to_numpy().astype(float)
    bottom = table["denominator"].to_numpy().astype(float)
    high: list[int] = []
    said = DENOMINATOR_ALONE
    if "value" in table.column_names:
        said = DENOMINATOR
        value = table["value"].to_numpy().astype(float)
        high = np.flatnonzero(above_hundred(value, top, bottom)).tolist()
    low = np.flatnonzero(bottom <= 0).tolist()
    found = [
        Fault(rows(i), "numerator", f"{top[i]:g}", above_whole(top[i], bottom[i])) for i in high
    ]
    return found + [Fault(rows(i), "denominator", f"{bottom[i]:g}", said) for i in low]


def above_hundred(
    value: NDArray[np.float64], top: NDArray[np.float64], bottom: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each value is the percentage that its numerator is of its denominator, and above 100.

    A value rounded to a whole number is still known for what it is.
    """
    above = (top > bottom) & (bottom > 0)
    share = np.divide(100 * top, bottom, out=np.full(len(top), np.nan), where=above)
    told: NDArray[np.bool_] = above & (np.abs(value - share) <= 0.5)
    return told


def plain_text(table: pa.Table) -> pa.Table:
    """Turn dictionary-coded columns of a table into plain ones."""
    for place, part in enumerate(table.schema):
        if pa.types.is_dictionary(part.type):
            table = table.set_column(
                place, part.name, table.column(place).cast(part.type.value_type)
            )
    return table


def check_key(table: pa.Table, contract: Contract, *, faults: FaultList) -> None:
    """Find rows that share the contract's key; `table` has a column `ROW` of file rows."""
    if table.num_rows < 2:
        return
    keys = [(name, "ascending") for name in contract.key]
    chosen = plain_text(table.select([*contract.key, ROW]))
    ordered = chosen.sort_by([*keys, (ROW, "ascending")])
    same = np.ones(ordered.num_rows - 1, dtype=bool)
    for name in contract.key:
        cells = ordered[name].combine_chunks()
        same &= (
            pc.equal(cells[1:], cells[:-1])
            .fill_null(fill_value=False)
            .to_numpy(zero_copy_only=False)
        )
    row = ordered[ROW].to_numpy()
    faults.add(_twice(ordered, contract, row, np.flatnonzero(same) + 1))


def _twice(
    ordered: pa.Table, contract: Contract, row: np.ndarray, second: np.ndarray
) -> list[Fault]:
    found = []
    for i in second:
        cells = [str(ordered[name][int(i)].as_py()) for name in contract.key]
        said = (
            f"{' for '.join(reversed(cells))} is there twice: row {row[i - 1]:,} has it already. "
            "Leave one of them out."
        )
        found.append(Fault(int(row[i]), contract.key[-1], cells[-1], said))
    return found
