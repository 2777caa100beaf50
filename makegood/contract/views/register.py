"""The register of contracts: found on a page, taken away as a table."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.contract import queries
from makegood.contract.forms import RegisterFilter
from makegood.contract.queries import Line, Share
from makegood.contract.states import Side
from makegood.kernel.answers import words_sought
from makegood.kernel.exports import harmless
from makegood.people.queries import signed_in

PAGE = 20
COLUMNS = (
    "reference", "title", "provider", "commissioner", "programme", "how it stands", "starts on",
    "ends on", "options to extend", "months each", "ends on at the latest", "notice in months",
    "notice by", "give notice by", "value in pounds", "procurement reference", "procedure",
    "managed by", "signed for the commissioner on", "signed for the provider on", "promises",
    "as promised", "changed", "weakened", "not contracted", "not settled", "brought in on",
    "its reference elsewhere", "page",
)  # fmt: skip


@login_not_required
def contracts(request: HttpRequest) -> HttpResponse:
    """Find a contract."""
    words_sought(request.GET)
    person, today = signed_in(request.user), timezone.localdate()
    reach = reach_of(person)
    seen = queries.contracts_visible_to(person, reach=reach)
    form = RegisterFilter(request.GET, seen=seen)
    form.is_valid()
    found = queries.contracts_found(seen, wanted=form.wanted(), today=today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    for name in ("page", *form.errors):
        asked.pop(name, None)
    context = {
        "form": form,
        "page": page,
        "lines": queries.lines_of(page.object_list, reach=reach, today=today),
        "asked": asked.urlencode(),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "contract/contracts.html", context)


@login_not_required
def contracts_table(request: HttpRequest) -> HttpResponse:
    """Give the contracts found as a table, safe to open in a spreadsheet."""
    words_sought(request.GET)
    person, today = signed_in(request.user), timezone.localdate()
    reach = reach_of(person)
    seen = queries.contracts_visible_to(person, reach=reach)
    form = RegisterFilter(request.GET, seen=seen)
    if not form.is_valid():
        wrong = ", ".join(form.left_out)
        raise BadRequest(f"These filters hold an answer that is not in their lists: {wrong}.")
    found = queries.contracts_found(seen, wanted=form.wanted(), today=today)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contracts.csv"'
    table = csv.writer(response)
    table.writerow(COLUMNS)
    for line in queries.lines_of(found, reach=reach, today=today):
        page = reverse("contract", args=[line.contract.reference])
        table.writerow(map(harmless, _cells(line, page=request.build_absolute_uri(page))))
    return response


def _cells(line: Line, *, page: str) -> tuple[object, ...]:
    contract, counts = line.contract, line.counts
    signed = {one.side: one.day for one in line.signed}
    return (
        contract.reference,
        contract.name,
        contract.provider,
        contract.commissioner,
        contract.proposal.need.programme,
        line.standing,
        contract.starts_on,
        contract.ends_on,
        contract.extensions,
        contract.extension_months,
        contract.last_ends_on,
        contract.notice_months,
        contract.notice_by,
        contract.notice_on,
        line.value_withheld.said() if line.value_withheld else contract.value,
        contract.procurement_reference,
        contract.procedure,
        contract.manager_role,
        signed.get(Side.COMMISSIONER),
        signed.get(Side.PROVIDER),
        line.promised,
        counts[Share.AS_PROMISED],
        counts[Share.CHANGED],
        counts[Share.WEAKENED],
        counts[Share.NOT_CONTRACTED],
        counts[Share.OPEN],
        contract.brought_in_at and timezone.localdate(contract.brought_in_at),
        contract.their_reference,
        page,
    )
