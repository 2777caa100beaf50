"""What somebody signed in comes for: the desk, and in the demonstration whom to be."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.people.actions import put_on_hat
from makegood.people.queries import acting, example_persons, hats_of
from makegood.web.forms import DemoSignInForm
from makegood.web.queries.desk import desk_of


def desk(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, what is next, and what is theirs."""
    shown = desk_of(acting(request.user), today=timezone.localdate())
    context = {
        "now": shown.now(),
        "next": shown.next(),
        "memberships": shown.memberships,
        "proposals": shown.proposals,
        "contracts": [progress.contract for progress in shown.contracts],
    }
    return render(request, "web/desk.html", context)


@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of the demonstration, by one button."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        form = DemoSignInForm(request.POST)
        if not form.is_valid():
            raise Http404
        person = get_object_or_404(example_persons(), public_id=form.cleaned_data["person"])
        login(request, person)
        slug = form.cleaned_data["organisation"]
        if hat := next((one for one in hats_of(person) if one.slug == slug), None):
            put_on_hat(hat, session=request.session, by=person)
        return redirect("desk")
    return render(request, "web/demo_sign_in.html", {"persons": example_persons()})
