"""Groups that are not yet an organisation, as each may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.people.legal_forms import Guide, Step, guide_to
from makegood.people.models import (
    Advice,
    AdviserNote,
    Formation,
    Founder,
    Membership,
    Organisation,
    Person,
    StepTaken,
)
from makegood.people.queries.memberships import belongs_to, members_of, organisations_of
from makegood.people.states import AdviceState, Kind, LegalForm, Right, ShownTo


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step, whether and when it was done, and what the adviser suggests to it."""

    step: Step
    taken: StepTaken | None
    notes: Sequence[AdviserNote]

    @property
    def done_on(self) -> date | None:
        """Return the day it was done, if it was."""
        return self.taken.done_on if self.taken else None


def formation_of(organisation: Organisation) -> Formation | None:
    """Return how ``organisation`` came or comes about, None where it was one from the start."""
    return Formation.objects.filter(organisation=organisation).select_related("parent").first()


def guide_of(organisation: Organisation) -> Guide | None:
    """Return the guide to the legal form that a group aims at, if it chose one."""
    formation = formation_of(organisation)
    return guide_to(formation.aims_at) if formation else None


def steps_of(organisation: Organisation, *, guide: Guide | None) -> list[StepShown]:
    """Return the steps to the form of ``guide``, each with what was done and suggested."""
    held = StepTaken.objects.filter(organisation=organisation, superseded_at=None)
    taken = {each.step: each for each in held.select_related("taken_by")}
    notes = list(notes_to(organisation).exclude(step=""))
    return [
        StepShown(
            step=step,
            taken=taken.get(step.key),
            notes=[note for note in notes if note.step == step.key],
        )
        for step in (guide.steps if guide else ())
    ]


def notes_to(organisation: Organisation) -> QuerySet[AdviserNote]:
    """Return what advisers suggested to ``organisation``, the oldest first."""
    held = AdviserNote.objects.filter(advice__organisation=organisation)
    return held.select_related("written_by")


def founders_of(organisation: Organisation, *, person: Person | None) -> QuerySet[Founder]:
    """Return the founders of ``organisation`` whom ``person`` may see; always themselves."""
    held = Founder.objects.filter(organisation=organisation, removed_at=None)
    if belongs_to(person, organisation=organisation) or is_adviser(person, of=organisation):
        return held
    shown = founders_shown_of(organisation, person=person)
    return held.filter(Q(pk__in=shown) | Q(person=person)) if person else shown


def founders_written_by(person: Person) -> QuerySet[Founder]:
    """Return what ``person`` wrote of themselves as a founder of any group, also of one they left."""
    held = Founder.objects.filter(person=person, removed_at=None)
    return held.select_related("organisation")


def founders_shown_of(organisation: Organisation, *, person: Person | None) -> QuerySet[Founder]:
    """Return the founders of ``organisation`` on its own page: those who let others see them."""
    seen = {ShownTo.EVERYONE, ShownTo.SIGNED_IN} if person else {ShownTo.EVERYONE}
    held = Founder.objects.filter(organisation=organisation, removed_at=None)
    return held.filter(shown_to__in=seen)


def advice_to(organisation: Organisation) -> Advice | None:
    """Return the advice that ``organisation`` asked for or has, None where that ended."""
    held = Advice.objects.filter(organisation=organisation).exclude(state=AdviceState.ENDED)
    return held.select_related("unit", "adviser", "organisation").first()


def advice_given_by(person: Person | None) -> QuerySet[Advice]:
    """Return the advice that ``person`` gives now, for a support unit at which they may still."""
    held = Advice.objects.filter(state=AdviceState.TAKEN, adviser=person)
    found = held.filter(unit__in=_units_where(person))
    return found.select_related("organisation", "unit", "adviser")


def advice_left_behind() -> QuerySet[Advice]:
    """Return the advice whose adviser may not advise any more for the support unit it is given by."""
    may = Membership.objects.current().carrying(Right.ADVISE)
    still = may.filter(person=OuterRef("adviser"), organisation=OuterRef("unit"))
    return Advice.objects.filter(~Exists(still), state=AdviceState.TAKEN)


def advice_asked_of(person: Person | None) -> QuerySet[Advice]:
    """Return the advice that waits for somebody, at the units where ``person`` may advise."""
    units = _units_where(person)
    held = Advice.objects.filter(state=AdviceState.ASKED, unit__in=units)
    return held.select_related("organisation", "unit", "asked_by")


def is_adviser(person: Person | None, *, of: Organisation) -> bool:
    """Return whether ``person`` advises the group ``of`` now."""
    return person is not None and advice_given_by(person).filter(organisation=of).exists()


def formations_visible_to(person: Person) -> QuerySet[Organisation]:
    """Return the organisations that began in formation and whose way ``person`` sees.

    Members see their own, advisers those they advise, and founders who wrote of themselves theirs:
    after they left, after it closed, and after it became one with another.
    """
    begun = Organisation.objects.filter(
        Q(formation__isnull=False) | Q(legal_form=LegalForm.IN_FORMATION)
    )
    advised = advice_given_by(person).values("organisation")
    founded = Founder.objects.filter(person=person, removed_at=None).values("organisation")
    return begun.filter(
        Q(pk__in=organisations_of(person).values("pk"))
        | Q(pk__in=advised)
        | Q(pk__in=founded)
        | Q(merged_into__in=founded)
    ).select_related("formation__parent")


def advisers_at(unit: Organisation) -> QuerySet[Person]:
    """Return who may advise for a support unit, by name."""
    held = members_of(unit).carrying(Right.ADVISE).order_by()
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


def units_that_advise() -> QuerySet[Organisation]:
    """Return the support units that are open and at which somebody may advise, by name."""
    held = Membership.objects.current().carrying(Right.ADVISE)
    return Organisation.objects.filter(
        kind=Kind.SUPPORT_UNIT, closed_on=None, pk__in=held.values("organisation")
    )


def _units_where(person: Person | None) -> QuerySet[Organisation]:
    held = Membership.objects.current().filter(person=person).carrying(Right.ADVISE)
    return Organisation.objects.filter(
        kind=Kind.SUPPORT_UNIT, pk__in=held.values("organisation")
    ).order_by()
