"""The screen that asks whoever has no password and no second step to show who they are."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

SENT = "still_you"
TRIES = 5


class CodeForm(forms.Form):
    """Takes the code that came by e-mail."""

    code = forms.CharField(
        label="The code we sent you",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, sent: dict[str, Any] | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sent = sent

    def clean_code(self) -> str:
        """Refuse a wrong code, and any code that is too old or was tried too often."""
        sent, code = self.sent, str(self.cleaned_data["code"])
        if sent is None or time.time() - sent["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            raise ValidationError("That code is too old. Ask for a new one.")
        sent["tries"] += 1
        if sent["tries"] > TRIES:
            raise ValidationError("That was tried too often. Ask for a new code.")
        if not compare_user_code(actual=code, expected=sent["code"]):
            raise ValidationError("That is not the code. Look again, or ask for a new one.")
        return code


class CodeAgainView(BaseReauthenticateView):
    """Sends a code to the person's own address, and takes it back."""

    form_class = CodeForm
    template_name = "account/reauthenticate_by_code.html"

    def get(self, request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        """Show the page; a code is sent when none is on its way."""
        if SENT not in request.session:
            self._send()
        return super().get(request, *args, **more)

    def post(self, request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        """Take the code, or send a new one where that was asked."""
        if "again" in request.POST:
            self._send()
            messages.success(request, "A new code is on its way.")
            return super().get(request, *args, **more)
        answer = super().post(request, *args, **more)
        request.session.modified = True
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form what was sent."""
        return super().get_form_kwargs() | {"sent": self.request.session.get(SENT)}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Note that it is they, and go on with what they were doing."""
        del self.request.session[SENT]
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def _send(self) -> None:
        code = get_adapter().generate_login_code()
        self.request.session[SENT] = {"code": code, "at": time.time(), "tries": 0}
        get_adapter().send_mail("account/email/login_code", self.request.user.email, {"code": code})
