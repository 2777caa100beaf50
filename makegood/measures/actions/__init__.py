"""What can be done about measures, series, measurements, uploads and pools."""

from makegood.measures.actions.define import (
    continue_series,
    define_measure,
    form_pool,
    open_agreed_series,
    open_series,
)
from makegood.measures.actions.folder import take_in_folder
from makegood.measures.actions.listing import (
    Loaded,
    discard_measures,
    discard_stale_measures,
    load_starter_measures,
    preview_measures,
    store_measures,
)
from makegood.measures.actions.measure import correct_measurement, record_gap, record_measurement
from makegood.measures.actions.receive import (
    answer_new_names,
    discard_figures,
    keep_figures,
    match_names,
    read_figures,
    receive_figures,
)
from makegood.measures.actions.upload import (
    discard_stale_uploads,
    discard_upload,
    import_history,
    import_table,
    preview_upload,
    store_upload,
    sweep_sent_files,
)
from makegood.measures.actions.versions import (
    bring_back_measure,
    pin_measure,
    retire_measure,
    revise_measure,
)
from makegood.measures.actions.words import Arithmetic, MeasureWords
from makegood.measures.actions.work import work_on_upload, work_on_uploads

__all__ = [
    "Arithmetic",
    "Loaded",
    "MeasureWords",
    "answer_new_names",
    "bring_back_measure",
    "continue_series",
    "correct_measurement",
    "define_measure",
    "discard_figures",
    "discard_measures",
    "discard_stale_measures",
    "discard_stale_uploads",
    "discard_upload",
    "form_pool",
    "import_history",
    "import_table",
    "keep_figures",
    "load_starter_measures",
    "match_names",
    "open_agreed_series",
    "open_series",
    "pin_measure",
    "preview_measures",
    "preview_upload",
    "read_figures",
    "receive_figures",
    "record_gap",
    "record_measurement",
    "retire_measure",
    "revise_measure",
    "store_measures",
    "store_upload",
    "sweep_sent_files",
    "take_in_folder",
    "work_on_upload",
    "work_on_uploads",
]
