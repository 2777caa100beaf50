"""What is asked of those who start programmes, and who say where a role holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.forms.long_answers import words
from makegood.articulate.models import Programme
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
