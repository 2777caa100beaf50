"""The figures of an organisation, on one sheet: a row for each that is missing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from makegood.capture.forms.doubts import AskedAbout
from makegood.capture.giving import Given, WhyNone
from makegood.capture.queries import FigureDue
from makegood.kernel.refusal import Refused

TYPED = ("numerator", "denominator", "value", "why_none", "words")
"""The fields of a row in which something is typed or chosen."""


class RowForm(AskedAbout):
    """What is given for one period of one series; a row left empty says nothing."""

    field_order = (*TYPED, "sure", "asked")
    why_none = forms.ChoiceField(
        label="Why is there none?",
        required=False,
        choices=[("", "Choose a reason"), *((why.value, why.words) for why in WhyNone)],
    )
    words = forms.CharField(label="In your words", required=False, max_length=200)

    def __init__(self, data: Any = None, *, row: FigureDue) -> None:
        self.row = row
        super().__init__(data, prefix=key_of(row))
        when, measure = row.span.name, row.commitment.measure
        self.fields["value"].label = f"{measure}, {when}"
        self.fields["sure"].label = f"{measure}, {when}, is right"
        for name in ("why_none", "words"):
            self.fields[name].label = f"{self.fields[name].label} ({when})"
        self.ask_for_parts(row.commitment, when=when)

    @property
    def unit(self) -> str:
        """Return the unit of its figure."""
        return self.row.commitment.measure.unit if self.row.commitment.measure else ""

    @property
    def is_filled(self) -> bool:
        """Return whether anything was typed or chosen in it."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in TYPED)

    @property
    def says_none(self) -> bool:
        """Return whether the reason why there is none is open: chosen, or to be mended."""
        named = ("why_none", "words")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in named)

    def clean(self) -> dict[str, Any]:
        """Ask for a figure or a reason, and not both."""
        answers = super().clean() or {}
        has_reason = bool(answers.get("why_none") or answers.get("words"))
        if self.has_figure and has_reason:
            self.add_error("value", "Give a figure or a reason, not both.")
        if answers.get("words") and not answers.get("why_none"):
            answers["why_none"] = WhyNone.OTHER
        return answers

    def given(self) -> Given:
        """Return what was given."""
        answers = self.cleaned_data
        why = answers.get("why_none")
        return Given(
            value=answers.get("value"),
            numerator=answers.get("numerator"),
            denominator=answers.get("denominator"),
            why_none=WhyNone(why) if why else None,
            words=answers.get("words") or "",
            is_sure=self.is_sure,
        )

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong beside what it speaks of: the parts, the reason, or the figure."""
        place = {"CAP-36": "numerator", "CAP-39": "words"}.get(refused.number, "value")
        self.add_error(place if place in self.fields else "value", refused.sentence)


class Sheet:
    """All the rows of a page, answered together; what is right is kept, and the rest is shown again."""

    def __init__(self, data: Any = None, *, rows: Sequence[FigureDue]) -> None:
        self.is_bound = data is not None
        self.rows = [RowForm(data, row=row) for row in rows]
        self.nothing = ""

    @property
    def filled(self) -> list[RowForm]:
        """Return the rows in which something was typed."""
        return [row for row in self.rows if self.is_bound and row.is_filled]

    def non_field_errors(self) -> list[str]:
        """Return what is wrong with the sheet, or a row of it, as a whole."""
        return [self.nothing] if self.nothing else []

    def __iter__(self) -> Iterator[BoundField]:
        """Yield the fields of the rows that were filled in: where errors are."""
        for row in self.filled:
            yield from row

    def leave_out(self, kept: Sequence[RowForm]) -> None:
        """Show no more what was kept."""
        self.rows = [row for row in self.rows if row not in kept]


def key_of(row: FigureDue) -> str:
    """Return how a row is named on the sheet: by its commitment and period."""
    return f"{row.commitment.reference}-{row.span.first:%Y-%m}"


def keys_sent(data: Mapping[str, Any]) -> set[str]:
    """Return which rows an answer holds."""
    return {name.rsplit("-", 1)[0] for name in data if name.rsplit("-", 1)[-1] in TYPED}
