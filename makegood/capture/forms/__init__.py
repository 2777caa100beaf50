"""What shape answers have on the way in."""

from makegood.capture.forms.figures import CorrectionForm, FigureForm, UploadForm
from makegood.capture.forms.publishing import LeaveOutForm, StoriesFilter
from makegood.capture.forms.safeguarding import NamedPersonForm, TakenForm
from makegood.capture.forms.stories import (
    ConsentForm,
    PromptsForm,
    StoryFileForm,
    StoryForm,
    StoryLinkForm,
    WrittenDownForm,
)

__all__ = [
    "ConsentForm",
    "CorrectionForm",
    "FigureForm",
    "LeaveOutForm",
    "NamedPersonForm",
    "PromptsForm",
    "StoriesFilter",
    "StoryFileForm",
    "StoryForm",
    "StoryLinkForm",
    "TakenForm",
    "UploadForm",
    "WrittenDownForm",
]
