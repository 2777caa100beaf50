"""What is asked of those who keep measures, look for them, or send figures."""

from makegood.measures.forms.figures import (
    FigureFileFilter,
    FigureFileForm,
    FileAnswerForm,
    LayoutForm,
    LookForm,
    NamesForm,
)
from makegood.measures.forms.library import (
    MeasureFileForm,
    MeasureFilter,
    MeasureForm,
    PoolForm,
    RetireForm,
    ReviseForm,
    StarterForm,
)

__all__ = [
    "FigureFileFilter",
    "FigureFileForm",
    "FileAnswerForm",
    "LayoutForm",
    "LookForm",
    "MeasureFileForm",
    "MeasureFilter",
    "MeasureForm",
    "NamesForm",
    "PoolForm",
    "RetireForm",
    "ReviseForm",
    "StarterForm",
]
