"""Screens of the files beside a proposal."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate import actions, queries
from makegood.articulate.forms import AttachmentForm
from makegood.articulate.permissions import can_change_proposal
from makegood.articulate.states import PROPOSALS, ProposalPart
from makegood.kernel.answers import tried
from makegood.kernel.files.give import given
from makegood.people.queries import acting, signed_in


def attachments(request: HttpRequest, code: str) -> HttpResponse:
    """See the files beside a draft, and add one."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"file": form.cleaned_data["file"].read()}
        if tried(form, lambda: actions.add_attachment(draft, **said, by=person)):
            messages.success(request, "The file is kept.")
            return redirect("attachments", code=code)
    context = {"proposal": draft, "form": form, "files": queries.attachments_of(draft)}
    return render(request, "articulate/attachments.html", context)


@login_not_required
def attachment(request: HttpRequest, code: str, attachment: UUID) -> HttpResponseBase:
    """Give a file beside a proposal, to be kept and not to be shown by the browser itself."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    held = get_object_or_404(queries.attachments_of(shown), public_id=attachment)
    today = timezone.localdate()
    if ProposalPart.ATTACHMENTS in queries.withheld_of_proposal(
        person, proposal=shown, today=today
    ):
        raise Http404
    name = f"{shown.reference}-{held.public_id}.{held.file.get_kind_display()}"
    return given(request, held.file, name=name)


def remove_attachment(request: HttpRequest, code: str, attachment: UUID) -> HttpResponse:
    """Take a file away from a draft, once it is confirmed."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    held = get_object_or_404(queries.attachments_of(draft), public_id=attachment)
    if request.method == "POST":
        actions.remove_attachment(held, by=person)
        messages.success(request, "The file is removed.")
        return redirect("attachments", code=code)
    context = {"proposal": draft, "file": held}
    return render(request, "articulate/remove_attachment.html", context)
