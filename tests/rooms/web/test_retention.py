"""What is past its time goes by itself; what is not, and what is in use, stays."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings as ours
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from makegood.capture.actions import preview_capture
from makegood.kernel.files.keep import sweep_files
from makegood.kernel.ledger.verify import verify
from makegood.kernel.personal import all_held
from makegood.measures.actions import sweep_sent_files
from makegood.measures.models import Upload
from makegood.measures.models.staging import FOLDER as SENT
from makegood.measures.states import UploadState
from makegood.people.actions import (
    Shown,
    claim_organisation,
    decline_claim,
    entrust,
    invite,
    note_reading,
    tell_members,
)
from makegood.people.models import Invitation, Notice, Person, Session
from makegood.people.states import Appointment, Right, Role
from makegood.web import actions
from makegood.web.actions import let_go
from tests.factories.cast import Cast
from tests.factories.loop import a_commitment, a_measure_file
from tests.factories.sending import a_figure_file

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


@pytest.fixture(autouse=True)
def no_files_of_other_tests(db: None) -> None:
    """Sweep out what other tests left: their rows are gone, and files are not rolled back."""
    sweep_files(now=after(10_000))
    sweep_sent_files(now=after(10_000))


def a_newcomer(email: str = "nia@example.org", **columns: Any) -> Person:
    """Return somebody who signed up just now and confirmed nothing."""
    person = Person.objects.create(email=email, joined_at=NOW, **columns)
    EmailAddress.objects.create(user=person, email=email, primary=True)
    return person


def test_sessions_go_when_they_ran_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    assert let_go(now=after(13)).get("people.session") is None
    assert let_go(now=after(15)) == {"people.session": 1}
    assert not Session.objects.exists()
    assert let_go(now=after(15)) == {}


def test_measures_that_nobody_kept_go_as_soon_as_figures(cast: Cast, settings: Any) -> None:
    settings.KEEP_COMPLAINTS_DAYS = settings.KEEP_PREVIEWS_DAYS + 1000
    a_measure_file(cast)
    assert let_go(now=after(settings.KEEP_PREVIEWS_DAYS - 1)) == {}
    gone = let_go(now=after(settings.KEEP_PREVIEWS_DAYS + 1))
    assert gone == {"files of measures never kept": 1}


def test_bytes_of_figures_that_no_row_names_go_after_a_day(cast: Cast) -> None:
    upload = a_figure_file(cast)
    stray = default_storage.save(f"{SENT}/stray", ContentFile(b"month,rate"))
    assert let_go(now=after(0)) == {}
    assert let_go(now=after(2)) == {"files of figures that no row names": 1}
    assert not default_storage.exists(stray)
    assert default_storage.exists(upload.work.content.name)


def test_an_account_that_nobody_confirmed_or_used_goes(settings: Any) -> None:
    a_newcomer()
    days = settings.KEEP_UNCONFIRMED_DAYS
    assert let_go(now=after(days - 1)) == {}
    assert let_go(now=after(days + 1)) == {"people.person": 1}
    assert not Person.objects.exists()
    assert not EmailAddress.objects.exists()


def test_an_account_in_use_stays(cast: Cast) -> None:
    used = a_newcomer("used@example.org", last_login=NOW)
    staff = a_newcomer("staff@example.org", is_staff=True)
    shown = a_newcomer("shown@example.org")
    EmailAddress.objects.filter(user=shown).update(verified=True)
    before = Person.objects.count()
    let_go(now=after(10_000))
    assert Person.objects.count() == before
    assert {used, staff, shown, cast.bob} <= set(Person.objects.all())


def test_signs_that_were_sent_go(settings: Any) -> None:
    person = a_newcomer(last_login=NOW)
    address = EmailAddress.objects.get(user=person)
    EmailConfirmation.objects.create(email_address=address, key="k", created=NOW)
    assert let_go(now=after(settings.KEEP_CODES_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_CODES_DAYS + 1)) == {"account.emailconfirmation": 1}
    assert EmailAddress.objects.filter(pk=address.pk).exists()


def test_the_address_of_an_invitation_nobody_answered_goes(cast: Cast, settings: Any) -> None:
    asked = Appointment(role=Role.READER)
    invitation = invite(
        cast.provider, email="nia@example.org", appointment=asked, by=cast.alice, now=NOW
    )
    ran_out = (invitation.expires_at - NOW) / timedelta(days=1)
    assert let_go(now=after(ran_out + settings.KEEP_INVITATIONS_DAYS - 1)) == {}
    gone = let_go(now=after(ran_out + settings.KEEP_INVITATIONS_DAYS + 1))
    assert gone == {"people.addressee": 1}
    assert Invitation.objects.filter(pk=invitation.pk).exists()
    assert verify().problems == []


def test_what_was_shown_for_a_claim_goes_once_it_is_long_decided(cast: Cast, settings: Any) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    shown = Shown(position="Manager", words="Ring us")
    claim = claim_organisation(cast.provider, shown=shown, by=cast.charlie, now=NOW)
    Notice.objects.all().delete()
    assert let_go(now=after(10_000)) == {}
    decline_claim(claim, reason="It is not theirs.", by=cast.frank, now=NOW)
    assert let_go(now=after(settings.KEEP_INVITATIONS_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_INVITATIONS_DAYS + 1)) == {"people.proof": 1}
    claim.refresh_from_db()
    assert claim.reason == "It is not theirs."
    assert verify().problems == []


def test_notices_go(cast: Cast, settings: Any) -> None:
    told = {"words": "Something happened.", "path": "/", "by": None, "now": NOW}
    tell_members(cast.provider, right=Right.MANAGE, **told)
    assert let_go(now=after(settings.KEEP_NOTICES_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_NOTICES_DAYS + 1)) == {"people.notice": 1}


def test_notes_of_what_auditors_read_go(cast: Cast, settings: Any) -> None:
    note_reading("/needs/", by=cast.grace, now=NOW)
    assert let_go(now=after(settings.KEEP_READINGS_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_READINGS_DAYS + 1)) == {"people.reading": 1}


def test_the_operators_log_goes(cast: Cast, settings: Any) -> None:
    log = LogEntry.objects.create(user=cast.operator, object_repr="x", action_flag=CHANGE)
    LogEntry.objects.filter(pk=log.pk).update(action_time=NOW)
    assert let_go(now=after(settings.KEEP_OPERATORS_LOG_DAYS - 1)) == {}
    gone = let_go(now=after(settings.KEEP_OPERATORS_LOG_DAYS + 1))
    assert gone == {"admin.logentry": 1}


def test_rows_of_a_file_that_nobody_kept_go(cast: Cast, settings: Any) -> None:
    commitment = a_commitment(cast)
    rows = b"period,value\n2024-04-01,4.9\n2024-05-01,Mrs Example said a lot\n"
    shown = preview_capture(
        commitment, data=rows, file_name="Mrs Example.csv", by=cast.alice, now=NOW
    )
    assert let_go(now=after(settings.KEEP_PREVIEWS_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_PREVIEWS_DAYS + 1)) == {"files of figures never kept": 1}
    upload = Upload.objects.get(pk=shown.pk)
    assert upload.state == UploadState.DISCARDED
    assert "Mrs Example" not in str(vars(upload))
    assert verify().problems == []
    assert let_go(now=after(settings.KEEP_PREVIEWS_DAYS + 1)) == {}


def test_counts_of_tries_go(settings: Any) -> None:
    cache.set("tries", 3, timeout=60)
    assert let_go(now=NOW) == {}
    assert let_go(now=after(1)) == {"counts of tries": 1}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {ours.CACHES['default']['LOCATION']}")
        assert cursor.fetchone() == (0,)


def test_letters_in_files_go(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    send_mail("Hello", "A letter", "makegood@localhost", ["bob@example.org"])
    (kept,) = tmp_path.iterdir()
    os.utime(kept, (NOW.timestamp(), NOW.timestamp()))
    assert let_go(now=after(settings.KEEP_LETTERS_DAYS - 1)) == {}
    assert let_go(now=after(settings.KEEP_LETTERS_DAYS + 1)) == {"letters written to files": 1}
    assert list(tmp_path.iterdir()) == []


def test_what_fails_holds_up_nothing_else(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(actions, "discard_stale_uploads", fails)
    client.force_login(cast.alice)
    cache.set("tries", 3, timeout=60)
    assert let_go(now=after(15)) == {"people.session": 1, "counts of tries": 1}
    assert "files of figures never kept" in caplog.text


def test_the_clock_says_what_went(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    Session.objects.update(expire_date=NOW - timedelta(days=1))
    said = StringIO()
    call_command("tick", stdout=said)
    assert "Past their time and deleted: 1 × people.session." in said.getvalue()
    again = StringIO()
    call_command("tick", stdout=again)
    assert "Past their time" not in again.getvalue()


def test_every_time_that_is_declared_can_be_asked() -> None:
    asked = [held.past(NOW) for held in all_held() if held.past]
    assert len(asked) >= 4
