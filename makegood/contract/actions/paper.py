"""What can be done about signatures on paper: record one with its scan, and erase who signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.signing import hold_to_sign, put_signature
from makegood.contract.models import Contract, PaperSigner, Signature
from makegood.contract.permissions import can_erase_paper, can_record_paper
from makegood.contract.queries import awaits_signature, names_on_paper, papers_past, signatures_of
from makegood.contract.states import ContractState, HandoverSide, Side
from makegood.kernel.files.keep import drop_file, keep_file
from makegood.kernel.files.kinds import kind_of
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A signature as it stands on paper: whose it is, as what, of which day, and its scan."""

    name: str
    role: str
    signed_on: date
    scan: bytes

    def check(self, *, others: list[str], today: date) -> None:
        """Hold it against CON-22 to CON-25."""
        rules.check_paper_says_who_signed(name=self.name, role=self.role)
        rules.check_another_name_signs(self.name, others=others)
        rules.check_paper_was_signed_before(self.signed_on, today=today)
        is_known = kind_of(self.scan) is not None
        rules.check_scan_can_be_kept(is_known=is_known, is_empty=not self.scan)


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
    """
    now = now or timezone.now()
    contract = hold_to_sign(contract)
    can_record_paper(by, contract=contract, side=side).require()
    signature, signer = write_paper(paper, side=side, held=signatures_of(contract), by=by, now=now)
    return put_signature(
        contract,
        signature=signature,
        paper=signer,
        terms_read=terms_read,
        act="record_paper_signature",
        by=by,
        now=now,
    )


def write_paper(
    paper: Paper, *, side: Side | HandoverSide, held: Iterable[Signature], by: Person, now: datetime
) -> tuple[Signature, PaperSigner]:
    """Return a signature on paper and who signed it, not kept yet; ``held`` are those that stand."""
    others = [one for one in held if one.side != side]
    names = [*names_on_paper(others), *(one.signed_by.name for one in others if one.signed_by)]
    paper.check(others=names, today=timezone.localdate(now))
    kind = kind_of(paper.scan)
    assert kind is not None
    scan = keep_file(paper.scan, kind=kind, now=now)
    signer = PaperSigner(name=paper.name.strip(), role=paper.role.strip(), scan=scan)
    signature = Signature(
        side=side,
        recorded_by=by,
        signed_at=now,
        signed_on=paper.signed_on,
        scan_digest=scan.digest,
        paper_digest=signer.digest(),
    )
    return signature, signer


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
