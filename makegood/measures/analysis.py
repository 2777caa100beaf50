"""The room's door to the engine: reading a file of measurements."""

from makegood.measures.models import Measure
from makegood.measures.rules import check_file_can_be_read
from makegood.measures.states import MeasureKind
from makegood_engine import tables

History = tables.History
HistoryRow = tables.HistoryRow


def read_history(data: bytes, *, name: str, measure: Measure) -> History:
    """Read one series from a CSV file; refuse it (MEA-08) if nothing in it can be used."""
    try:
        return tables.read_history(
            data,
            name=name,
            lowest=measure.lowest,
            highest=measure.highest,
            as_percentage=measure.kind == MeasureKind.PERCENTAGE,
        )
    except tables.TableError as unreadable:
        check_file_can_be_read(fault=str(unreadable))
        raise
