"""The way to an account elsewhere: a page that leads on, for our forms lead nowhere but here."""

from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.views import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def go_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to sign in at a provider.

    A browser follows no answer to a form off the hosts that the policy names, and providers send
    people from host to host. A page may lead anywhere.
    """
    answer: HttpResponse = login(request, provider_id)
    link = answer.headers.get("Location", "")
    if not urlsplit(link).netloc:
        return answer
    provider = get_adapter().get_provider(request, provider_id)
    context = {"link": link, "name": provider.app.name}
    return render(request, "socialaccount/go_elsewhere.html", context)
