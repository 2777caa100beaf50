"""What shape answers have on the way in."""

from makegood.capture.forms.figures import CorrectionForm, FigureForm, UploadForm
from makegood.capture.forms.publishing import LeaveOutForm
from makegood.capture.forms.stories import ConsentForm, StoryFileForm, StoryForm, StoryLinkForm

__all__ = [
    "ConsentForm",
    "CorrectionForm",
    "FigureForm",
    "LeaveOutForm",
    "StoryFileForm",
    "StoryForm",
    "StoryLinkForm",
    "UploadForm",
]
