"""What shape answers have on the way in."""

from makegood.capture.forms.calls import CallForm, CallStoryForm, TriedForm
from makegood.capture.forms.checks import (
    AnswerDisputeForm,
    CheckForm,
    CountCheckForm,
    DisputeForm,
    ResolveDisputeForm,
)
from makegood.capture.forms.complaints import AnswerForm, ComplaintForm
from makegood.capture.forms.documents import DocumentForm, WithdrawDocumentForm
from makegood.capture.forms.doubts import tried_asking
from makegood.capture.forms.due import DueFilter
from makegood.capture.forms.figures import CorrectionForm, FigureForm, StandByForm, UploadForm
from makegood.capture.forms.filling import COLUMNS as COLUMNS_TO_FILL
from makegood.capture.forms.filling import WIDTHS as WIDTHS_TO_FILL
from makegood.capture.forms.filling import FilledInForm, cells_to_fill, not_asked, typed_in
from makegood.capture.forms.giving import RowForm, Sheet, key_of, keys_sent
from makegood.capture.forms.publishing import LeaveOutForm, ReadForm, StoriesFilter
from makegood.capture.forms.safeguarding import NamedPersonForm, TakenForm
from makegood.capture.forms.samples import (
    ANSWERS,
    WORKSHEET,
    BringBackForm,
    CloseForm,
    DrawForm,
    ItemForm,
    Worksheet,
)
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
    "ANSWERS",
    "COLUMNS_TO_FILL",
    "WIDTHS_TO_FILL",
    "WORKSHEET",
    "AnswerDisputeForm",
    "AnswerForm",
    "BringBackForm",
    "CallForm",
    "CallStoryForm",
    "CheckForm",
    "CloseForm",
    "ComplaintForm",
    "ConsentForm",
    "CorrectionForm",
    "CountCheckForm",
    "DisputeForm",
    "DocumentForm",
    "DrawForm",
    "DueFilter",
    "FigureForm",
    "FilledInForm",
    "ItemForm",
    "LeaveOutForm",
    "NamedPersonForm",
    "PromptsForm",
    "ReadForm",
    "ResolveDisputeForm",
    "RowForm",
    "SendLinkForm",
    "Sheet",
    "StandByForm",
    "StoriesFilter",
    "StoryFileForm",
    "StoryForm",
    "StoryLinkForm",
    "TakenForm",
    "TriedForm",
    "UploadForm",
    "VersionForm",
    "WithdrawDocumentForm",
    "Worksheet",
    "WrittenDownForm",
    "cells_to_fill",
    "key_of",
    "keys_sent",
    "not_asked",
    "tried_asking",
    "typed_in",
]
