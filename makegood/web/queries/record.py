"""Everything recorded about a contract, for whoever asks a public body; what is left out is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from makegood.articulate.models import Programme, Promise
from makegood.assess.models import Finding
from makegood.assess.queries import findings_visible_to, latest_analysis, withdrawn_since
from makegood.capture.queries import tellings
from makegood.capture.states import StoryState
from makegood.contract.models import Commitment, Contract
from makegood.contract.permissions import can_take_record
from makegood.contract.queries import (
    contracts_visible_to,
    reconciliation,
    signatures_of,
    withholdings_in_force,
)
from makegood.contract.states import Part
from makegood.kernel.ledger.models import Entry
from makegood.people.models import Person

Row = dict[str, object]
TABLES = (
    "contract", "promises", "figures", "stories", "findings", "signatures", "ledger", "left-out",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is recorded about one contract, as tables, and what was left out of them and why."""

    contract: Contract
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    @property
    def left_out(self) -> list[Row]:
        """Return what is left out, item by item."""
        return self.tables["left-out"]

    def leave_out(self, what: str, *, because: str) -> None:
        """Name something that is recorded and left out."""
        self.left_out.append({"what": what, "because": because})


def contracts_of_programme(programme: Programme, *, person: Person) -> list[Contract]:
    """Return the contracts of ``programme`` whose record ``person`` may take."""
    found = contracts_visible_to(person).filter(proposal__need__programme=programme)
    return [one for one in found.order_by("reference") if can_take_record(person, contract=one)]


def record_of(contract: Contract) -> Record:
    """Gather what everyone may read about ``contract``; the rest is named with its reason."""
    record = Record(contract=contract)
    held = withholdings_in_force(contract, today=timezone.localdate())
    withheld = {Part(each.part): each.said() for each in held}
    for part, said in withheld.items():
        record.leave_out(f"{part.words} of contract {contract.reference}", because=said)
    record.tables["contract"].append(_frame(contract, withheld=withheld))
    for promise in reconciliation(contract):
        record.tables["promises"].append(_promise(promise, withheld=withheld))
        commitment = getattr(promise, "commitment", None)
        if commitment and not commitment.is_dropped:
            _add_evidence(record, commitment=commitment)
    _add_signatures(record)
    entries = Entry.objects.filter(stream=contract.stream).order_by("seq")
    record.tables["ledger"] += [
        {name: getattr(entry, name) for name in ("seq", "at", "act", "subject", "digest")}
        for entry in entries
    ]
    return record


def _frame(contract: Contract, *, withheld: dict[Part, str]) -> Row:
    proposal = contract.proposal
    decision = getattr(proposal, "decision", None)
    return {
        "contract": contract.reference,
        "state": contract.get_state_display(),
        "need": proposal.need.title,
        "what happens otherwise": proposal.need.alternative,
        "proposal": proposal.title,
        "summary": proposal.summary,
        "provider": contract.provider,
        "commissioner": contract.commissioner,
        "assessor": contract.assessor,
        "approved because": decision and decision.reasons,
        "starts on": contract.starts_on,
        "ends on": contract.ends_on,
        "value in pounds": _unless(withheld, Part.VALUE, contract.value),
        "reopened because": contract.reopened_because,
    }


def _promise(promise: Promise, *, withheld: dict[Part, str]) -> Row:
    disposition = getattr(promise, "disposition", None)
    owed = getattr(promise, "commitment", None)
    return {
        "promise": promise.reference,
        "for whom": promise.for_whom,
        "what changes": promise.what_changes,
        "measure": promise.measure,
        "baseline": promise.baseline,
        "alternative": promise.alternative,
        "target": promise.target,
        "due on": promise.due_on,
        "why it was believed": promise.why_believed,
        "what became of it": disposition and disposition.fate,
        "because": disposition and disposition.reason,
        "target contracted": owed and owed.target,
        "due on by contract": owed and owed.due_on,
        "evidence required": owed and _unless(withheld, Part.EVIDENCE, owed.evidence_required),
        "if not delivered": owed and _unless(withheld, Part.CONSEQUENCE, owed.consequence),
    }


def _unless(withheld: dict[Part, str], part: Part, value: object) -> object:
    return withheld.get(part, value) if value not in (None, "") else value


def _add_evidence(record: Record, *, commitment: Commitment) -> None:
    name = commitment.reference
    if commitment.series:
        record.tables["figures"] += [
            {
                "commitment": name,
                "period": each.period,
                "value": each.value,
                "standing": each.get_standing_display(),
                "note": each.note,
                "version": each.version,
                "recorded at": each.recorded_at,
            }
            for each in commitment.series.measurements.order_by("period", "version")
        ]
    _add_stories(record, commitment=commitment)
    finding = Finding.objects.filter(commitment=commitment).first()
    if finding and not findings_visible_to(None).filter(pk=finding.pk).exists():
        record.leave_out(f"finding on {name}", because="it is not published yet")
    elif finding:
        record.tables["findings"].append(_finding(finding, commitment=commitment))


def _add_stories(record: Record, *, commitment: Commitment) -> None:
    for told in tellings(commitment, person=None):
        record.tables["stories"].append(
            {
                "commitment": commitment.reference,
                "story": told.reference,
                "told on": told.told_on,
                "told by": told.name or told.told_as,
                "words": told.words or "left out: only the assessor may read them",
            }
        )
        if not told.words:
            record.leave_out(
                f"words of story {told.reference}",
                because="its teller let only those who judge the evidence read them",
            )
    for gone in commitment.stories.filter(state=StoryState.WITHDRAWN):
        record.leave_out(
            f"words of story {gone.reference}",
            because=f"its teller took it back on {gone.withdrawn_at:%-d %B %Y}; they are erased",
        )


def _finding(finding: Finding, *, commitment: Commitment) -> Row:
    analysis = latest_analysis(commitment)
    reply = getattr(finding, "reply", None)
    return {
        "commitment": commitment.reference,
        "finding": finding.reference,
        "conclusion": finding.conclusion,
        "reasons": finding.reasons,
        "published at": finding.published_at,
        "what the numbers say": analysis and analysis.sentence,
        "method": analysis and analysis.method,
        "the provider's reply": reply and reply.words,
        "stories withdrawn since": withdrawn_since(finding),
    }


def _add_signatures(record: Record) -> None:
    signatures = list(_signatures(record.contract))
    record.tables["signatures"] += signatures
    record.leave_out(
        f"names of those who wrote, recorded, judged and signed ({len(signatures)} signed)",
        because="they are personal data; for which organisation, and when, is given",
    )


def _signatures(contract: Contract) -> Iterator[Row]:
    for each in signatures_of(contract).order_by("signed_at"):
        yield {
            "contract": contract.reference,
            "signed for": contract.party(each.side),
            "side": each.side,
            "signed at": each.signed_at,
            "digest of the terms": each.terms_digest,
        }
