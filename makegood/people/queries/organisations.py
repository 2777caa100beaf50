"""Which organisations there are, and what they say of themselves."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from makegood.people.directory import Sought, areas_worked_in, organisations_found
from makegood.people.likeness import likeness
from makegood.people.models import (
    Area,
    Contact,
    DpuloStatement,
    Identifier,
    Membership,
    Offer,
    Organisation,
    Person,
    Workplace,
)
from makegood.people.queries.memberships import belongs_to, members_of, organisations_of
from makegood.people.registers import from_one_cell
from makegood.people.states import (
    AreaKind,
    DpuloResult,
    Kind,
    Right,
    Role,
    ShownTo,
)


def organisations_where(person: Person, *, right: Right, kind: Kind) -> QuerySet[Organisation]:
    """Return the organisations of a kind for which ``person`` holds ``right``, in the hat they wear."""
    held = Membership.objects.current().worn_by(person).carrying(right)
    return Organisation.objects.filter(kind=kind, pk__in=held.values("organisation"))


def organisations_closed(person: Person, *, kind: Kind) -> QuerySet[Organisation]:
    """Return the organisations of a kind that closed, and that ``person`` still belongs to."""
    held = Membership.objects.current().worn_by(person)
    found = Organisation.objects.filter(kind=kind, closed_on__isnull=False, merged_into=None)
    return found.filter(pk__in=held.values("organisation")).order_by("name")


def organisations_writing(person: Person) -> QuerySet[Organisation]:
    """Return the organisations for which ``person`` may write, of any kind, in the hat they wear."""
    held = Membership.objects.current().worn_by(person).carrying(Right.WRITE)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def organisations_recording(person: Person) -> QuerySet[Organisation]:
    """Return the organisations for which ``person`` may record figures, in the hat they wear."""
    held = Membership.objects.current().worn_by(person).carrying(Right.RECORD)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def organisations() -> QuerySet[Organisation]:
    """Return all organisations, by name; their directory is public."""
    return Organisation.objects.all()


def organisations_like(name: str) -> list[Organisation]:
    """Return those whose name is as good as ``name``, each saying whether it ``is_looked_after``.

    Of two that were merged, it is the one that stayed, under either name.
    """
    wanted = likeness(name)
    every = Organisation.objects.values_list("pk", "merged_into", "name") if wanted else ()
    keys = [into or key for key, into, called in every if likeness(called) == wanted]
    owners = Membership.objects.current().filter(role=Role.OWNER, organisation=OuterRef("pk"))
    found = organisations().filter(pk__in=keys).annotate(is_looked_after=Exists(owners))
    return list(found.prefetch_related(Prefetch("identifiers", Identifier.objects.standing())))


def merged_into(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the other entries there were of ``organisation``, which lead to it now."""
    return Organisation.objects.filter(merged_into=organisation)


def open_organisations(*, kind: Kind) -> QuerySet[Organisation]:
    """Return the organisations of a kind that have not closed, by name."""
    return organisations().filter(kind=kind, closed_on=None)


def identifiers_of(organisation: Organisation) -> QuerySet[Identifier]:
    """Return the numbers by which registers know ``organisation``."""
    return Identifier.objects.standing().filter(organisation=organisation)


def identifiers_written(organisation: Organisation, *, written: str) -> QuerySet[Identifier]:
    """Return the number of ``organisation`` that is written so (``GB-COH-09506232``), or nothing."""
    found = from_one_cell(written)
    if found is None:
        return Identifier.objects.none()
    return identifiers_of(organisation).filter(scheme=found.scheme, value=found.value)


def workplaces_of(organisation: Organisation) -> QuerySet[Workplace]:
    """Return where ``organisation`` works now, with the areas."""
    held = Workplace.objects.filter(organisation=organisation, ended_at__isnull=True)
    return held.select_related("area")


def areas() -> QuerySet[Area]:
    """Return every area, by name."""
    return Area.objects.all()


def areas_matching(text: str) -> QuerySet[Area]:
    """Return the areas that stand and hold every word of ``text`` in their name; none for no text."""
    found = Area.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()))
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(code__iexact=word))
    return found if text.strip() else found.none()


def working_in(area: Area) -> QuerySet[Organisation]:
    """Return who works in ``area``, in a part of it, or in all of a larger one."""
    return organisations_found(Sought(area=area))


def areas_of_work() -> QuerySet[Area]:
    """Return the areas in which somebody works, and the larger ones those lie in."""
    return areas_worked_in()


def providers_matching(text: str) -> QuerySet[Organisation]:
    """Return the open providers that the directory finds by these words, by name; none for none."""
    found = organisations_found(Sought(text=text, kind=Kind.PROVIDER)).filter(closed_on=None)
    return found if text.strip() else found.none()


def countries() -> QuerySet[Area]:
    """Return the countries, the United Kingdom first."""
    return Area.objects.filter(kind=AreaKind.COUNTRY).order_by("path")


def contacts_of(organisation: Organisation, *, person: Person | None) -> QuerySet[Contact]:
    """Return whom ``person`` may see to be reached at ``organisation``."""
    seen = {ShownTo.EVERYONE}
    if person:
        seen.add(ShownTo.SIGNED_IN)
    if belongs_to(person, organisation=organisation):
        seen.add(ShownTo.MEMBERS)
    held = Contact.objects.filter(organisation=organisation, removed_at__isnull=True)
    return held.filter(shown_to__in=seen)


def offers_of(organisation: Organisation) -> QuerySet[Offer]:
    """Return what ``organisation`` offers, then what it needs, closed ones too."""
    return Offer.objects.filter(organisation=organisation)


def open_offers_of(organisation: Organisation) -> QuerySet[Offer]:
    """Return what ``organisation`` offers now, then what it needs; this is public. Nothing once it closed."""
    return offers_of(organisation).filter(closed_at=None, organisation__closed_on=None)


def dpulo_of(organisation: Organisation) -> DpuloStatement | None:
    """Return what ``organisation`` says now of being led by disabled people, for its own eyes."""
    held = DpuloStatement.objects.filter(organisation=organisation, superseded_at=None)
    return held.prefetch_related("answers").first()


def dpulo_shown_of(organisation: Organisation) -> DpuloStatement | None:
    """Return the same where the organisation shows it to everyone, and it has something to show."""
    held = DpuloStatement.objects.filter(organisation=organisation, superseded_at=None)
    return held.filter(is_shown=True).exclude(result=DpuloResult.NOT).first()


def contacts_reached_at(addresses: Iterable[str]) -> QuerySet[Contact]:
    """Return the contacts of any organisation that are reached at one of these e-mail addresses."""
    held = Contact.objects.filter(removed_at=None).annotate(address=Lower("email"))
    return held.filter(address__in=[address.lower() for address in addresses])


def contacts_naming(person: Person) -> QuerySet[Contact]:
    """Return the contacts that are reached at an address ``person`` showed to be theirs."""
    return contacts_reached_at(person.addresses).select_related("organisation")


def organisations_managed(person: Person) -> QuerySet[Organisation]:
    """Return the organisations whose members ``person`` sees: theirs, and an operator's auditors."""
    own = organisations_of(person)
    return own | Organisation.objects.filter(kind=Kind.AUDITOR) if person.is_staff else own


def is_looked_after(organisation: Organisation) -> bool:
    """Return whether ``organisation`` has an owner."""
    return members_of(organisation).filter(role=Role.OWNER).exists()
