"""What is asked of those who send a file of many series: what its columns are, and whom its names mean."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.text import capfirst

from makegood.kernel.answers import SentFileField, choose_the_only, offer, offer_choices
from makegood.kernel.filters import ListFilter, one_of
from makegood.measures.models import Measure, Series, UploadSeries
from makegood.measures.queries import Look
from makegood.measures.reading import DayOrder, Layout, Meaning, Role, Shape
from makegood.measures.reading.headings import beside_period, period_in, sorts_across
from makegood.measures.reading.periods import reads_as_period
from makegood.measures.states import Matched, UploadState
from makegood.people.models import Organisation

COLUMN, MARK = "column_", "mark_"
NEW, LEFT_OUT = "new", "left_out"


class FigureFileForm(forms.Form):
    """A file of figures of many series."""

    keeper = forms.ModelChoiceField(
        label="Who keeps these figures?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    measure = forms.ModelChoiceField(
        label="What do they measure?", queryset=None, to_field_name="slug", empty_label="Choose one"
    )
    file = SentFileField(
        label="File",
        limit="FIGURES_MAX_BYTES",
        instead="Split it and send the parts.",
        help_text="CSV, XLSX, ODS or Parquet, as it was published. You see what is in it first.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose one with a heading row and at least one figure.",
        },
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        keepers: QuerySet[Organisation],
        measures: QuerySet[Measure],
    ) -> None:
        super().__init__(data, files)
        offer(self, keeper=keepers, measure=measures)
        choose_the_only(self, "keeper")


class FigureFileFilter(ListFilter):
    """Narrows the files that were sent."""

    state = one_of(
        "Where it is", [("", "Any"), *((s.value, s.words.capitalize()) for s in UploadState)]
    )


class FileAnswerForm(forms.Form):
    """What is pressed on the page of a file: keep it, throw it away, take new names in or leave them out."""


class LookForm(forms.Form):
    """Which sheet holds the figures, and which rows name its columns."""

    sheet = forms.ChoiceField(label="Which sheet?", required=False)
    header_from = forms.IntegerField(label="First row with headings", min_value=1, max_value=400)
    header_to = forms.IntegerField(label="Last row with headings", min_value=1, max_value=400)

    def __init__(self, data: Any = None, *, look: Look) -> None:
        layout = look.layout
        super().__init__(
            data,
            initial={
                "sheet": layout.sheet,
                "header_from": layout.header_from,
                "header_to": layout.header_to,
            },
        )
        if len(look.sheets) > 1:
            offer_choices(self, "sheet", [(name, name) for name in look.sheets])
        else:
            del self.fields["sheet"]

    def clean(self) -> dict[str, Any]:
        """Put the rows in their order."""
        answers = super().clean() or {}
        if not self.errors and answers["header_to"] < answers["header_from"]:
            self.add_error("header_to", "The last row with headings is not above the first.")
        return answers


class LayoutForm(forms.Form):
    """What each column is, how days are written, and what marks mean."""

    sheet = forms.CharField(widget=forms.HiddenInput, required=False)
    header_from = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    header_to = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    shape = forms.ChoiceField(
        label="How is the table laid out?",
        widget=forms.RadioSelect,
        choices=[
            (Shape.LONG, "One column of figures: each row says when, and whose"),
            (Shape.PERIODS_ACROSS, "A column for each period: each row says whose"),
            (Shape.SERIES_ACROSS, "A column for each organisation or place: each row says when"),
        ],
    )
    sort = forms.ChoiceField(label="Which figure of each period?", required=False)
    which = forms.ChoiceField(label="Take the rows that say", required=False)
    order = forms.ChoiceField(
        label="How are days written?",
        widget=forms.RadioSelect,
        choices=[(order, capfirst(order.words)) for order in DayOrder],
    )
    has_decimal_comma = forms.BooleanField(
        label="A comma is the decimal point: 4,2 is a little more than 4", required=False
    )

    def __init__(self, data: Any = None, *, look: Look) -> None:
        self.look = look
        layout = look.layout
        super().__init__(
            data,
            initial={
                "sheet": layout.sheet,
                "header_from": layout.header_from,
                "header_to": layout.header_to,
                "shape": layout.shape,
                "which": layout.which,
                "order": layout.order,
                "has_decimal_comma": layout.has_decimal_comma,
            },
        )
        self._ask_of_sorts(look)
        self._ask_of_columns(layout)
        self._ask_of_marks(look)

    def _ask_of_sorts(self, look: Look) -> None:
        sorts = sorts_across(look.layout.headings)
        if len(sorts) > 1:
            offer_choices(self, "sort", [(sort, sort or "The figure alone") for sort in sorts])
            taken = [
                h
                for h, r in zip(look.layout.headings, look.layout.roles, strict=True)
                if r.is_figure
            ]
            self.initial["sort"] = beside_period(taken[0]) if taken else sorts[0]
        else:
            del self.fields["sort"]
        if look.sorts:
            offer_choices(self, "which", [(said, said) for said in look.sorts])
        else:
            del self.fields["which"]

    def _ask_of_columns(self, layout: Layout) -> None:
        self.asked = [
            place
            for place, heading in enumerate(layout.headings)
            if not (reads_as_period(period_in(heading)) and layout.shape is Shape.PERIODS_ACROSS)
        ]
        for place in self.asked:
            self.fields[f"{COLUMN}{place}"] = forms.ChoiceField(
                label=layout.headings[place] or f"Column {place + 1}, without a heading",
                choices=[(role, role.words) for role in Role],
                initial=layout.roles[place],
            )

    def _ask_of_marks(self, look: Look) -> None:
        meant = {mark.lower(): meaning for mark, meaning in look.layout.marks.items()}
        for number, mark in enumerate(look.marks):
            self.fields[f"{MARK}{number}"] = forms.ChoiceField(
                label=f"What does “{mark}” mean?",
                choices=[(each, each.words.capitalize()) for each in Meaning],
                initial=meant.get(mark.lower(), Meaning.SUPPRESSED),
            )

    @property
    def about_the_table(self) -> list[BoundField]:
        """Return the questions about the table as a whole."""
        beside = (*self.about_columns, *self.about_marks)
        return [bound for bound in self.visible_fields() if bound not in beside]

    @property
    def about_columns(self) -> list[BoundField]:
        """Return the questions about each column."""
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    @property
    def about_marks(self) -> list[BoundField]:
        """Return the questions about marks in place of figures."""
        return [self[name] for name in self.fields if name.startswith(MARK)]

    def layout(self) -> Layout:
        """Return the layout that a person chose."""
        answers = self.cleaned_data
        held = self.look.layout
        shape = Shape(answers["shape"])
        roles = list(held.roles)
        for place in self.asked:
            roles[place] = Role(answers[f"{COLUMN}{place}"])
        if shape is Shape.PERIODS_ACROSS and "sort" in self.fields:
            for place, heading in enumerate(held.headings):
                if place not in self.asked:
                    is_taken = beside_period(heading) == answers["sort"]
                    roles[place] = Role.VALUE if is_taken else Role.LEFT_OUT
        marks = {
            mark.lower(): Meaning(answers[f"{MARK}{number}"])
            for number, mark in enumerate(self.look.marks)
        }
        return replace(
            held,
            shape=shape,
            roles=tuple(roles),
            which=answers.get("which", ""),
            order=DayOrder(answers["order"]),
            has_decimal_comma=answers["has_decimal_comma"],
            marks={**held.marks, **marks},
        )


class NamesForm(forms.Form):
    """Which series each name of a page means."""

    def __init__(
        self,
        data: Any = None,
        *,
        names: Iterable[UploadSeries],
        series: Sequence[Series],
    ) -> None:
        super().__init__(data)
        self.names = list(names)
        self.series = {each.reference: each for each in series}
        choices = [(NEW, "A new series"), (LEFT_OUT, "Leave it out")]
        choices += [(each.reference, each.about) for each in series]
        for name in self.names:
            self.fields[f"name_{name.pk}"] = forms.ChoiceField(
                label=name.name, choices=choices, initial=self._initial(name)
            )

    def _initial(self, name: UploadSeries) -> str:
        if name.series:
            return name.series.reference
        return LEFT_OUT if name.matched == Matched.LEFT_OUT else NEW

    def answers(self) -> dict[int, tuple[Matched, Series | None]]:
        """Return what each name means, by its key."""
        return {name.pk: self._meant(self.cleaned_data[f"name_{name.pk}"]) for name in self.names}

    def _meant(self, answer: str) -> tuple[Matched, Series | None]:
        if answer in {NEW, LEFT_OUT}:
            return Matched(answer), None
        return Matched.KNOWN, self.series[answer]
