"""Files of figures of many series: who may see them, and what stands in them."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Max, QuerySet

from makegood.kernel.period import (
    Frequency,
    add_months,
    first_day,
    first_day_of_quarter,
    periods,
)
from makegood.measures import rules
from makegood.measures.models import Measure, Series, Upload, UploadSeries, UploadWork
from makegood.measures.models.staging import at_hand
from makegood.measures.reading import MARKS, BadFile, Layout, guess_layout, open_source
from makegood.measures.reading.rows import marks_in
from makegood.measures.signals import owed_asked
from makegood.measures.states import Matched, Staged, UploadState
from makegood.people.models import Organisation, Person
from makegood.people.queries import organisations_of, organisations_recording

SHOWN = 12
LOOKED_AT = 400
MOST_LACKING = 24
"""So many periods of a series are asked for at most, the newest."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a person sees of a file before it is read: its sheets, its first rows and how they are taken."""

    sheets: Sequence[str]
    layout: Layout
    rows: Sequence[tuple[int, Sequence[str]]]
    marks: Sequence[str]
    sorts: Sequence[str]
    """What the column that tells which rows to take can say."""


def figure_files_visible_to(person: Person) -> QuerySet[Upload]:
    """Return the files of many series that organisations of ``person`` sent, the newest first."""
    found = Upload.objects.filter(keeper__in=organisations_of(person), series=None)
    return found.select_related("measure", "keeper", "uploaded_by").order_by("-uploaded_at", "-pk")


def figure_files_to_decide(person: Person) -> QuerySet[Upload]:
    """Return the files of many series that wait for ``person``, who records: to be explained, or kept."""
    waiting = Upload.objects.filter(
        keeper__in=organisations_recording(person),
        state__in=[UploadState.RECEIVED, UploadState.PREVIEWED],
    )
    return waiting.select_related("measure", "keeper").order_by("uploaded_at", "pk")


def work_on(upload: Upload) -> UploadWork | None:
    """Return how far the work on an upload has come, if there is any left to do."""
    return UploadWork.objects.filter(upload=upload).first()


def look_into(
    upload: Upload, *, sheet: str | None = None, header: tuple[int, int] | None = None
) -> Look:
    """Look into a sent file: as it is read now, or by another sheet or other rows of headings.

    Refused (MEA-08) where no table is there.
    """
    try:
        return _look_into(upload, sheet=sheet, header=header)
    except BadFile as bad:
        rules.check_file_can_be_read(fault=str(bad))
        raise


def _look_into(upload: Upload, *, sheet: str | None, header: tuple[int, int] | None) -> Look:
    layout = Layout.from_plain(upload.layout)
    work = UploadWork.objects.get(upload=upload)
    with at_hand(work.content) as path:
        source = open_source(path, is_known=True)
        wanted = layout.sheet if sheet is None else sheet
        rows = source.beginning(wanted, rows=LOOKED_AT)
        if sheet is not None or header is not None:
            name = upload.measure.name if upload.measure else ""
            layout = guess_layout(rows, sheet=wanted, measure=name, header=header)
    body = rows[layout.header_to :]
    places = [place for place, role in enumerate(layout.roles) if role.is_figure]
    cells = (row[place] for row in body for place in places if place < len(row))
    return Look(
        sheets=source.sheets,
        layout=layout,
        rows=list(islice(enumerate(rows, start=1), layout.header_to + SHOWN)),
        marks=marks_in(cells, marks={**MARKS, **layout.marks}),
        sorts=_sorts(layout, body),
    )


def names_in(upload: Upload) -> QuerySet[UploadSeries]:
    """Return the names in a file with the series they mean, those that mean none first."""
    return upload.names.select_related("series").order_by("series__about", "name", "pk")


def figures_left_out(upload: Upload) -> int:
    """Return how many good figures of a file are of names that are left out."""
    good = upload.staged.filter(is_a=Staged.GOOD)
    return good.filter(name__matched=Matched.LEFT_OUT).count()


def series_to_match(upload: Upload) -> QuerySet[Series]:
    """Return the series that a name in a file can mean: none that a contract asks for (MEA-27)."""
    own = _series_of(upload)
    return own.exclude(pk__in=owed_to_contracts(own)).order_by("about")


def names_owed(upload: Upload) -> set[str]:
    """Return what the series of a keeper are called that contracts ask for, in small letters."""
    own = _series_of(upload)
    owed = own.filter(pk__in=owed_to_contracts(own)).select_related("organisation")
    return {name for each in owed for name in called(each)}


def names_left_to_contracts(upload: Upload) -> list[str]:
    """Return the names in a file that are left out because contracts ask for their figures (MEA-27)."""
    owed = names_owed(upload)
    left = upload.names.filter(matched=Matched.LEFT_OUT) if owed else upload.names.none()
    return [name for name in left.values_list("name", flat=True) if name.casefold() in owed]


def called(series: Series) -> set[str]:
    """Return what files call a series, in small letters: what it is about, or its organisation."""
    named = (series.about, series.organisation.name if series.organisation else "")
    return {name.casefold() for name in named if name}


def owed_to_contracts(among: QuerySet[Series]) -> set[int]:
    """Return which series contracts in force ask for, by key."""
    said: list[tuple[object, set[int]]] = owed_asked.send(Series, among=among)  # type: ignore[assignment]
    return {key for _, keys in said for key in keys}


def _series_of(upload: Upload) -> QuerySet[Series]:
    return Series.objects.filter(measure=upload.measure_id, keeper=upload.keeper_id)


def series_kept(keeper: Organisation, *, measure: Measure) -> QuerySet[Series]:
    """Return the series of ``measure`` that ``keeper`` keeps, by name."""
    return Series.objects.filter(keeper=keeper, measure=measure).order_by("about")


def is_under_way(upload: Upload) -> bool:
    """Return whether an upload is being read or kept."""
    return upload.state in {UploadState.READING, UploadState.STORING}


def _sorts(layout: Layout, body: Sequence[Sequence[str]]) -> list[str]:
    place = next((i for i, role in enumerate(layout.roles) if role == "which"), None)
    if place is None:
        return []
    return list(dict.fromkeys(row[place] for row in body if place < len(row) and row[place]))[:50]


def periods_lacking(
    keeper: Organisation, *, measure: Measure, today: date
) -> Iterator[tuple[Series, date]]:
    """Yield the periods over since the last figure of each series, or the last one where it has none.

    What a contract asks for is left out: it is sent from the page of its commitment.
    """
    every = Frequency(measure.frequency)
    own = series_kept(keeper, measure=measure)
    free = own.exclude(pk__in=owed_to_contracts(own))
    for one in free.annotate(newest=Max("measurements__period")):
        first = add_months(one.newest, every.months) if one.newest else _last_over(today, every)
        over = (day for day in periods(first, today, every=every) if _is_over(day, today, every))
        yield from ((one, day) for day in deque(over, maxlen=MOST_LACKING))


def _is_over(day: date, today: date, every: Frequency) -> bool:
    return add_months(day, every.months) <= today


def _last_over(today: date, every: Frequency) -> date:
    """Return the first day of the last period that is over, in calendar months, quarters or years."""
    begun = {
        Frequency.MONTH: first_day(today),
        Frequency.QUARTER: first_day_of_quarter(today),
        Frequency.YEAR: date(today.year, 1, 1),
    }[every]
    return add_months(begun, -every.months)
