"""Screens about oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.people.actions import name_person
from makegood.people.forms import NameForm
from makegood.people.queries import acting


def change_name(request: HttpRequest) -> HttpResponse:
    """Put one's own name right."""
    person = acting(request.user)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        name_person(person, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("my_data")
    return render(request, "people/change_name.html", {"form": form})
