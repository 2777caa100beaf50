"""A private link is sent once, with no word of the story, and where it went is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    cancel_call,
    end_complaint,
    send_call_link,
    send_complaint_link,
    send_private_link,
    withdraw_story,
)
from makegood.capture.models import Call, Complaint
from makegood.kernel.letters.models import Letter
from tests.factories.cast import Cast
from tests.factories.loop import a_story
from tests.factories.telling import my_call, my_complaint
from tests.rules.refusing import refused

TO = "quibblewick@example.org"


def everything() -> str:
    """Return all that stands in the database."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_letter_leads_back_and_says_nothing(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _, secret = a_story(cast)
    path = reverse("send_my_link", args=[secret])
    assert path in client.get(reverse("my_story", args=[secret])).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path, {"email": TO}, follow=True)
    assert "on its way" in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == [TO]
    assert reverse("my_story", args=[secret]) in letter.body
    assert "I sleep" not in letter.body + str(letter.alternatives)
    assert not Letter.objects.exists()
    assert TO not in everything()


def test_what_is_no_address_is_kept_and_refused(cast: Cast, client: Client) -> None:
    _, secret = a_story(cast)
    page = client.post(reverse("send_my_link", args=[secret]), {"email": "quibblewick"})
    assert "like name@example.org" in page.content.decode()
    assert "quibblewick" in page.content.decode()


def test_of_a_story_taken_back_nothing_is_sent(cast: Cast, client: Client) -> None:
    story, secret = a_story(cast)
    withdraw_story(story)
    with refused("CAP-19"):
        send_private_link(story, secret=secret, to=TO)
    assert client.get(reverse("send_my_link", args=[secret])).status_code == 404


@pytest.mark.parametrize(("make", "what"), [(my_call, "call"), (my_complaint, "complaint")])
def test_a_call_and_a_complaint_are_found_again_by_letter(
    cast: Cast,
    client: Client,
    django_capture_on_commit_callbacks: Any,
    make: Callable[[Cast], dict[str, Any]],
    what: str,
) -> None:
    given = make(cast)
    page, path = reverse(f"my_{what}", kwargs=given), reverse(f"send_my_{what}", kwargs=given)
    assert path in client.get(page).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path, {"email": TO}, follow=True)
    assert answer.redirect_chain[-1][0] == page
    (letter,) = mail.outbox
    assert letter.subject == f"The private address of your {what}"
    assert page in letter.body
    assert TO not in everything()


def test_of_a_call_that_ended_nothing_is_sent(cast: Cast, client: Client) -> None:
    given = my_call(cast)
    call = Call.objects.get()
    cancel_call(call)
    with refused("CAP-19", saying="This call ended"):
        send_call_link(call, secret="s", to=TO)
    assert client.get(reverse("send_my_call", kwargs=given)).status_code == 404


def test_of_a_complaint_that_ended_nothing_is_sent(cast: Cast, client: Client) -> None:
    given = my_complaint(cast)
    complaint = Complaint.objects.get()
    end_complaint(complaint)
    with refused("CAP-19", saying="This complaint ended"):
        send_complaint_link(complaint, secret="s", to=TO)
    assert client.get(reverse("send_my_complaint", kwargs=given)).status_code == 404
