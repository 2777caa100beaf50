"""Screens of documents that are given as evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate.queries import reach_of
from makegood.capture import actions, queries
from makegood.capture.forms import DocumentForm, WithdrawDocumentForm
from makegood.capture.permissions import (
    can_answer_dispute,
    can_capture,
    can_check_document_some,
    can_dispute_document_some,
    can_resolve_dispute,
    can_withdraw_document,
)
from makegood.capture.states import Readers
from makegood.contract.queries import commitments_visible_to
from makegood.kernel.answers import tried
from makegood.kernel.files.give import given
from makegood.people.queries import acting, signed_in


@login_not_required
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the documents given for a commitment: that each exists, everyone sees."""
    person = signed_in(request.user)
    reach = reach_of(person)
    seen = commitments_visible_to(person, reach=reach)
    commitment = get_object_or_404(seen, reference=reference)
    context = {
        "commitment": commitment,
        "shown": queries.documents_of(commitment, reach=reach),
        "may_capture": can_capture(person, commitment=commitment),
    }
    return render(request, "capture/documents.html", context)


def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a document as evidence."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        file, readers = answers.pop("file"), Readers(answers.pop("readers"))
        said = actions.DocumentSaid(readers=readers, **answers)
        if tried(form, lambda: actions.add_document(commitment, file=file, said=said, by=person)):
            messages.success(request, "The document is kept.")
            return redirect("documents", reference=reference)
    context = {"commitment": commitment, "form": form}
    return render(request, "capture/add_document.html", context)


@login_not_required
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Read what is known of one document: how far it is checked, and what was disputed."""
    person = signed_in(request.user)
    held = get_object_or_404(queries.document_found(reference, person=person))
    shown = queries.document_shown(held, reach=reach_of(person))
    open_one = shown.open_dispute
    context = {
        "one": shown,
        "held": held,
        "may_capture": can_capture(person, commitment=held.commitment),
        "may_check": held.stands and can_check_document_some(person, document=held),
        "may_dispute": held.stands
        and not open_one
        and can_dispute_document_some(person, document=held),
        "may_answer": open_one
        and not open_one.answer
        and can_answer_dispute(person, dispute=open_one),
        "may_resolve": open_one and can_resolve_dispute(person, dispute=open_one),
    }
    return render(request, "capture/document.html", context)


@login_not_required
def document_file(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give a document to whoever may read it, to be kept and not shown by the browser itself."""
    person = signed_in(request.user)
    held = get_object_or_404(queries.document_found(reference, person=person))
    if not queries.may_read_document(held, reach=reach_of(person)):
        raise Http404
    return given(request, held.file, name=f"{held.reference}.{held.file.get_kind_display()}")


def withdraw_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a document, once that is confirmed and said why."""
    person = acting(request.user)
    held = get_object_or_404(queries.document_found(reference, person=person))
    can_withdraw_document(person, document=held).require()
    form = WithdrawDocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why, erases = form.cleaned_data["why"], form.cleaned_data["erases"]
        withdrawn = tried(
            form, lambda: actions.withdraw_document(held, why=why, erases=erases, by=person)
        )
        if withdrawn:
            messages.success(request, "The document is withdrawn.")
            return redirect("documents", reference=held.commitment.reference)
    return render(request, "capture/withdraw_document.html", {"held": held, "form": form})
