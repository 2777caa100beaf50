"""What is asked of those who draw a sample of figures, and look through it."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from makegood.capture.models import SampleItem
from makegood.capture.states import Found
from makegood.kernel.answers import NumberField, SentFileField
from makegood.kernel.exports import plain
from makegood.kernel.refusal import Refused
from makegood.kernel.sheets import BadSheet, as_csv

WORKSHEET = ("item", "promise", "measure", "period", "figure", "unit")
"""The columns of a worksheet that say what was drawn."""
ANSWERS = ("found", "true figure", "note")
"""The columns in which somebody who looked answers."""
MOST_ROWS = 5000


class DrawForm(forms.Form):
    """How many figures are drawn."""

    size = forms.IntegerField(label="How many figures?", min_value=1)

    def __init__(self, data: Any = None, *, sizes: Mapping[str, int], enough: int) -> None:
        super().__init__(data, initial={"size": enough})
        said = f"{enough} are enough to show that at most one in ten is wrong, if all are right."
        least = len(sizes) or 1
        each = " One of each provider at least is drawn." if least > 1 else ""
        between = f"Between {least} and {sum(sizes.values())}."
        self.fields["size"].help_text = f"{between}{each} {said}"
        self.fields["size"].widget.attrs["class"] = "govuk-input--width-5"


class ItemForm(forms.Form):
    """What was found of one figure; a row left empty says nothing."""

    found = forms.ChoiceField(
        label="What did you find?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(found.value, found.words) for found in Found],
        error_messages={"invalid_choice": "Write “right”, “wrong” or “cannot tell”."},
    )
    true_value = NumberField(label="If it is wrong, the true figure", required=False)
    note = forms.CharField(
        label="How do you know?",
        required=False,
        max_length=500,
        help_text="If you cannot tell, say why. Name no person.",
    )

    def __init__(self, data: Any = None, *, item: SampleItem) -> None:
        self.item = item
        held = {"found": item.found, "true_value": item.true_value, "note": item.note}
        super().__init__(data, prefix=f"item-{item.place}", initial=held)
        named = f"{item.commitment.measure}, {item.measurement.period:%B %Y}"
        self.fields["found"].label = f"What did you find of {named}?"

    @property
    def is_filled(self) -> bool:
        """Return whether anything was typed or chosen in it."""
        names = (self.add_prefix(name) for name in self.fields)
        return any(str(self.data.get(name, "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        """Ask what was found where something else was said."""
        answers = super().clean() or {}
        if self.is_filled and not answers.get("found") and "found" not in self.errors:
            self.add_error("found", "Say whether it is right.")
        return answers

    def keep(self, act: Callable[["ItemForm"], object]) -> bool:
        """Do ``act`` with what it says, and return whether that was kept; if not, it says why."""
        if not self.is_valid():
            return False
        try:
            act(self)
        except Refused as refused:
            self.refuse(refused)
            return False
        return True

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong beside the true figure, or the row."""
        is_wrong = self.cleaned_data.get("found") == Found.WRONG
        place = "true_value" if refused.number == "CAP-51" and is_wrong else "note"
        self.add_error(place if refused.number == "CAP-51" else "found", refused.sentence)


class Worksheet:
    """All that was drawn, answered together; what is right is kept, and the rest is shown again."""

    def __init__(self, data: Any = None, *, items: Sequence[SampleItem]) -> None:
        self.is_bound = data is not None
        self.rows = [ItemForm(data, item=item) for item in items]
        self.nothing = ""

    @property
    def filled(self) -> list[ItemForm]:
        """Return the rows in which something was said."""
        return [row for row in self.rows if self.is_bound and row.is_filled]

    def keep(self, act: Callable[[ItemForm], object]) -> int:
        """Do ``act`` with each row that can be read; return how many it kept. The others say why not."""
        if not self.filled:
            self.nothing = "Say of at least one figure what you found."
        return sum(row.keep(act) for row in self.filled)

    def non_field_errors(self) -> list[str]:
        """Return what is wrong with the worksheet as a whole."""
        return [self.nothing] if self.nothing else []

    def __iter__(self) -> Iterator[BoundField]:
        """Yield the fields of the rows in which something was said: where errors are."""
        for row in self.filled:
            yield from row


class BringBackForm(forms.Form):
    """A worksheet that was filled in elsewhere."""

    file = SentFileField(
        label="Worksheet",
        instead="Send the rows that you filled in.",
        help_text="The file you took along, filled in: CSV, XLSX or ODS.",
    )

    def clean_file(self) -> list["RowBack"]:
        """Return its rows; say so where it is no such worksheet."""
        try:
            rows = rows_back(as_csv(self.cleaned_data["file"].read()))
        except (BadSheet, csv.Error) as bad:
            raise forms.ValidationError(str(bad)) from None
        if not rows:
            raise forms.ValidationError("No row says what you found. Fill in the column “found”.")
        return rows


@dataclass(frozen=True, kw_only=True)
class RowBack:
    """A row of a worksheet that came back: which figure it is of, and what it says."""

    line: int
    name: str
    said: Mapping[str, str]

    def form(self, item: SampleItem) -> ItemForm:
        """Return what it says as an answer to ``item``."""
        data = {f"item-{item.place}-{name}": words for name, words in self.said.items()}
        return ItemForm(data, item=item)


def rows_back(text: str) -> list[RowBack]:
    """Return the rows of a worksheet in CSV in which something was answered."""
    read = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    read.fieldnames = [str(name).strip().lower() for name in read.fieldnames or ()]
    if missing := [name for name in ("item", *ANSWERS) if name not in read.fieldnames]:
        raise BadSheet(f"There is no column “{missing[0]}”. Send the worksheet you took along.")
    rows = [_row_back(row, line=read.line_num) for row in read]
    return [row for row in rows if any(row.said.values())][:MOST_ROWS]


def _row_back(row: Mapping[str, Any], *, line: int) -> RowBack:
    found, true_value, note = (plain(str(row.get(name) or "").strip()) for name in ANSWERS)
    said = {"found": found.lower(), "true_value": true_value, "note": note}
    return RowBack(line=line, name=plain(str(row.get("item") or "").strip()), said=said)


class CloseForm(forms.Form):
    """Why a sample closes though not all of it was looked at."""

    why = forms.CharField(
        label="Why was not all of it looked at?",
        required=False,
        max_length=1000,
        help_text="Everyone reads this. What was not looked at counts as wrong.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, unanswered: int) -> None:
        super().__init__(data)
        if not unanswered:
            del self.fields["why"]
