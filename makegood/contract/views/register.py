"""The register of contracts: found on a page, taken away as a table."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.contract import queries
from makegood.contract.forms import RegisterFilter
from makegood.contract.queries import Line, Share
from makegood.contract.states import Side
from makegood.kernel.exports import table
from makegood.people.queries import signed_in

COLUMNS = (
    "reference", "title", "provider", "commissioner", "programme", "how it stands", "starts on",
    "ends on", "options to extend", "months each", "ends on at the latest", "notice in months",
    "notice by", "give notice by", "value in pounds", "procurement reference", "procedure",
    "managed by", "promised by", "provider since", "signed for the commissioner on",
    "signed for the provider on", "promises", "as promised", "changed", "weakened",
    "not contracted", "not settled", "brought in on", "its reference elsewhere", "page",
)  # fmt: skip


@login_not_required
def contracts(request: HttpRequest) -> HttpResponse:
    """Find a contract."""
    person, today = signed_in(request.user), timezone.localdate()
    reach = reach_of(person)
    seen = queries.contracts_visible_to(person, reach=reach)
    form = RegisterFilter(request.GET, seen=seen)
    found = queries.contracts_found(seen, wanted=form.wanted(), today=today)
    context = form.listed(found)
    lines = queries.lines_of(context["page"].object_list, reach=reach, today=today)
    return render(request, "contract/contracts.html", context | {"lines": lines})


@login_not_required
def contracts_table(request: HttpRequest) -> HttpResponse:
    """Give the contracts found as a table, safe to open in a spreadsheet."""
    person, today = signed_in(request.user), timezone.localdate()
    reach = reach_of(person)
    seen = queries.contracts_visible_to(person, reach=reach)
    form = RegisterFilter(request.GET, seen=seen)
    form.require_all()
    found = queries.contracts_found(seen, wanted=form.wanted(), today=today)
    site = request.build_absolute_uri
    rows = (
        _cells(line, page=site(reverse("contract", args=[line.contract.reference])))
        for line in queries.lines_of(found, reach=reach, today=today)
    )
    return table("contracts.csv", COLUMNS, rows)


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
        contract.promised_by,
        line.since_on,
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
