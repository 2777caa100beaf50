"""The table of every promise beside what was contracted: a page, and a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from makegood.contract import queries
from makegood.contract.permissions import can_draft, side_of_signatory
from makegood.contract.queries import Row
from makegood.contract.states import ContractState
from makegood.kernel.exports import table
from makegood.people.queries import signed_in

COLUMNS = (
    "promise", "for whom", "what changes", "measure", "unit", "stands at", "alternative", "target",
    "due on", "what became of it", "reason", "commitment", "contracted for whom",
    "contracted target", "contracted due on", "what changed", "agreed besides", "varied by",
)  # fmt: skip


@login_not_required
def reconciliation(request: HttpRequest, reference: str) -> HttpResponse:
    """Read every promise beside what was contracted, and what changed."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    told = queries.reconcile(shown, withheld=withheld)
    only_open = request.GET.get("show") == "open"
    drafting = shown.state == ContractState.DRAFTING
    side = queries.side_to_sign(shown, side=side_of_signatory(person, contract=shown))
    context = {
        "contract": shown,
        "table": told,
        "promised": [row for row in told.promised if row.is_open or not only_open],
        "additional": [row for row in told.additional if row.is_open or not only_open],
        "only_open": only_open,
        "may_draft": drafting and can_draft(person, contract=shown),
        "may_sign": side is not None and not queries.why_nobody_signs(shown),
    }
    return render(request, "contract/reconciliation.html", context)


@login_not_required
def reconciliation_table(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the table away."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    told = queries.reconcile(shown, withheld=withheld)
    rows = map(_cells, (*told.promised, *told.additional))
    return table(f"{reference}-reconciliation.csv", COLUMNS, rows)


def _cells(row: Row) -> tuple[object, ...]:
    promise, owed, settled = row.promise, row.commitment, row.disposition
    measure = (promise or owed).measure if promise or owed else None
    names = ("baseline", "alternative", "target", "due_on")
    return (
        promise,
        promise and promise.for_whom,
        promise.what_changes if promise else owed and owed.what_changes,
        measure,
        measure and measure.unit,
        *(getattr(promise, name, None) for name in names),
        settled.fate if settled else "additional" if owed and not promise else "not settled",
        settled and settled.reason,
        owed,
        owed and owed.for_whom,
        owed and owed.target,
        owed and owed.due_on,
        "; ".join(f"{each.mark}: {each.words}" for each in row.differences),
        "; ".join(f"{line.name}: {line.words}" for line in row.lines),
        owed and owed.varied_by,
    )
