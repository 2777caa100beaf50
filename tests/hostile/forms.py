"""The forms of a page, as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNANSWERED = {"submit", "button", "image", "reset"}
Attributes = dict[str, str]


@dataclass
class Field:
    """One question of a form: what it takes, and what it holds."""

    name: str
    kind: str
    about: Attributes
    held: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether anybody may write what they like into it."""
        free = self.kind in {"text", "search", "textarea", "url", "tel"}
        return free and self.about.get("inputmode") not in {"decimal", "numeric"}

    @property
    def longest(self) -> int:
        return int(self.about.get("maxlength") or 5000)


@dataclass
class Form:
    """One form: where it goes, how, and what it asks."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def texts(self) -> list[Field]:
        return [asked for asked in self.fields.values() if asked.is_text]


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page of HTML, in their order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.room = ""
        self.writing: Field | None = None
        self.choosing: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self.room = about.get("data-maxlength", self.room)
        if tag == "form":
            self.form = Form(about.get("action", ""), about.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "button":
            self.form.buttons.append((about.get("name", ""), about.get("value", "")))
        elif tag == "option" and self.choosing:
            self.choosing.options.append(about.get("value", ""))
            if "selected" in about:
                self.choosing.held = about.get("value", "")
        elif tag in {"input", "textarea", "select"} and about.get("name"):
            self._ask(tag, about)

    def _ask(self, tag: str, about: Attributes) -> None:
        assert self.form is not None
        kind = about.get("type", "text") if tag == "input" else tag
        if kind in UNANSWERED:
            return
        if tag == "textarea" and self.room:  # it is counted, and so lets more be written
            about["maxlength"], self.room = self.room, ""
        asked = self.form.fields.setdefault(
            about["name"], Field(about["name"], kind, about, held=about.get("value", ""))
        )
        if kind in {"radio", "checkbox"}:
            asked.options.append(about.get("value", "on"))
            if "checked" in about:
                asked.held = asked.options[-1]
        self.writing = asked if tag == "textarea" else None
        self.choosing = asked if tag == "select" else None

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.writing.held += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.writing = None
        elif tag == "select":
            self.choosing = None
