"""What is asked of whoever varies a contract in force, answers a variation, or ends a contract early."""

from typing import Any

from django import forms

from makegood.contract.actions import EndingTerms, VariationTerms, VariedTerms
from makegood.contract.models import Commitment, Contract, Variation
from makegood.contract.states import Ground, Whom
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer_choices

_WHOM = [(whom.value, f"For {whom.value}") for whom in Whom]


class VariationForm(forms.Form):
    """Why a contract is varied, from when, and what changes in the contract itself."""

    reason = forms.CharField(
        label="Why does the contract change?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The other side reads it now. Once both have signed, everyone can.",
    )
    from_on = DayField(label="From which day does it count?")
    ends_on = DayField(
        label="New last day of the contract",
        required=False,
        help_text="Only if it ends later or earlier than was signed.",
    )
    uses_option = forms.BooleanField(
        label="This uses an option to extend that the contract has",
        required=False,
    )
    value = PoundsField(
        label="New value of the contract", required=False, help_text="Only if it changes."
    )
    rests_from_on = DayField(
        label="The contract rests from",
        required=False,
        help_text="Only if both sides pause it. What falls due in that time is not late.",
    )
    rests_until_on = DayField(label="It rests until, and with, this day", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        contract: Contract,
        variation: Variation | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        held = initial or {}
        if variation:
            held = {name: getattr(variation, name) for name in self.base_fields}
        super().__init__(data, initial=held)
        if contract.extensions:
            months = (
                f"{contract.extension_months} month{'' if contract.extension_months == 1 else 's'}"
            )
            self.fields["uses_option"].help_text = f"Each option is for {months} at most."
        else:
            del self.fields["uses_option"]

    def terms(self) -> VariationTerms:
        """Return what was answered."""
        return VariationTerms(**self.cleaned_data)


class VariedForm(forms.Form):
    """What a commitment says under a variation."""

    is_released = forms.BooleanField(
        label="It is owed no more",
        required=False,
        help_text="Then its promise counts as weakened. What you change below does not count.",
    )
    baseline = NumberField(label="Where it stands now", required=False)
    alternative = NumberField(label="Where the alternative would be", required=False)
    target = NumberField(label="Target", required=False)
    due_on = DayField(label="By")
    for_whom = forms.CharField(label="For whom?", max_length=160)
    whom = forms.ChoiceField(
        label="If it is for others than promised: for whom?",
        required=False,
        choices=[("", "It is for those to whom it was promised"), *_WHOM],
    )

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        self.commitment = commitment
        super().__init__(
            data, initial={name: getattr(commitment, name) for name in self.base_fields}
        )
        if commitment.measure is None:
            for name in ("baseline", "alternative", "target"):
                del self.fields[name]
        if commitment.promise is None:
            del self.fields["whom"]
            released = "Nobody promised it, so no promise is weakened. What you change below does not count."
            self.fields["is_released"].help_text = released

    def terms(self) -> VariedTerms:
        """Return what was answered; what was not asked, or is owed no more, stays as it is."""
        names = VariedTerms.__dataclass_fields__
        held = {name: getattr(self.commitment, name) for name in names}
        answers = self.cleaned_data
        return VariedTerms(**held | ({"is_released": True} if answers["is_released"] else answers))


class AnswerVariationForm(forms.Form):
    """Asked of whoever sends a variation back, or declines it."""

    words = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The other side reads it.",
    )


class EndingForm(forms.Form):
    """Asked of whoever ends a contract before its last day."""

    ground = forms.ChoiceField(
        label="On what ground?",
        widget=forms.RadioSelect,
        choices=[(ground.value, ground.words) for ground in Ground],
    )
    notice_on = DayField(label="When was notice given?")
    ends_on = DayField(label="What is its last day then?")
    reason = forms.CharField(
        label="Why does it end?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everyone can read it.",
    )
    agrees = forms.BooleanField(
        label="I may end this contract for my organisation. I know that it cannot be taken back",
        error_messages={"required": "Tick the box to end the contract."},
    )

    def __init__(self, data: Any = None, *, may_give_notice: bool) -> None:
        super().__init__(data, initial={"ground": Ground.NOTICE} if may_give_notice else None)
        if not may_give_notice:
            grounds = [(each.value, each.words) for each in Ground if each != Ground.NOTICE]
            offer_choices(self, "ground", grounds)

    def terms(self) -> EndingTerms:
        """Return what was answered."""
        answers = {n: v for n, v in self.cleaned_data.items() if n != "agrees"}
        return EndingTerms(**answers | {"ground": Ground(answers["ground"])})
