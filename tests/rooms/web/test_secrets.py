"""What an address holds is either public by nature, or too long to guess; never a row's number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from makegood.kernel.sealing import unseal
from makegood.web.middleware import SECRET_PARTS
from tests.factories.cast import Cast
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in
from tests.guard_table import OTHERS, rows

ENOUGH = 60
"""Bits."""
COUNTED = {
    "number": "the version of a measure, counted from 1; both are public",
    "position": "the place of a promise in its proposal, which is public with it",
    "seq": "the place of an entry in its stream; the ledger is public",
    "size": "how many entries a checkpoint is of; the ledger is public",
}
"""Numbers that stand in addresses, and why they are none of the database's."""


def patterns(within: list[URLPattern | URLResolver], space: str = "") -> Iterator[URLPattern]:
    for pattern in within:
        if isinstance(pattern, URLPattern):
            if not f"{space}{pattern.name}".startswith(tuple(OTHERS)):
                yield pattern
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern.url_patterns, inner)


def test_no_address_holds_the_number_of_a_row() -> None:
    numbers = {
        name
        for pattern in patterns(get_resolver().url_patterns)
        for name, converter in pattern.pattern.converters.items()
        if type(converter).__name__ == "IntConverter"
    }
    assert numbers == set(COUNTED)


def test_what_opens_a_thing_to_its_holder_cannot_be_guessed(cast: Cast) -> None:
    found = {}
    for example in {row.example for row in rows()} & EXAMPLES.keys():
        with transaction.atomic():
            parts = EXAMPLES[example](cast)
            transaction.set_rollback(True)  # so that the next example can be made
        for row in rows():
            if row.example == example:
                for name in SECRET_PARTS & parts.keys():
                    found[row.address] = str(parts[name])
    assert {"tell_story", "my_story", "withdraw_story"} <= set(found)
    for address, secret in found.items():
        assert len(secret) * math.log2(64) >= 2 * ENOUGH, address
        assert len(set(secret)) > 8, address


def test_whoever_guesses_a_neighbour_is_told_nothing(cast: Cast) -> None:
    token = str(EXAMPLES["story-page"](cast)["token"])
    assert Client().get(f"/tell/{token}/").status_code == 200
    for guessed in (token[:-1] + sign for sign in "AB-_9" if sign != token[-1]):
        assert Client().get(f"/tell/{guessed}/").status_code == 404


def test_the_secret_of_an_app_and_recovery_codes_are_sealed(cast: Cast) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(cast.alice, secret)
    codes = RecoveryCodes.activate(cast.alice)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert unseal(app.instance.data["secret"]) == secret
    assert not [code for code in codes.get_unused_codes() if code in kept]
    assert unseal(codes.instance.data["seed"])


def test_a_session_cannot_be_guessed(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.alice)
    assert len(client.cookies["sessionid"].value) * math.log2(36) >= 2 * ENOUGH
