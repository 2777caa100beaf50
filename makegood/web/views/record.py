"""Everything recorded about a contract or a programme, as one file for whoever asked."""

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from makegood.articulate.queries import programmes
from makegood.contract.permissions import can_take_record
from makegood.contract.queries import contracts_visible_to
from makegood.kernel.exports import harmless
from makegood.kernel.refusal import no
from makegood.people.queries import acting
from makegood.web.queries.record import Record, Row, record_of, records_of_programme

STYLE = Path(__file__).parents[1] / "static" / "record.css"
"""How the page to read looks; it goes with it."""


def contract_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a public body everything recorded about one of its contracts."""
    person = acting(request.user)
    shown = get_object_or_404(contracts_visible_to(person), reference=reference)
    can_take_record(person, contract=shown).require()
    return _zipped([record_of(shown)], name=f"record-{shown.reference}.zip")


def programme_record(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a public body everything recorded about its contracts and proposals in a programme."""
    person = acting(request.user)
    programme = get_object_or_404(programmes(), slug=slug)
    found = records_of_programme(programme, person=person)
    if not found:
        no("Only a commissioner with a proposal in this programme takes its record.").require()
    return _zipped(found, name=f"record-{programme.slug}.zip")


def _zipped(records: Iterable[Record], *, name: str) -> HttpResponse:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression=zipfile.ZIP_DEFLATED) as file:
        file.writestr(STYLE.name, STYLE.read_text())
        for record in records:
            folder = record.reference
            shown = {"record": record, "made_at": timezone.now()}
            file.writestr(f"{folder}/record.html", render_to_string("web/record_file.html", shown))
            for table, rows in record.tables.items():
                file.writestr(f"{folder}/{table}.csv", _csv(rows))
    response = HttpResponse(held.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(rows: list[Row]) -> str:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(rows[0] if rows else ["nothing is recorded"])
    for row in rows:
        lines.writerow([harmless(cell) for cell in row.values()])
    return text.getvalue()
