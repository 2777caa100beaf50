"""Signs somebody in without the form, as if they had shown who they are just now."""

from __future__ import annotations

import time

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
