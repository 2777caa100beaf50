"""What everyone can read: home, promises, organisations, the thread."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone

from makegood.articulate.queries import promises_visible_to
from makegood.assess.permissions import can_find
from makegood.assess.queries import findings_visible_to
from makegood.capture.permissions import can_capture, can_set_prompts
from makegood.contract.queries import additional_in_force
from makegood.people.queries import organisations, signed_in
from makegood.web.pictures import gap_steps
from makegood.web.queries.gap import Step, gap_today
from makegood.web.queries.profile import profile_of
from makegood.web.queries.thread import thread_of

SECURITY_STANDS = timedelta(days=180)
"""For how long, from the day it is read, what security.txt says may be relied on."""
PRIVATE = (
    "/accounts/",
    "/admin/",
    "/desk/",
    "/my/",
    "/my-call/",
    "/my-complaint/",
    "/my-story/",
    "/tell/",
)
"""Where no search engine has any business."""


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, show the gap today and the newest findings."""
    gap = gap_today(now=timezone.now())
    found = findings_visible_to(None).order_by("-published_at")[:3]
    context = {
        "promised": gap[Step.PROMISED].count,
        "lost": gap[Step.LOST].count,
        "steps": gap_steps(gap),
        "additional": additional_in_force().count(),
        "found": found,
    }
    return render(request, "web/home.html", context)


@login_not_required
def promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the thread: one promise from first word to finding."""
    person = signed_in(request.user)
    shown = get_object_or_404(promises_visible_to(person), reference=reference)
    thread = thread_of(shown, person=person, now=timezone.now())
    commitment = thread.commitment if thread.is_signed else None
    context = {
        "thread": thread,
        "promise": shown,
        "may_ask": commitment and can_set_prompts(person, commitment=commitment),
        "may_capture": commitment and can_capture(person, commitment=commitment),
        "may_find": commitment and can_find(person, commitment=commitment),
    }
    return render(request, "web/promise.html", context)


@login_not_required
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an organisation is, what it offers and needs, and what it promised or buys.

    One that was here twice leads to the entry that stayed.
    """
    person = signed_in(request.user)
    found = organisations().select_related("merged_into", "formation__parent")
    shown = get_object_or_404(found, slug=slug)
    if shown.merged_into:
        return redirect("organisation", slug=shown.merged_into.slug)
    profile = profile_of(shown, person=person, now=timezone.now())
    return render(request, "web/organisation.html", {"organisation": shown, "profile": profile})


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is for and how it works."""
    return render(request, "web/about.html")


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Show every component, live."""
    return render(request, "web/components.html")


@login_not_required
def robots(_: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away from what is private."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in PRIVATE)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116); there is no such file where nobody was named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = (
        f"Contact: {_as_link(settings.SECURITY_CONTACT)}",
        f"Expires: {timezone.now() + SECURITY_STANDS:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en",
        f"Canonical: {settings.ADDRESS}{request.path}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _as_link(contact: str) -> str:
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


@login_not_required
def favicon(_: HttpRequest) -> HttpResponse:
    """Send browsers that ask for the old kind of icon to ours."""
    return redirect(static("favicon.svg"), permanent=True)
