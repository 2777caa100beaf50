"""A contract goes to another provider: signed by all, with every promise, and nobody else’s pen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.assess.permissions import can_find, can_reply
from makegood.capture.actions import (
    capture_measurement,
    name_safeguarding_person,
    open_story_link,
)
from makegood.capture.permissions import can_capture
from makegood.capture.queries import captures_visible_to
from makegood.contract import actions
from makegood.contract.models import Commitment, Contract, Handover, Signature
from makegood.contract.queries import (
    contracts_binding,
    handovers_visible_to,
    is_inside,
    share_of,
    variations_visible_to,
    withheld_from,
)
from makegood.contract.states import HandoverSide, HandoverState, Part, Side, VariationState
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.measures.queries import history
from makegood.people.actions import close_organisation
from makegood.people.models import Organisation, Person
from makegood.people.states import LegalForm, Role
from makegood.web.clock import tick
from makegood.web.queries.desk import desk_of
from tests.factories import handing_over, loop, varying
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
SUCCESSOR, PROVIDER, COMMISSIONER = (
    HandoverSide.SUCCESSOR,
    HandoverSide.PROVIDER,
    HandoverSide.COMMISSIONER,
)
FUTURE = timezone.localdate() + timedelta(days=40)


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _shut(organisation: Organisation) -> None:
    """Close an organisation as a merger does, whatever it is bound by."""
    organisation.closed_on, organisation.closing_reason = date(2025, 1, 1), "It merged"
    organisation.save(update_fields=["closed_on", "closing_reason"])


def _todo(person: Person) -> list[str]:
    desk = desk_of(person, today=timezone.localdate())
    return [task.title for task in desk.now() if "handover" in task.title]


def _page(name: str, *args: object, person: Person | None = None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return client.get(reverse(name, args=args), follow=True).content.decode()


def _lasting(cast: Cast) -> Contract:
    """Return a signed contract that runs long enough for a handover to come."""
    contract = loop.a_signed_contract(cast)
    terms = varying.variation_terms(ends_on=FUTURE + timedelta(days=400))
    made = actions.begin_variation(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)
    varying.sign_both(actions.propose_variation(made, by=cast.erin), cast=cast)
    return Contract.objects.get(pk=contract.pk)


# All three sign, and nothing that is owed is touched.


def test_three_sign_and_every_promise_follows(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    before = list(contract.commitments.order_by("pk").values())
    handover = handing_over.a_proposed_handover(cast, contract=contract)
    for side, by in handing_over.signers(cast):
        assert Contract.objects.get().provider == cast.provider
        actions.sign_handover(handover, side=side, by=by)
    held = Contract.objects.get()
    assert (held.promised_by, held.provider) == (cast.provider, cast.stranger)
    assert list(held.commitments.order_by("pk").values()) == before
    assert [each.side for each in Signature.objects.filter(signing_round=2).order_by("pk")] == [
        *("commissioner", "provider", "successor")
    ]
    assert verify().problems == []


def test_the_gap_counts_a_promise_for_whoever_promised(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    promise = contract.proposal.promises.get()
    before = share_of(promise, now=timezone.now())
    handing_over.a_handed_over_contract(cast, contract=contract)
    assert share_of(promise, now=timezone.now()) == before
    assert promise.proposal.provider == cast.provider
    assert "Moor View Care" in _page("portfolio")


def test_nobody_signs_twice_or_for_two(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)
    with refused("CON-16"):
        actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)
    join(cast.stranger, person=cast.alice, role=Role.OWNER, by=cast.charlie)
    actions.sign_handover(handover, side=PROVIDER, by=cast.alice)
    with refused("CON-16"):
        actions.sign_handover(handover, side=SUCCESSOR, by=cast.alice)


def test_one_signs_for_ones_own_organisation_and_within_ones_limit(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    for side, by in (
        (SUCCESSOR, cast.alice), (PROVIDER, cast.charlie), (COMMISSIONER, cast.charlie),
    ):  # fmt: skip
        with pytest.raises(NotPermitted):
            actions.sign_handover(handover, side=side, by=by)
    limited, limit = cast.frank, Decimal(1)
    join(cast.stranger, person=limited, role=Role.SIGNATORY, by=cast.charlie, signing_limit=limit)
    with pytest.raises(NotPermitted, match="CON-19"):
        actions.sign_handover(handover, side=SUCCESSOR, by=limited)


def test_one_signs_what_one_read(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    with refused("CON-15"):
        actions.sign_handover(handover, side=COMMISSIONER, terms_read="x", by=cast.erin)


def test_a_draft_or_a_finished_one_is_not_signed(cast: Cast) -> None:
    draft = handing_over.a_draft_handover(cast)
    with pytest.raises(WrongState):
        actions.sign_handover(draft, side=COMMISSIONER, by=cast.erin)
    done = handing_over.sign_all(actions.propose_handover(draft, by=cast.erin), cast=cast)
    with pytest.raises((WrongState, NotPermitted)):
        actions.withdraw_handover(done, by=cast.erin)


def test_on_paper_too(cast: Cast) -> None:
    handover = handing_over.a_handover_on_paper(cast)
    assert handover.state == HandoverState.IN_FORCE
    path = ("handover_scan", handover.contract.reference, handover.number, "provider")
    for person, code in ((cast.erin, 200), (cast.charlie, 200), (cast.alice, 200), (cast.bob, 200)):
        client = Client()
        client.force_login(person)
        assert client.get(reverse(path[0], args=path[1:])).status_code == code
    assert Client().get(reverse(path[0], args=path[1:])).status_code == 302
    assert "Pat Poole" in _page("handover", *path[1:3], person=cast.erin)
    assert "Pat Poole" not in _page("handover", *path[1:3])
    assert verify().problems == []


# Who can take over.


def test_only_another_open_provider_takes_over(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    for house in (cast.provider, cast.commissioner, cast.assessors, cast.support_unit):
        with refused("CON-92"):
            handing_over.a_draft_handover(cast, contract=contract, successor=house)
    _shut(cast.stranger)
    with refused("CON-97"):
        handing_over.a_draft_handover(cast, contract=contract)


def test_whoever_takes_over_is_still_there_when_it_is_signed(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    _shut(cast.stranger)
    with refused("CON-97"):
        actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)


def test_a_group_in_formation_signs_once_it_is_registered(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    Organisation.objects.filter(pk=cast.stranger.pk).update(legal_form=LegalForm.IN_FORMATION)
    with refused("CON-20", saying="Somebody Else"):
        actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)


def test_a_provider_that_closed_does_not_sign(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    _shut(cast.provider)
    with pytest.raises(NotPermitted):
        actions.sign_handover(handover, side=PROVIDER, by=cast.alice)
    with refused("CON-96"):
        actions.record_paper_handover(handover, side=PROVIDER, paper=loop.a_paper(), by=cast.erin)
    shown = _page("handover", handover.contract.reference, handover.number, person=cast.erin)
    assert "It cannot sign. The commissioner and Somebody Else sign without it." in shown
    actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)
    actions.sign_handover(handover, side=SUCCESSOR, by=cast.charlie)
    assert Contract.objects.get().provider == cast.stranger


def test_one_that_only_waits_for_a_provider_that_closed_is_completed_by_the_clock(
    cast: Cast,
) -> None:
    handover = handing_over.a_proposed_handover(cast)
    actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)
    actions.sign_handover(handover, side=SUCCESSOR, by=cast.charlie)
    assert actions.begin_due_handovers() == 0
    _shut(cast.provider)
    assert actions.begin_due_handovers() == 1
    assert Contract.objects.get().provider == cast.stranger


# When it counts.


def test_it_waits_for_its_day_and_the_clock_lets_it_count(cast: Cast) -> None:
    contract = _lasting(cast)
    handover = handing_over.a_handover(cast, contract=contract, from_on=FUTURE)
    assert handover.state == HandoverState.SIGNED
    assert Contract.objects.get().provider == cast.provider
    assert actions.begin_due_handovers() == 0
    with pytest.raises(NotPermitted):
        _record(contract, by=cast.charlie)
    shown = _page("handover", contract.reference, 1, person=cast.charlie)
    assert "Moor View Care goes on as before until" in shown
    day = datetime.combine(FUTURE, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    assert actions.begin_due_handovers(now=day) == 1
    assert actions.begin_due_handovers(now=day) == 0
    held = Contract.objects.get()
    assert (held.provider, held.handed_over[0].in_force_at) == (cast.stranger, day)
    assert held.provider_at(day) == cast.provider
    assert held.provider_at(day + timedelta(seconds=1)) == cast.stranger
    assert verify().problems == []


def test_who_signed_that_it_takes_over_does_not_just_go(cast: Cast) -> None:
    contract = _lasting(cast)
    handing_over.a_handover(cast, contract=contract, from_on=FUTURE)
    assert list(contracts_binding(cast.stranger, today=timezone.localdate())) == [contract]
    with refused("PEO-62", saying=contract.reference):
        close_organisation(
            cast.stranger, closed_on=timezone.localdate(), reason="Enough", by=cast.charlie
        )


def test_the_clock_ticks_over_it(cast: Cast) -> None:
    handover = handing_over.a_handover(cast)
    tick()
    assert Handover.objects.get().in_force_at == handover.in_force_at


def test_it_counts_from_a_day_of_the_contract(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    with refused("CON-93"):
        handing_over.a_draft_handover(cast, contract=contract, from_on=date(2030, 1, 1))
    with refused("CON-90"):
        handing_over.a_draft_handover(cast, contract=contract, reason=" ")


# Who writes, and who reads, before and after.


def _record(contract: Contract, *, by: Person, period: date = date(2025, 2, 1)) -> None:
    commitment = Commitment.objects.get(contract=contract)
    capture_measurement(commitment, period=period, value=4.9, by=by)


def test_the_successor_records_and_the_one_before_no_more(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    _record(contract, by=cast.alice)
    with pytest.raises(NotPermitted):
        _record(contract, by=cast.charlie)
    contract = handing_over.a_handed_over_contract(cast, contract=contract)
    commitment = Commitment.objects.get()
    with pytest.raises(NotPermitted):
        _record(contract, by=cast.alice, period=date(2025, 3, 1))
    with pytest.raises(NotPermitted):
        open_story_link(commitment, label="At the door", by=cast.alice)
    capture_measurement(commitment, period=date(2025, 3, 1), value=4.8, by=cast.charlie)
    with refused("CAP-15"):
        open_story_link(commitment, label="At the door", by=cast.charlie)
    name_safeguarding_person(cast.stranger, person=cast.charlie, by=cast.charlie)
    open_story_link(commitment, label="At the door", by=cast.charlie)
    assert can_reply(cast.charlie, commitment=commitment)
    assert not can_reply(cast.alice, commitment=commitment)
    assert can_capture(cast.charlie, commitment=commitment)
    assert commitment.line is not None
    assert list(history(commitment.line).values()) == [4.9, 4.8]
    assert "recorded by Moor View Care, then Somebody Else" in _page("promise", commitment.name)


def test_who_handed_over_reads_on_and_writes_nothing(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    actions.withhold_part(contract, part=Part.VALUE, reason="Prices", until_on=FUTURE, by=cast.erin)
    contract = handing_over.a_handed_over_contract(cast, contract=contract)
    commitment = Commitment.objects.get()
    today = timezone.localdate()
    assert is_inside(cast.alice, contract=contract)
    assert Part.VALUE in withheld_from(cast.alice, contract=contract, today=today)
    assert list(captures_visible_to(cast.alice)) == [commitment]
    assert "Add a figure" not in _page("capture", commitment.reference, person=cast.alice)
    for act in (
        lambda: varying.a_draft_variation(cast, contract=contract),
        lambda: actions.begin_variation(
            contract, side=Side.PROVIDER, terms=varying.variation_terms(), by=cast.charlie
        ),
    ):
        made = act()
        actions.withdraw_variation(made, by=made.begun_by)
    with pytest.raises(NotPermitted):
        actions.begin_variation(
            contract, side=Side.PROVIDER, terms=varying.variation_terms(), by=cast.alice
        )
    with pytest.raises(NotPermitted):
        actions.end_contract(
            contract, side=Side.PROVIDER, terms=varying.ending_terms(), by=cast.alice
        )


def test_who_handed_over_does_not_read_what_is_proposed_after(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    old = varying.a_draft_variation(cast, contract=contract, value=1)
    actions.decline_variation(
        actions.propose_variation(old, by=cast.erin), words="No", by=cast.alice
    )
    contract = handing_over.a_handed_over_contract(cast, contract=contract)
    new = varying.a_draft_variation(cast, contract=contract, value=2)
    actions.propose_variation(new, by=cast.erin)
    for person, seen in ((cast.alice, [1]), (cast.charlie, [2, 1]), (cast.erin, [2, 1])):
        found = variations_visible_to(person, contract=contract)
        assert [each.number for each in found] == seen
    assert old.answerer == cast.provider
    assert new.answerer == cast.stranger


def test_nobody_of_either_provider_judges(cast: Cast) -> None:
    handing_over.a_handed_over_contract(cast)
    commitment = Commitment.objects.get()
    assert can_find(cast.dana, commitment=commitment)
    for house, owner in ((cast.provider, cast.alice), (cast.stranger, cast.charlie)):
        join(house, person=cast.dana, role=Role.READER, by=owner)
        answer = can_find(cast.dana, commitment=commitment)
        assert not answer
        assert answer.number == "ASS-01"


def test_the_successor_reads_what_is_withheld_once_both_parties_agree(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    actions.withhold_part(contract, part=Part.VALUE, reason="Prices", until_on=FUTURE, by=cast.erin)
    draft = handing_over.a_draft_handover(cast, contract=contract)
    today = timezone.localdate()
    assert Part.VALUE in withheld_from(cast.charlie, contract=contract, today=today)
    assert not handovers_visible_to(cast.charlie, contract=contract)
    actions.propose_handover(draft, by=cast.erin)
    assert is_inside(cast.charlie, contract=contract)
    assert Part.VALUE in withheld_from(cast.charlie, contract=contract, today=today)
    assert list(handovers_visible_to(cast.charlie, contract=contract)) == [draft]
    assert not handovers_visible_to(None, contract=contract)
    assert not can_capture(cast.charlie, commitment=Commitment.objects.get())
    actions.sign_handover(draft, side=HandoverSide.PROVIDER, by=cast.alice)
    assert withheld_from(cast.charlie, contract=contract, today=today) == {}


def test_all_are_told_and_have_it_on_their_desks(cast: Cast) -> None:
    draft = handing_over.a_draft_handover(cast)
    assert _todo(cast.erin) == [f"Propose the handover of “{draft.contract.name}”"]
    assert _todo(cast.charlie) == _todo(cast.alice) == []
    mail.outbox.clear()
    actions.propose_handover(draft, by=cast.erin)
    told = {address for letter in mail.outbox for address in letter.to}
    assert {"alice@example.org", "charlie@example.org"} <= told or not mail.outbox
    for person in (cast.alice, cast.charlie, cast.erin):
        assert _todo(person) == [f"Sign or decline the handover of “{draft.contract.name}”"]
        assert "handover" in _page("desk", person=person)
    handing_over.sign_all(draft, cast=cast)
    for person in (cast.alice, cast.charlie, cast.erin):
        assert _todo(person) == []


# Declined, withdrawn, and one at a time.


@pytest.mark.parametrize("side", [PROVIDER, SUCCESSOR])
def test_whoever_is_asked_may_decline(cast: Cast, side: HandoverSide) -> None:
    handover = handing_over.a_proposed_handover(cast)
    by = dict(handing_over.signers(cast))[side]
    with refused("CON-75"):
        actions.decline_handover(handover, side=side, words=" ", by=by)
    with pytest.raises(NotPermitted):
        actions.decline_handover(handover, side=COMMISSIONER, words="No", by=cast.erin)
    declined = actions.decline_handover(handover, side=side, words="We are too few", by=by)
    assert declined.state == HandoverState.DECLINED
    assert declined.answerer == handover.party(side)
    assert Contract.objects.get().provider == cast.provider
    shown = _page("handover", handover.contract.reference, 1, person=by)
    assert "We are too few" in shown
    again = handing_over.a_draft_handover(cast, contract=handover.contract)
    assert (again.number, again.signing_round) == (2, 3)


def test_it_is_withdrawn_until_all_have_signed(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    actions.sign_handover(handover, side=SUCCESSOR, by=cast.charlie)
    with pytest.raises(NotPermitted):
        actions.withdraw_handover(handover, by=cast.charlie)
    assert actions.withdraw_handover(handover, by=cast.erin).state == HandoverState.WITHDRAWN


def test_what_was_proposed_is_not_written_on(cast: Cast) -> None:
    draft = handing_over.a_draft_handover(cast)
    terms = handing_over.handover_terms(cast, reason="Another")
    assert actions.revise_handover(draft, terms=terms, by=cast.erin).reason == "Another"
    with pytest.raises(NotPermitted):
        actions.revise_handover(draft, terms=terms, by=cast.alice)
    actions.propose_handover(draft, by=cast.erin)
    with refused("CON-94"):
        actions.revise_handover(draft, terms=terms, by=cast.erin)


def test_one_change_is_open_at_a_time(cast: Cast) -> None:
    handover = handing_over.a_draft_handover(cast)
    contract = handover.contract
    with refused("CON-72"):
        varying.a_draft_variation(cast, contract=contract)
    with refused("CON-72"):
        handing_over.a_draft_handover(cast, contract=contract)
    actions.propose_handover(handover, by=cast.erin)
    with refused("CON-72"):
        actions.end_contract(
            contract, side=Side.COMMISSIONER, terms=varying.ending_terms(), by=cast.erin
        )
    actions.withdraw_handover(handover, by=cast.erin)
    variation = varying.a_draft_variation(cast, contract=contract)
    assert variation.signing_round > handover.signing_round
    with refused("CON-72"):
        handing_over.a_draft_handover(cast, contract=contract)


def test_what_nobody_was_sent_blocks_neither_an_end_nor_for_long(cast: Cast) -> None:
    running = varying.a_running_contract(cast)
    contract = handing_over.a_draft_handover(cast, contract=running).contract
    later = timezone.now() + timedelta(days=15)
    terms = varying.variation_terms()
    for now, by, side in (
        (timezone.now(), cast.alice, Side.PROVIDER),
        (later, cast.erin, Side.COMMISSIONER),
    ):
        with refused("CON-72"):
            actions.begin_variation(contract, side=side, terms=terms, by=by, now=now)
    begun = actions.begin_variation(
        contract, side=Side.PROVIDER, terms=terms, by=cast.alice, now=later
    )
    assert Handover.objects.get().state == HandoverState.WITHDRAWN
    assert Entry.objects.filter(act="lapse_draft").count() == 1
    assert begun.state == VariationState.DRAFTING
    actions.end_contract(
        contract, side=Side.COMMISSIONER, terms=varying.ending_terms(), by=cast.erin
    )


def test_one_person_records_the_paper_of_one_side(cast: Cast) -> None:
    handover = handing_over.a_draft_handover(cast)
    actions.propose_handover(handover, by=cast.erin)
    paper = loop.a_paper(name="Ann Hill")
    actions.record_paper_handover(handover, side=HandoverSide.PROVIDER, paper=paper, by=cast.erin)
    with refused("CON-35"):
        actions.record_paper_handover(
            handover, side=HandoverSide.SUCCESSOR, paper=loop.a_paper(name="Bo Lee"), by=cast.erin
        )


def test_handed_over_twice_and_back(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    terms = handing_over.handover_terms(cast, successor=cast.provider)
    back = actions.begin_handover(contract, side=Side.PROVIDER, terms=terms, by=cast.charlie)
    actions.propose_handover(back, by=cast.charlie)
    for side, by in (
        (COMMISSIONER, cast.erin), (PROVIDER, cast.charlie), (SUCCESSOR, cast.alice),
    ):  # fmt: skip
        actions.sign_handover(back, side=side, by=by)
    held = Contract.objects.get()
    assert held.provider == cast.provider
    assert [str(each) for each in held.providers] == [
        *("Moor View Care", "Somebody Else", "Moor View Care")
    ]
    _record(held, by=cast.alice)
    assert is_inside(cast.charlie, contract=held)
    assert verify().problems == []
