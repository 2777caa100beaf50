"""What is asked of those who decide, draft, sign and look for contracts."""

from makegood.contract.forms.agreeing import (
    AdditionalForm,
    ConsequenceForm,
    EvidenceForm,
    FiguresForm,
    JudgingForm,
)
from makegood.contract.forms.binding import (
    ContractForm,
    DecisionForm,
    DispositionForm,
    ReopenForm,
    WithholdForm,
)
from makegood.contract.forms.bringing_in import (
    COLUMNS,
    NAMES,
    OF_CONTRACT,
    AnswerForm,
    BringInForm,
    ReadRow,
    TypedRowForm,
    read_rows,
    told_contracts,
    with_row,
)
from makegood.contract.forms.deciding import (
    AnswerChallengeForm,
    ChallengeForm,
    ConfirmForm,
    IntendForm,
)
from makegood.contract.forms.details import DetailsForm
from makegood.contract.forms.handing_over import AnswerHandoverForm, HandoverForm
from makegood.contract.forms.notices import IndicatorForm, NoticeForm, NoticeReplyForm, RatingForm
from makegood.contract.forms.panels import (
    ChangeScoreForm,
    CriteriaForm,
    InterestForm,
    NameMemberForm,
    ScoreForm,
)
from makegood.contract.forms.register import RegisterFilter
from makegood.contract.forms.signing import PaperForm, SignForm
from makegood.contract.forms.varying import (
    AnswerVariationForm,
    EndingForm,
    VariationForm,
    VariedForm,
)

__all__ = [
    "COLUMNS",
    "NAMES",
    "OF_CONTRACT",
    "AdditionalForm",
    "AnswerChallengeForm",
    "AnswerForm",
    "AnswerHandoverForm",
    "AnswerVariationForm",
    "BringInForm",
    "ChallengeForm",
    "ChangeScoreForm",
    "ConfirmForm",
    "ConsequenceForm",
    "ContractForm",
    "CriteriaForm",
    "DecisionForm",
    "DetailsForm",
    "DispositionForm",
    "EndingForm",
    "EvidenceForm",
    "FiguresForm",
    "HandoverForm",
    "IndicatorForm",
    "IntendForm",
    "InterestForm",
    "JudgingForm",
    "NameMemberForm",
    "NoticeForm",
    "NoticeReplyForm",
    "PaperForm",
    "RatingForm",
    "ReadRow",
    "RegisterFilter",
    "ReopenForm",
    "ScoreForm",
    "SignForm",
    "TypedRowForm",
    "VariationForm",
    "VariedForm",
    "WithholdForm",
    "read_rows",
    "told_contracts",
    "with_row",
]
