"""What is done within a Makegood of its own to measure how a million figures are taken in."""

from __future__ import annotations

import resource
import time
from pathlib import Path

from django.core.files.base import File
from django.db import connection

from makegood.measures import actions
from makegood.measures.models import Measure, Measurement, Series, Upload
from makegood.measures.reading import Layout
from makegood.measures.states import Better, Matched, MeasureKind
from makegood.people.actions import register_organisation, welcome_person
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind

Moment = tuple[float, float]
"""A moment by the clock, and how long the processor was at it until then."""


def take_in(file: str, twins: str) -> None:
    """Take in both files, and print what each step took, one a line: name, seconds."""
    by = welcome_person(email="alice@example.org", name="Alice", password="a long enough sentence")
    keeper = register_organisation(name="Moor View Care", kind=Kind.PROVIDER, by=by)
    measure = actions.define_measure(
        name="Value", unit="points", kind=MeasureKind.AVERAGE, better=Better.UP, definition="d",
        source="ours", keeper=keeper, by=by,
    )  # fmt: skip
    kept = _timed(file, measure=measure, keeper=keeper, by=by)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    fault = kept.ledger_fault()
    print(f"verified\t{time.perf_counter() - begun:.1f} s\t{fault or 'sound'}")
    print(f"most memory\t{most:.0f} MB\t{connection.vendor}")
    _hold_twins(twins, measure=measure, keeper=keeper, by=by)
    print(f"kept\t{Measurement.objects.count():,}\t{kept.counted}")


def _timed(file: str, *, measure: Measure, keeper: Organisation, by: Person) -> Upload:
    begun = last = _now()
    with Path(file).open("rb") as content:
        sent = actions.receive_figures(
            File(content), file_name="million.csv", measure=measure, keeper=keeper, by=by
        )
    last = _said("taken in", last)
    actions.read_figures(sent, layout=Layout.from_plain(sent.layout), by=by)
    actions.work_on_upload(sent)
    last = _said("read and checked", last)
    actions.keep_figures(sent, by=by)
    actions.work_on_upload(sent)
    _said("kept", last)
    _said("in all", begun)
    return Upload.objects.get(pk=sent.pk)


def _hold_twins(file: str, *, measure: Measure, keeper: Organisation, by: Person) -> None:
    """Read a file in which many periods are there twice, and say anew what one of its names means."""
    last = _now()
    with Path(file).open("rb") as content:
        sent = actions.receive_figures(
            File(content), file_name="twins.csv", measure=measure, keeper=keeper, by=by
        )
    actions.read_figures(sent, layout=Layout.from_plain(sent.layout), by=by)
    actions.work_on_upload(sent)
    last = _said("with twins, read and checked", last)
    sent.refresh_from_db()
    name, series = sent.names.all()[0], Series.objects.filter(measure=measure)[0]
    actions.match_names(sent, answers={name.pk: (Matched.KNOWN, series)}, by=by)
    _said(f"with twins ({(sent.counted or {})['bad']:,} bad rows), a name matched", last)


def _said(name: str, before: Moment) -> Moment:
    now = _now()
    print(f"{name}\t{now[0] - before[0]:.1f} s\t{now[1] - before[1]:.1f} s of the processor")
    return now


def _now() -> Moment:
    return time.perf_counter(), time.process_time()
