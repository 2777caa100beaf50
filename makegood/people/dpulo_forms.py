"""The questions on whether an organisation is led by disabled people."""

from collections.abc import Mapping
from typing import Any

from django import forms

from makegood.kernel.answers import DayField
from makegood.people.dpulo import DpuloAnswers
from makegood.people.models import DpuloStatement
from makegood.people.states import DpuloTest

PARTS = ("people", "disabled", "evidence", "towards_on")
MOST_PEOPLE = 1_000_000


class CountField(forms.IntegerField):
    """A whole number of people."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "numeric", "size": "6"}))
        super().__init__(min_value=0, max_value=MOST_PEOPLE, **options)
        self.error_messages["invalid"] = "Write a whole number, like 8. Write 0 for nobody."
        self.error_messages["required"] = "Write how many. Write 0 for nobody."


class DpuloForm(forms.Form):
    """Four questions for each test, and whether everyone may see the result."""

    is_shown = forms.BooleanField(label="Show the result on our page", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, object],
        needed: Mapping[str, int],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        for test in DpuloTest:
            self._ask(test, needed=needed[test])

    def _ask(self, test: DpuloTest, *, needed: int) -> None:
        self.fields[f"{test}_people"] = CountField(label=f"How many {test.members} are there?")
        self.fields[f"{test}_disabled"] = CountField(
            label=f"How many of {test.words} are disabled people?",
            help_text=f"{needed}% are needed.",
        )
        self.fields[f"{test}_evidence"] = forms.CharField(
            label="How do you know?",
            required=False,
            max_length=500,
            help_text="For example, asked at our yearly meeting. Name nobody.",
        )
        self.fields[f"{test}_towards_on"] = DayField(
            label="If it is less: by when will you reach it?", required=False
        )

    def tests(self) -> list[tuple[DpuloTest, list[forms.BoundField]]]:
        """Return each test with its questions, for the page."""
        return [(test, [self[f"{test}_{part}"] for part in PARTS]) for test in DpuloTest]

    def answers(self) -> list[DpuloAnswers]:
        """Return what was answered to each test."""
        return [
            DpuloAnswers(test=test, **{part: self.cleaned_data[f"{test}_{part}"] for part in PARTS})
            for test in DpuloTest
        ]

    @staticmethod
    def answers_of(statement: DpuloStatement) -> dict[str, object]:
        """Return what was answered when ``statement`` was made."""
        said: dict[str, object] = {"is_shown": statement.is_shown}
        for answer in statement.answers.all():
            said |= {f"{answer.test}_{part}": getattr(answer, part) for part in PARTS}
        return said
