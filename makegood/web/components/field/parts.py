"""Turns a bound field of any Django form into what the field template shows."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from makegood.kernel.answers import said_plainly

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.SelectDateWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "mg-file",
    "checkbox": "govuk-checkboxes__input",
}
ASKING = {
    "radios": "Choose an answer for",
    "checkboxes": "Choose at least one answer for",
    "select": "Choose an answer for",
    "checkbox": "Tick",
    "file": "Choose a file for",
}
DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One radio button or tick box."""

    id: str
    name: str
    value: str
    label: str
    is_chosen: bool
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class DatePart:
    """The day, month or year box of a date."""

    id: str
    name: str
    label: str
    width: int
    value: str


@dataclass(kw_only=True)
class FieldParts:
    """Everything the field template shows."""

    bound: BoundField
    kind: str
    label: str
    first_id: str
    hint_id: str = ""
    error_id: str = ""
    described_by: str = ""
    errors: list[str] = field(default_factory=list)
    limit: int | None = None
    module: str = ""
    control: SafeString | str = ""
    choices: list[Choice] = field(default_factory=list)
    dates: list[DatePart] = field(default_factory=list)


def kind_of(bound: BoundField) -> str:
    """Which of the field template's shapes this field takes."""
    for widget, kind in KINDS:
        if isinstance(bound.field.widget, widget):
            return kind
    return "input"


def field_parts(bound: BoundField, *, mark_optional: bool = True) -> FieldParts:
    """Read a bound field once, so that the template only has to lay it out."""
    kind = kind_of(bound)
    label = _label(bound, kind=kind) if mark_optional else str(bound.label)
    parts = FieldParts(bound=bound, kind=kind, label=label, first_id=first_id(bound))
    if bound.help_text:
        parts.hint_id = f"{bound.auto_id}_helptext"
    if bound.errors:
        parts.error_id = f"{bound.auto_id}_error"
        parts.errors = error_texts(bound)
    if kind == "textarea" and isinstance(bound.field, forms.CharField):
        parts.limit = bound.field.max_length
    if parts.limit:
        parts.module = "govuk-character-count"
    elif kind == "password":
        parts.module = "govuk-password-input"
    count_id = f"{bound.auto_id}-info" if parts.limit else ""
    parts.described_by = " ".join(filter(None, (parts.hint_id, parts.error_id, count_id)))
    _fill(parts)
    return parts


def first_id(bound: BoundField) -> str:
    """The id of the first thing a person can fill in: where an error links to."""
    kind = kind_of(bound)
    if kind in {"radios", "checkboxes"}:
        return f"{bound.auto_id}_0"
    return f"{bound.auto_id}_day" if kind == "date" else bound.auto_id


def error_texts(bound: BoundField, *, names_field: bool = False) -> list[str]:
    """The errors of a field in plain words.

    Django's own words for an empty field do not say which; ours name it. With
    `names_field` every error does, as in a list of errors far from their fields.
    """
    asked = str(bound.label).rstrip(".:")
    verb = ASKING.get(kind_of(bound), "Fill in")
    texts = []
    for error in bound.errors.as_data():
        if error.message == forms.Field.default_error_messages["required"]:
            texts.append(f"{verb} “{asked}”")
            continue
        text = said_plainly(error, field=bound.field)
        texts.append(f"“{asked}”: {text}" if names_field else text)
    return texts


def _fill(parts: FieldParts) -> None:
    fill: dict[str, Callable[[FieldParts], None]] = {
        "radios": _fill_choices,
        "checkboxes": _fill_choices,
        "date": _fill_dates,
    }
    fill.get(parts.kind, _fill_control)(parts)


def _fill_choices(parts: FieldParts) -> None:
    hints = getattr(parts.bound.field.widget, "hints", {})
    parts.choices = [
        Choice(
            id=item.data["attrs"]["id"],
            name=item.data["name"],
            value=str(item.data["value"]),
            label=item.choice_label,
            is_chosen=item.data["selected"],
            hint=hints.get(str(item.data["value"]), ""),
        )
        for item in parts.bound.subwidgets
    ]


def _fill_dates(parts: FieldParts) -> None:
    bound = parts.bound
    shown = bound.field.widget.format_value(bound.value()) or {}
    for part, label, width in DATE_PARTS:
        name = f"{bound.html_name}_{part}"
        typed = bound.form.data.get(name, "") if bound.form.is_bound else shown.get(part)
        parts.dates.append(
            DatePart(
                id=f"{bound.auto_id}_{part}",
                name=name,
                label=label,
                width=width,
                value=str(typed or ""),
            )
        )


def _fill_control(parts: FieldParts) -> None:
    bound = parts.bound
    widget = copy.deepcopy(bound.field.widget)
    if isinstance(widget, forms.NumberInput):
        _number_as_text(widget, is_whole=type(bound.field) is forms.IntegerField)
    if widget.attrs.get("inputmode") in {"decimal", "numeric"}:
        widget.attrs.setdefault("class", "govuk-input--width-10")
    attrs: dict[str, Any] = {"class": _css_class(parts, widget=widget)}
    if parts.described_by:
        attrs["aria-describedby"] = parts.described_by
    if isinstance(widget, forms.EmailInput):
        attrs |= {"spellcheck": "false", "autocomplete": widget.attrs.get("autocomplete", "email")}
    widget.attrs.pop("placeholder", None)  # it vanishes as one types; the label says it
    if parts.limit:
        widget.attrs.pop("maxlength", None)
    parts.control = bound.as_widget(widget=widget, attrs=attrs)


def _css_class(parts: FieldParts, *, widget: forms.Widget) -> str:
    base = CLASSES.get(parts.kind, "")
    error = f"{base.split()[0]}--error" if base and parts.error_id else ""
    count = "govuk-js-character-count" if parts.limit else ""
    return " ".join(filter(None, (base, error, count, widget.attrs.get("class"))))


def _number_as_text(widget: forms.NumberInput, *, is_whole: bool) -> None:
    # A number box drops what it cannot read and changes when scrolled over;
    # a text box keeps what was typed, so the message can name it.
    widget.input_type = "text"
    for name in ("step", "min", "max"):
        widget.attrs.pop(name, None)
    widget.attrs.setdefault("inputmode", "numeric" if is_whole else "decimal")


def _label(bound: BoundField, *, kind: str) -> str:
    if bound.field.required or kind in {"checkbox", "hidden"}:
        return str(bound.label)
    return f"{bound.label} (optional)"
