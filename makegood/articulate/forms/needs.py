"""What is asked of those who write needs."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.forms.long_answers import words
from makegood.articulate.models import Need, Programme
from makegood.articulate.queries import NeedOrder, NeedsSought, Standing, buyers, programmes
from makegood.kernel.answers import DayField, PoundsField, choose_the_only, offer, offer_choices
from makegood.kernel.filters import ListFilter, one_found, one_of
from makegood.kernel.refusal import RuleBroken
from makegood.people.models import Organisation
from makegood.people.queries import areas_of_work

HOURS = [
    ("09:00", "9 in the morning"),
    ("12:00", "noon"),
    ("17:00", "5 in the afternoon"),
    ("23:59", "the end of the day"),
]


class NeedWordsForm(forms.Form):
    """What a need says."""

    title = forms.CharField(
        label="What is needed?", max_length=160, help_text="For example, Home care in the valley."
    )
    description = words("Say more", hint="Who is it for, where, and what matters most?", rows=5)
    alternative = words(
        "What happens otherwise?",
        hint="Say what you would do without a new provider, and how well it works now.",
    )
    cost_low = PoundsField(
        label="What that costs a year, at least",
        required=False,
        help_text="Leave all three empty if it is not known.",
    )
    cost_high = PoundsField(label="What that costs a year, at most", required=False)
    cost_source = forms.CharField(
        label="Where does that range come from?", max_length=240, required=False
    )
    is_by_invitation = forms.BooleanField(label="Only those I invite may propose", required=False)
    invitation_reason = words(
        "If so, why?",
        hint="Everyone can read this. The need itself is public either way.",
        rows=3,
        max_length=1000,
        required=False,
    )

    standstill_days = forms.IntegerField(
        label="Once you have decided, how many working days do you wait?",
        required=False,
        min_value=0,
        max_value=30,
        help_text="Those you do not choose can challenge the decision before it is public. Eight is "
        "usual: section 51 of the Procurement Act 2023. Leave it empty, or 0, for no wait.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )

    def clean(self) -> dict[str, Any]:
        """Say what the rules refuse beside what is not answered, so that all is mended at once."""
        said = super().clean() or self.cleaned_data
        if not {"cost_low", "cost_high", "cost_source"} & {*self.errors}:
            self._hold(
                "cost_low",
                lambda: rules.check_cost_is_a_sourced_range(
                    low=said.get("cost_low"),
                    high=said.get("cost_high"),
                    source=said.get("cost_source", ""),
                ),
            )
        if "invitation_reason" not in self.errors:
            is_kept, reason = said.get("is_by_invitation"), said.get("invitation_reason", "")
            self._hold(
                "invitation_reason",
                lambda: rules.check_keeping_others_out_has_a_reason(
                    is_by_invitation=bool(is_kept), reason=reason
                ),
            )
        return said

    def _hold(self, name: str, check: Callable[[], None]) -> None:
        try:
            check()
        except RuleBroken as broken:
            self.add_error(name, broken.sentence)

    @classmethod
    def answers_of(cls, need: Need) -> dict[str, object]:
        """Return what was answered when ``need`` was written."""
        return {name: getattr(need, name) for name in NeedWordsForm.base_fields}


class NeedForm(NeedWordsForm):
    """A need, whose it is, and what it says."""

    programme = forms.ModelChoiceField(
        label="Programme", queryset=None, to_field_name="slug", empty_label="Choose one"
    )
    commissioner = forms.ModelChoiceField(
        label="Who buys the service?", queryset=None, to_field_name="slug", empty_label="Choose one"
    )

    field_order = ("programme", "commissioner", *NeedWordsForm.base_fields)

    def __init__(
        self,
        data: Any = None,
        *,
        programmes: QuerySet[Programme],
        commissioners: QuerySet[Organisation],
    ) -> None:
        super().__init__(data)
        offer(self, programme=programmes, commissioner=commissioners)
        choose_the_only(self, "programme", "commissioner")


def _why() -> forms.CharField:
    return words("Why does it change?", hint="Everyone can read this.", rows=3, max_length=1000)


class CorrectNeedForm(NeedWordsForm):
    """What a published need is to say, and why."""

    reason = _why()


def _hour(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=HOURS, initial="12:00")


class TimesForm(forms.Form):
    """Until when a need takes questions and proposals."""

    questions_close_on = DayField(
        label="Last day for questions", required=False, help_text="Leave it empty for no such day."
    )
    questions_close_hour = _hour("At what time on that day do questions close?")
    closes_on = DayField(
        label="Last day for proposals",
        required=False,
        help_text="Leave it empty, and you close the need by hand.",
    )
    closes_hour = _hour("At what time on that day do proposals close?")

    def moments(self) -> dict[str, datetime | None]:
        """Return the times that were answered, by the names of a need's columns."""
        return {
            f"{name}_at": _moment(
                self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_hour"]
            )
            for name in ("questions_close", "closes")
        }

    @classmethod
    def answers_of(cls, need: Need) -> dict[str, object]:
        """Return the times of ``need`` as they were answered."""
        said: dict[str, object] = {}
        for name in ("questions_close", "closes"):
            moment = getattr(need, f"{name}_at")
            if moment is not None:
                local = timezone.localtime(moment)
                said |= {f"{name}_on": local.date(), f"{name}_hour": f"{local:%H:%M}"}
        return said


class ExtendForm(TimesForm):
    """Until when a published need is to take questions and proposals, and why."""

    reason = words("Why is it put off?", hint="Everyone can read this.", rows=3, max_length=1000)


def _moment(day: date | None, hour: str) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(hour))) if day else None


class NeedFilter(ListFilter):
    """Narrows the list of needs."""

    standing = one_of(
        "How it stands",
        [("", "Any"), *((each.value, each.value.capitalize()) for each in Standing)],
    )
    programme = one_found("Programme", otherwise="Any programme")
    commissioner = one_found("Commissioner", otherwise="Any commissioner")
    area = one_of("Where the commissioner works")
    order = one_of(
        "Order",
        [
            (NeedOrder.NEWEST, "Newest first"),
            (NeedOrder.CLOSING, "Closing soonest first"),
            (NeedOrder.TITLE, "By title"),
        ],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offer(self, programme=programmes(), commissioner=buyers())
        self.areas = {area.code: area for area in areas_of_work()}
        named = [(area.code, area.name) for area in self.areas.values()]
        offer_choices(self, "area", [("", "Anywhere"), *named])

    def sought(self) -> NeedsSought:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.answers
        return NeedsSought(
            text=answers.get("q", ""),
            standing=answers.get("standing", ""),
            programme=answers.get("programme"),
            commissioner=answers.get("commissioner"),
            area=self.areas.get(answers.get("area", "")),
            order=NeedOrder(answers.get("order") or NeedOrder.NEWEST),
        )
