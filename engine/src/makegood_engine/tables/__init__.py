"""Tables: what comes in, typed by contract, and what is said of a bad cell.

`read_table` reads one whole CSV, Parquet or Arrow file; `from_arrow` checks a table already in
memory; `read_pieces` streams; `read_history` reads one uploaded series, keeping its good rows.
All share the same cell checks. Anything wrong is a `Fault` with its row and column; a table
that cannot be used raises `TableError`, whose `str` is the message for the user.
"""

from makegood_engine.tables.cells import far_away, too_far
from makegood_engine.tables.check import ROW, out_of_reach
from makegood_engine.tables.contracts import (
    COMMITMENTS,
    DEFINITIONS,
    MEASUREMENTS,
    POOLS,
    Column,
    Contract,
    columns_said,
)
from makegood_engine.tables.faults import (
    Fault,
    FaultList,
    TableError,
    TablesError,
    raise_together,
    whole_file,
)
from makegood_engine.tables.files import column_names, from_arrow, read_pieces, read_table
from makegood_engine.tables.history import History, HistoryRow, read_history
from makegood_engine.tables.lookalike import did_you_mean, lookalikes, twins
from makegood_engine.tables.strangers import NO_ROWS, strangers

__all__ = [
    "COMMITMENTS",
    "DEFINITIONS",
    "MEASUREMENTS",
    "NO_ROWS",
    "POOLS",
    "ROW",
    "Column",
    "Contract",
    "Fault",
    "FaultList",
    "History",
    "HistoryRow",
    "TableError",
    "TablesError",
    "column_names",
    "columns_said",
    "did_you_mean",
    "far_away",
    "from_arrow",
    "lookalikes",
    "out_of_reach",
    "raise_together",
    "read_history",
    "read_pieces",
    "read_table",
    "strangers",
    "too_far",
    "twins",
    "whole_file",
]
