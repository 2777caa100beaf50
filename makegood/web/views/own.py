"""What somebody signed in comes for: the desk, and in the demonstration whom to be."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate.queries import proposals_visible_to
from makegood.contract.queries import contracts_visible_to
from makegood.people.queries import acting, example_persons, memberships_of, organisations_of
from makegood.web.queries.desk import tasks_next, tasks_now


def desk(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, what is next, and what is theirs."""
    person = acting(request.user)
    today = timezone.localdate()
    own = organisations_of(person)
    proposals = proposals_visible_to(person)
    context = {
        "now": tasks_now(person, today=today),
        "next": tasks_next(person, today=today),
        "memberships": memberships_of(person),
        "proposals": proposals.filter(provider__in=own)
        | proposals.filter(need__commissioner__in=own),
        "contracts": contracts_visible_to(person).filter(proposal__provider__in=own)
        | contracts_visible_to(person).filter(proposal__need__commissioner__in=own)
        | contracts_visible_to(person).filter(assessor__in=own),
    }
    return render(request, "web/desk.html", context)


@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of the demonstration, by one button."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(example_persons(), public_id=request.POST.get("person"))
        login(request, person)
        return redirect("desk")
    return render(request, "web/demo_sign_in.html", {"persons": example_persons()})
