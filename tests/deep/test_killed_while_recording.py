"""Killed (-9) at moments that nobody chose, 50 times each, on either database: while figures are given one by
one, and while a file of many is read and kept. What was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgres
from tests.deep.killing import MAKEGOOD, Writer, free_port, makegood, serving, told

KILLS = 50
SEED = 20260402
NAMES, MONTHS = 250, 240
"""So many places and months are in a file."""
CUT_OFF = (OSError, http.client.HTTPException, AssertionError)
"""What a browser meets when the server goes away."""
GIVING = """
from django.core import mail
mail.outbox = []
from datetime import date, timedelta
from django.test import Client
from makegood.kernel.period import Frequency
from tests.factories import due
from tests.factories.cast import gather
from tests.factories.sign_in import sign_in
cast = gather()
owed = due.a_commitment_in_time(cast, within_days=10)
client = Client()
sign_in(client, cast.alice)
print("READY", owed.reference, owed.contract.provider.slug, client.cookies["sessionid"].value)
"""
GIVEN = """
from makegood.measures.models import Measurement
for each in Measurement.objects.order_by("period", "version"):
    print("HELD", each.period.isoformat(), each.version, each.value)
"""
SENDING = """
from django.core import mail
mail.outbox = []
from django.core.files.base import ContentFile
from makegood.measures.actions import read_figures, receive_figures
from tests.factories.cast import gather
from tests.factories.loop import a_measure
from makegood.measures.models import Measure
from makegood.people.models import Person, Organisation
if not Measure.objects.exists():
    cast = gather()
    a_measure(cast)
measure = Measure.objects.get()
alice = Person.objects.get(email="alice@example.org")
keeper = Organisation.objects.get(name="Moor View Care")
rows = ["month,organisation,rate"] + [
    f"{{2000 + month // 12}}-{{month % 12 + 1:02}},{part} {{place}},{{place / 10 + month / 1000:.3f}}"
    for place in range({names}) for month in range({months})
]
sent = receive_figures(
    ContentFile("\\n".join(rows).encode()), file_name="{part}.csv", measure=measure, keeper=keeper, by=alice
)
read_figures(sent, by=alice)
"""
WORKING = """
from makegood.measures.actions import answer_new_names, keep_figures, work_on_uploads
from makegood.measures.models import Upload, UploadWork
from makegood.measures.states import Matched
UploadWork.objects.update(lease_ends_at=None)  # as if whoever was killed had been silent long enough
print("AT IT", flush=True)
work_on_uploads()
for upload in Upload.objects.filter(state="previewed"):
    answer_new_names(upload, matched=Matched.NEW, by=upload.uploaded_by)
    keep_figures(upload, by=upload.uploaded_by)
work_on_uploads()
print("DONE", flush=True)
"""
KEPT = """
from django.db.models import Count, Sum
from makegood.measures.models import Measurement, Upload
held = Measurement.objects.aggregate(all=Count("pk"), sum=Sum("value"))
apart = Measurement.objects.values("series", "period").distinct().count()
print("HELD", held["all"], apart, round(held["sum"], 3), Upload.objects.filter(state="stored").count())
"""


@dataclass(frozen=True)
class Place:
    """A Makegood: its folder, and the address of its database where that is no file in it."""

    home: Path
    database: str = ""

    def run(self, program: str) -> str:
        return makegood(
            self.home, "shell", "--verbosity", "0", said=program, database=self.database
        )

    def verify(self) -> None:
        makegood(
            self.home, "ledger", "verify", database=self.database
        )  # fails where anything is wrong


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        makegood(tmp_path, "migrate", "--verbosity", "0")
        yield Place(tmp_path)
        return
    binaries = postgres.programs()
    if binaries is None:
        pytest.skip(postgres.ABSENT)
    with postgres.cluster(binaries) as address:
        makegood(tmp_path, "migrate", "--verbosity", "0", database=address)
        yield Place(tmp_path, address)


def test_figures_given_one_by_one_outlive_kills(place: Place) -> None:
    said = place.run(GIVING)
    ready = re.search(r"READY (\S+) (\S+) (\S+)", said)
    assert ready, said
    owed, house, session = ready.groups()
    chance, port, acknowledged = random.Random(SEED), free_port(), 0
    months = [f"{2024 + m // 12}-{m % 12 + 1:02}" for m in range(3, 27)]
    for number in range(KILLS):
        month, value = months[number % len(months)], _value(number)
        for is_killed in (True, False):
            with serving(place.home, port=port, database=place.database) as served:
                if is_killed:
                    _killed_after(chance.uniform(0, 0.8), group=served.pid)
                with suppress(*CUT_OFF) if is_killed else nullcontext():
                    acknowledged += _give(
                        Writer(port, session=session), owed, house, month=month, value=value
                    )
                    break
    held = re.findall(r"HELD (\S+)-01 (\d+) (\S+)", place.run(GIVEN))
    expected = [
        (months[m], str(version + 1), _value(m + version * len(months)))
        for m in range(len(months))
        for version in range(3)
        if m + version * len(months) < KILLS
    ]
    assert held == expected
    assert acknowledged <= len(held)
    place.verify()


def _value(number: int) -> str:
    """Return a figure that no other round gives, and that nobody would ask about."""
    return str(round(4 + number * 7 % 13 / 10 + number / 1000, 3))


def _killed_after(seconds: float, *, group: int) -> None:
    """Kill a server and all its processes after a while, whatever they are at."""

    def kill() -> None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()


def _give(alice: Writer, owed: str, house: str, *, month: str, value: str) -> bool:
    """Give the figure of a month, or correct it where there is one; return whether it was taken."""
    page, path = alice.ask(f"/capture/for/{house}/")[1], f"/capture/for/{house}/"
    row = f"{owed}-{month}"
    if f'name="{row}-value"' in page:
        return alice.write(path, {f"{row}-value": value, f"{row}-sure": "on"}) == 302
    path = f"/capture/{owed}/figures/{month}/"
    if value in alice.ask(path)[1]:
        return False  # the killed server had kept it
    status = alice.write(path, {"value": value, "reason": "It was counted twice"})
    assert status == 302, (path, status)
    return True


def test_a_file_of_figures_outlives_kills(place: Place) -> None:
    chance, kills, sent = random.Random(SEED), 0, 0
    while kills < KILLS:
        sent += 1
        place.run(SENDING.format(part=f"Ward {sent}", names=NAMES, months=MONTHS))
        while not _worked(place, killed_after=chance.uniform(0, 1.5) if kills < KILLS else None):
            kills += 1
    months, names = range(MONTHS), range(NAMES)
    total = sent * sum(name / 10 + month / 1000 for name in names for month in months)
    every = sent * NAMES * MONTHS
    assert f"HELD {every} {every} {round(total, 3)} {sent}" in place.run(KEPT)
    place.verify()


def _worked(place: Place, *, killed_after: float | None) -> bool:
    """Go on with what is to be read and kept; return whether that came to its end."""
    with subprocess.Popen(
        [*MAKEGOOD, "shell", "--verbosity", "0", "-c", WORKING],
        env=told(place.home, place.database),
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as work:  # fmt: skip
        assert work.stdout
        assert work.stdout.readline() == "AT IT\n"
        if killed_after is not None:
            _killed_after(killed_after, group=work.pid)
        return "DONE" in work.stdout.read()
