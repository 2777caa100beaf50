"""Guessing is slow, whoever guesses; an office is not locked out by one who forgets."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.cast import PASSWORD, Cast
from tests.factories.sign_in import code_sent

OFFICE = "203.0.113.7"


def tried(email: str, password: str, *, at: str = OFFICE) -> HttpResponse:
    given = {"login": email, "password": password}
    return Client(REMOTE_ADDR=at).post(reverse("account_login"), given)


def lets_in(email: str, *, at: str = OFFICE) -> bool:
    return tried(email, PASSWORD, at=at).status_code == 302


def test_after_five_wrong_guesses_even_the_right_word_is_refused(cast: Cast) -> None:
    said = [tried(cast.alice.email, f"guess {n}").content.decode() for n in range(5)]
    assert all("do not belong together" in page for page in said)
    late = tried(cast.alice.email, PASSWORD)
    assert late.status_code == 200
    assert "tried too often" in late.content.decode()


def test_whoever_is_shut_out_by_a_guesser_comes_in_by_a_code(cast: Cast) -> None:
    for n in range(6):
        tried(cast.alice.email, f"guess {n}")
    client = Client(REMOTE_ADDR=OFFICE)
    page = client.post(reverse("account_request_login_code"), {"email": cast.alice.email})
    assert client.post(page["Location"], {"code": code_sent()})["Location"] == reverse("desk")


def test_a_code_by_mail_is_guessed_three_times_at_most(cast: Cast) -> None:
    client = Client()
    page = client.post(reverse("account_request_login_code"), {"email": cast.alice.email})
    said = [client.post(page["Location"], {"code": "BBBB-BBBB"}) for _ in range(3)]
    assert [answer.status_code for answer in said] == [200, 200, 302]
    client.post(page["Location"], {"code": code_sent()})
    assert client.get(reverse("desk")).status_code == 302


def test_a_second_step_is_guessed_five_times_at_most(cast: Cast) -> None:
    TOTP.activate(cast.alice, generate_totp_secret())
    client = Client()
    word = {"login": cast.alice.email, "password": PASSWORD}
    step = client.post(reverse("account_login"), word)["Location"]
    said = [client.post(step, {"code": f"{n:06}"}).content.decode() for n in range(6)]
    assert all("That is not the code." in page for page in said[:5])
    assert "tried too often" in said[5]


def test_a_guesser_gets_no_further_from_many_addresses(cast: Cast) -> None:
    for n in range(5):
        tried(cast.alice.email, f"guess {n}", at=f"198.51.100.{n}")
    assert not lets_in(cast.alice.email, at="198.51.100.99")


def test_one_who_forgets_does_not_lock_out_the_office(cast: Cast) -> None:
    for n in range(6):
        tried(cast.alice.email, f"guess {n}")
    assert lets_in(cast.bob.email)
    assert lets_in(cast.charlie.email)


def test_one_address_cannot_try_account_after_account(cast: Cast) -> None:
    for n in range(100):
        tried(f"person{n}@example.org", "guess")
    assert not lets_in(cast.bob.email)
    assert lets_in(cast.bob.email, at="198.51.100.1")


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_nobody_is_flooded_with_codes(cast: Cast, name: str) -> None:
    answers = [Client().post(reverse(name), {"email": cast.alice.email}) for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [302] * 3
    assert answers[3].status_code in {200, 429}
    assert "too often" in answers[3].content.decode()


@pytest.mark.parametrize("way", ["account_request_login_code", "account_signup"])
def test_whoever_got_no_code_asks_for_another(cast: Cast, way: str) -> None:
    client, chosen = Client(), "three words apart"
    newcomer = {"name": "Nia", "password1": chosen, "password2": chosen}
    email = "nia@example.org" if way == "account_signup" else cast.alice.email
    asked = client.post(reverse(way), {"email": email, "next": "/about/"} | newcomer)
    page = client.get(asked["Location"]).content.decode()
    again = re.search(r'name="next" value="([^"]+)">Ask for a new code', page)
    assert again is not None
    form = client.post(reverse("account_logout"), {"next": again[1]})["Location"]
    shown = client.get(form)
    assert shown.status_code == 200
    assert way == "account_signup" or 'value="/about/"' in shown.content.decode()
    page = client.post(form, {"email": email, "next": "/about/"})
    came = client.post(page["Location"], {"code": code_sent(), "next": "/about/"})
    assert came["Location"] == "/about/"


def test_whoever_waits_for_a_code_may_go_another_way(cast: Cast) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": cast.alice.email})
    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    word = {"login": cast.alice.email, "password": PASSWORD}
    assert client.get(reverse("account_login")).status_code == 200
    assert client.post(reverse("account_login"), word)["Location"] == reverse("desk")
