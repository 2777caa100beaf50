"""Reading the series that a command was asked about out of a table of measurements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine.cli.options import warn
from makegood_engine.effect.track import Track, track_of
from makegood_engine.tables import (
    MEASUREMENTS,
    ROW,
    Fault,
    TableError,
    did_you_mean,
    read_table,
    twins,
    whole_file,
)

History = dict[date, float | None]


@dataclass(frozen=True, slots=True)
class OneSeries:
    """One series' own rows of a measurements table, in order of time; `names` are all there."""

    name: str
    file: str
    table: pa.Table
    names: tuple[str, ...]

    def history(self, column: str = "value") -> History:
        """Period and figure of one column; a column that is not there has none."""
        days = self.table["period"].to_pylist()
        if column not in self.table.column_names:
            return dict.fromkeys(days)
        return dict(zip(days, self.table[column].to_pylist(), strict=True))

    def track(self, column: str = "value") -> Track:
        """The column laid out at equal steps; a stray date is refused by its row."""
        days = self.table["period"].to_pylist()
        rows = dict(zip(days, self.table[ROW].to_pylist(), strict=True))
        return track_of(self.history(column), rows=rows, name=self.file)

    def refuse(self, message: str) -> TableError:
        """Make the error for something wrong with the series as a whole, at its first row."""
        row = self.table[ROW][0].as_py()
        return TableError([Fault(row, "series", self.name, message)], name=self.file)


def one_series(path: Path, name: str) -> OneSeries:
    """Read one series. Raises `TableError` for a bad table, or a name it does not hold."""
    found = series_of(path, [name])[0]
    warn(twins(found.names, file=found.file))
    return found


def series_of(path: Path, wanted: Sequence[str]) -> list[OneSeries]:
    """Read several series out of one table, in the order asked for."""
    table = read_table(path, MEASUREMENTS)
    names = tuple(pc.unique(table["series"]).to_pylist())
    for name in wanted:
        if name not in names:
            raise whole_file(
                f"There is no series “{name}”.{did_you_mean(name, names)}", name=path.name
            )
    return [
        OneSeries(name, path.name, own.sort_by("period"), names)
        for name in wanted
        for own in [table.filter(pc.equal(table["series"], name))]
    ]
