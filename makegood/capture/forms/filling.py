"""A file with a row for each figure that is asked for: taken along, filled in and brought back."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from makegood.capture.forms.giving import key_of
from makegood.capture.giving import WhyNone
from makegood.capture.queries import FigureDue
from makegood.kernel.answers import SentFileField
from makegood.kernel.exports import plain
from makegood.kernel.sheets import BadSheet, as_csv

KEY = "row"
FILLED = {
    "figure": "value",
    "counted": "numerator",
    "out of": "denominator",
    "why there is none": "words",
}
"""The columns that are filled in, and which field of a row each answers."""
TO_FILL = ("promise", "measure", "period", "due by", "figure", "unit", "counted", "out of")
COLUMNS = (*TO_FILL, "made of", "why there is none", KEY)
WIDTHS = (26, 34, 22, 18, 12, 12, 12, 12, 34, 40, 18)
"""How wide each column is in a workbook, in signs."""
HELD_BACK = "*"
MOST_ROWS = 500
REASONS = {why.words.casefold(): why for why in WhyNone}
"""Common reasons by their words, as somebody may copy them."""


def cells_to_fill(row: FigureDue) -> list[str]:
    """Return the cells of a row: which figure is asked for, and room for it."""
    owed = row.commitment
    words = owed.measure_version or owed.measure
    parts = words and words.numerator and words.denominator
    made_of = f"{words.numerator}, out of {words.denominator}" if words and parts else ""
    due_by = "the year before" if row.is_history else row.span.due_on.isoformat()
    unit = owed.measure.unit if owed.measure else ""
    named = [owed.name, str(owed.measure), row.span.name, due_by]
    return [*named, "", unit, "", "", made_of, "", key_of(row)]


class FilledInForm(forms.Form):
    """A file of figures that was filled in elsewhere."""

    file = SentFileField(
        label="The file, filled in",
        instead="Send the rows that you filled in.",
        help_text="CSV, XLSX or ODS. Leave rows empty that you have no figure for yet.",
    )

    def clean_file(self) -> dict[str, dict[str, str]]:
        """Return what each row says that was filled in, by its name; say so where it is no such file."""
        try:
            rows = dict(_rows(as_csv(self.cleaned_data["file"].read())))
        except (BadSheet, csv.Error) as bad:
            raise forms.ValidationError(str(bad)) from None
        if not rows:
            raise forms.ValidationError(
                "No row holds a figure. Fill in the column “figure”, or say why there is none."
            )
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(
                f"{len(rows):,} rows are filled in. Send {MOST_ROWS} at a time."
            )
        return rows


def typed_in(said: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what the rows of a file say as if it had been typed on the page."""
    return {
        f"{key}-{name}": words
        for key, cells in said.items()
        for name, words in _answers(cells).items()
    }


def not_asked(said: Mapping[str, object], *, rows: Sequence[FigureDue]) -> list[str]:
    """Return the names of rows in a file that no figure among ``rows`` answers to."""
    known = {key_of(row) for row in rows}
    return [name for name in said if name not in known]


def _rows(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    read = csv.DictReader(io.StringIO(text, newline=""), restkey="", delimiter=_separator(text))
    read.fieldnames = [str(name).strip().lower() for name in read.fieldnames or ()]
    if missing := [name for name in (KEY, "figure") if name not in read.fieldnames]:
        raise BadSheet(f"There is no column “{missing[0]}”. Send the file you took along.")
    for row in read:
        said = {name: plain(str(row.get(name) or "").strip()) for name in FILLED}
        if any(said.values()):
            yield plain(str(row.get(KEY) or "").strip()), said


def _separator(text: str) -> str:
    """Return what stands between the cells: some spreadsheets write semicolons or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _answers(cells: Mapping[str, str]) -> dict[str, str]:
    answers: dict[str, Any] = {field: cells[name] for name, field in FILLED.items()}
    if answers["value"] == HELD_BACK:
        answers |= {"value": "", "why_none": WhyNone.FEW.value}
    if known := REASONS.get(answers["words"].casefold()):
        answers |= {"words": "", "why_none": known.value}
    return {name: words for name, words in answers.items() if words}
