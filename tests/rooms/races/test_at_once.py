"""Two at the same instant, with real threads: one wins, the other is told, the ledger holds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    narrow_role,
    start_programme,
)
from makegood.articulate.queries import programmes_given
from makegood.contract.actions import (
    bring_in_contracts,
    decide_proposal,
    record_paper_signature,
    sign_contract,
)
from makegood.contract.models import Contract, PaperSigner, Signature
from makegood.contract.states import ContractState, Outcome, Side
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.models import Entry
from makegood.kernel.refusal import Refused
from makegood.measures.actions import (
    MeasureWords,
    load_starter_measures,
    retire_measure,
    revise_measure,
)
from makegood.measures.models import Measure, MeasureVersion
from makegood.people.actions import (
    Registered,
    accept_claim,
    accept_invitation,
    ask_for_adviser,
    change_membership,
    confirm_succession,
    end_formation,
    end_membership,
    erase_person,
    hand_over,
    invite,
    register_organisation,
    take_advice,
    withdraw_invitation,
    withdraw_succession,
)
from makegood.people.models import (
    Addressee,
    Advice,
    Membership,
    Organisation,
    Person,
)
from makegood.people.states import (
    AdviceState,
    Appointment,
    Kind,
    LegalForm,
    Role,
)
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.examples import a_claim, a_succession
from tests.factories.joining import join
from tests.factories.loop import (
    a_draft_promise,
    a_measure,
    a_need,
    a_paper,
    a_settled_contract,
    a_submitted_proposal,
    what_is_told,
)
from tests.factories.racing import Act, at_once, failed, overtaking

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_file_of_contracts_sent_twice_at_once_is_brought_in_once(cast: Cast) -> None:
    send = partial(
        bring_in_contracts,
        [what_is_told(cast)],
        commissioner=cast.commissioner,
        programme=a_need(cast).programme,
        assessor=cast.assessors,
        by=cast.erin,
    )
    outcomes = [outcome for [outcome] in at_once(send, send)]
    assert sorted(outcome.is_new for outcome in outcomes) == [False, True]
    assert Contract.objects.count() == 1


def test_a_paper_recorded_twice_at_once_is_recorded_once(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    record = partial(
        record_paper_signature, contract, side=Side.PROVIDER, paper=a_paper(), by=cast.erin
    )
    [told] = failed(at_once(record, record))
    assert isinstance(told, Refused)
    assert told.number == "CON-04"
    assert PaperSigner.objects.count() == 1


def test_one_name_on_two_papers_at_once_signs_one_side(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    acts = [
        partial(record_paper_signature, contract, side=side, paper=a_paper(), by=by)
        for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice))
    ]
    [told] = failed(at_once(*acts))
    assert isinstance(told, Refused)
    assert told.number == "CON-22"
    contract.refresh_from_db()
    assert contract.state == ContractState.PART_SIGNED


def test_one_person_at_once_records_the_paper_of_one_side(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    acts = [
        partial(record_paper_signature, contract, side=side, paper=a_paper(name=side), by=cast.erin)
        for side in Side
    ]
    [told] = failed(at_once(*acts))
    assert isinstance(told, Refused)
    assert told.number == "CON-35"


def test_a_double_click_registers_one_organisation(cast: Cast) -> None:
    press = partial(register_organisation, name="Fell Care", kind=Kind.PROVIDER, by=cast.charlie)
    [told] = failed(at_once(press, press))
    assert isinstance(told, Refused)
    assert told.number == "PEO-43"
    assert Organisation.objects.filter(name="Fell Care").count() == 1


def test_whoever_takes_over_does_not_leave_at_once(cast: Cast) -> None:
    held = join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    over = partial(hand_over, cast.provider, leaver=cast.alice, successor=cast.bob, by=cast.alice)
    told = failed(at_once(over, partial(end_membership, held, by=cast.bob)))
    owners = Membership.objects.current().filter(organisation=cast.provider, role=Role.OWNER)
    assert owners.count() >= 1
    assert all(isinstance(error, Refused) for error in told)


def test_two_organisations_of_one_name_get_two_addresses(cast: Cast) -> None:
    acts = [
        partial(
            register_organisation, name="Twin Care", kind=Kind.PROVIDER, is_another=True, by=who
        )
        for who in (cast.alice, cast.bob, cast.charlie)
    ]
    assert failed(at_once(*acts)) == []
    slugs = Organisation.objects.filter(name="Twin Care").values_list("slug", flat=True)
    assert len(set(slugs)) == 3


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
    assert not LogEntry.objects.filter(change_message__contains="@").exists()


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


def test_roles_narrowed_while_they_change_make_nobody_wait_for_ever(cast: Cast) -> None:
    """Whoever came second is told, or both hold: nobody reads that a role is narrow which is wide."""
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
    told = failed(at_once(*acts))
    assert all(isinstance(each, Refused) and each.number == "ART-18" for each in told), told
    now = Membership.objects.current().filter(role=Role.RECORDER)
    assert now.count() == 5
    assert sum(not programmes_given(each) for each in now) == len(told)


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


def test_of_two_who_revise_a_measure_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    measure = a_measure(cast)
    acts = [
        partial(
            revise_measure,
            measure,
            words=replace(MeasureWords.of(measure), definition=words),
            reason="Plainer",
            read=1,
            by=cast.alice,
        )
        for words in ("Days lost", "Shifts lost")
    ]
    [told] = failed(at_once(*acts))
    assert isinstance(told, Refused)
    assert told.number == "MEA-15"
    assert measure.versions.count() == 2


def test_a_measure_retired_while_it_is_promised_takes_no_promise_after(cast: Cast) -> None:
    promise = a_draft_promise(cast)
    assert promise.measure
    names = set(PromiseTerms.__dataclass_fields__) - {"aims", "codes"}
    terms = PromiseTerms(**{name: getattr(promise, name) for name in names})
    told = overtaking(
        partial(retire_measure, promise.measure, reason="No more", by=cast.alice),
        second=partial(
            add_promise, promise.proposal, terms=replace(terms, for_whom="Others"), by=cast.alice
        ),
    )
    assert isinstance(told, Refused)
    assert told.number == "MEA-16"


def test_two_who_add_the_starter_measures_at_once_add_them_once(cast: Cast) -> None:
    add = partial(load_starter_measures, keeper=None, by=cast.operator)
    assert failed(at_once(add, add)) == []
    assert Measure.objects.count() == MeasureVersion.objects.count() == 50
