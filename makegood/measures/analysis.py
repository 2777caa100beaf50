"""The room's door to the engine: reading a file of measurements."""

from makegood.measures.models import Measure
from makegood.measures.states import MeasureKind
from makegood_engine import tables

Unreadable = tables.TableError
History = tables.History
HistoryRow = tables.HistoryRow


def read_history(data: bytes, *, name: str, measure: Measure) -> History:
    """Read one series from a CSV file; raise ``Unreadable`` if nothing in it can be used."""
    return tables.read_history(
        data,
        name=name,
        lowest=measure.lowest,
        highest=measure.highest,
        as_percentage=measure.kind == MeasureKind.PERCENTAGE,
    )
