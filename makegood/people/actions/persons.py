"""What can be done about persons: their accounts, where they are signed in, and whom they act for."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from makegood.people.models import Organisation, Person, Reading, Session
from makegood.people.queries import HAT, belongs_to


@transaction.atomic
def welcome_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    is_operator: bool = False,
    now: datetime | None = None,
) -> Person:
    """Make an account outside the sign-up page; whoever does so vouches for the e-mail address."""
    person = Person(
        email=email.lower(),
        name=name,
        is_staff=is_operator,
        is_superuser=is_operator,
        joined_at=now or timezone.now(),
    )
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def name_person(person: Person, *, name: str) -> None:
    """Keep the name a person gives themselves, as they make their account or later."""
    person.name = name
    person.save(update_fields=["name"])


def end_session(session: Session, *, by: Person) -> None:
    """Sign ``by`` out of one browser of theirs."""
    Session.objects.filter(pk=session.pk, person=by).delete()


def end_sessions(*, but: str = "", by: Person) -> None:
    """Sign ``by`` out everywhere, ``but`` for the session kept under that key."""
    Session.objects.filter(person=by).exclude(pk=but).delete()


def put_on_hat(organisation: Organisation, *, session: SessionBase, by: Person) -> None:
    """Let ``by``, who belongs to ``organisation``, act for it in the browser of this session."""
    if belongs_to(by, organisation=organisation):
        session[HAT] = organisation.pk


def note_reading(path: str, *, by: Person, now: datetime | None = None) -> None:
    """Note that an auditor opened a page."""
    Reading.objects.create(person=by, path=path[:200], at=now or timezone.now())
