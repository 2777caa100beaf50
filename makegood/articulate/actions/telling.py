"""Telling those whom a need concerns what happened to it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from makegood.articulate.models import Need
from makegood.articulate.queries import invited_to_answer, providers_concerned
from makegood.kernel.letters.post import write_letter
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right


def tell_those_concerned(need: Need, *, words: str, by: Person | None, now: datetime) -> None:
    """Tell every provider that is invited, writes or proposed, in the same words for all."""
    path = reverse("need", args=[need.reference])
    for provider in providers_concerned(need):
        tell_members(provider, right=Right.WRITE, words=words, path=path, by=by, now=now)
    for invitation in invited_to_answer(need).filter(addressee__isnull=False):
        write_to_invited(need, email=invitation.addressee.email, words=words)


def tell_commissioner(need: Need, *, words: str, by: Person | None, now: datetime) -> None:
    """Tell those who write for the commissioner."""
    path = reverse("need", args=[need.reference])
    tell_members(need.commissioner, right=Right.WRITE, words=words, path=path, by=by, now=now)


def write_to_invited(need: Need, *, email: str, words: str) -> None:
    """Write to an address that was invited, and may have no account yet."""
    link = settings.ADDRESS + reverse("need", args=[need.reference])
    context = {"need": need, "said": words, "link": link}
    write_letter("articulate/letters/need", to=email, context=context)
