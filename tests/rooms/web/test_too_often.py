"""Whatever writes without sign-in, sends letters or is costly is held to a measure; no word is lost."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from html import unescape

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from makegood.capture.models import Story
from makegood.capture.states import Consent, ToldAs
from makegood.web.too_often import APP
from tests.addresses import all_addresses
from tests.factories.cast import Cast
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in
from tests.hostile.forms import forms_of

HELD = [
    ("POST:tell_story", "story-page", {"ip": 300, "key": 60}),
    ("POST:ask_for_call", "story-page", {"ip": 100, "key": 30}),
    ("POST:cancel_call", "my-call", {"ip": 300, "key": 20}),
    ("POST:complain", "story-page", {"ip": 100, "key": 30}),
    ("POST:complain_with_story", "story", {"ip": 100, "key": 10}),
    ("POST:end_complaint", "my-complaint", {"ip": 300, "key": 20}),
    ("POST:my_story", "story", {"ip": 300, "key": 20}),
    ("POST:withdraw_story", "story", {"ip": 300, "key": 20}),
    ("POST:add_to_story", "story", {"ip": 300, "key": 40}),
    ("POST:raise_concern", "story", {"ip": 300, "key": 20}),
    ("POST:send_my_link", "story", {"ip": 100, "key": 5}),
    ("POST:send_my_call", "my-call", {"ip": 100, "key": 5}),
    ("POST:send_my_complaint", "my-complaint", {"ip": 100, "key": 5}),
    ("POST:remove_from_story", "story-file", {"ip": 300, "key": 40}),
    ("POST:demo_sign_in", "-", {"ip": 300}),
    ("POST:register_organisation", "-", {"ip": 100, "user": 10}),
    ("POST:claim_organisation", "organisation", {"user": 10}),
    ("POST:name_successor", "organisation", {"user": 20}),
    ("POST:name_predecessor", "organisation", {"user": 20}),
    ("POST:report_duplicate", "organisation", {"user": 10}),
    ("POST:ask_for_adviser", "group", {"user": 20}),
    ("POST:invite", "organisation", {"user": 50, "key": 100}),
    ("POST:send_invitation_again", "sent-invitation", {"user": 50, "key": 5}),
    ("POST:send_figures", "-", {"user": 50}),
    ("POST:open_story_link", "commitment", {"user": 50}),
    ("POST:reply_to_finding", "sent-finding", {"user": 50}),
    ("POST:upload_figures", "commitment", {"user": 50}),
    ("POST:add_document", "commitment", {"user": 50}),
    ("POST:bring_worksheet_back", "drawn-sample", {"user": 50}),
    ("POST:bring_figures_back", "due-of", {"user": 50}),
    ("POST:bring_in", "-", {"user": 50}),
    ("POST:record_paper_signature", "settled-provider", {"user": 50}),
    ("POST:ask_question", "need", {"user": 30}),
    ("POST:need_invitations", "need", {"user": 50, "key": 100}),
    ("POST:upload_alternative", "alternative", {"user": 50}),
    ("POST:proposal_writers", "draft", {"user": 50, "key": 100}),
    ("POST:attachments", "draft", {"user": 50}),
    ("POST:take_my_data", "-", {"user": 10}),
    ("GET:poster_as_pdf", "story-link", {"user": 50}),
    ("GET:paper_form_as_pdf", "story-link", {"user": 50}),
    ("GET:contract_record", "contract", {"user": 50}),
    ("GET:schedule_as_pdf", "contract", {"ip": 300}),
    ("GET:schedule_as_word", "contract", {"ip": 300}),
    ("GET:programme_record", "contracted", {"user": 20}),
]
EACH = [(row, example, per, most) for row, example, held in HELD for per, most in held.items()]
HOUR = 3600


def used(row: str, path: str, cast: Cast, *, per: str, times: int, ago: float = 0) -> None:
    """Let ``row`` have been used so often by Alice, at ``path``, from this computer."""
    request = RequestFactory().get(path)
    request.user = cast.alice
    for rate in ratelimit.get_rates(app=APP, action=row, config=settings.RATE_LIMITS):
        if rate.per == per:
            key = ratelimit.get_cache_key(request, app=APP, action=row, rate=rate, key=path)
            cache.set(key, [time.time() - ago] * times, HOUR)


def asked(row: str, path: str, cast: Cast) -> HttpResponse:
    """Ask once more, as Alice; as nobody where no account is needed."""
    client = Client()
    if "story" not in row or "open" in row:
        sign_in(client, cast.alice)
    return client.generic(row.partition(":")[0], path)


def told(token_path: str, words: str, **more: object) -> HttpResponse:
    """Send a story without what the form still asks for."""
    return Client().post(token_path, {"words": words, "told_as": "myself"} | more)


@pytest.mark.parametrize(("row", "example", "per", "most"), EACH)
def test_each_is_held_to_its_measure(
    row: str, example: str, per: str, most: int, cast: Cast
) -> None:
    given = EXAMPLES[example](cast) if example != "-" else None
    path = reverse(row.partition(":")[2], kwargs=given)
    used(row, path, cast, per=per, times=most - 1)
    assert asked(row, path, cast).status_code != 429
    used(row, path, cast, per=per, times=most)
    assert asked(row, path, cast).status_code == 429


def test_the_table_names_addresses_that_are_there() -> None:
    assert {row.partition(":")[2] for row in settings.RATE_LIMITS} <= set(all_addresses())
    assert set(settings.RATE_LIMITS) == {row for row, *_ in HELD}


def writing_without_sign_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield the name of each address of ours that takes answers from whoever is not signed in.

    Those of allauth count by themselves (settings.ACCOUNT_RATE_LIMITS).
    """
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from writing_without_sign_in(each.url_patterns)
            continue
        view, ours = each.callback, each.callback.__module__.startswith("makegood.")
        takes = hasattr(view, "view_class") or "POST" in inspect.getsource(inspect.unwrap(view))
        if ours and takes and not getattr(view, "login_required", True):
            yield str(each.name)


