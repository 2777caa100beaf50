"""Shapes of answers that Django's own fields do not know: days, numbers, pounds."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from makegood.kernel.money import LARGEST, NotMoney, parse_pounds
from makegood.kernel.refusal import Refused

Done = TypeVar("Done")
PLAIN_NUMBER = re.compile(r"[-−+]?[0-9]+(\.[0-9]+)?|[-−+]?\.[0-9]+")


class HintedRadios(forms.RadioSelect):
    """Radio buttons of which each may say in a line what comes of it."""

    def __init__(self, *, hints: Mapping[str, str]) -> None:
        super().__init__()
        self.hints = hints


def tried(form: forms.BaseForm, act: Callable[[], Done]) -> Done | None:
    """Do ``act`` and return what it gives; if a rule refuses, say so on ``form`` and return None.

    So too where whoever answers may not do it with these answers, or no more: they keep their words.
    Whether they may at all is asked before the form is shown.
    """
    try:
        return act()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None


def offer(form: forms.Form, **choices: QuerySet[Any]) -> None:
    """Let the named fields of ``form`` choose from what is found for this person."""
    for name, found in choices.items():
        field = form.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(f"{name} is not a field of choices.")
        if not field.to_field_name:
            raise TypeError(f"{name} would hand out keys: say to_field_name, as in an address.")
        field.queryset = found


PLAINLY = {
    "invalid_choice": "Choose one of the answers given.",
    "invalid_pk_value": "Choose one of the answers given.",
    "invalid_list": "Choose from the answers given.",
    "max_length": "Use at most {limit_value} characters. You used {show_value}.",
    "min_length": "Use at least {limit_value} characters. You used {show_value}.",
    "max_value": "Use {limit_value} or less.",
    "min_value": "Use {limit_value} or more.",
    "null_characters_not_allowed": "This holds a sign that no text has. Write it again.",
    "empty": "The file is empty. Choose another one.",
    "missing": "Choose a file.",
}
"""What Django calls its errors, and how we say them."""


def said_plainly(error: forms.ValidationError, *, field: forms.Field) -> str:
    """Return an error in our words: the framework's own, which are all marked for translation, replaced."""
    if not isinstance(error.message, Promise):
        return str(error.messages[0])
    if error.code == "invalid" and isinstance(field, forms.EmailField):
        return "Write an e-mail address, like name@example.org."
    plain = PLAINLY.get(error.code or "")
    return plain.format(**(error.params or {})) if plain else str(error.messages[0])


class SearchForm(forms.Form):
    """The words in a search box."""

    q = forms.CharField(label="Words", required=False)


def words_sought(asked: QueryDict) -> str:
    """Return what was typed in a search box; signs that no text holds are refused."""
    form = SearchForm(asked)
    if not form.is_valid():
        raise BadRequest("The search holds signs that no text has.")
    return str(form.cleaned_data["q"])


def choose_the_only(form: forms.Form, *names: str) -> None:
    """Let each named field of ``form`` begin with its answer, where there is one to choose from alone."""
    for name in names:
        field = form.fields[name]
        offered = field.queryset if isinstance(field, forms.ModelChoiceField) else None
        if form.is_bound or offered is None:
            continue
        found = list(offered[:2])
        if len(found) == 1:
            field.initial = found[0]


def offer_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Let the named field of ``form`` choose from what fits this case."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not a field of choices.")
    field.choices = list(choices)


class DayField(forms.DateField):
    """A day, typed as three numbers; clean value is a ``date``, or None."""

    widget = forms.SelectDateWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "For example, 1 4 2027.")
        super().__init__(**options)
        self.error_messages["required"] = "Enter a day, a month and a year."
        self.error_messages["invalid"] = (
            "That is not a date. Enter a day, a month and a year, like 1 4 2027."
        )


class SentFileField(forms.FileField):
    """A file that is looked at while its sender waits; clean value is an ``UploadedFile``.

    ``instead`` says what to do with one that is larger than ``limit``, the name of a setting.
    """

    default_error_messages = {"required": "Choose the file.", "empty": "The file is empty."}

    def __init__(
        self,
        *,
        accept: str = "",
        instead: str = "",
        limit: str = "UPLOAD_MAX_BYTES",
        **options: Any,
    ) -> None:
        options.setdefault("widget", forms.FileInput({"accept": accept} if accept else {}))
        super().__init__(**options)
        self.instead, self.limit = instead, limit

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[Any]":
        """Refuse a file that is too large."""
        file: UploadedFile[Any] = super().clean(data, initial)
        limit: int = getattr(settings, self.limit)
        if file.size and file.size > limit:
            said = f"{file.name} is larger than {limit // 2**20} MB. {self.instead}"
            raise forms.ValidationError(said.strip())
        return file


class NumberField(forms.Field):
    """A number without commas; clean value is a ``float``, or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "size": "8"}))
        super().__init__(**options)

    def to_python(self, value: str | None) -> float | None:
        """Return the number, or say what is wrong with what was typed."""
        typed = str(value or "").strip()
        if not typed:
            return None
        if "," in typed:
            raise forms.ValidationError(f"“{typed}” has a comma. Write 1234.5 without commas.")
        if not PLAIN_NUMBER.fullmatch(typed):
            raise forms.ValidationError(f"“{typed}” is not a number. Write it like 4.2.")
        number = float(typed.replace("−", "-"))
        if not math.isfinite(number) or abs(number) > LARGEST:
            raise forms.ValidationError(f"“{typed}” is too large.")
        return number

    def validate(self, value: float | None) -> None:
        """Refuse an empty answer where one is needed."""
        if value is None and self.required:
            raise forms.ValidationError("Enter a number.")

    def run_validators(self, value: float | None) -> None:
        """A number has no text validators."""

    def prepare_value(self, value: object) -> object:
        """Show a number already held without trailing noughts."""
        return f"{value:.15g}" if isinstance(value, float) else value


class PoundsField(forms.Field):
    """An amount in pounds; clean value is a ``Decimal``, or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "size": "10"}))
        super().__init__(**options)

    def clean(self, value: str | None) -> Decimal | None:
        """Return the amount, or say how to write it."""
        typed = str(value or "").strip()
        if not typed:
            if self.required:
                raise forms.ValidationError("Enter an amount in pounds.")
            return None
        try:
            return parse_pounds(typed)
        except NotMoney as wrong:
            raise forms.ValidationError(str(wrong)) from None
