"""Choosing whom to act for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from makegood.people.actions import put_on_hat
from makegood.people.forms import HatForm
from makegood.people.queries import acting, hats_of


def choose_hat(request: HttpRequest) -> HttpResponse:
    """Choose which of one's organisations to act for, and go on."""
    person = acting(request.user)
    hats = hats_of(person)
    form = HatForm(request.POST or None, hats=hats)
    if request.method == "POST" and form.is_valid():
        chosen = next(hat for hat in hats if hat.slug == form.cleaned_data["organisation"])
        put_on_hat(chosen, session=request.session, by=person)
        messages.success(request, f"You are here for {chosen}.")
        return redirect(_next(request, request.POST.get("next", "")))
    onward = _next(request, request.POST.get("next", request.GET.get("next", "")))
    return render(request, "people/choose_hat.html", {"form": form, "hats": hats, "next": onward})


def _next(request: HttpRequest, asked: str) -> str:
    """Return where to go on, which is never elsewhere than here."""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and ours else reverse("desk")
