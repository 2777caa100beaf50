"""What the live page shows each component with: made-up words and figures."""

import json
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe

HERE = Path(__file__).parent
STAGES = (("contracted", "Contracted"), ("captured", "Captured"), ("found", "Found"))
NOTICES = (
    (constants.SUCCESS, "You have signed the contract. It is now locked."),
    (constants.ERROR, "Someone else changed this page first. Your words are kept below."),
)
CHART = """<svg class="mg-chart" viewBox="0 0 640 220" role="img" aria-label="A line that falls">
<path class="mg-chart__comparator-band" d="M40 70 L600 80 L600 120 L40 110 Z"/>
<path class="mg-chart__comparator" d="M40 90 L600 100"/>
<path class="mg-chart__limit" d="M40 50 H320 M40 130 H320 M320 120 H600 M320 190 H600"/>
<path class="mg-chart__mean" d="M40 90 H320 M320 155 H600"/>
<path class="mg-chart__target" d="M320 150 H600"/>
<path class="mg-chart__start" d="M320 30 V200"/>
<path class="mg-chart__line" d="M60 84 L120 100 L180 78 L240 96 L300 88 L360 132
  L420 150 L480 158 L540 150 L590 52"/>
<circle class="mg-chart__point--common" cx="60" cy="84" r="5"/>
<circle class="mg-chart__point--common" cx="120" cy="100" r="5"/>
<circle class="mg-chart__point--common" cx="180" cy="78" r="5"/>
<circle class="mg-chart__point--common" cx="240" cy="96" r="5"/>
<circle class="mg-chart__point--common" cx="300" cy="88" r="5"/>
<path class="mg-chart__point--improvement" d="M360 139 l-7 -12 h14 z"/>
<path class="mg-chart__point--improvement" d="M420 157 l-7 -12 h14 z"/>
<path class="mg-chart__point--improvement" d="M480 165 l-7 -12 h14 z"/>
<path class="mg-chart__point--improvement" d="M540 157 l-7 -12 h14 z"/>
<path class="mg-chart__point--concern" d="M590 45 l-7 12 h14 z"/>
<text class="mg-chart__text" x="326" y="26" font-size="14">The change began</text>
<text class="mg-chart__text" x="604" y="154" font-size="14">goal</text>
</svg>"""


class ExampleFilters(forms.Form):
    """The filters of a list."""

    stage = forms.ChoiceField(label="Stage", choices=[("", "Any"), *STAGES], required=False)
    kind = forms.MultipleChoiceField(
        label="Kind",
        choices=[("number", "With numbers"), ("story", "With stories")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ExampleForm(forms.Form):
    """One field of every shape."""

    what_changes = forms.CharField(
        label="What will change?", help_text="One sentence, in plain words."
    )
    baseline = forms.DecimalField(label="Where does it stand now?")
    belief = forms.CharField(
        label="Why do you believe it?", widget=forms.Textarea(attrs={"rows": 4}), max_length=400
    )
    due_on = forms.DateField(
        label="By when?", help_text="For example, 31 3 2027.", widget=forms.SelectDateWidget
    )
    better = forms.ChoiceField(
        label="Which way is better?",
        choices=[("lower", "Lower"), ("higher", "Higher")],
        widget=forms.RadioSelect,
    )
    evidence = forms.MultipleChoiceField(
        label="How will we know?",
        choices=[("numbers", "Numbers"), ("stories", "Stories")],
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.ChoiceField(
        label="Measure", choices=[("", "Choose one"), ("sickness", "Days lost to sickness")]
    )
    email = forms.EmailField(label="E-mail address", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    figures = forms.FileField(label="Figures, as a CSV file")
    agrees = forms.BooleanField(label="My organisation has agreed to this promise")


def _form() -> ExampleForm:
    return ExampleForm(
        {
            "what_changes": "Fewer days are lost to sickness",
            "baseline": "5,6 or so",
            "belief": "It worked in Hull.",
            "due_on_day": "31",
            "due_on_month": "2",
            "due_on_year": "2027",
            "better": "lower",
            "email": "alice@example.org",
        }
    )


def _chart() -> SafeString:
    return mark_safe(CHART)  # our own words, above


def example_data(name: str) -> dict[str, Any]:
    """Return what a component's example is shown with."""
    if name in {"field", "errors"}:
        return {"bound_form": _form()}
    if name == "notices":
        return {"messages": [Message(level, text) for level, text in NOTICES]}
    if name == "filters":
        return {"filter_form": ExampleFilters()}
    if name == "pagination":
        return {"page": Paginator(range(230), 10).page(4)}
    if name == "figure":
        rows = [["January 2026", "5.9"], ["February 2026", "5.4"], ["March 2026", "4.8"]]
        return {"svg": _chart(), "head": ["Month", "Days lost, %"], "rows": rows}
    path = HERE / name / "example.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return loaded


def component_names() -> list[str]:
    """Return the name of every component: the folders beside this file."""
    return sorted(folder.name for folder in HERE.iterdir() if (folder / "example.html").exists())
