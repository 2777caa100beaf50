"""A role may hold in some programmes alone: there it is all it was, elsewhere nothing (ART-16)."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import narrow_role, start_programme, write_need
from makegood.articulate.models import Programme, ProgrammeRole
from makegood.articulate.permissions import can_change_need, can_change_proposal, can_run_programme
from makegood.articulate.queries import (
    needs_visible_to,
    programmes_given,
    promises_visible_to,
    proposals_visible_to,
)
from makegood.assess.permissions import can_find, can_reply
from makegood.assess.queries import assessments_visible_to, findings_visible_to
from makegood.capture.actions import tell_story
from makegood.capture.permissions import can_capture
from makegood.capture.queries import captures_visible_to, tellings
from makegood.capture.states import Consent, ToldAs
from makegood.contract.models import Commitment
from makegood.contract.permissions import can_decide, can_draft, can_sign, can_withhold
from makegood.contract.queries import commitments_visible_to, contracts_visible_to, withheld_from
from makegood.contract.states import Side
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import Answer, NotPermitted
from makegood.people.actions import accept_invitation, change_membership, hand_over, invite
from makegood.people.models import Invitation, Membership, Organisation, Person
from makegood.people.states import Appointment, Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
Seen = Callable[[Person | None], models.QuerySet[models.Model]]


@dataclass(frozen=True)
class Reader:
    """Somebody of one role and no other, and the programme of every example."""

    held: Membership
    here: Programme
    elsewhere: Programme
    cast: Cast

    @property
    def person(self) -> Person:
        return self.held.person

    def only(self, *programmes: Programme) -> None:
        by = self.cast.operator if self.held.role == Role.AUDITOR else _owner(self)
        narrow_role(self.held, programmes=programmes, by=by)


def _owner(reader: Reader) -> Person:
    owns = Membership.objects.get(organisation=reader.held.organisation, role=Role.OWNER)
    return owns.person


def reader_for(organisation: Organisation, role: Role, *, cast: Cast) -> Reader:
    """Return somebody who holds ``role`` there; the examples are made already."""
    who = newcomer(f"rea-{role}")
    held = Membership.objects.create(
        person=who,
        organisation=organisation,
        role=role,
        ends_on=loop.timezone.localdate() if role == Role.AUDITOR else None,
    )
    return Reader(
        held=held,
        here=Programme.objects.get(name="Right by People"),
        elsewhere=start_programme(
            name="Another programme", summary="", run_by=cast.support_unit, by=cast.frank
        ),
        cast=cast,
    )


def sees(reader: Reader, seen: Seen) -> tuple[bool, bool, bool]:
    """Return whether they see what is there: from everywhere, from its programme, from another."""
    found = []
    for programmes in ((), (reader.here,), (reader.elsewhere,)):
        reader.only(*programmes)
        found.append(seen(reader.person).exists())
    return found[0], found[1], found[2]


VISIBLE = [
    ("a_need", needs_visible_to, "commissioner", Role.READER),
    ("a_draft_promise", proposals_visible_to, "provider", Role.READER),
    ("a_draft_promise", promises_visible_to, "provider", Role.READER),
    ("a_submitted_proposal", proposals_visible_to, "commissioner", Role.READER),
    ("a_submitted_proposal", promises_visible_to, "auditors", Role.AUDITOR),
    ("a_draft_contract", contracts_visible_to, "provider", Role.READER),
    ("a_draft_contract", contracts_visible_to, "commissioner", Role.READER),
    ("a_draft_contract", contracts_visible_to, "assessors", Role.READER),
    ("a_draft_contract", contracts_visible_to, "auditors", Role.AUDITOR),
    ("a_settled_contract", commitments_visible_to, "auditors", Role.AUDITOR),
    ("a_signed_contract", captures_visible_to, "provider", Role.RECORDER),
    ("a_signed_contract", assessments_visible_to, "assessors", Role.ASSESSOR),
    ("a_draft_finding", findings_visible_to, "assessors", Role.ASSESSOR),
    ("a_sent_finding", findings_visible_to, "provider", Role.READER),
    ("a_sent_finding", findings_visible_to, "auditors", Role.AUDITOR),
]


@pytest.mark.parametrize(("make", "seen", "house", "role"), VISIBLE)
def test_art_16_what_is_not_public_is_read_where_the_role_holds(
    make: str, seen: Seen, house: str, role: Role, cast: Cast
) -> None:
    """ART-16"""
    getattr(loop, make)(cast)
    assert not seen(None).exists()
    reader = reader_for(getattr(cast, house), role, cast=cast)
    assert sees(reader, seen) == (True, True, False)


def test_what_is_withheld_is_read_where_the_role_holds(cast: Cast) -> None:
    contract = loop.a_withholding(cast).contract
    today = loop.timezone.localdate()
    for house, role in (("auditors", Role.AUDITOR), ("provider", Role.READER)):
        reader = reader_for(getattr(cast, house), role, cast=cast)
        for programmes, is_read in (
            ((), True),
            ((reader.here,), True),
            ((reader.elsewhere,), False),
        ):
            reader.only(*programmes)
            assert (withheld_from(reader.person, contract=contract, today=today) == {}) is is_read
        Programme.objects.filter(pk=reader.elsewhere.pk).update(name="An older one")


def test_stories_for_the_assessor_are_read_where_the_role_holds(cast: Cast) -> None:
    link = loop.a_story_link(cast)
    tell_story(link, words="I sleep at night", told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    reader = reader_for(cast.assessors, Role.ASSESSOR, cast=cast)
    for programmes, words in (((reader.here,), "I sleep at night"), ((reader.elsewhere,), "")):
        reader.only(*programmes)
        assert [told.words for told in tellings(link.commitment, person=reader.person)] == [words]


def acts_of(commitment: Commitment, *, house: str, role: Role, person: Person) -> list[Answer]:
    """Return every answer that hangs on this role in a programme's matters."""
    contract, proposal = commitment.contract, commitment.contract.proposal
    return {
        ("commissioner", Role.EDITOR): lambda: [
            can_change_need(person, need=proposal.need),
            can_decide(person, proposal=proposal),
            can_draft(person, contract=contract),
            can_withhold(person, contract=contract),
        ],
        ("commissioner", Role.SIGNATORY): lambda: [
            can_sign(person, contract=contract, side=Side.COMMISSIONER)
        ],
        ("provider", Role.EDITOR): lambda: [
            can_change_proposal(person, proposal=proposal),
            can_capture(person, commitment=commitment),
            can_reply(person, commitment=commitment),
        ],
        ("provider", Role.SIGNATORY): lambda: [
            can_sign(person, contract=contract, side=Side.PROVIDER)
        ],
        ("assessors", Role.ASSESSOR): lambda: [can_find(person, commitment=commitment)],
    }[house, role]()


