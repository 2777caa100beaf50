"""What a group can do until it is an organisation: say where it aims, take steps, and be registered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.people import rules
from makegood.people.actions.descriptions import hold_to_describe, keep_identifier
from makegood.people.actions.memberships import STREAM
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_with_advice
from makegood.people.legal_forms import guide_to
from makegood.people.models import Advice, Formation, Organisation, Person, StepTaken
from makegood.people.queries import identifiers_of
from makegood.people.states import ADVICE, AdviceState, LegalForm, Right


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What a group became: its legal form, its number in a register or why it has none, and the day."""

    legal_form: LegalForm | str
    registered_on: date
    scheme: str = ""
    number: str = ""
    why_no_number: str = ""


@transaction.atomic
def plan_formation(
    organisation: Organisation,
    *,
    parent_name: str,
    aims_at: LegalForm | str,
    by: Person,
    now: datetime | None = None,
) -> Formation:
    """Say which body a group comes out of, and which legal form it aims at (PEO-92).

    Where one organisation of that name is here, and no second one, it is that one.
    """
    now = now or timezone.now()
    held = hold_in_formation(organisation, by=by, now=now)
    named = Organisation.objects.filter(name__iexact=parent_name.strip(), merged_into=None)
    parents = list(named.exclude(pk=held.pk)[:2])
    formation = Formation.objects.get(organisation=held)
    formation.parent = parents[0] if len(parents) == 1 else None
    formation.parent_name = parent_name.strip()
    formation.aims_at = aims_at
    formation.save()
    record(formation, act="plan_formation", stream=STREAM, by=by, now=now)
    return formation


@transaction.atomic
def take_step(
    organisation: Organisation,
    *,
    step: str,
    done_on: date | None,
    note: str = "",
    by: Person,
    now: datetime | None = None,
) -> StepTaken:
    """Say on which day a step was done, or, without a day, what is to be known of it (PEO-80, PEO-81)."""
    now = now or timezone.now()
    held = hold_in_formation(organisation, by=by, now=now)
    guide = guide_to(held.formation.aims_at)
    known = {each.key for each in guide.steps} if guide else set()
    rules.check_a_step_leads_there(step, known=known)
    rules.check_a_day_is_not_to_come(done_on, today=timezone.localdate(now))
    for before in StepTaken.objects.filter(organisation=held, step=step, superseded_at=None):
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
        record(before, act="supersede_step", stream=STREAM, by=by, now=now)
    taken = StepTaken.objects.create(
        organisation=held, step=step, done_on=done_on, note=note, taken_by=by, taken_at=now
    )
    record(taken, act="take_step", stream=STREAM, by=by, now=now)
    return taken


@transaction.atomic
def end_formation(
    organisation: Organisation,
    *,
    registered: Registered,
    by: Person,
    now: datetime | None = None,
) -> Organisation:
    """Say that a group is an organisation now, as what and since when (PEO-78 to PEO-80, PEO-92).

    Its adviser is released; what was planned stays to be read.
    """
    now = now or timezone.now()
    hold_with_advice([organisation.pk])
    held = hold_in_formation(organisation, by=by, now=now)
    rules.check_a_registration_has_a_legal_form(registered.legal_form)
    rules.check_a_day_is_not_to_come(registered.registered_on, today=timezone.localdate(now))
    has_number = bool(registered.number) or identifiers_of(held).filter(is_parents=False).exists()
    rules.check_a_registration_has_a_number_or_a_reason(
        has_number=has_number, why_no_number=registered.why_no_number
    )
    if registered.number:
        keep_identifier(held, scheme=registered.scheme, value=registered.number, by=by, now=now)
    held.legal_form = registered.legal_form
    held.save(update_fields=["legal_form"])
    record(held, act="end_formation", stream=STREAM, by=by, now=now)
    formation = held.formation
    formation.registered_on = registered.registered_on
    formation.why_no_number = "" if has_number else registered.why_no_number.strip()
    formation.save(update_fields=["registered_on", "why_no_number"])
    record(formation, act="register_formation", stream=STREAM, by=by, now=now)
    close_all_advice(held, because="They are registered now.", by=by, now=now)
    return held


def begin_formation(
    organisation: Organisation, *, aims_at: LegalForm | str = "", by: Person, now: datetime
) -> Formation:
    """Begin a group's way to a legal form; whoever calls knows ``by`` may."""
    formation = Formation.objects.create(organisation=organisation, aims_at=aims_at, begun_at=now)
    record(formation, act="begin_formation", stream=STREAM, by=by, now=now)
    return formation


def hold_in_formation(organisation: Organisation, *, by: Person, now: datetime) -> Organisation:
    """Hold a group that ``by`` may write for, while it is in formation (PEO-92).

    One that was in formation before this was asked gets its formation now.
    """
    held = hold_to_describe(organisation, by=by)
    rules.check_it_is_in_formation(
        is_in_formation=held.is_in_formation, organisation=str(organisation)
    )
    if not Formation.objects.filter(organisation=held).exists():
        begin_formation(held, by=by, now=now)
    return held


def close_all_advice(
    organisation: Organisation, *, because: str, by: Person, now: datetime
) -> None:
    """End what advice it asks for, has or gives; whoever calls holds both sides, and knows ``by`` may."""
    its = Advice.objects.filter(Q(organisation=organisation) | Q(unit=organisation))
    for advice in its.exclude(state=AdviceState.ENDED):
        close_advice(advice, because=because, by=by, now=now)


def close_advice(advice: Advice, *, because: str = "", by: Person | None, now: datetime) -> None:
    """End advice, asked for or given, and tell both sides; whoever calls knows ``by`` may."""
    group, unit = advice.organisation, advice.unit
    was_given = advice.state == AdviceState.TAKEN
    told = (
        f"{unit} advises {group} no longer."
        if was_given
        else f"{group} needs no adviser of {unit}."
    )
    advice.state = ADVICE.target(advice.state, act="end_advice")
    advice.ended_at = now
    advice.save(update_fields=["state", "ended_at"])
    record(advice, act="end_advice", stream=STREAM, by=by, now=now)
    words, way = f"{told} {because}".strip(), reverse("formation", args=[group.slug])
    tell_members(group, right=Right.WRITE, words=words, path=way, by=by, now=now)
    page = reverse("organisation", args=[group.slug])
    tell_members(unit, right=Right.ADVISE, words=words, path=page, by=by, now=now)
