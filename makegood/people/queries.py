"""Who there is, and what they belong to."""

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from makegood.kernel.refusal import NotPermitted
from makegood.people.models import (
    Area,
    Claim,
    Contact,
    DpuloStatement,
    Identifier,
    Invitation,
    Membership,
    MembershipQuerySet,
    Notice,
    Offer,
    Organisation,
    Person,
    Reading,
    Session,
    Workplace,
)
from makegood.people.registers import from_one_cell
from makegood.people.states import (
    AreaKind,
    Bearing,
    ClaimState,
    DpuloResult,
    Hat,
    InvitationState,
    Kind,
    Right,
    Role,
    ShownTo,
)

HAT = "hat"
"""Where a session says which organisation was chosen."""
SEVERAL = 2


def signed_in(user: Person | AnonymousUser) -> Person | None:
    """Return who is signed in, or None for the public."""
    return user if isinstance(user, Person) else None


def acting(user: Person | AnonymousUser) -> Person:
    """Return who acts; an act by nobody is refused."""
    if isinstance(user, Person):
        return user
    raise NotPermitted("PER-02", "Sign in first.")


def memberships_of(person: Person | None) -> MembershipQuerySet:
    """Return the memberships ``person`` holds now, with their organisations."""
    return (
        Membership.objects.current()
        .filter(person=person)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )


def organisations_of(person: Person | None, *, kind: Kind | None = None) -> QuerySet[Organisation]:
    """Return the organisations ``person`` belongs to, of one kind if asked."""
    held = memberships_of(person)
    found = Organisation.objects.filter(pk__in=held.values("organisation"))
    return found.filter(kind=kind) if kind else found


def hats_of(person: Person) -> list[Organisation]:
    """Return the organisations ``person`` may choose to act for, by name."""
    return list(organisations_of(person))


def hat_worn(person: Person, *, chosen: int | None) -> Hat | None:
    """Return whom ``person`` acts for, having ``chosen`` one; ``None`` if there is no choice."""
    return bearing_of(person, chosen=chosen).hat


def bearing_of(person: Person, *, chosen: int | None) -> Bearing:
    """Return how ``person`` is here, having ``chosen`` an organisation."""
    held = memberships_of(person).values_list("organisation_id", "organisation__name", "role")
    names = {organisation: name for organisation, name, _ in held}
    hat = Hat(organisation=chosen, name=names[chosen]) if chosen in names else Hat()
    return Bearing(
        hat=hat if len(names) >= SEVERAL else None,
        audits=any(role == Role.AUDITOR for _, _, role in held),
    )


def organisations_where(person: Person, *, right: Right, kind: Kind) -> QuerySet[Organisation]:
    """Return the organisations of a kind for which ``person`` holds ``right``, in the hat they wear."""
    held = Membership.objects.current().worn_by(person).carrying(right)
    return Organisation.objects.filter(kind=kind, pk__in=held.values("organisation"))


def organisations_writing(person: Person) -> QuerySet[Organisation]:
    """Return the organisations for which ``person`` may write, of any kind, in the hat they wear."""
    held = Membership.objects.current().worn_by(person).carrying(Right.WRITE)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def is_auditor(person: Person | None) -> bool:
    """Return whether ``person`` reads as an auditor: everything, and changes nothing."""
    if person is None:
        return False
    return memberships_of(person).filter(role=Role.AUDITOR).exists()


def belongs_to(person: Person | None, *, organisation: Organisation) -> bool:
    """Return whether ``person`` has any role in ``organisation``."""
    if person is None:
        return False
    return memberships_of(person).filter(organisation_id=organisation.pk).exists()


def organisations() -> QuerySet[Organisation]:
    """Return all organisations, by name; their directory is public."""
    return Organisation.objects.all()


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
    """Return what ``organisation`` offers now, then what it needs; this is public."""
    return offers_of(organisation).filter(closed_at__isnull=True)


def dpulo_of(organisation: Organisation) -> DpuloStatement | None:
    """Return what ``organisation`` says now of being led by disabled people, for its own eyes."""
    held = DpuloStatement.objects.filter(organisation=organisation, superseded_at=None)
    return held.prefetch_related("answers").first()


def dpulo_shown_of(organisation: Organisation) -> DpuloStatement | None:
    """Return the same where the organisation shows it to everyone, and it has something to show."""
    held = DpuloStatement.objects.filter(organisation=organisation, superseded_at=None)
    return held.filter(is_shown=True).exclude(result=DpuloResult.NOT).first()


def members_of(organisation: Organisation) -> MembershipQuerySet:
    """Return who belongs to ``organisation`` now."""
    return (
        Membership.objects.current()
        .filter(organisation_id=organisation.pk)
        .select_related("person")
        .order_by("person__name", "role")
    )


