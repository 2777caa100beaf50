"""How lists are narrowed: by words, by filters, in an order, a page at a time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import QueryDict

PAGE = 20
SHOWN_BY = ("order", "by")
"""What only says how a list is shown, and narrows nothing."""
NOT_THERE = {"invalid_choice": "Choose one of the answers in the list."}


def one_of(label: str, choices: Iterable[tuple[Any, Any]] = ()) -> forms.ChoiceField:
    """Return a filter that takes one of ``choices``, of which the first asks for nothing."""
    return forms.ChoiceField(
        label=label, required=False, error_messages=NOT_THERE, choices=list(choices)
    )


def one_found(label: str, *, otherwise: str, by: str = "slug") -> Any:
    """Return a filter that takes one of the records offered to it, named by its column ``by``."""
    return forms.ModelChoiceField(
        label=label,
        required=False,
        queryset=None,
        to_field_name=by,
        empty_label=otherwise,
        error_messages=NOT_THERE,
    )


class ListFilter(forms.Form):
    """Narrows a list; an answer that cannot be read narrows nothing, and the page says so."""

    data: QueryDict

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )

    @property
    def answers(self) -> dict[str, Any]:
        """Return what could be read; signs that no text has are refused."""
        if self.has_error("q", code="null_characters_not_allowed"):
            raise BadRequest("The search holds signs that no text has.")
        return self.cleaned_data

    @property
    def left_out(self) -> list[str]:
        """Return what the filters are called that could not be read."""
        return [str(self.fields[name].label) for name in self.errors]

    @property
    def folded(self) -> list[BoundField]:
        """Return all but the words, which stand first."""
        return [bound for bound in self if bound.name != "q"]

    @property
    def in_use(self) -> int:
        """Return how many of them narrow what is shown now."""
        asked = (self.answers.get(b.name) for b in self.folded if b.name not in SHOWN_BY)
        return sum(map(bool, asked))

    def narrowing(self) -> dict[str, str]:
        """Return what narrows the list, as an address says it."""
        asked = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        left = {*self.errors, *SHOWN_BY}
        return {name: value for name, value in asked.items() if value and name not in left}

    def require_all(self) -> None:
        """Refuse filters that cannot be read: a table says nowhere that it leaves one out."""
        if not self.is_valid():
            wrong = ", ".join(self.left_out)
            raise BadRequest(f"These filters hold an answer that is not in their lists: {wrong}.")

    def listed(self, found: Any, *, count: int | None = None) -> dict[str, Any]:
        """Return what a page of ``found`` shows: this form, the page asked for, and its address.

        ``count`` is how many there are, where that was asked before.
        """
        pages = Paginator(found, PAGE)
        if count is not None:
            pages.count = count
        asked = self.data.copy()
        number = asked.get("page")
        for name in ("page", *self.errors):
            asked.pop(name, None)
        return {
            "form": self,
            "page": pages.get_page(number),
            "asked": asked.urlencode(),
            "is_narrowed": any(asked.values()),
        }
