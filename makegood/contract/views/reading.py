"""The screen that shows a contract."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from makegood.contract import queries
from makegood.contract.permissions import (
    can_begin_handover,
    can_begin_variation,
    can_confirm,
    can_draft,
    can_end,
    can_erase_paper,
    can_read_scan,
    can_record_paper,
    can_take_record,
    can_withhold,
    can_write_notice,
    side_of_signatory,
)
from makegood.contract.states import ContractState, Side
from makegood.people.queries import belongs_to, signed_in


@login_not_required
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a contract: every promise beside what became of it, and who has signed."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    today = timezone.localdate()
    withheld = queries.withheld_from(person, contract=shown, today=today)
    table = queries.reconcile(shown, withheld=withheld)
    signatures = list(queries.signatures_of(shown))
    is_signed = shown.state == ContractState.IN_FORCE
    signed = set(Side) if is_signed else {one.side for one in signatures}
    drafting = shown.state == ContractState.DRAFTING
    indicators = [row for row in (*table.promised, *table.additional) if _is_indicator(row)]
    is_ended = is_signed and shown.is_ended
    is_over = is_ended or shown.ends_on < today
    context = {
        "contract": shown,
        "is_in_force": is_signed,
        "begins_on": shown.starts_on if is_signed and shown.starts_on > today else None,
        "indicators": len(indicators),
        "hint": queries.hint_of(shown, count=len(indicators))
        if can_draft(person, contract=shown)
        else "",
        "notices": queries.notices_visible_to(person, contract=shown) if is_signed else (),
        "may_notice": is_signed and indicators and can_write_notice(person, contract=shown),
        "ending": shown.ending if is_ended else None,
        "resting": bool(queries.suspensions_of([shown.pk], today=today)),
        "variations": queries.variations_visible_to(person, contract=shown) if is_signed else (),
        "may_vary": is_signed and not is_ended and can_begin_variation(person, contract=shown),
        "handovers": queries.handovers_visible_to(person, contract=shown) if is_signed else (),
        "may_hand_over": is_signed and not is_ended and can_begin_handover(person, contract=shown),
        "may_end": is_signed and not is_over and can_end(person, contract=shown),
        "table": table,
        "gap": queries.gap_of(shown),
        "open_count": len(table.promised) - table.settled,
        "silent_count": sum(row.is_settled and row.is_open for row in table.open_rows),
        "signatures": signatures,
        "on_paper": [
            (each, shown.party(each))
            for each in Side
            if each not in signed
            and can_record_paper(person, contract=shown, side=each)
            and not queries.has_recorded_another(person, side=each, held=signatures)
        ],
        "may_read_scan": can_read_scan(person, contract=shown),
        "provider_words": shown.provider_words.all() if shown.is_brought_in else (),
        "may_confirm": shown.is_brought_in and can_confirm(person, contract=shown),
        "may_erase_paper": is_signed and can_erase_paper(person, contract=shown),
        "may_draft": drafting and can_draft(person, contract=shown),
        "may_reopen": shown.state == ContractState.PART_SIGNED
        and can_draft(person, contract=shown),
        "withheld": withheld,
        "withholdings": queries.withholdings_in_force(shown, today=today),
        "may_withhold": can_withhold(person, contract=shown),
        "may_take_record": can_take_record(person, contract=shown),
        "is_provider": belongs_to(person, organisation=shown.provider),
        "side": queries.side_to_sign(shown, side=side_of_signatory(person, contract=shown)),
        "in_formation": queries.parties_in_formation(shown),
        "closed": queries.bound_and_closed(shown),
    }
    return render(request, "contract/contract.html", context)


def _is_indicator(row: queries.Row) -> bool:
    return row.commitment is not None and row.commitment.is_kpi and not row.commitment.is_released
