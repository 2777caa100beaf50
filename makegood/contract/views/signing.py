"""What every screen shares on which something is signed, or a signature on paper recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from makegood.contract.actions import Paper
from makegood.contract.forms import PaperForm, SignForm
from makegood.kernel.answers import tried


def signed(
    request: HttpRequest,
    form: SignForm,
    *,
    sign: Callable[[str], Any],
    party: object,
    path: str,
) -> HttpResponse | None:
    """Sign what was read, and go to ``path``; where it is refused, back to read it again."""
    if request.method != "POST" or not form.is_valid():
        return None
    if tried(form, lambda: sign(form.cleaned_data["terms_read"])):
        messages.success(request, f"You have signed for {party}.")
        return redirect(path)
    for said in form.non_field_errors():
        messages.error(request, said)
    return redirect(request.path)


def recorded(
    request: HttpRequest,
    form: PaperForm,
    *,
    record: Callable[[Paper, str], Any],
    party: object,
    path: str,
) -> HttpResponse | None:
    """Record the signature on paper, and go to ``path``; where it is refused, all that was typed stays."""
    if request.method != "POST" or not form.is_valid():
        return None
    if not tried(form, lambda: record(form.paper(), form.cleaned_data["terms_read"])):
        return None
    messages.success(request, f"It is recorded that {party} signed.")
    return redirect(path)