def test_whatever_writes_without_sign_in_is_held() -> None:
    found = set(writing_without_sign_in(get_resolver().url_patterns))
    assert found >= {"tell_story", "my_story", "withdraw_story", "demo_sign_in"}
    assert {f"POST:{name}" for name in found} <= set(settings.RATE_LIMITS)


def test_the_page_says_when_and_keeps_every_word(cast: Cast) -> None:
    path = reverse("tell_story", kwargs=EXAMPLES["story-page"](cast))
    used("POST:tell_story", path, cast, per="key", times=60, ago=HOUR - 11.5 * 60)
    asked_at = time.time()
    words = 'I waited <b>"nine"</b> weeks.\n\nNow & then they rang.'
    refused = told(path, words, consent="public", first_name="Mo", password="not shown")
    page = refused.content.decode()
    assert refused.status_code == 429
    assert 11 * 60 < int(refused["Retry-After"]) <= 11.5 * 60
    assert "in 12 minutes" in page
    shown = refused.context["again_at"].replace(second=0, microsecond=0).timestamp()
    assert 11.5 * 60 - 1 < shown - asked_at < 13 * 60
    assert "not shown" not in page
    again = next(form for form in forms_of(page) if form.action == path)
    held = {name: unescape(asked.held) for name, asked in again.fields.items()}
    assert held.pop("csrfmiddlewaretoken")
    assert held == {
        "words": words, "told_as": "myself", "consent": "public", "first_name": "Mo"
    }  # fmt: skip
    assert not Story.objects.exists()


def test_time_passes(cast: Cast) -> None:
    path = reverse("tell_story", kwargs=EXAMPLES["story-page"](cast))
    used("POST:tell_story", path, cast, per="key", times=60, ago=HOUR + 1)
    assert told(path, "It was kind.").status_code == 200


def test_who_floods_one_link_does_not_close_another(cast: Cast) -> None:
    path = reverse("tell_story", kwargs=EXAMPLES["story-page"](cast))
    used("POST:tell_story", path, cast, per="key", times=60)
    assert told(path, "It was kind.").status_code == 429
    assert Client().get(path).status_code == 200
    assert Client().post(reverse("tell_story", args=["another"])).status_code == 404


def test_a_file_is_named_to_be_chosen_again(cast: Cast, client: Client) -> None:
    path = reverse("upload_figures", kwargs=EXAMPLES["commitment"](cast))
    used("POST:upload_figures", path, cast, per="user", times=50)
    sign_in(client, cast.alice)
    page = client.post(path, {"file": SimpleUploadedFile("march.csv", b"period,value\n")})
    assert page.status_code == 429
    assert "Choose your file again: march.csv" in page.content.decode()
    again = next(form for form in forms_of(page.content.decode()) if form.action == path)
    assert again.fields["file"].kind == "file"


def test_what_is_only_taken_away_is_offered_again_by_a_link(cast: Cast, client: Client) -> None:
    path = reverse("contract_record", kwargs=EXAMPLES["contract"](cast))
    used("GET:contract_record", path, cast, per="user", times=50)
    sign_in(client, cast.alice)
    page = client.get(path, {"q": "care"})
    assert page.status_code == 429
    assert f'href="{path}?q=care"' in page.content.decode()
    assert client.head(path).status_code == 429


def test_it_is_counted_before_it_is_asked_who_it_is(cast: Cast, client: Client) -> None:
    path = reverse("take_my_data")
    sign_in(client, cast.alice, minutes_ago=16)
    assert [client.post(path).status_code for _ in range(11)] == [302] * 10 + [429]


def test_the_offered_form_is_taken_once_the_time_has_passed(cast: Cast) -> None:
    path = reverse("tell_story", kwargs=EXAMPLES["story-page"](cast))
    client = Client(enforce_csrf_checks=True)
    fields = next(f for f in forms_of(client.get(path).content.decode()) if f.action == "").fields
    given = {
        name: asked.held for name, asked in fields.items() if name in {"key", "csrfmiddlewaretoken"}
    }
    given |= {"words": "They rang back.", "told_as": ToldAs.USER, "consent": Consent.ANONYMOUS}
    used("POST:tell_story", path, cast, per="key", times=60)
    page = client.post(path, given)
    assert page.status_code == 429
    used("POST:tell_story", path, cast, per="key", times=0)
    again = next(form for form in forms_of(page.content.decode()) if form.action == path)
    taken = client.post(path, {name: asked.held for name, asked in again.fields.items()})
    assert taken.status_code == 302
    assert Story.objects.count() == 1
