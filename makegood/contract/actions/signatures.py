"""What holds for every signature: under a contract, a variation or a handover; by account or on paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from makegood.contract import rules
from makegood.contract.models import Contract, PaperSigner, Signature
from makegood.contract.queries import has_recorded_another, names_on_paper
from makegood.contract.states import HandoverSide, Side
from makegood.kernel.files.keep import keep_file
from makegood.kernel.files.kinds import kind_of
from makegood.kernel.ledger.append import record
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


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


def by_account(
    *, side: Side | HandoverSide, held: Collection[Signature], by: Person, now: datetime
) -> Signature:
    """Return a signature by account, not kept yet; ``held`` are those that stand (CON-16, CON-22)."""
    rules.check_one_person_signs_for_one_side(
        has_signed=by.pk in {one.signed_by_id for one in held}
    )
    rules.check_another_name_signs(by.name, others=names_on_paper(held))
    return Signature(side=side, signed_by=by, signed_at=now)


def on_paper(
    paper: Paper,
    *,
    side: Side | HandoverSide,
    held: Collection[Signature],
    by: Person,
    now: datetime,
) -> Signature:
    """Return a signature on paper with who signed it, not kept yet (CON-22 to CON-25, CON-35).

    ``held`` are those that stand.
    """
    rules.check_one_records_the_paper_of_one_side(
        has_recorded=has_recorded_another(by, side=side, held=held)
    )
    others = [one for one in held if one.side != side]
    names = [*names_on_paper(others), *(one.signed_by.name for one in others if one.signed_by)]
    paper.check(others=names, today=timezone.localdate(now))
    kind = kind_of(paper.scan)
    assert kind is not None
    scan = keep_file(paper.scan, kind=kind, now=now)
    signature = Signature(
        side=side,
        recorded_by=by,
        signed_at=now,
        signed_on=paper.signed_on,
        scan_digest=scan.digest,
    )
    signer = PaperSigner(
        signature=signature, name=paper.name.strip(), role=paper.role.strip(), scan=scan
    )
    signature.paper_digest = signer.digest()
    return signature


def check_signature(
    signature: Signature, *, held: Collection[Signature], terms: str, terms_read: str | None
) -> None:
    """Hold a signature against those that stand, and its terms against those read (CON-04, CON-15)."""
    rules.check_each_side_signs_once(signed={one.side for one in held}, side=signature.side)
    rules.check_terms_are_those_read(
        {terms_read or terms, *(one.terms_digest for one in held)}, terms=terms
    )


def keep_signature(
    signature: Signature,
    *,
    contract: Contract,
    signing_round: int,
    terms: str,
    act: str,
    by: Person,
    now: datetime,
) -> None:
    """Keep a signature that was checked, in its round, to exactly these terms."""
    signature.contract, signature.signing_round = contract, signing_round
    signature.terms_digest = terms
    signature.save()
    if signature.is_on_paper:
        signature.paper.save()
    record(signature, act=act, stream=contract.stream, by=by, now=now)


def tell_of_paper(
    signature: Signature,
    *,
    party: Organisation,
    signed: str,
    path: str,
    by: Person,
    now: datetime,
) -> None:
    """Tell a party that its signature was recorded from paper, so that it can say if that is wrong."""
    if not signature.is_on_paper:
        return
    words = f"It is recorded that {party} signed {signed} on paper. Say so if that is wrong."
    tell_members(party, right=Right.SIGN, words=words, path=path, by=by, now=now)