@pytest.mark.parametrize(
    ("house", "role"),
    [
        ("commissioner", Role.EDITOR),
        ("commissioner", Role.SIGNATORY),
        ("provider", Role.EDITOR),
        ("provider", Role.SIGNATORY),
        ("assessors", Role.ASSESSOR),
    ],
)
def test_art_16_an_act_is_done_where_the_role_holds(house: str, role: Role, cast: Cast) -> None:
    """ART-16"""
    commitment = loop.a_commitment(cast)
    reader = reader_for(getattr(cast, house), role, cast=cast)
    for programmes in ((), (reader.here,), (reader.here, reader.elsewhere)):
        reader.only(*programmes)
        assert all(acts_of(commitment, house=house, role=role, person=reader.person))
    reader.only(reader.elsewhere)
    for answer in acts_of(commitment, house=house, role=role, person=reader.person):
        assert not answer
        assert answer.number == "ART-16"
        assert "only in Another programme" in answer.reason


def test_who_acts_in_some_programmes_starts_no_other_and_writes_none_elsewhere(cast: Cast) -> None:
    loop.a_need(cast)
    runs = reader_for(cast.support_unit, Role.EDITOR, cast=cast)
    assert can_run_programme(runs.person, unit=cast.support_unit)
    runs.only(runs.here)
    assert not can_run_programme(runs.person, unit=cast.support_unit)
    writes = Reader(
        join(cast.commissioner, person=newcomer("wes"), role=Role.EDITOR, by=cast.erin),
        runs.here, runs.elsewhere, cast,
    )  # fmt: skip
    writes.only(runs.elsewhere)
    need = {"commissioner": cast.commissioner, "description": "x", "alternative": "y"}
    with pytest.raises(NotPermitted):
        write_need(programme=runs.here, title="Here", by=writes.person, **need)
    assert write_need(programme=runs.elsewhere, title="There", by=writes.person, **need)


