"""Nothing that a stranger can see tells who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from makegood.people.queries import person_with_email
from makegood.web.even_pace import TELLING, until_next_step
from tests.factories.cast import PASSWORD, Cast
from tests.factories.sign_in import sign_in

UNKNOWN = "nobody.here@example.org"
WAYS = (
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",
    "account_signup_by_passkey",
)


def given(email: str) -> dict[str, str]:
    """Return an answer to any of the forms at once."""
    chosen = "three words apart"
    return {
        "login": email,
        "email": email,
        "password": "not the word",
        "password1": chosen,
        "password2": chosen,
        "name": "Nia",
    }


def told(way: str, email: str) -> list[tuple[int, str, str]]:
    """Return all that is answered to somebody who gives ``email``, and then guesses at codes.

    Each answer is its status, where it leads and its page, with the address and what is random
    taken out.
    """
    client = Client()
    answers = [client.post(reverse(way), given(email))]
    while answers[-1].status_code == 302 and len(answers) < 12:
        answers.append(client.get(answers[-1]["Location"]))
        if b'name="code"' in answers[-1].content:
            answers.append(client.post(answers[-1].wsgi_request.path, {"code": "BBBB-BBBB"}))
    return [_plain(answer, email) for answer in answers]


def _plain(answer: HttpResponse, email: str) -> tuple[int, str, str]:
    page = answer.content.decode().replace(email, "THE ADDRESS")
    page = re.sub(r'(name="csrfmiddlewaretoken" value)="\w+"', r"\1", page)
    return answer.status_code, answer.headers.get("Location", ""), page


@pytest.mark.parametrize("way", WAYS)
def test_who_is_known_and_who_is_not_are_told_the_same(cast: Cast, way: str) -> None:
    known, unknown = told(way, cast.alice.email), told(way, UNKNOWN)
    assert known == unknown
    assert "THE ADDRESS" in "".join(page for _, _, page in known) or way == "account_reset_password"


def test_adding_an_address_tells_nobody_whose_it_is(cast: Cast) -> None:
    answers = []
    for email in (cast.alice.email, UNKNOWN):
        client = Client()
        sign_in(client, cast.charlie)
        added = client.post(reverse("account_email"), {"email": email, "action_add": ""})
        pages = [added, client.get(added["Location"])]
        answers.append([_plain(page, email) for page in pages])
        mailed = mail.outbox[-1].to
        assert mailed == [email]
        EmailAddress.objects.filter(user=cast.charlie, verified=False).delete()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("way", ["account_login", "account_request_login_code"])
def test_an_account_without_a_password_and_a_closed_one_are_told_no_more(
    cast: Cast, way: str
) -> None:
    cast.alice.set_unusable_password()
    cast.alice.save()
    cast.bob.is_active = False
    cast.bob.save()
    unknown = told(way, UNKNOWN)
    assert told(way, cast.alice.email) == unknown
    assert told(way, cast.bob.email) == unknown


@pytest.mark.parametrize("way", [way for way in WAYS if way != "account_login"])
def test_both_are_sent_a_letter(cast: Cast, way: str) -> None:
    for email in (cast.alice.email, UNKNOWN):
        mail.outbox.clear()
        Client().post(reverse(way), given(email))
        assert [letter.to for letter in mail.outbox] == [[email]]


@pytest.mark.parametrize("way", ["account_reset_password", "account_signup"])
def test_the_comparison_would_see_a_difference(cast: Cast, way: str, settings: Any) -> None:
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    assert told(way, cast.alice.email) != told(way, UNKNOWN)


def test_a_password_that_was_tried_at_sign_up_opens_nothing(cast: Cast) -> None:
    told("account_signup", cast.alice.email)
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(PASSWORD)
    assert person_with_email(UNKNOWN) is None


@pytest.mark.parametrize("way", ["account_login", "account_signup"])
def test_a_password_is_hashed_as_often_for_both(
    cast: Cast, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Client().post(reverse(way), given(cast.alice.email))
    for_known = len(hashed)
    Client().post(reverse(way), given(UNKNOWN))
    assert for_known == len(hashed) - for_known == 1


@pytest.mark.parametrize("taken", [0.0, 0.07, 0.249, 0.25, 0.6])
def test_an_answer_comes_at_a_whole_step(settings: Any, taken: float) -> None:
    settings.SIGN_IN_STEP = 0.25
    steps = (taken + until_next_step(taken)) / 0.25
    assert steps == pytest.approx(round(steps))
    assert 0 < until_next_step(taken) <= 0.25


@pytest.mark.parametrize("way", sorted(TELLING))
def test_whoever_gives_an_address_waits_for_the_step(
    cast: Cast, way: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("makegood.web.even_pace.time.sleep", waited.append)
    settings.SIGN_IN_STEP = 0.25
    Client().get(reverse(way))
    assert not waited
    Client().post(reverse(way), given(UNKNOWN))
    assert len(waited) == 1
    assert waited[0] > 0
