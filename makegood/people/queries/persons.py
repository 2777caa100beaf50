"""Who there is, where they are signed in, and what they are told."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from makegood.kernel.refusal import NotPermitted
from makegood.people.models import (
    Membership,
    Notice,
    Organisation,
    Person,
    Reading,
    Session,
)
from makegood.people.states import (
    Role,
)


def signed_in(user: Person | AnonymousUser) -> Person | None:
    """Return who is signed in, or None for the public."""
    return user if isinstance(user, Person) else None


def acting(user: Person | AnonymousUser) -> Person:
    """Return who acts; an act by nobody is refused."""
    if isinstance(user, Person):
        return user
    raise NotPermitted("PER-02", "Sign in first.")


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


def holder_of_address(email: str) -> Person | None:
    """Return the person to whom ``email`` belongs, as their own or as one they showed to be theirs."""
    small = email.strip().lower()
    shown = EmailAddress.objects.filter(email__iexact=small, verified=True).values("user")
    theirs = Q(email__iexact=small) | Q(pk__in=shown)
    return Person.objects.filter(theirs, erased_at=None).first()


def operators() -> QuerySet[Person]:
    """Return those who run this Makegood, by e-mail address."""
    return Person.objects.filter(is_staff=True, is_active=True).order_by("email")


def sessions_of(person: Person) -> QuerySet[Session]:
    """Return where ``person`` is signed in, the latest seen first."""
    now = timezone.now()
    return Session.objects.filter(person=person, expire_date__gt=now).order_by("-seen_at")


def readings_of(organisation: Organisation) -> QuerySet[Reading]:
    """Return what the auditors of ``organisation`` read, the latest first."""
    held = Membership.objects.filter(organisation=organisation, role=Role.AUDITOR)
    return Reading.objects.filter(person__in=held.values("person")).select_related("person")


def notices_of(person: Person) -> QuerySet[Notice]:
    """Return what ``person`` was told of, the latest first."""
    return Notice.objects.filter(person=person).select_related("organisation")
