"""What is asked of whoever brings in contracts, and how their file is read."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from makegood.articulate.models import Programme
from makegood.contract import rules
from makegood.contract.actions import ToldContract, ToldPromise
from makegood.contract.states import BroughtInAnswer, Fate
from makegood.kernel.answers import (
    NumberField,
    PoundsField,
    choose_the_only,
    offer,
    offer_choices,
    said_plainly,
)
from makegood.kernel.exports import FORMULA_SIGNS
from makegood.kernel.refusal import RuleBroken
from makegood.kernel.sheets import BadSheet, as_csv
from makegood.measures.queries import is_percentage
from makegood.people.models import Organisation

LARGEST = 500_000
MOST_ROWS = 2_000
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y"]
NOT_KNOWN = "not known"
OF_CONTRACT = (
    "reference", "title", "provider", "provider_number", "starts_on", "ends_on", "value", "decided_on",
)  # fmt: skip


class BringInForm(forms.Form):
    """Whose contracts they are, who judges them, and the file."""

    commissioner = forms.ModelChoiceField(
        label="Whose contracts are they?", queryset=None, to_field_name="slug", empty_label=None
    )
    programme = forms.ModelChoiceField(
        label="In which programme?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    assessor = forms.ModelChoiceField(
        label="Who will judge the evidence?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
        help_text="Someone who is not a party to any of the contracts.",
    )
    file = forms.FileField(
        label="The table",
        required=False,
        help_text="CSV (UTF-8), XLSX or ODS: one row for each promise, on the first sheet; at most 500 kB.",
        widget=forms.FileInput({"accept": ".csv,.xlsx,.ods"}),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        commissioners: QuerySet[Organisation],
        programmes: QuerySet[Programme],
        assessors: QuerySet[Organisation],
        is_typed: bool = False,
    ) -> None:
        super().__init__(data, files)
        self.is_typed = is_typed
        offer(self, commissioner=commissioners, programme=programmes, assessor=assessors)
        choose_the_only(self, "programme", "assessor")

    def houses_are_said(self) -> bool:
        """Return whether it is said whose the contracts are, where, and who judges them."""
        return not {"commissioner", "programme", "assessor"} & {*self.errors}

    def clean(self) -> dict[str, Any]:
        """Take the file, or else what was read of it before, and say what keeps it from being a table."""
        answers = super().clean() or {}
        if "file" in self.errors:
            return answers
        file: UploadedFile | None = answers.get("file")
        if file and file.size and file.size > LARGEST:
            self.add_error("file", "The file is larger than 500 kB. Split it and send the parts.")
            return answers
        try:
            text = as_csv(file.read()) if file else answers.get("text", "")
        except BadSheet as wrong:
            self.add_error("file", str(wrong))
            return answers
        if (text or not self.is_typed) and (fault := _fault(text)):
            self.add_error("file", fault)
        answers["text"] = text
        return answers


class FigureField(NumberField):
    """A figure as it stands in a table: of a percentage, the sign may follow it."""

    def to_python(self, value: str | None) -> float | None:
        """Return the number without its sign; ``RowForm`` says where it may have one."""
        typed = str(value or "").strip()
        return super().to_python(
            typed[:-1].rstrip() if len(typed) > 1 and typed[-1] == "%" else typed
        )


class RowForm(forms.Form):
    """One row: a promise in a contract, and what became of it."""

    reference = forms.CharField(label="reference", max_length=80)
    title = forms.CharField(label="title", max_length=120)
    provider = forms.CharField(label="provider", max_length=160)
    provider_number = forms.CharField(label="provider number", max_length=60, required=False)
    starts_on = forms.DateField(label="starts on", input_formats=DAYS)
    ends_on = forms.DateField(label="ends on", input_formats=DAYS)
    value = PoundsField(label="value", required=False)
    decided_on = forms.DateField(label="decided on", input_formats=DAYS)
    for_whom = forms.CharField(label="for whom", max_length=160)
    what_changes = forms.CharField(label="what changes", max_length=240)
    due_on = forms.DateField(label="due on", input_formats=DAYS)
    measure = forms.CharField(label="measure", max_length=160, required=False)
    baseline = FigureField(label="baseline", required=False)
    alternative = FigureField(label="alternative", required=False)
    target = FigureField(label="target", required=False)
    became = forms.ChoiceField(
        label="what became of it",
        choices=[(word, word) for word in (*(fate.value for fate in Fate), NOT_KNOWN)],
    )
    reason = forms.CharField(label="reason", max_length=2000, required=False)
    contracted_target = FigureField(label="target contracted", required=False)
    contracted_due_on = forms.DateField(
        label="due on by contract", input_formats=DAYS, required=False
    )
    worth_low = PoundsField(label="worth a year, from", required=False)
    worth_high = PoundsField(label="worth a year, to", required=False)
    worth_source = forms.CharField(
        label="where the worth comes from", max_length=240, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a figure with a percentage sign by a measure that is no percentage."""
        said = super().clean() or self.cleaned_data
        signed = [
            name
            for name, field in self.fields.items()
            if isinstance(field, FigureField) and "%" in str(self.data.get(name) or "")
        ]
        if signed and not is_percentage(said.get("measure", "")):
            for name in {*signed} - {*self.errors}:
                self.add_error(name, "it has a % sign, and its measure is not a percentage.")
        return said

    def fault(self) -> str:
        """Return what is wrong with the row, by its columns; "" if nothing is."""
        said = []
        for name, errors in self.errors.as_data().items():
            field = self.fields[name]
            said += [f"{field.label}: {self._plainly(each, field=field)}" for each in errors]
        return " ".join(said)

    def _plainly(self, error: forms.ValidationError, *, field: forms.Field) -> str:
        if error.code == "required":
            return "it is empty."
        if isinstance(field, forms.DateField) and error.code == "invalid":
            return "write a day like 31/03/2026, or like 2026-03-31."
        if error.code == "invalid_choice":
            return f"write “{'”, “'.join(fate.value for fate in Fate)}” or “{NOT_KNOWN}”."
        return said_plainly(error, field=field)

    def promise(self, *, line: int) -> ToldPromise:
        """Return what the row says of its promise."""
        said = self.cleaned_data
        own = {name: said[name] for name in ToldPromise.__dataclass_fields__ if name in said}
        fate = None if said["became"] == NOT_KNOWN else Fate(said["became"])
        return ToldPromise(line=line, fate=fate, **own)


