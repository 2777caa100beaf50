"""Two files of figures of many places in the example: one kept, one that waits with bad rows."""

from datetime import date, datetime

from django.core.files.base import ContentFile

from makegood.kernel.period import add_months, first_day
from makegood.measures import actions
from makegood.measures.models import Measure, Upload
from makegood.web.demo.cast import Cast

PLACES = ("North ward", "South ward", "Day centre")
MONTHS = 6


def send_files(cast: Cast, *, measure: Measure, today: date, now: datetime) -> None:
    """Let a provider send the figures of its places: half a year that is kept, and a month with mistakes."""
    months = [add_months(first_day(today), back - MONTHS) for back in range(MONTHS)]
    rows = [
        f"{month:%b-%y},{place},{4 + (place_number * 3 + number * 5) % 7 / 2}"
        for number, month in enumerate(months[:-1])
        for place_number, place in enumerate(PLACES)
    ]
    whole = _sent(rows, name="places-half-year.csv", cast=cast, measure=measure, now=now)
    actions.keep_figures(whole, by=whole.uploaded_by, now=now)
    actions.work_on_upload(whole)
    last = f"{months[-1]:%b-%y}"
    rows = [f"{last},North ward,4.5", f"{last},South ward,lots", f"{last},Day centre,*"]
    _sent(rows, name="places-last-month.csv", cast=cast, measure=measure, now=now)


def _sent(rows: list[str], *, name: str, cast: Cast, measure: Measure, now: datetime) -> Upload:
    content = "\n".join(["month,place,value", *rows]).encode()
    by = cast.owner("harbour")
    upload = actions.receive_figures(
        ContentFile(content),
        file_name=name,
        measure=measure,
        keeper=cast.organisations["harbour"],
        by=by,
        now=now,
    )
    actions.read_figures(upload, by=by, now=now)
    actions.work_on_upload(upload)
    return Upload.objects.get(pk=upload.pk)
