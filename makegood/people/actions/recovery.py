"""What an operator can do for somebody who cannot sign in any more."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from makegood.kernel.letters.post import write_letter
from makegood.people import rules
from makegood.people.models import Person, Session
from makegood.people.queries import holder_of_address
from makegood.people.signals import let_in


@transaction.atomic
def let_in_again(person: Person, *, address: str = "", by: Person) -> Person:
    """Take away the second steps of somebody who lost theirs, and put a lost address right.

    Whoever does so has made sure who it is, and is noted doing it. They are signed out everywhere, and
    told at every address they showed to be theirs (PEO-97, PEO-98). With a lost address go the accounts
    elsewhere: whoever keeps that address may keep those too.
    """
    rules.check_an_operator_lets_in_again(is_operator=by.is_staff)
    held = Person.objects.select_for_update().get(pk=person.pk, erased_at=None)
    told = {held.email.lower(), *held.addresses}
    if address:
        holder = holder_of_address(address)
        rules.check_an_address_is_one_persons(is_anothers=holder not in {None, held})
        told.add(address.lower())
        _move_to(held, address=address.lower())
    Authenticator.objects.filter(user=held).delete()
    Session.objects.filter(person=held).delete()
    link = settings.ADDRESS + reverse("account_login")
    context = {"person": held, "is_moved": bool(address), "link": link}
    for each in sorted(told):
        write_letter("people/letters/let_in", to=each, context=context)
    let_in.send(Person, person=held, is_moved=bool(address), by=by)
    return held


def _move_to(person: Person, *, address: str) -> None:
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    person.email = address
    person.save(update_fields=["email"])
