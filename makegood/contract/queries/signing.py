"""Who has signed a contract, who still has to, and exactly what is signed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from makegood.contract.models import DETAILS, Commitment, Contract, Disposition, Signature
from makegood.contract.queries.contracts import reconciliation
from makegood.contract.states import ContractState, Side
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.canonical import digest
from makegood.people.models import Organisation, Person


def signatures_of(contract: Contract) -> QuerySet[Signature]:
    """Return the signatures that stand: those of the current round."""
    return signatures_in_round(contract, number=contract.signing_round)


def signatures_in_round(contract: Contract, *, number: int) -> QuerySet[Signature]:
    """Return the signatures of one round: of the contract itself, or of one of its variations."""
    found = contract.signatures.filter(signing_round=number)
    return found.select_related("signed_by", "recorded_by", "paper__scan")


def papers_of(contract: Contract, *, number: int | None = None) -> QuerySet[Signature]:
    """Return the signatures on paper that stand, without those of whom it is erased who they were."""
    found = signatures_in_round(contract, number=number or contract.signing_round)
    return found.filter(recorded_by__isnull=False, paper__erased_at=None)


def scan_of(contract: Contract, *, side: Side, number: int | None = None) -> KeptFile | None:
    """Return the scan of the signature of ``side``, if it stands on paper and is not erased."""
    found = papers_of(contract, number=number).filter(side=side).first()
    return found.paper.scan if found else None


def names_on_paper(held: Iterable[Signature]) -> list[str]:
    """Return who signed on paper, by name."""
    return [one.paper.name for one in held if one.is_on_paper]


def has_recorded_another(person: Person | None, *, side: str, held: Iterable[Signature]) -> bool:
    """Return whether ``person`` recorded the paper of another side than ``side`` (CON-35).

    What both signed elsewhere is often one paper: whoever brings it in may record it for both.
    """
    return person is not None and any(
        one.recorded_by_id == person.pk and one.side != side and not one.is_brought_in
        for one in held
    )


def papers_past(years: int, *, today: date) -> QuerySet[Signature]:
    """Return the signatures on paper whose contract is over for so many ``years``, and not erased yet."""
    over = today.replace(year=today.year - years, day=min(today.day, 28))
    return Signature.objects.filter(
        recorded_by__isnull=False, paper__erased_at=None, contract__ends_on__lt=over
    )


def side_to_sign(contract: Contract, *, side: Side | None) -> Side | None:
    """Return ``side`` if it has still to sign ``contract``, or None."""
    signed = set(signatures_of(contract).values_list("side", flat=True))
    waits = contract.state != ContractState.IN_FORCE and side not in signed
    return side if waits else None


def parties_in_formation(contract: Contract) -> list[str]:
    """Return the names of the parties that cannot sign yet, for they are in formation (CON-20)."""
    return [str(party) for side in Side if (party := contract.party(side)).is_in_formation]


def bound_by(contract: Contract) -> list[Organisation]:
    """Return who is bound by ``contract``: its parties, and who judges it."""
    return [contract.provider, contract.commissioner, contract.assessor]


def bound_and_closed(contract: Contract) -> list[str]:
    """Return the names of those among them that closed: it comes into force no more (CON-21)."""
    return [str(each) for each in bound_by(contract) if each.closed_on]


def commitments_uncompared(contract: Contract) -> list[str]:
    """Return which commitments say neither with whom they are compared nor why not (CON-53).

    Of what was made elsewhere nobody asks it.
    """
    if contract.is_brought_in:
        return []
    standing = contract.commitments.filter(is_dropped=False).select_related("promise")
    return [each.name for each in standing if not each.says_who_it_is_compared_with]


def why_nobody_signs(contract: Contract) -> str:
    """Return why nobody can sign ``contract``, for its page to say before anyone tries; "" if they can."""
    if unsettled := reconciliation(contract).filter(disposition__isnull=True):
        names = ", ".join(promise.reference for promise in unsettled)
        return f"Nobody can sign yet. Say what becomes of {names}."
    if silent := commitments_uncompared(contract):
        names = ", ".join(silent)
        return f"Nobody can sign yet. Say with whom {names} is compared, or why with nobody."
    if parties := parties_in_formation(contract):
        return f"Nobody can sign yet: {' and '.join(parties)} is not registered in law."
    if closed := bound_and_closed(contract):
        return f"Nobody can sign any more: {' and '.join(closed)} closed."
    return ""


def terms_digest(contract: Contract) -> str:
    """Return the digest of exactly what is signed: the frame, every disposition and commitment."""
    rows: list[Disposition | Commitment] = [
        *contract.dispositions.order_by("promise_id"),
        *contract.commitments.order_by("promise_id"),
    ]
    terms: dict[str, object] = {row.ledger_subject: row.ledger_digest() for row in rows}
    frame = ("reference", "proposal_id", "assessor_id", "starts_on", "ends_on", "value")
    terms |= {name: getattr(contract, name) for name in frame}
    said = {name: value for name in DETAILS if (value := getattr(contract, name))}
    return digest(terms | said)
