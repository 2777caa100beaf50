"""What can be done about measures, series, measurements, uploads and pools."""

from makegood.measures.actions.define import (
    define_measure,
    form_pool,
    open_agreed_series,
    open_series,
)
from makegood.measures.actions.measure import correct_measurement, record_gap, record_measurement
from makegood.measures.actions.upload import (
    discard_stale_uploads,
    discard_upload,
    import_history,
    import_table,
    preview_upload,
    store_upload,
)

__all__ = [
    "correct_measurement",
    "define_measure",
    "discard_stale_uploads",
    "discard_upload",
    "form_pool",
    "import_history",
    "import_table",
    "open_agreed_series",
    "open_series",
    "preview_upload",
    "record_gap",
    "record_measurement",
    "store_upload",
]
