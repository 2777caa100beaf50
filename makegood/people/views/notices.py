"""The screen of what happened, and of how often it is written."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.people.actions import choose_notices
from makegood.people.forms import NoticesForm
from makegood.people.queries import acting, notices_of
from makegood.people.states import HowOften

PAGE = 25


def notices(request: HttpRequest) -> HttpResponse:
    """See what happened, and choose how often it is written."""
    person = acting(request.user)
    form = NoticesForm(request.POST or None, initial={"how_often": person.notices_come})
    if request.method == "POST" and form.is_valid():
        choose_notices(HowOften(form.cleaned_data["how_often"]), by=person)
        messages.success(request, "We write to you as you chose.")
        return redirect("notices")
    page = Paginator(notices_of(person), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/notices.html", {"page": page, "form": form})
