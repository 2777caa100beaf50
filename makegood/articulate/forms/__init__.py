"""What shape answers have on the way in."""

from makegood.articulate.forms.alternatives import (
    AlternativeFiguresForm,
    AlternativeForm,
    HistoryFigureForm,
    HistoryFileForm,
    StrikeOutForm,
)
from makegood.articulate.forms.attachments import (
    AttachmentForm,
)
from makegood.articulate.forms.clarifications import (
    ClarificationAnswerForm,
    ClarifyForm,
    VersionsForm,
)
from makegood.articulate.forms.listing import (
    ProposalFilter,
)
from makegood.articulate.forms.needs import (
    CorrectNeedForm,
    ExtendForm,
    NeedFilter,
    NeedForm,
    NeedWordsForm,
    TimesForm,
)
from makegood.articulate.forms.parts import (
    CriteriaForm,
    IsDoneForm,
    OptionForm,
    PartForm,
    SummaryForm,
)
from makegood.articulate.forms.programmes import (
    AimForm,
    EndAimForm,
    ProgrammeForm,
    WhereForm,
)
from makegood.articulate.forms.promises import PowerForm, PromiseForm, SetAsideForm
from makegood.articulate.forms.proposals import (
    ProposalForm,
    ProposalWordsForm,
    SubmitForm,
    WithholdForm,
)
from makegood.articulate.forms.questions import (
    AnswerForm,
    DeclineForm,
    InviteAddressForm,
    QuestionForm,
)
from makegood.articulate.forms.writers import (
    InviteWriterForm,
)

__all__ = [
    "AimForm",
    "AlternativeFiguresForm",
    "AlternativeForm",
    "AnswerForm",
    "AttachmentForm",
    "ClarificationAnswerForm",
    "ClarifyForm",
    "CorrectNeedForm",
    "CriteriaForm",
    "DeclineForm",
    "EndAimForm",
    "ExtendForm",
    "HistoryFigureForm",
    "HistoryFileForm",
    "InviteAddressForm",
    "InviteWriterForm",
    "IsDoneForm",
    "NeedFilter",
    "NeedForm",
    "NeedWordsForm",
    "OptionForm",
    "PartForm",
    "PowerForm",
    "ProgrammeForm",
    "PromiseForm",
    "ProposalFilter",
    "ProposalForm",
    "ProposalWordsForm",
    "QuestionForm",
    "SetAsideForm",
    "StrikeOutForm",
    "SubmitForm",
    "SummaryForm",
    "TimesForm",
    "VersionsForm",
    "WhereForm",
    "WithholdForm",
]
