"""What is asked of those who set criteria, name a panel, and weigh proposals."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.models import Proposal
from makegood.contract.actions import CriterionSaid, Mark
from makegood.contract.forms.deciding import words_field
from makegood.contract.models import Criterion, Score
from makegood.contract.states import MOST_POINTS, Points
from makegood.kernel.answers import offer
from makegood.people.models import Person

MOST_CRITERIA = 8
FIRST_CRITERIA = 3
"""So many rows are shown without being asked for."""
POINTS = [(each.value, f"{each.value}: {each.words}") for each in Points]
"""Points with what they mean, to choose among."""


_words = partial(words_field, rows=3, most=1000)


class CriteriaForm(forms.Form):
    """By what the proposals for a need are weighed: up to eight rows, those without a name left out."""

    def __init__(self, data: Any = None, *, held: Sequence[Criterion] = ()) -> None:
        super().__init__(data)
        for at in range(1, MOST_CRITERIA + 1):
            said = held[at - 1] if at <= len(held) else None
            self.fields[f"name_{at}"] = forms.CharField(
                label=f"Criterion {at}",
                max_length=120,
                required=False,
                initial=said.name if said else "",
            )
            self.fields[f"weight_{at}"] = forms.IntegerField(
                label=f"Weight of criterion {at}",
                help_text="Of 100" if at == 1 else "",
                required=False,
                min_value=1,
                max_value=100,
                initial=said.weight if said else None,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}
                ),
            )
            self.fields[f"words_{at}"] = _words(f"What criterion {at} means", required=False)
            self.fields[f"words_{at}"].initial = said.words if said else ""

    @property
    def first(self) -> list[forms.BoundField]:
        """Return the rows that are always shown."""
        return list(self)[: FIRST_CRITERIA * 3]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return the rows that are shown when asked for."""
        return list(self)[FIRST_CRITERIA * 3 :]

    @property
    def says_more(self) -> bool:
        """Return whether any of the further rows holds an answer or an error."""
        return any(bound.value() or bound.errors for bound in self.more)

    def clean(self) -> dict[str, Any]:
        """Ask for the weight of whatever has a name, and for the name of whatever has a weight."""
        answers = super().clean() or {}
        for at in range(1, MOST_CRITERIA + 1):
            name, weight = answers.get(f"name_{at}"), answers.get(f"weight_{at}")
            if name and weight is None and f"weight_{at}" not in self.errors:
                self.add_error(f"weight_{at}", "Say how much it counts, of 100.")
            if weight is not None and not name:
                self.add_error(f"name_{at}", "Give it a name, or leave its weight empty.")
        return answers

    def criteria(self) -> list[CriterionSaid]:
        """Return what was answered, in its order."""
        answers = self.cleaned_data
        return [
            CriterionSaid(
                name=answers[f"name_{at}"],
                weight=answers[f"weight_{at}"],
                words=answers[f"words_{at}"],
            )
            for at in range(1, MOST_CRITERIA + 1)
            if answers[f"name_{at}"]
        ]


class NameMemberForm(forms.Form):
    """Whom to name to the panel."""

    person = forms.ModelChoiceField(
        label="Whom do you name?",
        queryset=None,
        to_field_name="public_id",
        empty_label="Choose one",
        help_text="A member of yours, or a reviewer in the programme. Nobody of a provider that proposes.",
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        offer(self, person=people)


class InterestForm(forms.Form):
    """Whether one has an interest."""

    has_interest = forms.TypedChoiceField(
        label="Have you an interest in any of these proposals?",
        help_text="For example, you or someone close to you works for a provider, owns part of it, or "
        "helped to write its proposal.",
        widget=forms.RadioSelect,
        choices=[("no", "No"), ("yes", "Yes. I will see no scores and give none")],
        coerce=lambda answer: answer == "yes",
    )
    proposal = forms.ModelChoiceField(
        label="If you have: in which?",
        queryset=None,
        to_field_name="code",
        empty_label="Choose one",
        required=False,
    )
    words = _words(
        "If you have: which?",
        hint="Those who decide, the panel and auditors read it. It is deleted with your account.",
        required=False,
    )

    def __init__(self, data: Any = None, *, proposals: QuerySet[Proposal]) -> None:
        super().__init__(data)
        offer(self, proposal=proposals)


class ScoreForm(forms.Form):
    """What one gives a proposal by each criterion; half of it may be missing."""

    def __init__(
        self, data: Any = None, *, criteria: Sequence[Criterion], held: Iterable[Score] = ()
    ) -> None:
        super().__init__(data)
        self.criteria = criteria
        given = {score.criterion_id: score for score in held}
        for one in criteria:
            score = given.get(one.pk)
            meaning = f"{one.words} " if one.words else ""
            self.fields[f"points_{one.position}"] = forms.TypedChoiceField(
                label=one.name,
                help_text=f"{meaning}It counts {one.weight} of 100.",
                widget=forms.RadioSelect,
                choices=POINTS,
                coerce=int,
                empty_value=None,
                required=False,
                initial=score.points if score else None,
            )
            words = _words(f"Why, for “{one.name}”", required=False)
            words.initial = score.words if score else ""
            self.fields[f"words_{one.position}"] = words

    def marks(self) -> list[Mark]:
        """Return what was answered, criterion by criterion."""
        answers = self.cleaned_data
        return [
            Mark(
                criterion=one,
                points=answers[f"points_{one.position}"],
                words=answers[f"words_{one.position}"],
            )
            for one in self.criteria
        ]


class ChangeScoreForm(forms.Form):
    """What a score that was sent becomes, and why."""

    points = forms.TypedChoiceField(
        label=f"Points, of {MOST_POINTS}", widget=forms.RadioSelect, choices=POINTS, coerce=int
    )
    reason = _words("Why does it change?", hint="The panel, those who decide and auditors read it.")
