"""Signs somebody in without the form, as if they had shown who they are just now, or reads their code."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from makegood.people.models import Person

SHOWN = "account_authentication_methods"
WHOSE = "account_authentication_methods_user"
"""Where allauth keeps how somebody showed who they are, and who that was."""


def sign_in(client: Client, person: Person, *, minutes_ago: float = 0) -> None:
    """Sign ``person`` in at ``client``, who showed who they are so many minutes ago."""
    client.force_login(person)
    session = client.session
    session[SHOWN] = [{"method": "password", "at": time.time() - 60 * minutes_ago}]
    session[WHOSE] = str(person.pk)
    session.save()


def sign_in_operator(client: Client, person: Person, *, minutes_ago: float = 0) -> None:
    """Sign an operator in who has a second step, which ``/admin/`` asks of them."""
    with_second_step(person)
    sign_in(client, person, minutes_ago=minutes_ago)


def with_second_step(person: Person) -> None:
    """Give ``person`` an app, without going through its pages."""
    if not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, generate_totp_secret())


def code_sent() -> str:
    """Return the code in the last letter that was sent."""
    found = re.search(r"^[B-Z]{4}-[B-Z]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[0]
