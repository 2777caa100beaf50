"""Everything held about whoever is signed in: to see, to take away, to erase."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.kernel.answers import tried
from makegood.people.actions import erase_person
from makegood.people.queries import acting, organisations_owned_alone
from makegood.web.forms import EraseForm
from makegood.web.queries.consents import consents_of
from makegood.web.queries.my_data import (
    SHOWN,
    agreed_to,
    goes_and_stays,
    held_about,
    held_as_file,
)
from makegood.web.queries.privacy import in_chapters


def my_data(request: HttpRequest) -> HttpResponse:
    """See everything that is held about one, and what can be done about it."""
    found = held_about(acting(request.user), most=SHOWN)
    chapters = in_chapters(each.held for each in found)
    context = {
        "chapters": [
            (chapter, [each for each in found if each.held in chapter.held]) for chapter in chapters
        ],
        "agreed": agreed_to(found),
        "consents": consents_of(acting(request.user)),
    }
    return render(request, "web/my_data.html", context)


@require_POST
def take_my_data(request: HttpRequest) -> HttpResponse:
    """Give everything held about one as a file: to read, or for a machine."""
    held = held_as_file(acting(request.user), now=timezone.now())
    if "json" in request.POST:
        response: HttpResponse = JsonResponse(
            held, json_dumps_params={"indent": 2, "ensure_ascii": False}
        )
        return _file(response, name="my-data.json")
    return _file(HttpResponse(render_to_string("web/my_data_file.html", held)), name="my-data.html")


def erase_me(request: HttpRequest) -> HttpResponse:
    """Read what goes and what stays, then be erased."""
    person = acting(request.user)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        husk = tried(form, lambda: erase_person(by=person))
        if husk:
            request.session.flush()
            return render(request, "web/erased.html", {"user": None})
    goes, stays = goes_and_stays()
    alone = organisations_owned_alone(person)
    context = {"form": form, "goes": goes, "stays": stays, "alone": alone}
    return render(request, "web/erase_me.html", context)


def _file(response: HttpResponse, *, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
