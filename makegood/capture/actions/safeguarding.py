"""What can be done about safety: name who is told, tell them, say what was done. No word goes out."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.noting import note_privately
from makegood.capture.models import Concern, ConcernStep, NamedPerson, Story
from makegood.capture.permissions import can_act_on_concern
from makegood.capture.queries import concerns_of, named_person
from makegood.capture.states import StoryState, Taken
from makegood.kernel.ledger.append import record
from makegood.kernel.letters.post import write_letter
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_manage_members
from makegood.people.queries import belongs_to
from makegood.people.states import Right

NOBODY_IS_NAMED = (
    "Whoever was told when somebody may be harmed left. Nobody is named now. Name another today."
)


@transaction.atomic
def name_safeguarding_person(
    organisation: Organisation, *, person: Person, by: Person, now: datetime | None = None
) -> NamedPerson:
    """Say who is told at once for an organisation; whoever was it before is it no more."""
    now = now or timezone.now()
    can_manage_members(by, organisation=organisation).require()
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    rules.check_named_person_belongs(belongs=belongs_to(person, organisation=held))
    if before := _standing(held):
        if before.person == person:
            return before
        _end(before, by=by, now=now)
    named = NamedPerson.objects.create(organisation=held, person=person, named_at=now)
    stream = f"organisation:{held.slug}"
    record(named, act="name_safeguarding_person", stream=stream, by=by, now=now)
    return named


def end_names_left_behind(*, now: datetime | None = None) -> int:
    """End the naming of each who left their organisation, and ask it to name another; return how many."""
    now = now or timezone.now()
    standing = NamedPerson.objects.filter(ended_at__isnull=True)
    left = [each for each in standing.select_related("organisation", "person") if _has_left(each)]
    for named in left:
        with transaction.atomic():
            house = Organisation.objects.select_for_update().get(pk=named.organisation_id)
            held = _standing(house)
            if held and _has_left(held):
                _end(held, by=None, now=now)
                _ask_for_name(house, words=NOBODY_IS_NAMED, now=now)
    return len(left)


@transaction.atomic
def raise_concern(story: Story, *, now: datetime | None = None) -> Concern:
    """Tell the named persons of provider and commissioner at once.

    Said twice before anybody took it up, they are told once; said again after that, they are told again.
    """
    now = now or timezone.now()
    held = Story.objects.select_for_update().get(pk=story.pk)
    rules.check_concern_is_about_what_stands(is_standing=held.state == StoryState.TOLD)
    if waiting := concerns_of(held).filter(steps__isnull=True).first():
        return waiting
    raised = Concern.objects.create(story=held, raised_at=now)
    contract = held.commitment.contract
    note_privately(raised, now=now)
    path = reverse("concern", args=[raised.public_id])
    for house in (contract.provider, contract.commissioner):
        _tell(house, path=path, now=now)
    return raised


@transaction.atomic
def act_on_concern(
    concern: Concern, *, taken: Taken, by: Person, now: datetime | None = None
) -> list[ConcernStep]:
    """Say what was done about a concern, for each organisation one is named for; the same twice is one."""
    now = now or timezone.now()
    can_act_on_concern(by, concern=concern).require()
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    contract = held.story.commitment.contract
    houses = [contract.provider, contract.commissioner]
    mine = [h for h in houses if (named := named_person(h)) and named.person_id == by.pk]
    return [_step(held, organisation=each, taken=taken, by=by, now=now) for each in mine]


def _step(
    concern: Concern, *, organisation: Organisation, taken: Taken, by: Person, now: datetime
) -> ConcernStep:
    last = concern.steps.filter(organisation=organisation).last()
    if last and last.taken == taken and last.taken_by_id == by.pk:
        return last
    step = ConcernStep.objects.create(
        concern=concern, organisation=organisation, taken=taken, taken_by=by, taken_at=now
    )
    note_privately(step, now=now)
    return step


def _tell(house: Organisation, *, path: str, now: datetime) -> None:
    if named := named_person(house):
        write_letter("capture/letters/concern", to=named.person.email, context={"path": path})
        return
    words = "Somebody says with a story that they are harmed or afraid. Name who is told, today."
    _ask_for_name(house, words=words, now=now)


def _ask_for_name(house: Organisation, *, words: str, now: datetime) -> None:
    path = reverse("name_safeguarding_person", args=[house.slug])
    tell_members(house, right=Right.MANAGE, words=words, path=path, by=None, now=now)


def _standing(house: Organisation) -> NamedPerson | None:
    return NamedPerson.objects.filter(organisation=house, ended_at__isnull=True).first()


def _has_left(named: NamedPerson) -> bool:
    return not belongs_to(named.person, organisation=named.organisation)


def _end(named: NamedPerson, *, by: Person | None, now: datetime) -> None:
    named.ended_at = now
    named.save(update_fields=["ended_at"])
    stream = f"organisation:{named.organisation.slug}"
    record(named, act="end_named_person", stream=stream, by=by, now=now)
