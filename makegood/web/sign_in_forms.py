"""allauth's forms in our words. What each does is allauth's; only what it asks is said plainly."""

import re
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from allauth.socialaccount import forms as elsewhere
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from makegood.people.queries import open_invitations

LABELS = {
    "login": "Your e-mail address",
    "email": "Your e-mail address",
    "password": "Your password",
    "oldpassword": "Your present password",
    "password1": "Choose a password",
    "password2": "The same password again",
    "code": "The code",
    "name": "A name for this passkey",
    "passwordless": "Let it sign me in alone, without a password",
}
"""What each field is called."""
HINTS = {
    "password1": "At least 10 characters. Three words that do not belong together are good.",
    "passwordless": "A passkey that does so checks that it is you: by face, finger or PIN.",
    "name": "So that you know it again, say “my telephone”.",
}
"""What is said beneath; allauth's own words are left out."""
INVITED = re.compile(r"/invitations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
"""The page of an invitation, to which signing in or up leads back."""
OWN = {"password"}
"""Fields whose own hint stays: it leads to a new password."""


class InOurWords:
    """Says the labels and hints of an allauth form as we say them."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in LABELS.keys() & self.fields.keys():
            field = self.fields[name]
            field.label = LABELS[name]
            field.widget.attrs.pop("placeholder", None)
            if name not in OWN:
                field.help_text = HINTS.get(name, "")


class NamedInOurWords(InOurWords):
    """The same where ``name`` is a person's, whose label is ours already."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "name" in self.fields:
            self.fields["name"].label = "Your name"
            self.fields["name"].help_text = "Shown to people you work with here."


class InvitedHere:
    """Has the address written already for whoever came by the link of an invitation, that is secret."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if invited := _address_invited():
            for name in {"login", "email"} & self.fields.keys():
                self.fields[name].initial = invited


def _address_invited() -> str:
    """Return the address to which the invitation went that leads on from here, or nothing."""
    asked = context.request.GET if context.request else {}
    leads = INVITED.fullmatch(asked.get("next", ""))
    found = open_invitations().filter(public_id=leads[1]).first() if leads else None
    return str(found.addressee) if found else ""


class LoginForm(InvitedHere, InOurWords, account.LoginForm):
    """Signs in with e-mail address and password."""


class SignupForm(InvitedHere, NamedInOurWords, account.SignupForm):
    """Makes an account, with a password or a passkey."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Do as much work for somebody who has an account as for somebody who makes one."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        return super().try_save(request)


class RequestLoginCodeForm(InvitedHere, InOurWords, account.RequestLoginCodeForm):
    """Asks for a code by e-mail."""


class ConfirmLoginCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    """Takes the code that signs in."""


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    """Takes the code that shows whose address it is."""


class AddEmailForm(InOurWords, account.AddEmailForm):
    """Adds an e-mail address."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """Changes the password."""


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    """Chooses the first password."""


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """Asks for a new password."""


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    """Chooses the new password."""


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    """Takes the password again."""


class SecondStepForm(InOurWords, second_step.AuthenticateForm):
    """Takes the code of an app, or a recovery code."""


class SecondStepAgainForm(InOurWords, second_step.ReauthenticateForm):
    """Takes such a code again."""


class SetUpAppForm(InOurWords, totp.ActivateTOTPForm):
    """Sets up an app."""


class AddPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):
    """Adds a passkey."""


class SignUpPasskeyForm(InOurWords, passkeys.SignupWebAuthnForm):
    """Adds the passkey of a new account."""


class RenamePasskeyForm(InOurWords, passkeys.EditWebAuthnForm):
    """Renames a passkey."""


class SignUpFromElsewhereForm(NamedInOurWords, elsewhere.SignupForm):
    """Makes an account for somebody who came by an account elsewhere."""