class TypedRowForm(RowForm):
    """The same as one row, asked on a page."""

    HINTS: ClassVar = {
        "reference": "Yours, for example CC/2023/14.",
        "provider_number": "Of a register, for example GB-COH-09506232.",
        "starts_on": "For example, 1/4/2026.",
        "value": "In pounds. Leave it empty if it is not known.",
        "decided_on": "When the bid was approved.",
        "measure": "A measure in the library. Without one, stories tell.",
        "reason": "If it was changed or not contracted. Everyone can read it.",
    }

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name, field in self.fields.items():
            field.label = str(field.label).capitalize()
            field.help_text = self.HINTS.get(name, "")
            if isinstance(field, forms.DateField):
                field.error_messages["invalid"] = "Write a day like 31/3/2026."
        words = [*(fate.value for fate in Fate), NOT_KNOWN]
        offer_choices(self, "became", [("", "Choose one"), *((word, word) for word in words)])

    @property
    def of_contract(self) -> list[BoundField]:
        """Return what is asked of the contract: the same in each of its rows."""
        return [bound for bound in self if bound.name in OF_CONTRACT]

    @property
    def of_promise(self) -> list[BoundField]:
        """Return what is asked of the promise."""
        return [bound for bound in self if bound.name not in OF_CONTRACT]

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was typed of a promise: all of them were added before."""
        return not any(str(self.data.get(bound.name, "")).strip() for bound in self.of_promise)


COLUMNS = tuple(str(field.label) for field in RowForm.base_fields.values())
"""How the columns of the file are called; the template has them."""
NAMES = {str(field.label): name for name, field in RowForm.base_fields.items()}


@dataclass(kw_only=True)
class ReadRow:
    """One row of a file: its line, its cells by column, and what is wrong with it."""

    line: int
    cells: dict[str, str]
    form: RowForm
    reason: str = ""

    @property
    def reference(self) -> str:
        """Return which contract the row is of."""
        return self.cells.get("reference", "").strip()

    @property
    def says(self) -> str:
        """Return what it says in short: what changes, and what became of it."""
        said = (self.cells.get(name, "") for name in ("what changes", "what became of it"))
        return ", ".join(filter(None, said))


def with_row(text: str, form: RowForm) -> str:
    """Return the table ``text``, or one that begins here, with what ``form`` was answered as its last row."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    if not text.strip():
        lines.writerow(COLUMNS)
    lines.writerow(form.data.get(name, "") for name in RowForm.base_fields)
    return text + ("" if not text or text.endswith("\n") else "\r\n") + file.getvalue()


