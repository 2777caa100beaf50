"""What shape answers have on the way in."""

from makegood.capture.forms.calls import CallForm, CallStoryForm, TriedForm
from makegood.capture.forms.complaints import AnswerForm, ComplaintForm
from makegood.capture.forms.due import DueFilter
from makegood.capture.forms.figures import CorrectionForm, FigureForm, UploadForm
from makegood.capture.forms.giving import RowForm, Sheet, key_of, keys_sent
from makegood.capture.forms.publishing import LeaveOutForm, StoriesFilter
from makegood.capture.forms.safeguarding import NamedPersonForm, TakenForm
from makegood.capture.forms.stories import (
    ConsentForm,
    PromptsForm,
    SendLinkForm,
    StoryFileForm,
    StoryForm,
    StoryLinkForm,
    WrittenDownForm,
)
from makegood.capture.forms.versions import VersionForm

__all__ = [
    "AnswerForm",
    "CallForm",
    "CallStoryForm",
    "ComplaintForm",
    "ConsentForm",
    "CorrectionForm",
    "DueFilter",
    "FigureForm",
    "LeaveOutForm",
    "NamedPersonForm",
    "PromptsForm",
    "RowForm",
    "SendLinkForm",
    "Sheet",
    "StoriesFilter",
    "StoryFileForm",
    "StoryForm",
    "StoryLinkForm",
    "TakenForm",
    "TriedForm",
    "UploadForm",
    "VersionForm",
    "WrittenDownForm",
    "key_of",
    "keys_sent",
]
