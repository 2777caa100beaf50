"""What measures are kept as: definitions in their versions, lists of them, and what was measured."""

from makegood.measures.models.definitions import Measure, MeasureVersion
from makegood.measures.models.figures import (
    Comparator,
    Line,
    Measurement,
    Pool,
    Series,
    Upload,
    lines_for,
)
from makegood.measures.models.files import MeasureFile
from makegood.measures.models.staging import (
    RejectedRow,
    RememberedLayout,
    RememberedName,
    StagedFigure,
    UploadSeries,
    UploadWork,
)

__all__ = [
    "Comparator",
    "Line",
    "Measure",
    "MeasureFile",
    "MeasureVersion",
    "Measurement",
    "Pool",
    "RejectedRow",
    "RememberedLayout",
    "RememberedName",
    "Series",
    "StagedFigure",
    "Upload",
    "UploadSeries",
    "UploadWork",
    "lines_for",
]
