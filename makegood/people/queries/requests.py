"""What was asked and waits for an answer: invitations and claims."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from makegood.people.models import (
    Claim,
    Invitation,
    Organisation,
    Person,
)
from makegood.people.states import (
    ClaimState,
    InvitationState,
)


def invitations_from(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations of ``organisation`` that nobody answered yet, the latest first."""
    return open_invitations().filter(organisation=organisation)


def invitations_to(person: Person) -> QuerySet[Invitation]:
    """Return the invitations that wait for ``person``, the latest first."""
    shown = EmailAddress.objects.filter(user=person, verified=True).values(small=Lower("email"))
    waiting = open_invitations().annotate(to=Lower("addressee__email"))
    return waiting.filter(to__in=shown, expires_at__gte=timezone.now())


def invitations_sent_to(addresses: Iterable[str]) -> QuerySet[Invitation]:
    """Return the invitations of any organisation that wait at one of these e-mail addresses."""
    held = Invitation.objects.annotate(to=Lower("addressee__email"))
    return held.filter(to__in=[address.lower() for address in addresses])


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, whoever they went to."""
    waiting = Invitation.objects.filter(state=InvitationState.OPEN, addressee__isnull=False)
    return waiting.select_related("organisation", "addressee")


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