def example_persons() -> QuerySet[Person]:
    """Return the people of the demonstration, in the order of the alphabet."""
    return (
        Person.objects.filter(memberships__organisation__is_example=True, erased_at=None)
        .distinct()
        .prefetch_related("memberships__organisation")
        .order_by("name")
    )


def person_with_email(email: str) -> Person | None:
    """Return the person who signs in with ``email``, whatever its capitals."""
    return Person.objects.filter(email__iexact=email.strip(), erased_at=None).first()


def operators() -> QuerySet[Person]:
    """Return those who run this Makegood, by e-mail address."""
    return Person.objects.filter(is_staff=True, is_active=True).order_by("email")


def sessions_of(person: Person) -> QuerySet[Session]:
    """Return where ``person`` is signed in, the latest seen first."""
    now = timezone.now()
    return Session.objects.filter(person=person, expire_date__gt=now).order_by("-seen_at")


def organisations_owned_alone(person: Person) -> QuerySet[Organisation]:
    """Return the organisations that would be without an owner if ``person`` left (PEO-01)."""
    owners = Membership.objects.current().filter(role=Role.OWNER)
    others = owners.exclude(person=person)
    return Organisation.objects.filter(
        pk__in=owners.filter(person=person).values("organisation")
    ).exclude(pk__in=others.values("organisation"))


def contacts_reached_at(addresses: Iterable[str]) -> QuerySet[Contact]:
    """Return the contacts of any organisation that are reached at one of these e-mail addresses."""
    held = Contact.objects.filter(removed_at=None).annotate(address=Lower("email"))
    return held.filter(address__in=[address.lower() for address in addresses])


def organisations_managed(person: Person) -> QuerySet[Organisation]:
    """Return the organisations whose members ``person`` sees: theirs, and an operator's auditors."""
    own = organisations_of(person)
    return own | Organisation.objects.filter(kind=Kind.AUDITOR) if person.is_staff else own


def signing_limit_of(person: Person, *, organisation: Organisation) -> Decimal | None:
    """Return the most that ``person``, who signs for ``organisation``, may sign for; None: anything."""
    held = memberships_of(person).filter(organisation_id=organisation.pk).carrying(Right.SIGN)
    limits = list(held.values_list("signing_limit", flat=True))
    bounds = [limit for limit in limits if limit is not None]
    return max(bounds) if bounds and len(bounds) == len(limits) else None


def invitations_from(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations of ``organisation`` that nobody answered yet, the latest first."""
    return open_invitations().filter(organisation=organisation)


def invitations_to(person: Person) -> QuerySet[Invitation]:
    """Return the invitations that wait for ``person``, the latest first."""
    shown = EmailAddress.objects.filter(user=person, verified=True).values(small=Lower("email"))
    waiting = open_invitations().annotate(to=Lower("addressee__email"))
    return waiting.filter(to__in=shown, expires_at__gte=timezone.now())


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, whoever they went to."""
    waiting = Invitation.objects.filter(state=InvitationState.OPEN, addressee__isnull=False)
    return waiting.select_related("organisation", "addressee")


def others_in(organisation: Organisation, *, but: Person) -> QuerySet[Person]:
    """Return who belongs to ``organisation``, ``but`` for one, by name."""
    held = members_of(organisation).exclude(person=but).order_by()
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


def readings_of(organisation: Organisation) -> QuerySet[Reading]:
    """Return what the auditors of ``organisation`` read, the latest first."""
    held = Membership.objects.filter(organisation=organisation, role=Role.AUDITOR)
    return Reading.objects.filter(person__in=held.values("person")).select_related("person")


def notices_of(person: Person) -> QuerySet[Notice]:
    """Return what ``person`` was told of, the latest first."""
    return Notice.objects.filter(person=person).select_related("organisation")


def is_owner(person: Person, *, organisation: Organisation) -> bool:
    """Return whether ``person`` owns ``organisation``, in whatever hat."""
    return memberships_of(person).filter(organisation=organisation, role=Role.OWNER).exists()


def is_looked_after(organisation: Organisation) -> bool:
    """Return whether ``organisation`` has an owner."""
    return members_of(organisation).filter(role=Role.OWNER).exists()


def claims_of(person: Person | None) -> QuerySet[Claim]:
    """Return the claims that ``person`` made and that wait, the first first."""
    waiting = Claim.objects.filter(state=ClaimState.OPEN, claimed_by=person)
    return waiting.select_related("organisation", "proof")


def claims_waiting() -> QuerySet[Claim]:
    """Return every claim that waits, the first first; for whoever decides on claims."""
    waiting = Claim.objects.filter(state=ClaimState.OPEN)
    return waiting.select_related("organisation", "claimed_by", "proof")


def domain_shared(person: Person, *, organisation: Organisation) -> str:
    """Return the domain of its website if ``person`` confirmed an address there, else nothing."""
    host = (urlsplit(organisation.website).hostname or "").removeprefix("www.")
    shown = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return host if host and host in {each.rpartition("@")[2].lower() for each in shown} else ""
