"""What can be done about measures, series, measurements, uploads and pools."""

from makegood.measures.actions.define import (
    define_measure,
    form_pool,
    open_agreed_series,
    open_series,
)
from makegood.measures.actions.listing import (
    Loaded,
    discard_measures,
    discard_stale_measures,
    load_starter_measures,
    preview_measures,
    store_measures,
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
from makegood.measures.actions.versions import (
    bring_back_measure,
    pin_measure,
    retire_measure,
    revise_measure,
)
from makegood.measures.actions.words import Arithmetic, MeasureWords

__all__ = [
    "Arithmetic",
    "Loaded",
    "MeasureWords",
    "bring_back_measure",
    "correct_measurement",
    "define_measure",
    "discard_measures",
    "discard_stale_measures",
    "discard_stale_uploads",
    "discard_upload",
    "form_pool",
    "import_history",
    "import_table",
    "load_starter_measures",
    "open_agreed_series",
    "open_series",
    "pin_measure",
    "preview_measures",
    "preview_upload",
    "record_gap",
    "record_measurement",
    "retire_measure",
    "revise_measure",
    "store_measures",
    "store_upload",
]
