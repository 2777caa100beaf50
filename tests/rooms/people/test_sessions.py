"""Sessions: kept so that nobody who reads them can use them, and ended from anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.people.models import Session
from makegood.people.sessions import SEEN_WITHIN, SessionStore, kept_key
from tests.factories.cast import PASSWORD, Cast

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def signed_in(email: str) -> Client:
    client = Client(headers={"User-Agent": FIREFOX})
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def test_the_table_holds_nothing_that_lets_anyone_in(cast: Cast) -> None:
    client = signed_in(cast.alice.email)
    key = client.cookies["sessionid"].value
    row = Session.objects.get(person=cast.alice)
    held = " ".join(str(value) for value in Session.objects.filter(pk=row.pk).values_list()[0])
    assert key not in held
    assert "_auth_user" not in held
    assert Client(headers={"Cookie": f"sessionid={row.pk}"}).get(reverse("desk")).status_code == 302
    assert client.get(reverse("desk")).status_code == 200


def test_a_key_from_elsewhere_is_never_taken_up(cast: Cast) -> None:
    client = Client()
    client.cookies["sessionid"] = "a-key-that-somebody-chose"
    assert client.get(reverse("account_login")).status_code == 200
    assert client.cookies["sessionid"].value != "a-key-that-somebody-chose"
    client.cookies["sessionid"] = "a-key-that-somebody-chose"
    client.post(reverse("account_login"), {"login": cast.alice.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != "a-key-that-somebody-chose"
    assert not Session.objects.filter(pk=kept_key("a-key-that-somebody-chose")).exists()


def test_signing_in_changes_the_key(cast: Cast) -> None:
    client = Client()
    store = SessionStore()
    store.create()
    before = store.session_key or ""
    client.cookies["sessionid"] = before
    client.post(reverse("account_login"), {"login": cast.alice.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert not store.exists(before)


def test_a_person_sees_where_they_are_signed_in_and_ends_it(cast: Cast) -> None:
    here, there = signed_in(cast.alice.email), signed_in(cast.alice.email)
    page = here.get(reverse("sign_ins")).content.decode()
    assert page.count("Firefox on Windows, since") == 2
    other = Session.objects.get(pk=kept_key(there.cookies["sessionid"].value))
    here.post(reverse("end_session", args=[other.public_id]))
    assert there.get(reverse("desk")).status_code == 302
    assert here.get(reverse("desk")).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(cast: Cast) -> None:
    alice, bob = signed_in(cast.alice.email), signed_in(cast.bob.email)
    hers = Session.objects.get(person=cast.alice)
    assert bob.post(reverse("end_session", args=[hers.public_id])).status_code == 404
    bob.post(reverse("end_other_sessions"))
    assert alice.get(reverse("desk")).status_code == 200


def test_everywhere_else_is_ended_at_once(cast: Cast) -> None:
    here, *elsewhere = (signed_in(cast.alice.email) for _ in range(3))
    here.post(reverse("end_other_sessions"))
    assert here.get(reverse("desk")).status_code == 200
    assert [client.get(reverse("desk")).status_code for client in elsewhere] == [302, 302]


def test_what_was_ended_is_not_brought_back_by_a_late_answer(cast: Cast) -> None:
    client = signed_in(cast.alice.email)
    late = SessionStore(client.cookies["sessionid"].value)
    assert late["_auth_user_id"]
    Session.objects.filter(person=cast.alice).delete()
    late["more"] = 1
    with pytest.raises(UpdateError):
        late.save()
    assert not Session.objects.filter(person=cast.alice).exists()


def test_what_ran_out_is_deleted_and_what_was_altered_holds_nothing(cast: Cast) -> None:
    client = signed_in(cast.alice.email)
    Session.objects.filter(person=cast.alice).update(session_data="altered")
    assert client.get(reverse("desk")).status_code == 302
    Session.objects.update(expire_date=timezone.now())
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_a_session_says_when_it_was_last_seen_and_lasts_from_then(cast: Cast) -> None:
    client = signed_in(cast.alice.email)
    client.get(reverse("desk"))  # which takes the word of welcome out of the session
    now = timezone.now()
    for ago, is_noted in ((SEEN_WITHIN / 2, False), (SEEN_WITHIN * 2, True)):
        Session.objects.filter(person=cast.alice).update(
            seen_at=now - ago, expire_date=now + timedelta(days=3)
        )
        client.get(reverse("about"))
        held = Session.objects.get(person=cast.alice)
        assert (held.seen_at >= now) == is_noted
        assert (held.expire_date > now + timedelta(days=13)) == is_noted


def test_to_be_seen_undoes_nothing_that_another_page_wrote(cast: Cast) -> None:
    client = signed_in(cast.alice.email)
    client.get(reverse("desk"))
    key = client.cookies["sessionid"].value
    Session.objects.update(seen_at=timezone.now() - SEEN_WITHIN * 2)
    slow = SessionStore(key)
    assert slow["_auth_user_id"]
    assert slow.modified, "it will note that it was seen"
    quick = SessionStore(key)
    quick["hat"] = 7
    quick.save()
    slow.save()
    assert SessionStore(key)["hat"] == 7
    slow["more"] = 1
    slow.save()
    assert SessionStore(key)["more"] == 1


def test_a_cookie_is_for_no_script_and_no_other_site(cast: Cast) -> None:
    cookie = signed_in(cast.alice.email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_new_password_signs_out_everywhere_else(cast: Cast) -> None:
    here, there = signed_in(cast.alice.email), signed_in(cast.alice.email)
    chosen = "three words apart"
    given = {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}
    here.post(reverse("account_change_password"), given)
    assert there.get(reverse("desk")).status_code == 302
    assert here.get(reverse("desk")).status_code == 200
