"""E-mail is sent on commit, tried again while the mail server is down, and lost by nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from makegood.kernel.letters.models import Letter
from makegood.kernel.letters.post import GIVEN_UP_AFTER, deliver, deliver_due

pytestmark = pytest.mark.django_db(transaction=True)
BOX = "makegood.kernel.letters.post.LetterBox"


class Down(EmailBackend):
    """A way out that is not there."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def post(settings: Any) -> None:
    settings.EMAIL_BACKEND = BOX
    settings.LETTERS_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def write(code: str = "7K3M") -> None:
    send_mail(
        "Your code", f"It is {code}.", None, ["ann@example.org"], html_message=f"<p>{code}</p>"
    )


def test_a_letter_is_sent_once_its_act_is_done() -> None:
    with transaction.atomic():
        write()
        assert mail.outbox == []
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ann@example.org"], "Your code", "It is 7K3M.")
    assert sent.alternatives[0].content == "<p>7K3M</p>"
    assert not Letter.objects.exists()


def test_an_act_that_failed_sends_nothing() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_a_letter_waits_while_the_mail_server_is_down(settings: Any) -> None:
    settings.LETTERS_BACKEND = f"{__name__}.Down"
    write()
    waiting = Letter.objects.get()
    assert waiting.tries == 1
    settings.LETTERS_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_due() == 0
    assert deliver_due(now=timezone.now() + timedelta(minutes=2)) == 1
    assert [sent.subject for sent in mail.outbox] == ["Your code"]
    assert not Letter.objects.exists()


def test_waits_grow_longer(settings: Any) -> None:
    settings.LETTERS_BACKEND = f"{__name__}.Down"
    write()
    waits = []
    for _ in range(8):
        letter = Letter.objects.get()
        due = letter.due_at
        deliver(letter.pk, now=due)
        waits.append((Letter.objects.get().due_at - due).total_seconds() / 60)
    assert waits == [5, 15, 60, 240, 720, 720, 720, 720]


def test_what_nobody_takes_is_given_up_and_said(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LETTERS_BACKEND = f"{__name__}.Down"
    write()
    late = timezone.now() + GIVEN_UP_AFTER + timedelta(hours=1)
    assert deliver_due(now=late) == 0
    assert not Letter.objects.exists()
    assert "given up" in caplog.text
    assert "7K3M" not in caplog.text


def test_nobody_else_takes_a_letter_that_is_being_sent(settings: Any) -> None:
    settings.LETTERS_BACKEND = f"{__name__}.Down"
    write()
    letter = Letter.objects.get()
    now = letter.due_at
    Letter.objects.filter(pk=letter.pk).update(due_at=now + timedelta(minutes=2))
    assert not deliver(letter.pk, now=now)
    assert Letter.objects.get().tries == letter.tries


def test_what_a_letter_says_is_sealed(settings: Any) -> None:
    settings.LETTERS_BACKEND = f"{__name__}.Down"
    write("a secret word")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_letter")
        [kept] = cursor.fetchall()
    assert "a secret word" not in str(kept)


def test_a_letter_with_an_attachment_is_refused() -> None:
    letter = EmailMessage("Hello", "You", to=["ann@example.org"])
    letter.attach("notes.txt", "text", "text/plain")
    with pytest.raises(TypeError, match="link instead"):
        letter.send()