def test_a_second_role_that_holds_everywhere_is_enough(cast: Cast) -> None:
    loop.a_draft_promise(cast)
    reader = reader_for(cast.provider, Role.EDITOR, cast=cast)
    reader.only(reader.elsewhere)
    Membership.objects.create(person=reader.person, organisation=cast.provider, role=Role.READER)
    found = proposals_visible_to(reader.person)
    assert found.count() == 1
    assert not can_change_proposal(reader.person, proposal=found[0])


def test_art_11_an_owner_is_owner_everywhere(cast: Cast) -> None:
    """ART-11"""
    programme = loop.a_need(cast).programme
    owns = Membership.objects.get(person=cast.alice, role=Role.OWNER)
    with refused("ART-11"):
        narrow_role(owns, programmes=[programme], by=cast.alice)
    with pytest.raises(DatabaseError, match="ART-11"), transaction.atomic():
        ProgrammeRole.objects.create(
            membership=owns, programme=programme, given_by=cast.alice, given_at=loop.timezone.now()
        )


def test_art_12_an_operator_alone_says_what_an_auditor_reads(cast: Cast) -> None:
    """ART-12: not even the owner of the auditors, who would read more than they were appointed for."""
    programme = loop.a_need(cast).programme
    audits = Membership.objects.get(person=cast.grace, role=Role.AUDITOR)
    narrow_role(audits, programmes=[programme], by=cast.operator)
    with pytest.raises(NotPermitted, match="ART-12"):
        narrow_role(audits, programmes=[], by=cast.grace)
    assert list(programmes_given(audits)) == [programme]


