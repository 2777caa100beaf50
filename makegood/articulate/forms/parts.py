"""What is asked in the parts of a proposal: forms made of the questions of ``articulate.parts``."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from makegood.articulate.forms.long_answers import words
from makegood.articulate.parts import (
    MOST_ROWS,
    PARTS,
    Asked,
    Content,
    Shape,
    row_asked,
)
from makegood.articulate.states import OptionKind, ProposalPart
from makegood.kernel.answers import PoundsField

BLANK_ROWS = 2
FIXED = {OptionKind.NOTHING, OptionKind.ALTERNATIVE, OptionKind.THIS}
"""Options that are always weighed, and keep their names."""


def field_for(asked: Asked) -> forms.Field:
    """Return the field of one question; nothing is required before the whole is checked."""
    said: dict[str, Any] = {"label": asked.label, "help_text": asked.hint, "required": False}
    match asked.shape:
        case Shape.LINE:
            return forms.CharField(max_length=200, **said)
        case Shape.POUNDS:
            return PoundsField(**said)
        case Shape.CHOICE:
            return forms.ChoiceField(choices=[("", "Not said yet"), *asked.choices], **said)
        case Shape.CHOICES:
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=list(asked.choices), widget=widget, **said)
    return words(asked.label, hint=asked.hint, rows=4, max_length=3000, required=False)


def kept(asked: Iterable[Asked], cleaned: Mapping[str, Any], *, suffix: str = "") -> dict[str, Any]:
    """Return what was answered as it is kept: texts, and lists of them; what is empty is left out."""
    found = {}
    for each in asked:
        value = cleaned.get(f"{each.name}{suffix}")
        if value not in (None, "", []):
            found[each.name] = value if isinstance(value, list) else str(value)
    return found


def shown(asked: Asked, held: Mapping[str, Any]) -> Any:
    """Return what a field begins with: whole pounds without their noughts."""
    value = held.get(asked.name)
    return value.removesuffix(".00") if value and asked.shape == Shape.POUNDS else value


class IsDoneForm(forms.Form):
    """Whether a part is done."""

    is_done = forms.BooleanField(
        label="This part is done",
        required=False,
        help_text="You can still change it until the proposal is sent.",
    )


class PartForm(forms.Form):
    """All questions of one part on one page, with a few more rows than there are."""

    def __init__(
        self,
        data: Any = None,
        *,
        part: ProposalPart,
        content: Content,
        is_done: bool = False,
        asks_done: bool = True,
        asks_whose: bool = False,
    ) -> None:
        super().__init__(data)
        self.about, self.row_asked = PARTS[part], row_asked(part, content)
        self.held = dict(enumerate(content["rows"], start=1))
        self.rows = self._rows_asked(content) if self.about.row else []
        for asked in self.about.asked:
            self._ask(asked, asked.name, content["answers"])
        for number in self.rows:
            for asked in self.row_asked:
                self._ask(asked, f"{asked.name}-{number}", self.held.get(number, {}))
        if asks_done:
            self.fields["is_done"] = IsDoneForm.base_fields["is_done"]
        self.initial["is_done"] = is_done
        if asks_whose:
            self.fields["is_ours_too"] = forms.BooleanField(
                label="Keep this as our organisation’s own answer, too",
                required=False,
                help_text="Only your members read it there. You are asked again after a year.",
            )

    @property
    def amounts(self) -> list[BoundField]:
        """Return the questions asked once that take an amount of money."""
        return [self[a.name] for a in self.about.asked if a.shape == Shape.POUNDS]

    @property
    def worded(self) -> list[BoundField]:
        """Return the questions asked once that take words or a choice."""
        return [self[a.name] for a in self.about.asked if a.shape != Shape.POUNDS]

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Return the questions of each row, with what the row is called."""
        return [
            (
                f"{self.about.row} {number}",
                [self[f"{asked.name}-{number}"] for asked in self.row_asked],
            )
            for number in self.rows
        ]

    def piece(self) -> Content:
        """Return what was answered; a row without any answer is left out."""
        rows = [
            kept(self.row_asked, self.cleaned_data, suffix=f"-{number}") | self._kind(number)
            for number in self.rows
        ]
        answers = kept(self.about.asked, self.cleaned_data)
        return {"answers": answers, "rows": [row for row in rows if row]}

    def _kind(self, number: int) -> dict[str, str]:
        kind = self.held.get(number, {}).get("kind")
        return {"kind": kind} if kind else {}

    def _ask(self, asked: Asked, name: str, held: Mapping[str, Any]) -> None:
        self.fields[name] = field_for(asked)
        self.initial[name] = shown(asked, held)

    def _rows_asked(self, content: Content) -> list[int]:
        count = len(content["rows"]) + BLANK_ROWS
        if self.is_bound:
            named = (name.rpartition("-")[2] for name in self.data if "-" in name)
            count = max([int(each) for each in named if each.isdecimal()], default=count)
        return list(range(1, min(count, MOST_ROWS) + 1))


class CriteriaForm(forms.Form):
    """By what options are weighed."""

    def __init__(self, data: Any = None, *, content: Content) -> None:
        super().__init__(data)
        self.asked = PARTS[ProposalPart.OPTIONS].asked
        for asked in self.asked:
            self.fields[asked.name] = field_for(asked)
            self.initial[asked.name] = shown(asked, content["answers"])

    def piece(self) -> Content:
        """Return the criteria that were named."""
        return {"answers": kept(self.asked, self.cleaned_data)}


class OptionForm(forms.Form):
    """One option: what it costs, what speaks for and against it, and its scores."""

    def __init__(self, data: Any = None, *, content: Content, number: int) -> None:
        super().__init__(data)
        held = dict(enumerate(content["rows"], start=1)).get(number, {})
        self.held, self.asked = held, row_asked(ProposalPart.OPTIONS, content)
        if self.is_fixed:
            self.asked = tuple(asked for asked in self.asked if asked.name != "name")
        for asked in self.asked:
            self.fields[asked.name] = field_for(asked)
            self.initial[asked.name] = shown(asked, held)

    @property
    def is_fixed(self) -> bool:
        """Return whether it is always weighed, and so keeps its name."""
        return self.held.get("kind") in FIXED

    def piece(self) -> Content:
        """Return what was answered; one of one's own without a name is left out."""
        answers = kept(self.asked, self.cleaned_data)
        if self.is_fixed:
            return {"row": {name: self.held[name] for name in ("kind", "name")} | answers}
        return {"row": {"kind": OptionKind.OTHER.value} | answers if answers.get("name") else {}}


class SummaryForm(forms.Form):
    """The summary of a proposal, where a clarification asks about it."""

    summary = words("What would you do, and how?", rows=6)

    def piece(self) -> Content:
        """Return what the summary would say."""
        return {"summary": self.cleaned_data["summary"]}
