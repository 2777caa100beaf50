"""Screens to record a signature that stands on paper, to read its scan and to erase who signed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from makegood.contract import actions, queries
from makegood.contract.forms import PaperForm
from makegood.contract.permissions import can_erase_paper, can_read_scan, can_record_paper
from makegood.contract.states import HandoverSide, Side
from makegood.contract.views.signing import recorded
from makegood.kernel.files.give import given
from makegood.people.queries import acting

HANDOVER = "handover"
"""What is signed, where it is neither the contract nor a variation."""


def record_paper_signature(request: HttpRequest, reference: str, side: str) -> HttpResponse:
    """Say that a side signed on paper, who did, and hand in the scan."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    signing = party_named(side)
    can_record_paper(person, contract=shown, side=signing).require()
    if queries.side_to_sign(shown, side=signing) is None:
        messages.info(request, f"{shown.party(signing)} has signed already.")
        return redirect("contract", reference=reference)
    if why_not := queries.why_nobody_signs(shown):
        messages.error(request, why_not)
        return redirect("contract", reference=reference)
    form = PaperForm(request.POST or None, request.FILES or None, terms=queries.terms_digest(shown))
    path = reverse("contract", args=[reference])
    done = recorded(
        request,
        form,
        record=lambda paper, read: actions.record_paper_signature(
            shown, side=signing, paper=paper, terms_read=read, by=person
        ),
        party=shown.party(signing),
        path=path,
    )
    context = {
        "form": form,
        "contract": shown,
        "path": path,
        "data": queries.schedule_data(shown, withheld={}),
        "party": shown.party(signing),
    }
    return done or render(request, "contract/record_paper_signature.html", context)


def scan(
    request: HttpRequest, reference: str, side: str, number: int | None = None, of: str = ""
) -> HttpResponseBase:
    """Give the scan of a signature, to be kept and not to be shown by the browser itself.

    ``number`` is that of a variation, or of a handover where ``of`` says so; without it, the
    contract itself was signed.
    """
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_read_scan(person, contract=shown).require()
    signing = queries.round_of(person, contract=shown, number=number, of=of)
    can_read_scan(person, contract=shown, signing_round=signing or 0).require()
    kept = queries.scan_of(shown, side=side_named(side, of=of), number=signing)
    if kept is None:
        raise Http404
    return given(request, kept, name=f"{shown.reference}-{side}.{kept.get_kind_display()}")


def erase_paper(
    request: HttpRequest, reference: str, side: str, number: int | None = None, of: str = ""
) -> HttpResponse:
    """Erase who signed on paper, and the scan, once it is asked again."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_erase_paper(person, contract=shown).require()
    signing = queries.round_of(person, contract=shown, number=number, of=of)
    papers = queries.papers_of(shown, number=signing)
    signature = get_object_or_404(papers, side=side_named(side, of=of))
    if request.method == "POST":
        actions.erase_paper(signature, by=person)
        messages.success(request, "The name and the scan are erased.")
        return redirect("contract", reference=reference)
    context = {"contract": shown, "signature": signature, "party": signature.party}
    return render(request, "contract/erase_paper.html", context)


def side_named(said: str, *, of: str) -> Side | HandoverSide:
    """Return the side that an address names; a handover has a third one."""
    return signer_named(said) if of == HANDOVER else party_named(said)


def signer_named(said: str) -> HandoverSide:
    """Return the one of those that sign a handover whom an address names."""
    try:
        return HandoverSide(said)
    except ValueError:
        raise Http404 from None


def party_named(said: str) -> Side:
    """Return the side of a contract that an address names."""
    try:
        return Side(said)
    except ValueError:
        raise Http404 from None
