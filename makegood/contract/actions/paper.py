"""What can be done about signatures on paper: record one with its scan, and erase who signed."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.signatures import Paper, on_paper
from makegood.contract.actions.signing import hold_to_sign, put_signature
from makegood.contract.models import Contract, PaperSigner, Signature
from makegood.contract.permissions import can_erase_paper, can_record_paper
from makegood.contract.queries import awaits_signature, papers_past, signatures_of
from makegood.contract.states import ContractState, Side
from makegood.kernel.files.keep import drop_file
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


@transaction.atomic
def record_paper_signature(
    contract: Contract,
    *,
    side: Side,
    paper: Paper,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Record that a side signed on paper exactly what stands here; who signed needs no account.

    All that holds for a signature by account holds for it (CON-01, CON-04, CON-15, CON-20, CON-21).
    Nobody records the paper of both sides, but of a contract that is brought in (CON-35).
    """
    now = now or timezone.now()
    contract = hold_to_sign(contract)
    can_record_paper(by, contract=contract, side=side).require()
    signature = on_paper(paper, side=side, held=signatures_of(contract), by=by, now=now)
    return put_signature(
        contract,
        signature=signature,
        terms_read=terms_read,
        act="record_paper_signature",
        by=by,
        now=now,
    )


@transaction.atomic
def erase_paper(signature: Signature, *, by: Person, now: datetime | None = None) -> Signature:
    """Erase who signed on paper, and the scan; that the side signed, and its digests, stay."""
    now = now or timezone.now()
    can_erase_paper(by, contract=signature.contract).require()
    contract = Contract.objects.select_for_update().get(pk=signature.contract_id)
    is_awaited = contract.state == ContractState.PART_SIGNED or awaits_signature(
        contract, number=signature.signing_round
    )
    rules.check_signature_is_not_awaited(is_awaited=is_awaited)
    _erase(signature, by=by, now=now)
    return signature


@transaction.atomic
def erase_old_papers(*, now: datetime) -> int:
    """Erase who signed on paper once the contract is long past; return how many."""
    past = papers_past(settings.KEEP_SCANS_YEARS, today=timezone.localdate(now))
    found = list(past.select_related("contract").order_by("pk"))
    for signature in found:
        _erase(signature, by=None, now=now)
    return len(found)


def _erase(signature: Signature, *, by: Person | None, now: datetime) -> None:
    paper = PaperSigner.objects.select_for_update().get(signature=signature)
    if paper.erased_at:
        return
    paper.name = paper.role = paper.salt = ""
    paper.erased_at = now
    paper.save(update_fields=["name", "role", "salt", "erased_at"])
    drop_file(paper.scan, now=now)
    record(signature, act="erase_paper", stream=signature.contract.stream, by=by, now=now)
