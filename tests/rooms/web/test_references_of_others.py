"""A reference opens its own thing alone: not a neighbour's, not one of another kind, not in a form."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from makegood.capture.actions import (
    name_safeguarding_person,
    open_story_link,
    preview_capture,
    tell_story,
)
from makegood.capture.states import Consent, ToldAs
from makegood.contract.actions import withhold_part
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Part
from tests.architecture.breaches import none_of
from tests.factories import loop
from tests.factories.cast import PASSWORD, Cast
from tests.factories.crowd import newcomer
from tests.factories.examples import EXAMPLES
from tests.factories.many import Many
from tests.factories.sign_in import sign_in
from tests.guard_table import PEOPLE, Row, rows

pytestmark = pytest.mark.django_db
NAMES = ("public_id", "uuid", "reference", "code", "slug", "token")
"""What things are called by in addresses."""
WORDS = {"role", "period", "stream", "seq", "place", "size", "position", "identifier"}
"""Parts of addresses that name no thing by themselves: a role, a month, a place."""
WITH_REFERENCE = [row for row in rows() if row.example != "-"]


def references_but(kinds: set[str]) -> Iterator[tuple[str, str, object]]:
    """Yield of each other kind of thing there is, what one is called by: field, model, value."""
    yield "nothing", "at all", UUID(int=0)
    for model in apps.get_models():
        if model._meta.label in kinds:
            continue
        for name in {field.name for field in model._meta.concrete_fields} & set(NAMES):
            for row in model._base_manager.order_by("-pk")[:1]:
                yield name, model._meta.label, getattr(row, name)


def kinds_of(value: object) -> set[str]:
    """Return the models one of whose things is called by ``value``."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            wrong = isinstance(field, models.UUIDField) and not isinstance(value, UUID)
            if field.name not in NAMES or wrong:
                continue
            if model._base_manager.filter(**{field.name: str(value)}).exists():
                found.add(model._meta.label)
    return found


class Browsers(dict[str, Client]):
    """The browser of each who was asked for, by name."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __missing__(self, name: str) -> Client:
        self[name] = Client()
        sign_in(self[name], getattr(self.cast, name, None) or newcomer(name))
        return self[name]

    def welcome(self, row: Row) -> Client:
        """Return that of somebody to whom the table promises the page; an operator's, if nobody."""
        names = (name for name in PEOPLE[1:] if row.answer(name) in {"ok", "on"})
        return self[next(names, "operator")]


def asked(row: Row, parts: dict[str, object], *, client: Client) -> int:
    try:
        path = reverse(row.address, kwargs=parts)
    except NoReverseMatch:
        return 404  # it has not even the shape of one
    with transaction.atomic():
        answer = client.post(path) if row.method == "POST" else client.get(path)
        transaction.set_rollback(True)
    return answer.status_code


def named(row: Row) -> str:
    return f"{row.method} {row.address} {row.example}"


@pytest.mark.parametrize("example", sorted({row.example for row in WITH_REFERENCE}))
def test_no_reference_of_another_kind_opens_anything(example: str, cast: Cast) -> None:
    parts = EXAMPLES[example](cast)
    others = {name: list(references_but(kinds_of(parts[name]))) for name in parts.keys() - WORDS}
    browsers = Browsers(cast)
    for row in WITH_REFERENCE:
        if row.example == example:
            client = browsers.welcome(row)
            none_of(
                f"{row.address}: the {field} of a {kind} as {name}: {status}"
                for name, found in others.items()
                for field, kind, value in found
                if (status := asked(row, parts | {name: value}, client=client))
                not in nothing_there(row)
            )


def nothing_there(row: Row) -> set[int]:
    """Return what is answered where nothing is: of an invitation one is told so on its own page."""
    answers_one = row.method == "POST" and row.address in {
        "accept_invitation",
        "decline_invitation",
    }
    return {404, 302} if answers_one else {404, 405}


WITHIN = [row for row in WITH_REFERENCE if row.right and row.example in {
    "contact", "offer", "membership", "member", "sent-invitation", "identifier",
}]  # fmt: skip


@pytest.mark.parametrize("row", WITHIN, ids=named)
def test_what_is_anothers_is_not_reached_through_ones_own_organisation(
    row: Row, cast: Cast
) -> None:
    parts = EXAMPLES[row.example](cast) | {"slug": cast.stranger.slug}
    client = Client()
    sign_in(client, cast.charlie)
    assert asked(row, parts, client=client) == 404


def two_commitments(cast: Cast) -> tuple[Commitment, Commitment]:
    """Return two commitments of one contract, which Alice captures for and Dana judges."""
    Many.of(cast, promises=2).proposal("in_force")
    first, second = Commitment.objects.order_by("pk")
    return first, second


def two_contracts(cast: Cast) -> tuple[Contract, Contract]:
    """Return two contracts that Erin commissions."""
    many = Many.of(cast)
    many.proposal("in_force")
    many.grown += 1
    many.proposal("in_force")
    first, second = Contract.objects.order_by("pk")
    return first, second


def test_what_hangs_on_one_commitment_is_not_reached_through_another(cast: Cast) -> None:
    one, other = (contract.commitments.get() for contract in two_contracts(cast))
    data = b"period,value\n2024-04-01,4.9\n"
    shown = preview_capture(one, data=data, file_name="absence.csv", by=cast.alice)
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    link = open_story_link(one, label="People", by=cast.alice)
    client = Client()
    sign_in(client, cast.alice)
    for held, status, closed in ((other, 404, 404), (one, 200, 302)):
        client.post(reverse("choose_hat"), {"organisation": held.contract.provider.slug})
        for name in ("upload", "rejected_rows"):
            path = reverse(name, args=[held.reference, shown.reference])
            assert client.get(path).status_code == status
        path = reverse("close_story_link", args=[held.reference, link.token])
        assert client.post(path).status_code == closed


