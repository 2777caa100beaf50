"""What is asked of those who start programmes, and who say where a role holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.actions import AimWords
from makegood.articulate.forms.long_answers import words
from makegood.articulate.models import Aim, Programme
from makegood.kernel.answers import offer
from makegood.people.models import Organisation


class ProgrammeForm(forms.Form):
    """A programme, and who runs it."""

    run_by = forms.ModelChoiceField(
        label="Who runs the programme?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    name = forms.CharField(
        label="Name of the programme", max_length=160, help_text="For example, Right to Provide."
    )
    summary = words(
        "What is it for?",
        hint="One or two sentences. Everyone can read this.",
        required=False,
        max_length=2000,
        rows=3,
    )

    def __init__(self, data: Any = None, *, units: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, run_by=units)


class AimForm(forms.Form):
    """What an aim says."""

    name = forms.CharField(
        label="The aim, in a few words",
        max_length=160,
        help_text="For example, People stay well at home.",
    )
    purpose = words("What is it for?", max_length=2000, rows=3)
    objective = forms.CharField(label="Which wider objective does it serve?", max_length=240)
    objective_of = forms.CharField(
        label="Whose objective is that?", max_length=160, help_text="For example, a department."
    )
    objective_source = forms.CharField(
        label="Where does that stand?",
        max_length=240,
        help_text="The name of a published plan, or its address.",
    )

    def said(self) -> AimWords:
        """Return what was answered."""
        return AimWords(**self.cleaned_data)

    @classmethod
    def answers_of(cls, aim: Aim) -> dict[str, object]:
        """Return what was answered when ``aim`` was written."""
        return {name: getattr(aim, name) for name in cls.base_fields}


class EndAimForm(forms.Form):
    """Why an aim ends."""

    reason = words("Why does it end?", hint="Everyone can read this.", max_length=1000, rows=3)


class WhereForm(forms.Form):
    """In which programmes a role holds."""

    EVERYWHERE, SOME = "everywhere", "some"
    where = forms.ChoiceField(
        label="Where does it hold?",
        widget=forms.RadioSelect,
        choices=[(EVERYWHERE, "In every programme"), (SOME, "Only in those ticked below")],
    )
    programmes = forms.ModelMultipleChoiceField(
        label="Programmes",
        queryset=None,
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, programmes: QuerySet[Programme], given: QuerySet[Programme]
    ) -> None:
        slugs = [programme.slug for programme in given]
        where = self.SOME if slugs else self.EVERYWHERE
        super().__init__(data, initial={"where": where, "programmes": slugs})
        offer(self, programmes=programmes)

    def clean(self) -> dict[str, Any]:
        """Ask for a programme where only some are meant; where all are, drop what is ticked."""
        answers = super().clean() or self.cleaned_data
        if answers.get("where") == self.EVERYWHERE:
            answers["programmes"] = []
        elif "programmes" in answers and not answers["programmes"]:
            self.add_error("programmes", "Tick at least one, or choose “In every programme”.")
        return answers
