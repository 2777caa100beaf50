"""What sign-in says when it refuses, in plain words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from makegood.kernel.sealing import seal, unseal
from makegood.people.models import Person
from makegood.people.queries import hat_worn, signed_in

WAYS = {
    "reauthenticate": "Give your password",
    "mfa_reauthenticate": "Give a code from your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
"""How we call the ways to show again who one is."""


class PlainAdapter(DefaultAccountAdapter):
    """Says no so that a person knows what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask whoever runs this Makegood.",
        "cannot_remove_primary_email": "This is your main e-mail address. Choose another one first.",
        "duplicate_email": "You have this e-mail address already.",
        "email_password_mismatch": "That e-mail address and password do not belong together.",
        "email_taken": "Somebody has an account with this e-mail address already.",
        "enter_current_password": "That is not your present password.",
        "incorrect_code": "That is not the code. Look again, or ask for a new one.",
        "incorrect_password": "That is not your password.",
        "invalid_login": "You could not be signed in. Try again.",
        "invalid_or_expired_key": "This link is too old, or was used. Ask for a new one.",
        "invalid_password_reset": "This link is too old, or was used. Ask for a new one.",
        "max_email_addresses": "You can have at most %d e-mail addresses.",
        "rate_limited": "That was too often. Wait a little, then try again.",
        "same_as_current": "This is what it is already. Write a new one.",
        "too_many_login_attempts": "That was tried too often. Wait a few minutes, then try again.",
        "unknown_email": "Nobody has an account with this e-mail address.",
        "unverified_primary_email": "Confirm your main e-mail address first.",
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send whoever belongs to several organisations to say for which one they are here."""
        person = signed_in(request.user)
        several = person is not None and hat_worn(person, chosen=None) is not None
        return reverse("choose_hat") if several else reverse("desk")

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, str]]:
        """Return the ways to show again who one is; a code by e-mail where there is no other."""
        by_code = {
            "id": "code",
            "description": "Have a code sent by e-mail",
            "url": reverse("still_you"),
        }
        ways = super().get_reauthentication_methods(user) or [by_code]
        return [way | {"description": WAYS.get(way["id"], way["description"])} for way in ways]


class SealingAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed, and says no in plain words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Take your second step away first, then add an address.",
        "cannot_delete_authenticator": "You cannot take this away.",
        "cannot_generate_recovery_codes": "Set up a second step first.",
        "incorrect_code": "That is not the code. Look again, or wait for the next one.",
        "unverified_email": "Confirm your e-mail address first.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; one that cannot be opened matches no code."""
        return unseal(encrypted_text) or ""

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's
        """Return the name of a passkey that was given none."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"