def test_a_withholding_is_not_lifted_through_another_contract(cast: Cast) -> None:
    one, other = two_contracts(cast)
    held = withhold_part(
        one, part=Part.VALUE, reason="A tender", until_on=loop.timezone.localdate() +
        loop.timedelta(days=9), by=cast.erin,
    )  # fmt: skip
    client = Client()
    sign_in(client, cast.erin)
    paths = [
        reverse("lift_withholding", args=[each.reference, held.public_id]) for each in (other, one)
    ]
    assert [client.post(path).status_code for path in paths] == [404, 302]


def test_a_story_for_one_commitment_is_not_cited_for_another(cast: Cast) -> None:
    one, other = two_commitments(cast)
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    link = open_story_link(one, label="People", by=cast.alice)
    story, _ = tell_story(link, words="Better", told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
    second = open_story_link(other, label="People", by=cast.alice)
    tell_story(second, words="Well", told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
    client = Client()
    sign_in(client, cast.dana)
    answers = {"conclusion": "partly shown", "reasons": "x", "stories": [story.reference]}
    said = client.post(reverse("assess", args=[other.reference]), answers)
    assert said.status_code == 200
    assert not story.citations.exists()


def choices_of(page: object) -> set[str]:
    """Return the fields of a page's form that choose among things."""
    form = page.context["form"]  # type: ignore[attr-defined]
    return {name for name, f in form.fields.items() if isinstance(f, forms.ModelChoiceField)}


CHOOSING = (
    ("frank", "start_programme", "-", {"run_by"}),
    ("erin", "write_need", "need", {"programme", "commissioner"}),
    ("alice", "start_proposal", "need", {"provider"}),
    ("alice", "define_measure", "-", {"keeper"}),
    ("alice", "send_figures", "-", {"keeper", "measure"}),
    ("alice", "form_pool", "measure", {"keeper", "series"}),
    ("alice", "add_promise", "draft", {"measure", "aims"}),
    ("alice", "hand_over", "member", {"successor"}),
    ("erin", "panel", "panel", {"person"}),
    ("erin", "declare_interest", "undeclared", {"proposal"}),
    ("erin", "draft_contract", "approved", {"assessor"}),
    ("erin", "dispose_promise", "disposition", set()),
    ("erin", "agree_judging", "committed", {"pool"}),
    ("erin", "add_commitment", "draft-contract", {"measure"}),
    ("erin", "revise_additional", "additional", {"measure"}),
    ("alice", "name_safeguarding_person", "organisation", {"person"}),
    ("dana", "assess", "commitment", set()),
)


@pytest.mark.parametrize(("who", "address", "example", "fields"), CHOOSING)
def test_a_form_takes_neither_keys_nor_what_is_anothers(
    who: str, address: str, example: str, fields: set[str], cast: Cast
) -> None:
    parts = EXAMPLES[example](cast) if example != "-" else {}
    row = next(row for row in rows() if row.address == address)
    path = reverse(address, kwargs=parts if row.example != "-" else None)
    client = Client()
    sign_in(client, getattr(cast, who))
    assert choices_of(client.get(path)) == fields
    others = [org.slug for org in (cast.stranger, cast.auditors)] + [str(cast.charlie.public_id)]
    keys = [str(key) for key in range(1, 30)]
    for value in (others + keys) if fields else ():
        said = client.post(path, dict.fromkeys(fields, value))
        assert said.status_code == 200
        assert fields <= set(said.context["form"].errors), value


def test_every_field_that_chooses_among_things_calls_them_as_addresses_do() -> None:
    found, seen = [], 0
    for form in every_form(forms.Form):
        if form.__module__.startswith("makegood."):
            for name, field in form.base_fields.items():
                if isinstance(field, forms.ModelChoiceField):
                    seen += 1
                    if field.to_field_name not in NAMES:
                        found.append(f"{form.__name__}.{name} hands out keys")
    none_of(found)
    assert seen > 10


def every_form(form: type[forms.Form]) -> Iterator[type[forms.Form]]:
    yield form
    for each in form.__subclasses__():
        yield from every_form(each)


def test_a_way_in_of_anothers_is_neither_renamed_nor_taken_away(cast: Cast) -> None:
    kind = Authenticator.Type.WEBAUTHN
    passkey = Authenticator.objects.create(user=cast.alice, type=kind, data={"name": "Mine"})
    client = Client()
    sign_in(client, cast.charlie)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        path = reverse(name, kwargs={"pk": passkey.pk})
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "Not yours"}).status_code == 404
    assert Authenticator.objects.get(pk=passkey.pk).data == {"name": "Mine"}


def test_an_account_elsewhere_of_anothers_is_not_taken_away(cast: Cast) -> None:
    elsewhere = apps.get_model("socialaccount", "SocialAccount")
    theirs = elsewhere.objects.create(user=cast.alice, provider="elsewhere", uid="1")
    client = Client()
    sign_in(client, cast.charlie)
    client.post(reverse("socialaccount_connections"), {"account": theirs.pk})
    assert elsewhere.objects.filter(pk=theirs.pk).exists()
