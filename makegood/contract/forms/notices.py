"""What is asked of whoever makes a commitment a published indicator, and writes how it does."""

from typing import Any

from django import forms

from makegood.contract.actions import Published
from makegood.contract.models import Commitment, IndicatorRating
from makegood.contract.states import Rating
from makegood.kernel.answers import DayField, NumberField


class IndicatorForm(forms.Form):
    """Whether how a commitment does is published, and by which figures it is rated."""

    is_kpi = forms.BooleanField(
        label="Publish how it does while the contract runs",
        required=False,
        help_text="Rated good, approaching target, requires improvement or inadequate.",
    )
    kpi_approaching = NumberField(
        label="It approaches the target up to which figure?", required=False
    )
    kpi_improvement = NumberField(
        label="It requires improvement up to which figure?", required=False
    )

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        super().__init__(
            data, initial={name: getattr(commitment, name) for name in self.base_fields}
        )
        baseline, target = commitment.baseline, commitment.target
        if baseline is not None and target is not None:
            near, far = (round(target + share * (baseline - target), 6) for share in (0.25, 0.5))
            said = f"The target is {target:.15g}. A quarter of the way back would be {near:.15g}."
            self.fields["kpi_approaching"].help_text = said
            self.fields[
                "kpi_improvement"
            ].help_text = f"Half of the way back would be {far:.15g}. Beyond it, it is inadequate."

    def agreed(self) -> Published:
        """Return what was answered."""
        return Published(**self.cleaned_data)


class NoticeForm(forms.Form):
    """Asked of whoever begins a notice."""

    from_on = DayField(label="How did it do from")
    until_on = DayField(label="until", help_text="A time that is over: a quarter or a year.")


class RatingForm(forms.Form):
    """Asked of whoever decides how an indicator did."""

    rating = forms.ChoiceField(
        label="How did it do?",
        widget=forms.RadioSelect,
        choices=[(r.value, r.value.capitalize()) for r in Rating],
    )
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed if it is not what the figure says, or “other”. Everyone reads it.",
    )

    def __init__(self, data: Any = None, *, held: IndicatorRating) -> None:
        super().__init__(data, initial={"rating": held.rating, "reason": held.reason})


class NoticeReplyForm(forms.Form):
    """Asked of the provider, before a notice is published."""

    words = forms.CharField(
        label="Your reply",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="It stands beside the ratings, for everyone to read. You reply once.",
    )
