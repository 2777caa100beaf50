"""Claims: shown by whoever makes them, decided by whoever is trusted with it, and by nobody else."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.actions import (
    Shown,
    accept_claim,
    claim_organisation,
    decline_claim,
    entrust,
    erase_person,
    import_organisations,
    welcome_person,
    withdraw_claim,
)
from makegood.people.lists import read_list
from makegood.people.models import Claim, Membership, Notice, Organisation, Person, Proof
from makegood.people.permissions import can_act_for, can_decide_claims
from makegood.people.queries import claims_of, claims_waiting
from makegood.people.states import MOST_CLAIMS, ClaimState, Right, Role
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

SHOWN = Shown(position="Manager", link="https://register.example.org/1", words="Ring us")
pytestmark = pytest.mark.django_db


def unclaimed(cast: Cast, name: str = "Hill Care") -> Organisation:
    rows = f"name,kind,website\n{name},provider,https://www.hill.example.org\n"
    import_organisations(read_list(rows.encode()), is_rehearsal=False, by=cast.operator)
    return Organisation.objects.get(name=name)


def claim(cast: Cast, *, organisation: Organisation | None = None) -> Claim:
    return claim_organisation(organisation or unclaimed(cast), shown=SHOWN, by=cast.charlie)


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def trusted(cast: Cast) -> Person:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    return cast.frank


def owns(person: Person, organisation: Organisation) -> bool:
    held = Membership.objects.current().filter(person=person, organisation=organisation)
    return held.filter(role=Role.OWNER).exists()


def test_an_accepted_claim_makes_an_owner_and_tells_them_why(cast: Cast) -> None:
    made = claim(cast)
    accept_claim(made, reason="The register names them.", by=trusted(cast))
    assert owns(cast.charlie, made.organisation)
    [letter] = mail.outbox
    assert letter.to == [cast.charlie.email]
    for said in (letter.body, letter.alternatives[0].content):
        assert "You are now an owner of Hill Care" in said
        assert "The register names them." in said
        assert f"http://localhost:8000/organisations/{made.organisation.slug}/" in said
    assert verify().problems == []


def test_a_declined_claim_changes_nothing_and_tells_why(cast: Cast) -> None:
    made = claim(cast)
    decline_claim(made, reason="No register names <you>.", by=cast.operator)
    assert not owns(cast.charlie, made.organisation)
    [letter] = mail.outbox
    assert "It was not found that Hill Care is yours" in letter.body
    assert "<you>" not in letter.alternatives[0].content
    with pytest.raises(WrongState):
        accept_claim(made, reason="After all", by=cast.operator)


def test_a_decided_claim_can_be_made_again(cast: Cast) -> None:
    made = claim(cast)
    with refused("PEO-50", saying="waits already"):
        claim(cast, organisation=made.organisation)
    decline_claim(made, reason="Show more.", by=cast.operator)
    claim(cast, organisation=made.organisation)
    assert claims_waiting().count() == 1


def test_whoever_owns_it_does_not_claim_it(cast: Cast) -> None:
    with refused("PEO-50", saying="an owner of Somebody Else already"):
        claim(cast, organisation=cast.stranger)


def test_the_database_keeps_one_open_claim(cast: Cast) -> None:
    made = claim(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            organisation=made.organisation, claimed_by=cast.charlie, claimed_at=timezone.now()
        )


def test_the_database_lets_nobody_decide_for_themselves(cast: Cast) -> None:
    made = claim(cast)
    made.state, made.reason = ClaimState.ACCEPTED, "Mine"
    made.settled_by, made.settled_at = cast.charlie, timezone.now()
    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        made.save()


def test_an_address_at_the_website_is_found_by_itself(cast: Cast) -> None:
    hill = unclaimed(cast)
    address = EmailAddress.objects.create(user=cast.charlie, email="c@Hill.example.org")
    assert claim(cast, organisation=hill).proof.domain == ""
    withdraw_claim(claims_of(cast.charlie)[0], by=cast.charlie)
    address.verified = True
    address.save()
    assert claim(cast, organisation=hill).proof.domain == "hill.example.org"


@pytest.mark.parametrize("at", ["nothill.example.org", "example.org", "a.hill.example.org"])
def test_an_address_elsewhere_shows_nothing(cast: Cast, at: str) -> None:
    EmailAddress.objects.create(user=cast.charlie, email=f"c@{at}", verified=True)
    assert claim(cast).proof.domain == ""


def test_a_claim_without_anything_to_show_is_refused(cast: Cast) -> None:
    with refused("PEO-51", saying="register"):
        claim_organisation(unclaimed(cast), shown=Shown(position="Manager"), by=cast.charlie)
    assert not Claim.objects.exists()


def test_nobody_claims_by_the_dozen(cast: Cast) -> None:
    for number in range(MOST_CLAIMS):
        claim(cast, organisation=unclaimed(cast, f"Hill {number}"))
    with refused("PEO-52", saying="wait already"):
        claim(cast)


def test_a_support_unit_decides_only_once_it_is_trusted(cast: Cast) -> None:
    made = claim(cast)
    assert not can_decide_claims(cast.frank)
    with pytest.raises(NotPermitted, match="one entrusts with it"):
        accept_claim(made, reason="Ours", by=cast.frank)
    assert can_decide_claims(trusted(cast))
    entrust(cast.support_unit, is_entrusted=False, by=cast.operator)
    assert not can_decide_claims(cast.frank)


def test_only_operators_entrust_and_only_support_units(cast: Cast) -> None:
    with refused("PEO-55", saying="Only an operator"):
        entrust(cast.support_unit, is_entrusted=True, by=cast.frank)
    with refused("PEO-55", saying="Only a support unit"):
        entrust(cast.provider, is_entrusted=True, by=cast.operator)


def test_trust_is_noted_once(cast: Cast) -> None:
    trusted(cast)
    trusted(cast)
    assert Entry.objects.filter(act="entrust").count() == 1


@pytest.mark.parametrize("house", ["support_unit", "auditors"])
def test_bodies_that_decide_or_audit_are_given_by_operators(cast: Cast, house: str) -> None:
    made, frank = claim(cast, organisation=getattr(cast, house)), trusted(cast)
    with pytest.raises(NotPermitted, match="Only an operator"):
        accept_claim(made, reason="Ours", by=frank)
    decline_claim(made, reason="No", by=cast.operator)


def test_nobody_decides_on_their_own_claim(cast: Cast) -> None:
    made = claim_organisation(unclaimed(cast), shown=SHOWN, by=trusted(cast))
    with refused("PEO-53", saying="Somebody else"):
        accept_claim(made, reason="Mine", by=cast.frank)
    assert not owns(cast.frank, made.organisation)


def test_a_decision_needs_a_reason(cast: Cast) -> None:
    made = claim(cast)
    with refused("PEO-54", saying="Say why"):
        decline_claim(made, reason=" ", by=cast.operator)
    made.refresh_from_db()
    assert made.state == ClaimState.OPEN


@pytest.mark.parametrize("replaces", [True, False])
def test_those_who_belong_stay_unless_they_are_to_go(cast: Cast, replaces: bool) -> None:
    made = claim(cast, organisation=cast.provider)
    accept_claim(made, reason="They left.", replaces=replaces, by=cast.operator)
    assert owns(cast.charlie, cast.provider)
    assert owns(cast.alice, cast.provider) is not replaces
    may = can_act_for(cast.alice, organisation=cast.provider, right=Right.WRITE)
    assert bool(may) is not replaces


def test_what_was_shown_goes_with_a_claim_taken_back(cast: Cast) -> None:
    made = claim(cast)
    with pytest.raises(NotPermitted):
        withdraw_claim(made, by=cast.alice)
    withdraw_claim(made, by=cast.charlie)
    assert not Proof.objects.exists()
    assert not claims_waiting().exists()


def test_what_was_shown_goes_with_whoever_showed_it(cast: Cast) -> None:
    nia = welcome_person(email="nia@hill.example.org", name="Nia", password="a long one, too")
    claim_organisation(unclaimed(cast), shown=SHOWN, by=nia)
    erase_person(by=nia)
    assert not Proof.objects.exists()
    assert not claims_waiting().exists()
    assert verify().problems == []


def test_the_page_leads_to_the_claim_and_the_desk_to_the_decision(cast: Cast) -> None:
    hill, frank = unclaimed(cast), trusted(cast)
    page = reverse("organisation", args=[hill.slug])
    claiming = reverse("claim_organisation", args=[hill.slug])
    charlie = client_of(cast.charlie)
    assert claiming in charlie.get(page).content.decode()
    sent = charlie.post(claiming, {"position": "Manager", "words": "Ring us"}, follow=True)
    assert "You said on" in sent.content.decode()
    deciding = reverse("decide_claim", args=[claims_waiting().get().public_id])
    desk = client_of(frank)
    assert deciding in desk.get(reverse("desk")).content.decode()
    assert deciding in desk.get(reverse("claims")).content.decode()
    assert "Ring us" in desk.get(deciding).content.decode()
    desk.post(deciding, {"decision": "accept", "reason": "Known to us"})
    assert owns(cast.charlie, hill)


def test_a_claim_is_told_to_nobody_else(cast: Cast) -> None:
    made = claim(cast)
    page = reverse("organisation", args=[made.organisation.slug])
    deciding = reverse("decide_claim", args=[made.public_id])
    for person in (cast.alice, cast.frank):
        client = client_of(person)
        told = client.get(page).content.decode()
        assert "Charlie" not in told
        assert "Take it back" not in told
        hidden = client.get(deciding)
        assert hidden.status_code == 403
        assert "Ring us" not in hidden.content.decode()


def test_owners_are_told_that_somebody_claims_what_is_theirs_but_not_who(cast: Cast) -> None:
    claim(cast, organisation=cast.provider)
    [notice] = Notice.objects.all()
    assert notice.person == cast.alice
    assert notice.words.startswith("Somebody says that Moor View Care is theirs.")
    assert "Charlie" not in notice.words
    claim(cast)
    assert Notice.objects.count() == 1


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    address = reverse("claim_organisation", args=[unclaimed(cast).slug])
    told = client_of(cast.charlie).post(address, {"position": "Manager"}).content.decode()
    assert "Give a link to a register" in told
    assert "Manager" in told


def test_an_operator_entrusts_on_the_page(cast: Cast) -> None:
    slug = cast.support_unit.slug
    address, client = reverse("entrust", args=[slug]), client_of(cast.operator)
    assert address in client.get(reverse("organisation", args=[slug])).content.decode()
    client.post(address)
    cast.support_unit.refresh_from_db()
    assert cast.support_unit.is_entrusted
