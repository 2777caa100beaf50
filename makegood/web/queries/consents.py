"""What somebody agreed to, when and by which words, and where they take it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from makegood.kernel.refusal import with_article
from makegood.people.models import Person
from makegood.people.queries import contacts_naming, founders_written_by, memberships_of
from makegood.people.states import HowOften, ShownTo

READ_BY = {
    ShownTo.EVERYONE: "Shown to everyone",
    ShownTo.SIGNED_IN: "Shown to whoever is signed in",
    ShownTo.MEMBERS: "Shown to members of the organisation",
}
WRITTEN_TO = {
    HowOften.AT_ONCE: "At once",
    HowOften.DAILY: "Once a day",
    HowOften.WEEKLY: "Once a week",
}


@dataclass(frozen=True, kw_only=True)
class Consent:
    """One thing somebody agreed to: by which words, since when if that is kept, and how it ends."""

    what: str
    words: str
    since: datetime | None
    undo: str
    href: str


def consents_of(person: Person) -> list[Consent]:
    """Return what ``person`` agreed to and can take back, what others read of them first."""
    return [
        *_shown(person),
        *_founding(person),
        *_belonging(person),
        *_elsewhere(person),
        *_written_to(person),
    ]


def _shown(person: Person) -> Iterator[Consent]:
    for contact in contacts_naming(person):
        yield Consent(
            what=f"You are named as whom to reach at {contact.organisation}",
            words=READ_BY[ShownTo(contact.shown_to)],
            since=contact.added_at,
            undo="Take it down",
            href=reverse("take_down_contact", args=[contact.public_id]),
        )


def _founding(person: Person) -> Iterator[Consent]:
    for founder in founders_written_by(person):
        yield Consent(
            what=f"You are named as a founder of {founder.organisation}",
            words=READ_BY[ShownTo(founder.shown_to)],
            since=founder.added_at,
            undo="Take it down",
            href=reverse("take_down_founder", args=[founder.public_id]),
        )


def _belonging(person: Person) -> Iterator[Consent]:
    for held in memberships_of(person):
        parts = [held.organisation.slug, person.public_id, held.role]
        yield Consent(
            what=f"You belong to {held.organisation}",
            words=f"As {with_article(held.role)}. Your name stands beside what you sign and find",
            since=held.since,
            undo="Leave",
            href=reverse("end_membership", args=parts),
        )


def _elsewhere(person: Person) -> Iterator[Consent]:
    for account in SocialAccount.objects.filter(user=person):
        yield Consent(
            what="An account elsewhere signs you in here",
            words=f"Known there as {account.uid}",
            since=account.date_joined,
            undo="Take it away",
            href=reverse("socialaccount_connections"),
        )


def _written_to(person: Person) -> Iterator[Consent]:
    words = WRITTEN_TO.get(HowOften(person.notices_come))
    if words:
        yield Consent(
            what="We write to you about what happens",
            words=words,
            since=None,
            undo="Change",
            href=reverse("notices"),
        )
