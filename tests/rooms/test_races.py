"""Two at the same instant, with real threads: one wins, the other is told, the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from time import monotonic

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from makegood.articulate.actions import (
    narrow_role,
    start_programme,
    start_proposal,
    submit_proposal,
)
from makegood.articulate.states import ProposalState
from makegood.contract.actions import decide_proposal, sign_contract
from makegood.contract.models import Contract, Signature
from makegood.contract.states import ContractState, Outcome, Side
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.measures.actions import open_series
from makegood.measures.models import Series
from makegood.people.actions import (
    Merger,
    MotivesSaid,
    Registered,
    accept_claim,
    accept_invitation,
    add_contact,
    appoint_auditor,
    ask_for_adviser,
    ask_motives_again,
    change_membership,
    close_offer,
    close_organisation,
    confirm_succession,
    end_formation,
    end_membership,
    erase_person,
    hand_over,
    import_organisations,
    invite,
    make_offer,
    merge_organisations,
    register_organisation,
    state_motives,
    take_advice,
    take_down_contact,
    withdraw_invitation,
    withdraw_succession,
)
from makegood.people.lists import read_list
from makegood.people.models import (
    Addressee,
    Advice,
    Contact,
    Membership,
    Notice,
    Organisation,
    Person,
    Succession,
)
from makegood.people.permissions import can_act_for
from makegood.people.states import (
    AdviceState,
    Appointment,
    Became,
    ClaimState,
    Kind,
    LegalForm,
    Motive,
    OfferKind,
    OfferSide,
    Right,
    Role,
    ShownTo,
    SuccessionState,
)
from tests.factories.cast import Cast, gather
from tests.factories.crowd import newcomer
from tests.factories.examples import a_claim, a_succession
from tests.factories.joining import join
from tests.factories.loop import (
    a_draft_promise,
    a_measure,
    a_published_need,
    a_settled_contract,
    a_submitted_proposal,
)
from tests.factories.racing import Act, at_once, failed, overtaking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    """The people, in a database whose acts are truly committed."""
    return gather()


@pytest.fixture(autouse=True)
def the_ledger_holds() -> Iterator[None]:
    """After every race, verify the ledger and look for forked streams."""
    yield
    assert verify().problems == []
    for stream in Entry.objects.values_list("stream", flat=True).distinct():
        places = list(
            Entry.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True)
        )
        assert places == list(range(1, len(places) + 1))


def test_of_two_owners_who_leave_at_once_one_stays(cast: Cast) -> None:
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    owners = Membership.objects.current().filter(organisation=cast.provider, role=Role.OWNER)
    acts = [partial(end_membership, each, by=each.person) for each in owners]
    [told] = failed(at_once(*acts))
    assert isinstance(told, Refused)
    assert told.number == "PEO-01"
    assert owners.all().count() == 1


def test_an_invitation_accepted_twice_at_once_makes_one_member(cast: Cast) -> None:
    asked = Appointment(role=Role.READER)
    invited = partial(
        invite, cast.provider, email=cast.dana.email, appointment=asked, by=cast.alice
    )
    sent = at_once(invited, invited, invited)
    assert len(set(sent)) == 1
    accept = partial(accept_invitation, sent[0], by=cast.dana)
    told = failed(at_once(accept, accept, accept))
    assert len(told) == 2
    assert all(isinstance(error, Refused) for error in told)
    assert Membership.objects.filter(organisation=cast.provider, person=cast.dana).count() == 1


def test_whoever_takes_over_does_not_leave_at_once(cast: Cast) -> None:
    held = join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    over = partial(hand_over, cast.provider, leaver=cast.alice, successor=cast.bob, by=cast.alice)
    told = failed(at_once(over, partial(end_membership, held, by=cast.bob)))
    owners = Membership.objects.current().filter(organisation=cast.provider, role=Role.OWNER)
    assert owners.count() >= 1
    assert all(isinstance(error, Refused) for error in told)


def test_two_organisations_of_one_name_get_two_addresses(cast: Cast) -> None:
    acts = [
        partial(register_organisation, name="Twin Care", kind=Kind.PROVIDER, by=who)
        for who in (cast.alice, cast.bob, cast.charlie)
    ]
    assert failed(at_once(*acts)) == []
    slugs = Organisation.objects.filter(name="Twin Care").values_list("slug", flat=True)
    assert len(set(slugs)) == 3


def test_two_that_are_merged_into_each_other_at_once_leave_one(cast: Cast) -> None:
    merge = partial(merge_organisations, by=cast.operator)
    one, other = cast.provider, cast.stranger
    ways = [
        Merger(goes=goes, stays=stays, reason="They are one", members_join=True)
        for goes, stays in ((one, other), (other, one))
    ]
    [told] = failed(at_once(*(partial(merge, way) for way in ways)))
    assert isinstance(told, Refused)
    assert told.number == "PEO-73"
    assert Organisation.objects.filter(merged_into=None, pk__in=(one.pk, other.pk)).count() == 1


def test_one_that_is_merged_twice_at_once_goes_to_one_with_all_it_has(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    add_contact(goes, name="Desk", email="d@example.org", shown_to=ShownTo.MEMBERS, by=cast.dana)
    make_offer(goes, side=OfferSide.OFFER, kind=OfferKind.PLACE, words="A hall", by=cast.dana)
    a_claim(goes, by=cast.frank)
    ways = [
        Merger(goes=goes, stays=stays, reason="They are one", members_join=True)
        for stays in (cast.provider, cast.stranger)
    ]
    [told] = failed(
        at_once(*(partial(merge_organisations, each, by=cast.operator) for each in ways))
    )
    assert isinstance(told, Refused)
    assert told.number == "PEO-73"
    goes.refresh_from_db()
    stays = goes.merged_into
    assert stays
    assert f"Twin was merged into {stays} already." in told.sentence
    assert Contact.objects.get().organisation == stays
    assert goes.offers.count() == 0
    assert stays.offers.count() == stays.claims.filter(state=ClaimState.OPEN).count() == 1
    assert Membership.objects.current().filter(organisation=stays, person=cast.dana).exists()


def test_a_chain_of_mergers_at_once_leaves_nothing_on_the_way(cast: Cast) -> None:
    houses = [
        register_organisation(name=f"House {n}", kind=Kind.PROVIDER, by=cast.dana) for n in range(4)
    ]
    for each in houses[:-1]:
        make_offer(
            each, side=OfferSide.OFFER, kind=OfferKind.PLACE, words=f"Of {each}", by=cast.dana
        )
        a_claim(each, by=newcomer(f"claimant{each.pk}"))
    ways = [Merger(goes=a, stays=b, reason="One", members_join=True) for a, b in pairwise(houses)]
    told = failed(at_once(*(partial(merge_organisations, each, by=cast.operator) for each in ways)))
    assert all(isinstance(error, Refused) for error in told), told
    for each in Organisation.objects.filter(merged_into__isnull=False):
        stays = each.merged_into
        assert stays
        assert stays.merged_into is None
        assert not each.offers.filter(closed_at=None).exists()
        assert not each.claims.filter(state=ClaimState.OPEN).exists()
        assert not Membership.objects.current().filter(organisation=each).exists()
    assert sum(each.offers.filter(closed_at=None).count() for each in houses) == 3


def test_followers_named_of_what_was_merged_wait_for_nobody_for_ever(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    before, after = [], []
    for n in range(5):
        old = register_organisation(name=f"Old {n}", kind=Kind.PROVIDER, by=cast.dana)
        merge_organisations(
            Merger(goes=old, stays=goes, reason="One", members_join=False), by=cast.operator
        )
        before.append(old)
        after.append(register_organisation(name=f"New {n}", kind=Kind.PROVIDER, by=cast.dana))
    merger = Merger(goes=goes, stays=cast.provider, reason="One", members_join=False)
    told = failed(
        at_once(
            partial(merge_organisations, merger, by=cast.operator),
            *(
                partial(a_succession, before=new, after=old, by=cast.dana)
                for old, new in zip(before, after, strict=True)
            ),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    named = Succession.objects.filter(state=SuccessionState.NAMED)
    assert not named.filter(successor__merged_into__isnull=False).exists()


def test_those_who_are_erased_at_once_wait_for_nobody_for_ever(cast: Cast) -> None:
    people = [newcomer(f"guest{n}") for n in range(4)]
    kind = ContentType.objects.get_for_model(Person)
    for n in range(40):
        said = " ".join(each.email for each in (people if n % 2 else people[::-1]))
        LogEntry.objects.create(
            user=cast.operator,
            content_type=kind,
            object_id="1",
            object_repr="Somebody",
            action_flag=CHANGE,
            change_message=said,
        )
    told = failed(at_once(*(partial(erase_person, by=each) for each in people)))
    assert told == []
    assert not LogEntry.objects.exclude(change_message="").exists()


def test_an_adviser_taken_on_while_either_side_closes_is_released(cast: Cast) -> None:
    acts: list[Act] = []
    for number in range(4):
        group = register_organisation(
            name=f"Group {number}",
            kind=Kind.PROVIDER,
            legal_form=LegalForm.IN_FORMATION,
            by=cast.alice,
        )
        unit = register_organisation(name=f"Unit {number}", kind=Kind.SUPPORT_UNIT, by=cast.frank)
        asked = ask_for_adviser(group, unit=unit, by=cast.alice)
        ends = (group, cast.alice) if number % 2 else (unit, cast.frank)
        acts += [
            partial(take_advice, asked, adviser=cast.frank, by=cast.frank),
            partial(close, ends[0], by=ends[1], on=timezone.localdate()),
        ]
    told = failed(at_once(*acts))
    assert all(isinstance(error, Refused) for error in told), told
    assert set(Advice.objects.values_list("state", flat=True)) == {AdviceState.ENDED}


def test_a_succession_answered_and_taken_back_at_once_is_one_of_the_two(cast: Cast) -> None:
    said = a_succession(before=cast.provider, after=cast.stranger, by=cast.alice)
    answers = at_once(
        partial(confirm_succession, said, by=cast.charlie),
        partial(withdraw_succession, said, by=cast.alice),
    )
    [told] = failed(answers)
    assert isinstance(told, Refused)
    assert told.number == "STA-01"


def test_an_owner_replaced_by_a_claim_who_leaves_at_once_makes_nobody_wait_for_ever(
    cast: Cast,
) -> None:
    acts: list[Act] = []
    for number in range(6):
        house = register_organisation(name=f"House {number}", kind=Kind.PROVIDER, by=cast.alice)
        join(house, person=cast.bob, role=Role.OWNER, by=cast.alice)
        claim = a_claim(house, by=newcomer(f"claimant{number}"))
        held = Membership.objects.get(organisation=house, person=cast.bob)
        acts += [
            partial(accept_claim, claim, reason="Seen", replaces=True, by=cast.operator),
            partial(end_membership, held, by=cast.bob),
        ]
    assert failed(at_once(*acts)) == []
    owners = Membership.objects.current().filter(organisation__name__startswith="House")
    assert {str(each.person.name) for each in owners} == {f"Claimant{n}" for n in range(6)}


def test_what_is_done_for_an_organisation_while_it_merges_is_told_or_goes_along(
    cast: Cast,
) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    asked = Appointment(role=Role.READER)
    invited = invite(goes, email=cast.erin.email, appointment=asked, by=cast.dana)
    named = a_succession(before=goes, after=cast.stranger, by=cast.dana)
    offer = partial(make_offer, side=OfferSide.OFFER, kind=OfferKind.PLACE, by=cast.dana)
    standing = offer(goes, words="A hall")
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    told = failed(
        at_once(
            partial(accept_invitation, invited, by=cast.erin),
            partial(confirm_succession, named, by=cast.charlie),
            partial(offer, goes, words="A bus"),
            partial(close_offer, standing, by=cast.dana),
            partial(a_claim, goes, by=cast.frank),
            partial(state_motives, goes, said=MotivesSaid(motives=[Motive.AUTONOMY]), by=cast.dana),
            partial(merge_organisations, merger, by=cast.operator),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    assert not Membership.objects.current().filter(organisation=goes).exists()
    assert not goes.offers.filter(closed_at=None).exists()
    assert not goes.motive_answers.filter(superseded_at=None).exists()
    assert not goes.claims.filter(state=ClaimState.OPEN).exists()


def test_contacts_taken_down_while_it_merges_make_nobody_wait_for_ever(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    named = [
        add_contact(
            goes, name=f"Bob {n}", email=cast.bob.email, shown_to=ShownTo.MEMBERS, by=cast.dana
        )
        for n in range(8)
    ]
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    told = failed(
        at_once(
            partial(merge_organisations, merger, by=cast.operator),
            *(partial(take_down_contact, each, by=cast.bob) for each in named),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    for each in Contact.objects.filter(pk__in=[each.pk for each in named], removed_at=None):
        take_down_contact(each, by=cast.bob)
    assert not Contact.objects.exclude(name="").exists()


def test_an_owner_that_a_list_names_is_of_the_one_that_stays(cast: Cast) -> None:
    rows = read_list(f"name,kind,owner\nHill Care,provider,{cast.bob.email}\n".encode())
    import_organisations(read_list(b"name,kind\nHill Care,provider\n"), by=cast.operator)
    goes = Organisation.objects.get(name="Hill Care")
    stays = register_organisation(name="Dale Care", kind=Kind.PROVIDER, by=cast.dana)
    merger = Merger(goes=goes, stays=stays, reason="They are one", members_join=False)
    [told] = overtaking(
        partial(merge_organisations, merger, by=cast.operator),
        second=partial(import_organisations, rows, by=cast.operator),
    )
    assert told.became == Became.THERE
    assert not Membership.objects.current().filter(organisation=goes).exists()


def test_no_auditor_is_appointed_at_a_house_that_just_closed(cast: Cast) -> None:
    appointed = overtaking(
        partial(close, cast.auditors, by=cast.grace, on=timezone.localdate()),
        second=partial(
            appoint_auditor,
            email=cast.bob.email,
            organisation=cast.auditors.name,
            by=cast.operator,
        ),
    )
    assert isinstance(appointed, Membership), appointed
    assert appointed.organisation.closed_on is None


def test_whoever_is_asked_again_why_is_asked_where_the_answer_went(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    said = MotivesSaid(motives=[Motive.AUTONOMY])
    state_motives(goes, said=said, by=cast.dana, now=timezone.now() - timedelta(days=400))
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    asked = overtaking(
        partial(merge_organisations, merger, by=cast.operator), second=ask_motives_again
    )
    assert asked == 1
    assert Notice.objects.get(path__endswith="/motives/").organisation == cast.provider


def test_roles_narrowed_while_they_change_make_nobody_wait_for_ever(cast: Cast) -> None:
    programme = start_programme(name="One", summary="", run_by=cast.support_unit, by=cast.frank)
    acts: list[Act] = []
    for number in range(5):
        held = join(
            cast.provider, person=newcomer(f"guest{number}"), role=Role.READER, by=cast.alice
        )
        recorder = Appointment(role=Role.RECORDER)
        acts += [
            partial(narrow_role, held, programmes=[programme], by=cast.alice),
            partial(change_membership, held, appointment=recorder, by=cast.alice),
        ]
    assert failed(at_once(*acts)) == []


def test_whoever_is_erased_while_an_invitation_is_taken_back_waits_for_nobody_for_ever(
    cast: Cast,
) -> None:
    acts: list[Act] = []
    asked = Appointment(role=Role.READER)
    for number in range(6):
        person = newcomer(f"guest{number}")
        join(cast.stranger, person=person, role=Role.READER, by=cast.charlie)
        sent = invite(cast.provider, email=person.email, appointment=asked, by=cast.alice)
        acts += [
            partial(withdraw_invitation, sent, by=cast.alice),
            partial(erase_person, by=person),
        ]
    told = failed(at_once(*acts))
    assert all(isinstance(error, Refused) for error in told), told
    assert not Addressee.objects.exists()
    assert Person.objects.filter(erased_at__isnull=False).count() == 6


def test_an_adviser_taken_on_while_the_group_registers_is_released(cast: Cast) -> None:
    acts: list[Act] = []
    for number in range(4):
        group = register_organisation(
            name=f"Group {number}",
            kind=Kind.PROVIDER,
            legal_form=LegalForm.IN_FORMATION,
            by=cast.alice,
        )
        asked = ask_for_adviser(group, unit=cast.support_unit, by=cast.alice)
        registered = Registered(
            legal_form=LegalForm.CIO, registered_on=timezone.localdate(), why_no_number="It waits"
        )
        acts += [
            partial(take_advice, asked, adviser=cast.frank, by=cast.frank),
            partial(end_formation, group, registered=registered, by=cast.alice),
        ]
    told = failed(at_once(*acts))
    assert all(isinstance(error, Refused) for error in told), told
    assert set(Advice.objects.values_list("state", flat=True)) == {AdviceState.ENDED}


@pytest.mark.parametrize("house", ["provider", "commissioner", "assessors"])
def test_no_contract_comes_into_force_with_one_that_closes_meanwhile(
    cast: Cast, house: str
) -> None:
    """CON-21 and PEO-62: whoever comes second is told."""
    contract = a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    closes = getattr(cast, house)
    owner = {"provider": cast.alice, "commissioner": cast.erin, "assessors": cast.dana}[house]
    [told] = failed(
        at_once(
            partial(sign_contract, contract, side=Side.PROVIDER, by=cast.alice),
            partial(close, closes, by=owner, on=contract.ends_on),
        )
    )
    assert isinstance(told, Refused)
    is_closed = Organisation.objects.filter(pk=closes.pk, closed_on__isnull=False).exists()
    assert is_closed != Contract.objects.filter(state=ContractState.IN_FORCE).exists()


@pytest.mark.parametrize("closes", ["provider", "commissioner"])
def test_nothing_is_proposed_once_either_side_closed(cast: Cast, closes: str) -> None:
    proposal = a_draft_promise(cast).proposal
    owner = {"provider": cast.alice, "commissioner": cast.erin}[closes]
    told = overtaking(
        partial(close, getattr(cast, closes), by=owner, on=timezone.localdate()),
        second=partial(submit_proposal, proposal, by=cast.alice),
    )
    assert isinstance(told, Refused), told
    assert "closed on" in told.sentence
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DRAFT


def test_nothing_is_recorded_or_defined_for_one_that_just_closed(cast: Cast) -> None:
    told = overtaking(
        partial(close, cast.provider, by=cast.alice, on=timezone.localdate()),
        second=partial(open_series, measure=a_measure(cast), keeper=cast.provider, by=cast.alice),
    )
    assert isinstance(told, NotPermitted), told
    assert not Series.objects.filter(keeper=cast.provider).exists()


def test_no_proposal_begins_in_the_name_of_one_that_is_merged_meanwhile(cast: Cast) -> None:
    merger = Merger(goes=cast.provider, stays=cast.stranger, reason="One", members_join=True)
    told = overtaking(
        partial(merge_organisations, merger, by=cast.operator),
        second=partial(
            start_proposal,
            need=a_published_need(cast),
            provider=cast.provider,
            title="Care",
            summary="A team",
            by=cast.alice,
        ),
    )
    assert isinstance(told, NotPermitted), told


def test_those_who_act_for_one_organisation_do_not_wait_for_each_other(cast: Cast) -> None:
    second = partial(open_series, measure=a_measure(cast), keeper=cast.provider, by=cast.alice)
    began = monotonic()
    with transaction.atomic():
        can_act_for(cast.alice, organisation=cast.provider, right=Right.WRITE).require()
        if connection.features.has_select_for_update:
            assert failed(at_once(second)) == []
    assert monotonic() - began < 10


def close(organisation: Organisation, *, by: Person, on: date) -> Organisation:
    """Say on a day that it closed then."""
    now = datetime.combine(on, time(12), tzinfo=UTC)
    return close_organisation(organisation, closed_on=on, reason="It ended.", by=by, now=now)


def test_a_proposal_decided_twice_at_once_is_decided_once(cast: Cast) -> None:
    proposal = a_submitted_proposal(cast)
    acts = [
        partial(decide_proposal, proposal, outcome=outcome, reasons="Because", by=cast.erin)
        for outcome in (Outcome.APPROVED, Outcome.DECLINED)
    ]
    [told] = failed(at_once(*acts))
    assert isinstance(told, Refused)


def test_a_contract_signed_by_both_at_once_is_signed_by_both(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    acts = [
        partial(sign_contract, contract, side=Side.COMMISSIONER, by=cast.erin),
        partial(sign_contract, contract, side=Side.PROVIDER, by=cast.alice),
    ]
    assert failed(at_once(*acts)) == []
    assert Signature.objects.filter(contract=contract).count() == 2
    assert Contract.objects.get().state == ContractState.IN_FORCE


def test_a_second_click_signs_once(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    act = partial(sign_contract, contract, side=Side.COMMISSIONER, by=cast.erin)
    assert all(isinstance(each, Refused) for each in failed(at_once(act, act)))
    assert Signature.objects.filter(contract=contract).count() == 1


def test_eight_writers_never_fork_a_stream(cast: Cast) -> None:
    def write() -> None:
        for _ in range(10):
            with transaction.atomic():
                record(cast.provider, act="look", stream="one", by=cast.alice, now=timezone.now())

    assert failed(at_once(*[write] * 8)) == []
    assert Entry.objects.filter(stream="one").count() == 80