def read_rows(text: str) -> list[ReadRow]:
    """Return the rows of a table in CSV, each with its fault, if it has one."""
    table = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    table.fieldnames = [str(name).strip().lower() for name in table.fieldnames or ()]
    return [_row(row, line=table.line_num) for row in table]


def told_contracts(rows: Sequence[ReadRow]) -> list[ToldContract]:
    """Return the contracts of which every row is good; on the rows of the others stands why they are not."""
    by_reference: dict[str, list[ReadRow]] = {}
    for row in rows:
        by_reference.setdefault(row.reference, []).append(row)
    told = []
    for reference, own in by_reference.items():
        first = own[0].form.cleaned_data if hasattr(own[0].form, "cleaned_data") else {}
        if all(not row.reason for row in own):
            own[0].reason = _told_otherwise(own)
        if any(row.reason for row in own):
            for row in own:
                row.reason = row.reason or f"Another row of {reference} is not good yet."
            continue
        told.append(
            ToldContract(
                **{name: first[name] for name in OF_CONTRACT if name != "provider_number"},
                number=first["provider_number"],
                promises=[row.form.promise(line=row.line) for row in own],
            )
        )
    return told


class AnswerForm(forms.Form):
    """What a provider says to what was brought in for it."""

    answer = forms.ChoiceField(
        label="Is it right?",
        widget=forms.RadioSelect,
        choices=[
            (BroughtInAnswer.CONFIRMED, "Yes, this is what we promised and what was signed"),
            (BroughtInAnswer.DISPUTED, "No, something is wrong"),
        ],
    )
    words = forms.CharField(
        label="What is wrong?",
        required=False,
        max_length=2000,
        help_text="Needed if something is wrong. Everyone can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _told_otherwise(rows: Iterable[ReadRow]) -> str:
    """Return in what the rows of one contract differ that is said of all of it; "" if in nothing."""
    said = [row.form.cleaned_data for row in rows]
    differing = [
        str(RowForm.base_fields[name].label)
        for name in OF_CONTRACT
        if any(one[name] != said[0][name] for one in said)
    ]
    try:
        rules.check_contract_is_told_one_way(differing=differing)
    except RuleBroken as broken:
        return broken.sentence
    return ""


def _row(row: dict[str | Any, Any], *, line: int) -> ReadRow:
    cells = {name: _as_typed(value) for name, value in row.items() if isinstance(value, str)}
    given = {NAMES[name]: cell for name, cell in cells.items() if name in NAMES}
    given["became"] = given.get("became", "").lower()
    form = RowForm(given)
    form.is_valid()
    reason = "It has more cells than the first line has columns." if row.get("") else form.fault()
    return ReadRow(line=line, cells=cells, form=form, reason=reason)


def _as_typed(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from working it out."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_SIGNS) else text


def _fault(text: str) -> str:
    if not text.strip():
        return "Choose a file."
    if "\x00" in text or len(text) > LARGEST:
        return "The file is not a table in CSV of at most 500 kB. Save it as “CSV UTF-8”."
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return "The file cannot be read as a table. Save it as “CSV UTF-8”."
    head = [name.strip().lower() for name in rows[0]]
    if missing := [name for name in ("reference", "what changes") if name not in head]:
        return f"The file has no column “{missing[0]}”. Its first line names the columns."
    if len(rows) > MOST_ROWS + 1:
        return f"The file has more than {MOST_ROWS:,} rows. Split it."
    return "" if len(rows) > 1 else "The file has no row under its first line."
