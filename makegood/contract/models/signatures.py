"""Who signed a contract for which side, by account or on paper, and to exactly which terms."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from makegood.contract.models.contracts import Contract
from makegood.contract.models.locks import IS_LOST, IS_UNCOMPARED, LOST, UNCOMPARED
from makegood.contract.states import HandoverSide
from makegood.kernel.constraints import one_of
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded, new_salt
from makegood.people.models import Organisation, Person


class Signature(Recorded):
    """That a party signed, to exactly the terms the digest stands for.

    By account, it is ``signed_by`` at ``signed_at``. On paper, whoever signed may have no account:
    ``recorded_by`` says so at ``signed_at``, and who signed, as what, stands apart (``PaperSigner``).
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(
        max_length=12, choices=[(s.value, s.value.replace("_", " ")) for s in HandoverSide]
    )
    """For which of the two parties; a handover is signed for who takes over too."""
    signing_round = models.PositiveSmallIntegerField()
    signed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    signed_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="papers_recorded"
    )
    signed_on = models.DateField(null=True)
    scan_digest = models.CharField(max_length=64, blank=True)
    paper_digest = models.CharField(max_length=64, blank=True)
    terms_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side", "signing_round"], name="con_04_each_side_signs_once"
            ),
            one_of("side", HandoverSide, name="con_04_side_known"),
            models.UniqueConstraint(
                fields=["contract", "signing_round", "signed_by"], name="con_16_one_person_one_side"
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_by__isnull=False,
                    recorded_by__isnull=True,
                    signed_on__isnull=True,
                    scan_digest="",
                    paper_digest="",
                )
                | (
                    Q(signed_by__isnull=True, recorded_by__isnull=False, signed_on__isnull=False)
                    & ~Q(scan_digest="")
                    & ~Q(paper_digest="")
                ),
                name="con_25_by_account_or_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.contract}"

    @property
    def party(self) -> Organisation:
        """Return the organisation for which it was signed, whoever stands on that side now."""
        if self.side == HandoverSide.SUCCESSOR:
            return self.contract.handovers.get(signing_round=self.signing_round).successor
        return self.contract.party_in(self.signing_round, side=self.side)

    @property
    def is_brought_in(self) -> bool:
        """Return whether it stands under a contract that was signed elsewhere, and brought in."""
        own = self.signing_round == self.contract.signing_round
        return own and self.contract.is_brought_in

    @property
    def is_on_paper(self) -> bool:
        """Return whether it stands on paper, and was recorded here."""
        return self.recorded_by_id is not None

    @property
    def day(self) -> date:
        """Return the day on which it was signed."""
        return self.signed_on or timezone.localdate(self.signed_at)

    def ledger_fault(self) -> str | None:
        """Say so when who signed on paper is not what was recorded."""
        if not self.is_on_paper:
            return None
        signer = PaperSigner.objects.select_related("scan").filter(signature=self).first()
        if signer is None:
            return "who signed on paper is gone."
        if signer.scan.digest != self.scan_digest:
            return "its scan is not the one that was recorded."
        same = signer.erased_at or signer.digest() == self.paper_digest
        return None if same else "who signed on paper was changed."


class PaperSigner(models.Model):
    """Who signed on paper, as what, and the scan of it. Emptied, with its salt, when it is erased."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="paper")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, blank=True)
    scan = models.OneToOneField(KeptFile, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False, name="", role="", salt="")
                | (Q(erased_at__isnull=True) & ~Q(name="") & ~Q(role="")),
                name="con_25_paper_names_who_signed",
            )
        ]

    def __str__(self) -> str:
        return f"who signed on paper, {self.signature_id}"

    def digest(self) -> str:
        """Return the salted digest of who signed, and as what."""
        return digest({"name": self.name, "role": self.role, "salt": self.salt})


append_only(Signature)
guard(
    Signature,
    "INSERT",
    when=LOST.format(
        proposal="(SELECT proposal_id FROM contract_contract WHERE id = NEW.contract_id)",
        contract="NEW.contract_id",
    ),
    message=IS_LOST,
)
guard(
    Signature,
    "INSERT",
    label="uncompared",
    when=UNCOMPARED.format(contract="NEW.contract_id"),
    message=IS_UNCOMPARED,
)

OTHER_SIDE = (
    "EXISTS (SELECT 1 FROM contract_signature o "
    "LEFT JOIN contract_papersigner p ON p.signature_id = o.id "
    "LEFT JOIN people_person a ON a.id = o.signed_by_id WHERE o.contract_id = {row}.contract_id "
    "AND o.signing_round = {row}.signing_round AND o.side <> {row}.side AND {name} IN ({names}))"
)
ON_PAPER, BY_ACCOUNT = "nullif(lower(trim(p.name)), '')", "nullif(lower(trim(a.name)), '')"
MINE = "(SELECT lower(trim(m.name)) FROM people_person m WHERE m.id = NEW.signed_by_id)"
PAPERS = "EXISTS (SELECT 1 FROM contract_signature m WHERE m.id = NEW.signature_id AND {where})"
ONE_NAME = "CON-22 The same name signs for both sides. Someone else must sign for one of them."
guard(
    Signature,
    "INSERT",
    label="one_name",
    when=OTHER_SIDE.format(row="NEW", name=MINE, names=ON_PAPER),
    message=ONE_NAME,
)
guard(
    Signature,
    "INSERT",
    label="one_recorder",
    when=(
        "NEW.recorded_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM contract_signature o "
        "WHERE o.contract_id = NEW.contract_id AND o.signing_round = NEW.signing_round "
        "AND o.recorded_by_id = NEW.recorded_by_id) "
        "AND NOT EXISTS (SELECT 1 FROM contract_contract k WHERE k.id = NEW.contract_id "
        "AND k.signing_round = NEW.signing_round AND k.brought_in_at IS NOT NULL)"
    ),
    message="CON-35 Nobody records the paper of two sides.",
)
guard(
    PaperSigner,
    "INSERT",
    when=PAPERS.format(
        where=OTHER_SIDE.format(
            row="m", name="lower(trim(NEW.name))", names=f"{ON_PAPER}, {BY_ACCOUNT}"
        )
    ),
    message=ONE_NAME,
)
guard(
    PaperSigner,
    "INSERT",
    label="by_account",
    when=PAPERS.format(where="m.recorded_by_id IS NULL"),
    message="CON-25 Who signed by account did not sign on paper too.",
)
guard(
    PaperSigner,
    "UPDATE",
    when=(
        "OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.scan_id <> OLD.scan_id "
        "OR NEW.signature_id <> OLD.signature_id"
    ),
    message="CON-25 Who signed on paper is never changed; it can be erased.",
)
guard(PaperSigner, "DELETE", message="CON-25 That somebody signed on paper is never removed.")
