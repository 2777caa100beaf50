"""Files of figures of many series, as far as each of their steps."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from makegood.capture.actions import preview_capture
from makegood.measures.actions import read_figures, receive_figures, work_on_upload
from makegood.measures.models import Measure, Upload
from makegood.measures.reading import Layout
from tests.factories.cast import Cast
from tests.factories.loop import a_commitment, a_measure

ROWS = b"month,organisation,rate\nApr-24,Dale,4.1\nMay-24,Dale,*\nApr-24,Moor,5\nMay-24,Moor,lots\n"


def the_measure(cast: Cast) -> Measure:
    return Measure.objects.filter(name="Staff absence rate").first() or a_measure(cast)


def a_figure_file(cast: Cast, rows: bytes = ROWS, *, name: str = "figures.csv") -> Upload:
    """Let Alice's provider have sent a file of figures of others."""
    return receive_figures(
        ContentFile(rows),
        file_name=name,
        measure=the_measure(cast),
        keeper=cast.provider,
        by=cast.alice,
    )


def a_figure_file_read(cast: Cast) -> Upload:
    """Let such a file have been read, with one bad row."""
    sent = a_figure_file(cast)
    read_figures(sent, layout=Layout.from_plain(sent.layout), by=cast.alice)
    work_on_upload(sent)
    sent.refresh_from_db()
    return sent


def an_upload(cast: Cast) -> dict[str, object]:
    """Let a file of one commitment's figures be looked at, with one bad row."""
    held = a_commitment(cast)
    rows = b"period,value\n2024-04-01,4.9\n2024-05-01,a lot\n"
    shown = preview_capture(held, data=rows, file_name="absence.csv", by=cast.alice)
    return {"reference": held.reference, "upload": shown.reference}


SENDING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "upload": an_upload,
    "figure-file": lambda cast: {"reference": a_figure_file_read(cast).reference},
    "figure-file-sent": lambda cast: {"reference": a_figure_file(cast).reference},
}
