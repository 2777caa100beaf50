"""What is asked of those who check a figure or a document, or dispute one."""

from typing import Any

from django import forms

from makegood.capture.states import CHECKS, DisputeOutcome, Evidence, Level

ROWS = {"rows": 4}


class CheckForm(forms.Form):
    """How far something is checked, and how that is known."""

    level = forms.ChoiceField(
        label="How far is it checked?",
        widget=forms.RadioSelect,
        choices=[(level.value, level.words) for level in CHECKS],
    )
    how = forms.CharField(
        label="How do you know?",
        max_length=1000,
        help_text="What you looked at. For example, the payroll for April. Name no person.",
        widget=forms.Textarea(attrs=ROWS),
    )

    def only_corroborated(self) -> None:
        """Leave out what only somebody from outside the provider may say."""
        level = Level.CORROBORATED
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(level.value, level.words)]
        field.initial = level.value


class CountCheckForm(CheckForm):
    """The same of a count of stories: of how many that were told is sent along."""

    counted = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DisputeForm(forms.Form):
    """Why something is not right."""

    reason = forms.CharField(
        label="Why is it not right?",
        max_length=2000,
        help_text="Everyone reads this. Name no person.",
        widget=forms.Textarea(attrs=ROWS),
    )


class AnswerDisputeForm(forms.Form):
    """What the provider says to a dispute."""

    words = forms.CharField(
        label="Your answer",
        max_length=2000,
        widget=forms.Textarea(attrs=ROWS),
    )

    def __init__(self, data: Any = None, *, what: Evidence) -> None:
        super().__init__(data)
        mend = f"If the {what} is wrong, {what.how_it_is_mended}."
        self.fields["words"].help_text = f"Everyone reads this. {mend}"


class ResolveDisputeForm(forms.Form):
    """How a dispute ends."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        choices=[(outcome.value, outcome.words) for outcome in DisputeOutcome],
    )
    why = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="Everyone reads this.",
        widget=forms.Textarea(attrs=ROWS),
    )

    def __init__(self, data: Any = None, *, what: Evidence) -> None:
        super().__init__(data)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(outcome.value, outcome.words_of(what)) for outcome in DisputeOutcome]
