"""Merging: an organisation that is here twice becomes one; nothing is lost, and nobody sneaks in."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import withdraw_proposal
from makegood.articulate.queries import proposals_visible_to
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people import actions as people
from makegood.people.actions import Merger, merge_organisations
from makegood.people.directory import Sought, organisations_found
from makegood.people.lists import read_list
from makegood.people.models import (
    Addressee,
    Area,
    Claim,
    Contact,
    Identifier,
    Invitation,
    Membership,
    Notice,
    Offer,
    Organisation,
    Person,
    Workplace,
)
from makegood.people.queries import (
    dpulo_of,
    hats_of,
    identifiers_of,
    open_offers_of,
    organisations_called,
    organisations_of,
    workplaces_of,
)
from makegood.people.states import (
    Appointment,
    ClaimState,
    DpuloTest,
    Extent,
    InvitationState,
    Kind,
    OfferKind,
    OfferSide,
    Role,
    ShownTo,
    SuccessionState,
)
from tests.factories import examples, loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.factories.twins import REASON, merge, twin
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def page(organisation: Organisation) -> str:
    shown = Client().get(reverse("organisation", args=[organisation.slug]), follow=True)
    return unescape(shown.content.decode())


def test_one_leads_to_the_other_and_is_listed_no_more(cast: Cast) -> None:
    goes = merge(twin(cast), cast.provider, by=cast.operator)
    assert (goes.merged_into, goes.closing_reason) == (cast.provider, REASON)
    led = Client().get(reverse("organisation", args=[goes.slug]))
    assert (led.status_code, led["Location"]) == (
        302,
        reverse("organisation", args=[cast.provider.slug]),
    )
    assert "<dt>Also known as</dt><dd>Moor View, until" in page(goes)
    assert goes not in organisations_found(Sought())
    table = Client().get(reverse("organisations_table")).content.decode()
    assert f"/{goes.slug}/" not in table
    assert f"/{cast.provider.slug}/" in table
    assert list(organisations_called("Moor View")) == [cast.provider]
    assert verify().problems == []


def test_all_that_it_says_moves_once(cast: Cast) -> None:
    people.load_areas()
    goes, stays, dana, alice = twin(cast), cast.provider, cast.dana, cast.alice
    for house, by, codes in (
        (goes, dana, ("E92000001", "W92000004")),
        (stays, alice, ("E92000001",)),
    ):
        for code in codes:
            people.add_area(house, area=Area.objects.get(code=code), by=by)
        people.add_identifier(house, scheme="GB-COH", value="1", is_parents=True, by=by)
        for words in ("A hall", f"A bus of {house}"):
            kind = OfferKind.PLACE
            people.make_offer(house, side=OfferSide.OFFER, kind=kind, words=words, by=by)
    people.add_identifier(goes, scheme="GB-COH", value="2", by=dana)
    desk = people.add_contact(
        goes, name="Desk", email="d@example.org", shown_to=ShownTo.EVERYONE, by=dana
    )
    tests = [people.DpuloAnswers(test=test, people=0, disabled=0) for test in DpuloTest]
    tests[0] = people.DpuloAnswers(test=DpuloTest.BOARD, people=4, disabled=4, evidence="Asked")
    people.state_dpulo(goes, answers=tests, is_shown=True, by=dana)
    kept = [model.objects.count() for model in (Identifier, Workplace, Offer, Contact)]
    merge(goes, stays, by=cast.operator)
    assert kept == [model.objects.count() for model in (Identifier, Workplace, Offer, Contact)]
    assert [str(each) for each in identifiers_of(stays)] == ["GB-COH-00000001", "GB-COH-00000002"]
    assert [each.area.name for each in workplaces_of(stays)] == ["England", "Wales"]
    offered = {offer.words for offer in open_offers_of(stays)}
    assert offered == {"A hall", "A bus of Moor View", "A bus of Moor View Care"}
    assert open_offers_of(stays).filter(words="A hall").count() == 1
    assert Contact.objects.get(pk=desk.pk).organisation == stays
    assert dpulo_of(stays) is not None
    assert not identifiers_of(goes).exists()
    assert not workplaces_of(goes).exists()
    assert verify().problems == []


@pytest.mark.parametrize("members_join", [True, False])
def test_its_members_join_only_if_that_is_decided(cast: Cast, members_join: bool) -> None:
    goes = twin(cast)
    join(goes, person=cast.bob, role=Role.EDITOR, by=cast.dana)
    merge(goes, cast.provider, by=cast.operator, members_join=members_join)
    held = Membership.objects.current().filter(organisation=cast.provider)
    roles = {(str(each.person), each.role) for each in held}
    before = {("Alice", "owner"), ("Bob", "reader")}
    assert roles == before | ({("Dana", "owner"), ("Bob", "editor")} if members_join else set())
    assert not Membership.objects.current().filter(organisation=goes).exists()
    assert goes not in hats_of(cast.bob)


def test_whoever_is_there_already_stays_what_they_are(cast: Cast) -> None:
    signs = Role.SIGNATORY
    goes = twin(cast, by=cast.alice)
    join(goes, person=cast.bob, role=signs, by=cast.alice)
    join(cast.provider, person=cast.bob, role=signs, by=cast.alice)
    merge(goes, cast.provider, by=cast.operator)
    held = Membership.objects.current().filter(organisation=cast.provider, person=cast.bob)
    assert sorted(held.values_list("role", flat=True)) == ["reader", "signatory"]


def test_invitations_are_taken_back_and_claims_are_to_what_stays(cast: Cast) -> None:
    goes = twin(cast)
    asked = people.invite(
        goes, email="n@example.org", appointment=Appointment(role=Role.EDITOR), by=cast.dana
    )
    for house in (goes, cast.provider):
        examples.a_claim(house, by=cast.charlie)
    examples.a_claim(goes, by=cast.erin)
    examples.a_claim(goes, by=cast.alice)
    merge(goes, cast.provider, by=cast.operator)
    assert Invitation.objects.get(pk=asked.pk).state == InvitationState.WITHDRAWN
    assert not Addressee.objects.exists()
    waiting = Claim.objects.filter(state=ClaimState.OPEN)
    assert {(each.organisation, each.claimed_by) for each in waiting} == {
        (cast.provider, cast.charlie),
        (cast.provider, cast.erin),
    }
    assert Claim.objects.filter(state=ClaimState.WITHDRAWN).count() == 2
    assert verify().problems == []


def test_what_is_said_of_its_followers_is_said_of_what_stays(cast: Cast) -> None:
    goes = twin(cast)
    said = examples.a_succession(before=goes, after=cast.stranger, by=cast.dana)
    people.confirm_succession(said, by=cast.charlie)
    to_itself = examples.a_succession(before=goes, after=cast.provider, by=cast.dana)
    back = people.name_predecessor(
        goes,
        predecessor=twin(cast, "Fourth", by=cast.erin),
        how=people.Following(extent=Extent.PART, since_on=timezone.localdate(), reason="So"),
        by=cast.dana,
    )
    merge(goes, cast.provider, by=cast.operator)
    for each in (said, to_itself, back):
        each.refresh_from_db()
    assert (said.predecessor, said.successor) == (cast.provider, cast.stranger)
    assert (back.successor, back.state) == (cast.provider, SuccessionState.NAMED)
    assert to_itself.state == SuccessionState.WITHDRAWN
    assert "<dt>Followed by</dt>" in page(cast.provider)
    assert verify().problems == []


def test_a_merger_makes_no_circle_of_followers(cast: Cast) -> None:
    goes = twin(cast)
    for before, after, by in (
        (goes, cast.stranger, cast.dana),
        (cast.stranger, cast.provider, cast.charlie),
    ):
        examples.a_succession(before=before, after=after, by=by)
    merge(goes, cast.provider, by=cast.operator)
    standing = cast.provider.followed_by.filter(state=SuccessionState.NAMED)
    assert not standing.exists()


def test_only_whoever_is_trusted_and_belongs_to_neither_decides(cast: Cast) -> None:
    goes = twin(cast, by=cast.frank)
    for person in (cast.alice, cast.charlie, cast.frank, cast.grace):
        with pytest.raises(NotPermitted, match="entrusts with it"):
            merge(goes, cast.provider, by=person)
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    with pytest.raises(NotPermitted, match="PEO-70 You belong to Moor View"):
        merge(goes, cast.provider, by=cast.frank)
    merge(twin(cast, "Moor"), cast.provider, by=cast.frank)


def test_a_support_unit_that_decides_is_merged_by_operators_alone(cast: Cast) -> None:
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    other = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.dana)
    with pytest.raises(NotPermitted, match="Only an operator"):
        merge(cast.support_unit, other, by=cast.frank)
    assert not merge(cast.support_unit, other, by=cast.operator).is_entrusted


def test_what_cannot_be_one_is_not_merged(cast: Cast) -> None:
    goes = twin(cast)
    with refused("PEO-71"):
        merge(goes, goes, by=cast.operator)
    with refused("PEO-72"):
        merge(goes, cast.commissioner, by=cast.operator)
    no_reason = Merger(goes=goes, stays=cast.provider, reason=" ", members_join=True)
    with refused("PEO-76"):
        merge_organisations(no_reason, by=cast.operator)
    day = timezone.localdate()
    people.close_organisation(cast.stranger, closed_on=day, reason="It ended.", by=cast.charlie)
    with refused("PEO-74"):
        merge(goes, cast.stranger, by=cast.operator)
    merge(cast.stranger, goes, by=cast.operator)
    for one, other in ((cast.stranger, cast.provider), (cast.provider, cast.stranger)):
        with refused("PEO-73", saying="Somebody Else was merged into Moor View"):
            merge(one, other, by=cast.operator)


def test_what_went_before_leads_to_the_last(cast: Cast) -> None:
    first, second = twin(cast, "First"), twin(cast, "Second")
    first = merge(first, second, by=cast.operator)
    merge(second, cast.provider, by=cast.operator)
    first.refresh_from_db()
    assert first.merged_into == cast.provider
    assert "First, until" in page(cast.provider)


def test_what_was_merged_is_not_opened_again(cast: Cast) -> None:
    goes = merge(twin(cast), cast.provider, by=cast.operator)
    with refused("PEO-77", saying="one with Moor View Care"):
        people.reopen_organisation(goes, by=cast.operator)


def test_nothing_goes_while_something_is_open_in_its_name(cast: Cast) -> None:
    other = twin(cast, "Other", by=cast.frank)
    promise = loop.a_draft_promise(cast)
    with refused("PEO-75", saying=f"the proposal “{promise.proposal}” is not decided"):
        merge(cast.provider, other, by=cast.operator)
    withdraw_proposal(promise.proposal, by=cast.alice)
    council = people.register_organisation(name="Vale", kind=Kind.COMMISSIONER, by=cast.dana)
    with refused("PEO-75", saying=f"need {promise.proposal.need.reference} is open"):
        merge(cast.commissioner, council, by=cast.operator)
    unit = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.dana)
    with refused("PEO-75", saying="it runs the programme"):
        merge(cast.support_unit, unit, by=cast.operator)
    merge(cast.provider, other, by=cast.operator)


def test_nothing_goes_before_its_contract_is_signed_and_over(cast: Cast) -> None:
    other = twin(cast, "Other", by=cast.frank)
    contract = loop.a_settled_contract(cast)
    with refused("PEO-75", saying=f"the proposal “{contract.proposal}” waits for its contract"):
        merge(cast.provider, other, by=cast.operator)
    judges = people.register_organisation(name="Judges", kind=Kind.ASSESSOR, by=cast.bob)
    with refused("PEO-75", saying="waits for its contract"):
        merge(cast.assessors, judges, by=cast.operator)


def test_what_it_promised_is_read_with_what_stays(cast: Cast) -> None:
    other = twin(cast, "Other", by=cast.frank)
    contract = loop.a_signed_contract(cast)
    last = datetime.combine(contract.ends_on, time(12), tzinfo=UTC)
    with refused("PEO-75", saying=f"contract {contract.reference} is in force"):
        merge(cast.provider, other, by=cast.operator, now=last)
    promise, over = contract.proposal.promises.get(), last + timedelta(days=1)
    goes = merge(cast.provider, other, by=cast.operator, members_join=False, now=over)
    shown = page(other)
    assert promise.reference in shown
    assert contract.reference in shown
    assert f"?provider={goes.slug}" in shown
    assert contract.proposal.provider == goes


def test_its_old_papers_are_open_to_the_members_of_what_stays_alone(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    withdraw_proposal(promise.proposal, by=cast.alice)
    other = twin(cast, "Other", by=cast.frank)
    assert promise.proposal not in proposals_visible_to(cast.frank)
    goes = merge(cast.provider, other, by=cast.operator, members_join=False)
    assert promise.proposal in proposals_visible_to(cast.frank)
    assert promise.proposal not in proposals_visible_to(cast.charlie)
    assert promise.proposal not in proposals_visible_to(cast.alice)
    assert goes in organisations_of(cast.frank)


def test_the_database_keeps_no_merger_that_stands_open_or_leads_to_itself(cast: Cast) -> None:
    goes = merge(twin(cast), cast.provider, by=cast.operator)
    for change in ({"closed_on": None, "closing_reason": ""}, {"merged_into": goes}):
        wrong = Organisation.objects.get(pk=goes.pk)
        for name, value in change.items():
            setattr(wrong, name, value)
        with pytest.raises(IntegrityError, match="merged"), transaction.atomic():
            wrong.save()


def test_a_list_brought_in_again_does_not_bring_it_back(cast: Cast) -> None:
    row = b"name,kind\nHill Care,provider\n"
    people.import_organisations(read_list(row), by=cast.operator)
    merge(Organisation.objects.get(name="Hill Care"), cast.provider, by=cast.operator)
    count = Organisation.objects.count()
    people.import_organisations(read_list(row), by=cast.operator)
    assert Organisation.objects.count() == count


def test_anybody_says_so_and_whoever_decides_is_told(cast: Cast) -> None:
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    goes = twin(cast)
    saying = reverse("report_duplicate", args=[goes.slug])
    bob = client_of(cast.bob)
    assert saying in bob.get(reverse("organisation", args=[goes.slug])).content.decode()
    mail.outbox.clear()
    given = {"other": "Moor View", "words": "I work there."}
    assert "That is this page itself" in bob.post(saying, given).content.decode()
    bob.post(saying, {**given, "other": "Moor View Care"})
    comparing = reverse("merge_organisations", args=[goes.slug, cast.provider.slug])
    [notice] = Notice.objects.filter(person=cast.frank)
    assert (notice.path, "I work there." in notice.words) == (comparing, False)
    [letter] = [each for each in mail.outbox if each.to == [cast.operator.email]]
    assert "I work there." not in letter.body + letter.alternatives[0].content
    assert comparing in letter.body
    assert bob.get(comparing).status_code == 403
    assert "I work there." in client_of(cast.frank).get(comparing).content.decode()


def test_whoever_decides_reads_how_many_belong_and_not_who(cast: Cast) -> None:
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    goes = twin(cast)
    join(goes, person=cast.bob, role=Role.EDITOR, by=cast.dana)
    for person in (cast.frank, cast.operator):
        comparing = reverse("merge_organisations", args=[goes.slug, cast.provider.slug])
        shown = client_of(person).get(comparing).content.decode()
        assert "<dd>editor: 1, owner: 1</dd>" in shown
        assert "<dd>owner: 1, reader: 1</dd>" in shown
        assert "1 person belongs to both." in shown
        assert [each for each in ("Alice", "Bob", "Dana") if each in shown] == []


def test_whoever_decides_compares_them_and_means_it(cast: Cast) -> None:
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    goes, frank = twin(cast), client_of(cast.frank)
    saying = reverse("report_duplicate", args=[goes.slug])
    comparing = reverse("merge_organisations", args=[goes.slug, cast.provider.slug])
    assert frank.post(saying, {"other": "Moor View Care"})["Location"] == comparing
    shown = frank.get(comparing).content.decode()
    assert "<dd>owner: 1</dd>" in shown
    assert "Nobody belongs to both." in shown
    assert reverse("merge_organisations", args=[cast.provider.slug, goes.slug]) in shown
    given = {"members": "join", "reason": REASON}
    frank.post(comparing, given)
    goes.refresh_from_db()
    assert goes.merged_into is None
    told = frank.post(comparing, {**given, "is_meant": "on"}, follow=True).content.decode()
    assert "They are one." in told
    goes.refresh_from_db()
    assert goes.merged_into == cast.provider
    assert Notice.objects.filter(person=cast.alice, words__startswith="Moor View is one").exists()
