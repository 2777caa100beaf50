"""The room's door to the engine: reading files of measurements."""

from datetime import date
from pathlib import Path

from makegood.measures.rules import check_file_can_be_read
from makegood_engine import tables


def read_histories(path: Path) -> dict[str, dict[date, float]]:
    """Read a measurements table into one history a series; refuse it (MEA-08) if a cell is bad."""
    try:
        table = tables.read_table(path, tables.MEASUREMENTS)
    except tables.TableError as unreadable:
        check_file_can_be_read(fault=str(unreadable))
        raise
    found: dict[str, dict[date, float]] = {}
    columns = (table.column(name).to_pylist() for name in ("series", "period", "value"))
    for series, period, value in zip(*columns, strict=True):
        if value is not None:
            found.setdefault(series, {})[period] = value
    return found