def test_owners_alone_say_where_a_role_holds(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    reads = Membership.objects.get(person=cast.bob)
    for person in (cast.bob, cast.charlie, cast.frank):
        with pytest.raises(NotPermitted):
            narrow_role(reads, programmes=[programme], by=person)


def test_a_changed_role_holds_where_it_held(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    reads = Membership.objects.get(person=cast.bob)
    narrow_role(reads, programmes=[programme], by=cast.alice)
    records = change_membership(reads, appointment=Appointment(role=Role.RECORDER), by=cast.alice)
    assert list(programmes_given(records)) == [programme]
    later = Appointment(role=Role.RECORDER, ends_on=loop.timezone.localdate())
    longer = change_membership(records, appointment=later, by=cast.alice)
    assert longer != records
    assert list(programmes_given(longer)) == [programme]
    owns = change_membership(longer, appointment=Appointment(role=Role.OWNER), by=cast.alice)
    assert not programmes_given(owns)


def test_what_is_handed_over_holds_where_it_held(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    pat = newcomer("pat")
    records = join(cast.provider, person=pat, role=Role.RECORDER, by=cast.alice)
    narrow_role(records, programmes=[programme], by=cast.alice)
    hand_over(cast.provider, leaver=pat, successor=cast.bob, by=cast.alice)
    held = {each.role: each for each in Membership.objects.current().filter(person=cast.bob)}
    assert list(programmes_given(held[Role.RECORDER])) == [programme]
    assert not programmes_given(held[Role.READER])


def test_who_accepts_holds_where_they_were_invited_to_hold(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    pat = newcomer("pat")
    asked = invite(
        cast.provider, email=pat.email, appointment=Appointment(role=Role.EDITOR), by=cast.alice
    )
    narrow_role(asked, programmes=[programme], by=cast.alice)
    said = html.unescape(
        Client().get(reverse("invitation", args=[asked.public_id])).content.decode()
    )
    assert "only in Right by People" in said
    assert list(programmes_given(accept_invitation(asked, by=pat))) == [programme]


def test_it_stands_in_the_ledger_and_is_never_rewritten(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    reads = Membership.objects.get(person=cast.bob)
    narrow_role(reads, programmes=[programme], by=cast.alice)
    narrow_role(reads, programmes=[programme], by=cast.alice)
    role = ProgrammeRole.objects.get()
    narrow_role(reads, programmes=[], by=cast.alice)
    acts = Entry.objects.filter(subject=role.ledger_subject).order_by("pk")
    assert [entry.act for entry in acts] == ["give_programme_role", "end_programme_role"]
    wrongs: list[dict[str, object]] = [{"ended_at": None}, {"programme": None}]
    for wrong in wrongs:
        with pytest.raises(DatabaseError), transaction.atomic():
            ProgrammeRole.objects.filter(pk=role.pk).update(**wrong)
    with pytest.raises(DatabaseError, match="ART-16"), transaction.atomic():
        ProgrammeRole.objects.filter(pk=role.pk).delete()
    assert verify().problems == []


def test_it_is_said_and_set_on_the_pages(cast: Cast, client: Client) -> None:
    programme = loop.a_need(cast).programme
    client.force_login(cast.alice)
    members = reverse("members", args=[cast.provider.slug])
    address = reverse(
        "narrow_membership", args=[cast.provider.slug, cast.bob.public_id, Role.READER]
    )
    assert address in client.get(members).content.decode()
    empty = client.post(address, {"where": "some"})
    assert "Tick at least one" in empty.content.decode()
    answers = {"where": "some", "programmes": [programme.slug]}
    said = client.post(address, answers, follow=True).content.decode()
    assert "Bob</strong>, reader, only in Right by People" in said
    assert 'value="right-by-people"' in client.get(address).content.decode()
    client.force_login(cast.bob)
    assert "Reader (only in Right by People)" in client.get(reverse("desk")).content.decode()
    client.force_login(cast.alice)
    said = client.post(
        address, {"where": "everywhere", "programmes": [programme.slug]}, follow=True
    )
    assert "only in" not in said.content.decode()


def two_programmes(cast: Cast) -> tuple[Programme, Programme]:
    here, elsewhere = (
        start_programme(name=name, summary="", run_by=cast.support_unit, by=cast.frank)
        for name in ("Right by People", "Another programme")
    )
    return here, elsewhere


def inviting(organisation: Organisation, *, by: Person, **answers: object) -> str:
    client = Client()
    client.force_login(by)
    address = reverse("invite", args=[organisation.slug])
    given = {"email": "charlie@example.org", "role": "editor"} | answers
    return html.unescape(client.post(address, given, follow=True).content.decode())


def test_where_somebody_acts_is_said_with_the_invitation(cast: Cast) -> None:
    here, _ = two_programmes(cast)
    mail.outbox.clear()
    inviting(cast.support_unit, by=cast.frank, bounds=[here.slug])
    asked = Invitation.objects.get(state="open")
    assert list(programmes_given(asked)) == [here]
    [letter] = mail.outbox
    for words in (letter.body, letter.alternatives[0].content):
        assert "editor of The Support Unit, only in Right by People" in words
    held = accept_invitation(asked, by=cast.charlie)
    assert list(programmes_given(held)) == [here]
    assert verify().problems == []


def test_an_invitation_without_programmes_holds_in_all(cast: Cast) -> None:
    two_programmes(cast)
    inviting(cast.support_unit, by=cast.frank)
    assert not programmes_given(Invitation.objects.get(state="open"))


def test_an_owner_invited_to_one_programme_is_refused_and_nothing_is_sent(cast: Cast) -> None:
    here, _ = two_programmes(cast)
    mail.outbox.clear()
    told = inviting(cast.support_unit, by=cast.frank, role="owner", bounds=[here.slug])
    assert "An owner is an owner in every programme." in told
    assert not Invitation.objects.filter(state="open").exists()
    assert mail.outbox == []


def test_an_operator_invites_an_auditor_to_one_programme(cast: Cast) -> None:
    here, _ = two_programmes(cast)
    day = loop.timezone.localdate()
    until = {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}
    inviting(cast.auditors, by=cast.operator, role="auditor", bounds=[here.slug], **until)
    assert list(programmes_given(Invitation.objects.get(state="open"))) == [here]


def test_without_programmes_none_are_asked_for(cast: Cast) -> None:
    assert "In which programmes?" not in inviting(cast.support_unit, by=cast.frank, role="")


def test_a_command_appoints_an_auditor_for_some_programmes(cast: Cast) -> None:
    here, elsewhere = two_programmes(cast)
    said = io.StringIO()
    call_command(
        "appoint_auditor",
        cast.bob.email,
        "House",
        programme=[here.slug, elsewhere.slug],
        stdout=said,
    )
    held = Membership.objects.get(person=cast.bob, role=Role.AUDITOR)
    assert set(programmes_given(held)) == {here, elsewhere}
    assert "reads everything in Another programme, Right by People, for House" in said.getvalue()
    with pytest.raises(CommandError, match=r"no programme nowhere\. There are: .*right-by-people"):
        call_command("appoint_auditor", cast.charlie.email, "House", programme=["nowhere"])
    assert not Membership.objects.filter(person=cast.charlie, role=Role.AUDITOR).exists()
