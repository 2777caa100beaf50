"""Nobody is signed in by a form they did not see, with a key they did not get, or led elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from makegood.web.adapters import PlainAdapter
from tests.factories.cast import PASSWORD, Cast
from tests.factories.sign_in import code_sent, sign_in

Way = Callable[[Client, Cast, str], HttpResponse]
ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    r"/\elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
)
HERE = "/about/"
KEYED = (
    "/accounts/oidc/elsewhere/login/",
    "/accounts/oidc/elsewhere/login/callback/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/second-step/webauthn/keys/1/edit/",
    "/accounts/second-step/webauthn/keys/1/remove/",
    "/my/contacts/00000000-0000-0000-0000-000000000000/take-down/",
    "/my/founders/00000000-0000-0000-0000-000000000000/take-down/",
    "/my/sign-ins/00000000-0000-0000-0000-000000000000/end/",
)
"""The pages about signing in that have a key in their address."""


def by_password(client: Client, cast: Cast, following: str) -> HttpResponse:
    answer = {"login": cast.alice.email, "password": PASSWORD, "next": following}
    return client.post(reverse("account_login"), answer)


def by_code(client: Client, cast: Cast, following: str) -> HttpResponse:
    answer = {"email": cast.alice.email, "next": following}
    asked = client.post(reverse("account_request_login_code"), answer)
    return client.post(asked["Location"], {"code": code_sent(), "next": following})


def by_sign_up(client: Client, _: Cast, following: str) -> HttpResponse:
    chosen = "three words apart"
    answer = {"email": "nia@example.org", "password1": chosen, "password2": chosen, "name": "Nia"}
    asked = client.post(reverse("account_signup"), answer | {"next": following})
    return client.post(asked["Location"], {"code": code_sent(), "next": following})


def again_by_password(client: Client, cast: Cast, following: str) -> HttpResponse:
    sign_in(client, cast.alice)
    answer = {"password": PASSWORD, "next": following}
    return client.post(reverse("account_reauthenticate"), answer)


def again_by_code(client: Client, cast: Cast, following: str) -> HttpResponse:
    cast.alice.set_unusable_password()
    cast.alice.save()
    sign_in(client, cast.alice)
    client.get(reverse("still_you"))
    return client.post(reverse("still_you"), {"code": code_sent(), "next": following})


def out(client: Client, cast: Cast, following: str) -> HttpResponse:
    sign_in(client, cast.alice)
    return client.post(reverse("account_logout"), {"next": following})


IN = (by_password, by_code, by_sign_up)
ALL = (*IN, again_by_password, again_by_code, out)


@pytest.mark.parametrize("following", ELSEWHERE)
@pytest.mark.parametrize("way", ALL)
def test_nobody_is_led_to_another_host(
    client: Client, cast: Cast, way: Way, following: str
) -> None:
    assert way(client, cast, following)["Location"] in {reverse("desk"), reverse("home")}


@pytest.mark.parametrize("way", ALL)
def test_everybody_is_led_on_within_this_one(client: Client, cast: Cast, way: Way) -> None:
    assert way(client, cast, HERE)["Location"] == HERE


@pytest.mark.parametrize("way", ALL)
def test_but_for_the_guard_they_would_be_led_away(
    client: Client, cast: Cast, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlainAdapter, "is_safe_url", lambda self, url: True)
    assert way(client, cast, ELSEWHERE[0])["Location"] == ELSEWHERE[0]


@pytest.mark.parametrize("way", IN)
def test_signing_in_changes_the_key_and_the_old_one_is_dead(
    client: Client, cast: Cast, way: Way
) -> None:
    client.get(reverse("account_login"))
    planted = client.cookies["sessionid"].value
    way(client, cast, HERE)
    assert client.get(reverse("desk")).status_code == 200
    assert client.cookies["sessionid"].value != planted
    planter = Client()
    planter.cookies["sessionid"] = planted
    assert planter.get(reverse("desk")).status_code == 302


def test_signing_out_kills_the_key(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    key = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    kept = Client()
    kept.cookies["sessionid"] = key
    assert kept.get(reverse("desk")).status_code == 302


def forms() -> list[str]:
    """Return the path of every page about signing in."""
    found = [p for p in _paths(get_resolver().url_patterns) if p.startswith(("accounts/", "my/"))]
    plain = sorted(f"/{path}" for path in found if "<" not in path)
    assert len(found) == len(plain) + len(KEYED), "KEYED is not all that has a key"
    return [*plain, *KEYED]


def _paths(patterns: list[object], before: str = "") -> list[str]:
    paths = []
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        paths += [path] if isinstance(pattern, URLPattern) else _paths(pattern.url_patterns, path)
    return paths


@pytest.mark.parametrize("path", forms())
@pytest.mark.parametrize("who", ["nobody", "alice"])
def test_a_form_from_elsewhere_is_refused(cast: Cast, path: str, who: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if who == "alice":
        sign_in(client, cast.alice)
    refused = client.post(path, {"login": cast.alice.email, "password": PASSWORD})
    assert refused.status_code == 403
    assert "403_csrf.html" in [template.name for template in refused.templates]


def test_the_same_form_from_here_is_taken(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_login")).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    answer = {"login": cast.alice.email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert client.post(reverse("account_login"), answer)["Location"] == reverse("desk")
