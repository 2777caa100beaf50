"""Every answer says what a browser may not do with it: pages, refusals, faults and static files."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from makegood.web.logs import DiscreetFormatter
from makegood.web.middleware import SECRET_PARTS, guard_answers
from makegood.web.views import public
from tests.architecture.breaches import none_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in, sign_in_operator
from tests.factories.visits import Visit
from tests.guard_table import OTHERS, rows

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NEVER = ("camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()")
SECRET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex"}


@pytest.fixture(autouse=True)
def over_tls(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def faults(answer: HttpResponseBase, *, about: str, private: bool, secret: bool) -> Iterator[str]:
    """Yield each header that is missing or says something else."""
    wanted = ALWAYS | (SECRET if secret else {})
    for name, value in wanted.items():
        if answer.get(name) != value:
            yield f"{about}: {name} is {answer.get(name)!r}"
    for part in NEVER:
        if part not in answer.get("Permissions-Policy", ""):
            yield f"{about}: the permissions policy lacks {part}"
    if private and "no-store" not in answer.get("Cache-Control", ""):
        yield f"{about}: it may be kept, {answer.get('Cache-Control')!r}"


@pytest.mark.parametrize("example", sorted({row.example for row in rows()}))
def test_every_address_carries_them(example: str, cast: Cast) -> None:
    parts = EXAMPLES[example](cast) if example != "-" else {}
    secret = not SECRET_PARTS.isdisjoint(parts)
    visits = {name: Visit(getattr(cast, name)) for name in ("charlie", "alice", "erin")}
    found = []
    for row in (row for row in rows() if row.example == example):
        path = reverse(row.address, kwargs=parts)
        for person, visit in {"nobody": Visit(), **visits}.items():
            answer = visit.ask(row, path, secure=True)
            about = f"{row.method} {path} as {person} ({answer.status_code})"
            private = person != "nobody" or secret
            found += faults(answer, about=about, private=private, secret=secret)
    none_of(found)


def test_refusals_and_faults_carry_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong, and wherever: 400, 403, 404, 405, 409 and 500."""
    signed = loop.a_signed_contract(cast)
    erin = Client(raise_request_exception=False)
    sign_in(erin, cast.erin)
    need = signed.proposal.need.reference

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(public, "render", fail)
    answers = {
        400: erin.get("/measures/?q=%00", secure=True),
        403: erin.get(reverse("start_programme"), secure=True),
        404: erin.get("/nothing/at/all/", secure=True),
        405: erin.get(reverse("publish_need", args=[need]), secure=True),
        409: erin.post(reverse("publish_need", args=[need]), secure=True),
        500: erin.get(reverse("about"), secure=True),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    none_of(
        fault
        for status, answer in answers.items()
        for fault in faults(answer, about=str(status), private=status != 400, secret=False)
    )


def test_a_wrong_host_and_a_plain_connection_carry_them(db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    strange = Client().get("/", secure=True, headers={"host": "elsewhere.example"})
    plain = Client().get("/")
    assert (strange.status_code, plain.status_code) == (400, 301)
    none_of(faults(strange, about="a wrong host", private=False, secret=False))
    assert plain["Content-Security-Policy"] == POLICY


def test_static_files_carry_them(settings: Any) -> None:
    file = Path(settings.STATIC_ROOT) / "seen.css"
    file.write_text("p { color: red }")
    answer = Client().get("/static/seen.css", secure=True)
    assert b"".join(answer).startswith(b"p {")
    none_of(faults(answer, about="a static file", private=False, secret=False))
    assert "no-store" not in answer["Cache-Control"]


def test_the_admin_carries_them(cast: Cast) -> None:
    client = Client()
    sign_in_operator(client, cast.operator)
    answer = client.get(reverse("admin:index"), secure=True)
    assert answer.status_code == 200
    none_of(faults(answer, about="the admin", private=True, secret=False))


def test_a_download_is_kept_by_nothing_even_if_it_is_public() -> None:
    def download(_: HttpRequest) -> HttpResponse:
        return HttpResponse("a,b", headers={"Content-Disposition": 'attachment; filename="a.csv"'})

    answer = guard_answers(download)(RequestFactory().get("/"))
    assert "no-store" in answer["Cache-Control"]


def secret_paths(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Yield a path of each of our addresses that has a secret in it."""
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from secret_paths(pattern.url_patterns, path)
        elif not SECRET_PARTS.isdisjoint(pattern.pattern.converters) and is_ours(pattern):
            yield path


def is_ours(pattern: URLPattern) -> bool:
    return not str(pattern.name).startswith(tuple(OTHERS))


def test_no_log_holds_the_secret_of_an_address() -> None:
    paths = list(secret_paths(get_resolver().url_patterns))
    assert len(paths) >= 4
    secret = "5eDcYkSZxukuO8zOSFnYDA"
    told = [re.sub(f"<(?:str|uuid):({'|'.join(SECRET_PARTS)})>", secret, path) for path in paths]
    assert all(secret in path for path in told)
    none_of(path for path in told if secret in DiscreetFormatter().format(_line(path)))


def _line(text: str) -> Any:
    return logging.LogRecord("x", 40, "f", 1, f"Not Found: {text}", None, None)


def test_no_log_holds_the_key_that_chooses_a_new_password() -> None:
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "c3k-5eDcYk"})
    assert "5eDcYk" not in DiscreetFormatter().format(_line(path))
