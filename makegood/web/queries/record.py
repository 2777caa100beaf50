"""Everything recorded about a contract, for whoever asks a public body; what is left out is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from makegood.articulate.models import Programme, Promise, Proposal
from makegood.articulate.queries import (
    attachments_of,
    clarifications_of,
    parts_of,
    promises_of,
    proposal_withholdings,
    proposals_visible_to,
)
from makegood.articulate.states import ClarificationState, ProposalPart, ProposalState
from makegood.assess.models import Finding
from makegood.assess.queries import findings_visible_to, latest_analysis, withdrawn_since
from makegood.capture.queries import tellings
from makegood.capture.states import StoryState
from makegood.contract.models import Commitment, Contract
from makegood.contract.permissions import can_answer_for, can_take_record
from makegood.contract.queries import (
    additional_commitments,
    agreed_lines,
    contracts_visible_to,
    reconciliation,
    signatures_of,
    withholdings_in_force,
)
from makegood.contract.states import ContractState, Part
from makegood.kernel.ledger.models import Entry
from makegood.measures.models import Measurement
from makegood.people.models import Person
from makegood.web.queries.record_since import SINCE, since_signed

Row = dict[str, object]
Said = dict[Part | ProposalPart, str]
"""What stands in the place of what is withheld."""
NAMES = "they are personal data; for which organisation, and when, is given"
BID = ("proposal", "case", "clarifications", "promises", "ledger", "left-out")
"""The tables of a proposal that has no contract."""
TABLES = (
    "contract", "case", "clarifications", "promises", "additional", "figures", "stories", "findings",
    *SINCE, "signatures", "ledger", "left-out",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is recorded about one contract, or about a proposal without one, as tables.

    ``reference`` is its own; what was left out of the tables stands in one of them, with why.
    """

    kind: str
    reference: str
    tables: dict[str, list[Row]]

    @property
    def left_out(self) -> list[Row]:
        """Return what is left out, item by item."""
        return self.tables["left-out"]

    def leave_out(self, what: str, *, because: str) -> None:
        """Name something that is recorded and left out."""
        self.left_out.append({"what": what, "because": because})


def records_of_programme(programme: Programme, *, person: Person) -> list[Record]:
    """Return the records of ``programme`` that ``person`` may take: of contracts, and of proposals."""
    contracts = contracts_of_programme(programme, person=person)
    proposals = proposals_of_programme(programme, person=person)
    return [record_of(each) for each in contracts] + [record_of_bid(each) for each in proposals]


def proposals_of_programme(programme: Programme, *, person: Person) -> list[Proposal]:
    """Return the proposals of ``programme`` without a contract that ``person`` answers for."""
    found = proposals_visible_to(person).filter(
        need__programme=programme, contract__isnull=True, submitted_at__isnull=False
    )
    return [one for one in found.order_by("code") if can_answer_for(person, proposal=one)]


def contracts_of_programme(programme: Programme, *, person: Person) -> list[Contract]:
    """Return the contracts of ``programme`` whose record ``person`` may take."""
    found = contracts_visible_to(person).filter(proposal__need__programme=programme)
    return [one for one in found.order_by("reference") if can_take_record(person, contract=one)]


def record_of(contract: Contract) -> Record:
    """Gather what everyone may read about ``contract``; the rest is named with its reason."""
    record = Record(
        kind="contract", reference=contract.reference, tables={name: [] for name in TABLES}
    )
    held = withholdings_in_force(contract, today=timezone.localdate())
    withheld: Said = {Part(each.part): each.said() for each in held}
    for part, said in withheld.items():
        record.leave_out(f"{part.words} of contract {contract.reference}", because=said)
    withheld |= _leave_out_of_bid(record, proposal=contract.proposal)
    _add_case(record, proposal=contract.proposal, withheld=withheld)
    _add_entries(record, Entry.objects.filter(stream=contract.stream))
    if contract.state != ContractState.IN_FORCE:
        _add_draft(record, contract=contract, withheld=withheld)
        return record
    record.tables["contract"].append(_frame(contract, withheld=withheld))
    for promise in reconciliation(contract):
        record.tables["promises"].append(_promise(promise, withheld=withheld))
        commitment = getattr(promise, "commitment", None)
        if commitment and not commitment.is_dropped:
            _add_evidence(record, commitment=commitment)
    for each in additional_commitments(contract):
        record.tables["additional"].append(_owed(each, withheld=withheld))
        _add_evidence(record, commitment=each)
    held_back = {str(part): said for part, said in withheld.items()}
    record.tables.update(since_signed(contract, withheld=held_back))
    _add_signatures(record, contract=contract)
    return record


def _add_draft(record: Record, *, contract: Contract, withheld: Said) -> None:
    """Give what everyone may read of a contract that is not in force: the bid that it follows."""
    because = "it is not in force yet, and only what both sides signed is published"
    record.leave_out(f"the terms of contract {contract.reference}, and who signed", because=because)
    record.tables["contract"].append(_heading(contract, withheld=withheld))
    promises = promises_of(contract.proposal)
    record.tables["promises"] += [_promised(each, withheld=withheld) for each in promises]
    record.leave_out("names of those who wrote it and decided", because=NAMES)


def record_of_bid(proposal: Proposal) -> Record:
    """Gather what everyone may read about a proposal without a contract; the rest is named.

    Everyone reads a proposal once it is approved. Of any other nothing is given but that it is there.
    """
    record = Record(
        kind="proposal", reference=proposal.reference, tables={name: [] for name in BID}
    )
    if proposal.state != ProposalState.APPROVED:
        because = "it was not approved, and only what is approved is published"
        record.leave_out(f"all of proposal {proposal.reference}", because=because)
        return record
    withheld = _leave_out_of_bid(record, proposal=proposal)
    record.tables["proposal"].append(_bid(proposal, withheld=withheld))
    _add_case(record, proposal=proposal, withheld=withheld)
    promises = list(promises_of(proposal))
    record.tables["promises"] += [_promised(each, withheld=withheld) for each in promises]
    record.leave_out("names of those who wrote it and decided", because=NAMES)
    rows = (proposal, *promises, *proposal.withholdings.all())
    _add_entries(record, Entry.objects.filter(subject__in=[row.ledger_subject for row in rows]))
    return record


def _leave_out_of_bid(record: Record, *, proposal: Proposal) -> Said:
    """Name what is withheld of a proposal; return it by its part."""
    held = proposal_withholdings(proposal, today=timezone.localdate())
    withheld: Said = {ProposalPart(each.part): each.said() for each in held}
    for part, said in withheld.items():
        record.leave_out(f"{part.words}, of proposal {proposal.reference}", because=said)
    return withheld


def _add_case(record: Record, *, proposal: Proposal, withheld: Said) -> None:
    """Give every part of a proposal, answer by answer, and what was asked of it; files are named."""
    for read in parts_of(proposal).values():
        record.tables["case"] += [
            {
                "part": read.about.title,
                "of": line.group,
                "asked": line.label,
                "said": _unless(withheld, read.part, line.text),
            }
            for line in read.lines
        ]
    for each in clarifications_of(proposal).filter(state=ClarificationState.ANSWERED):
        part = ProposalPart(each.part)
        record.tables["clarifications"].append(
            {
                "about": part.words,
                "question": _unless(withheld, part, each.question),
                "asked": each.asked_at,
                "answer": _unless(withheld, part, each.answer),
                "answered": each.answered_at,
            }
        )
    for file in attachments_of(proposal):
        because = "it is a file; the page of the proposal gives it to whoever may read it"
        name = _unless(withheld, ProposalPart.ATTACHMENTS, file.title)
        record.leave_out(f"a file beside proposal {proposal.reference}: {name}", because=because)


def _add_entries(record: Record, entries: QuerySet[Entry]) -> None:
    record.tables["ledger"] += [
        {name: getattr(entry, name) for name in ("seq", "at", "act", "subject", "digest")}
        for entry in entries.order_by("stream", "seq")
    ]


def _bid(proposal: Proposal, *, withheld: Said) -> Row:
    """Return the words of a proposal, and of what it answers."""
    decision = getattr(proposal, "decision", None)
    return {
        "need": proposal.need.title,
        "what is needed": proposal.need.description,
        "what happens otherwise": proposal.need.alternative,
        "proposal": proposal.title,
        "summary": _unless(withheld, ProposalPart.SUMMARY, proposal.summary),
        "provider": proposal.provider,
        "commissioner": proposal.need.commissioner,
        "approved because": decision and decision.reasons,
    }


def _heading(contract: Contract, *, withheld: Said) -> Row:
    return {
        "contract": contract.reference,
        "state": contract.get_state_display(),
        **_bid(contract.proposal, withheld=withheld),
    }


def _frame(contract: Contract, *, withheld: Said) -> Row:
    return {
        **_heading(contract, withheld=withheld),
        "delivered by": contract.provider,
        "assessor": contract.assessor,
        "starts on": contract.starts_on,
        "ends on": contract.ends_on,
        "value in pounds": _unless(withheld, Part.VALUE, contract.value),
        "reopened because": contract.reopened_because,
    }


def _promised(promise: Promise, *, withheld: Said) -> Row:
    """Return what a promise says."""
    return {
        "promise": promise.reference,
        "for whom": promise.for_whom,
        "what changes": promise.what_changes,
        "measure": promise.measure,
        "version of the measure": promise.measure_version and promise.measure_version.number,
        "what is counted": promise.measure_version and promise.measure_version.definition,
        "baseline": promise.baseline,
        "alternative": promise.alternative,
        "target": promise.target,
        "starts on": promise.starts_on,
        "due on": promise.due_on,
        "how it is known": promise.how_known,
        "how figures are gathered": promise.how_gathered,
        "worth a year, from": promise.worth_low,
        "worth a year, to": promise.worth_high,
        "where the worth comes from": promise.worth_source,
        "why it was believed": _unless(withheld, ProposalPart.BELIEF, promise.why_believed),
        "level of evidence, of 5": promise.evidence_level,
        "evidence": _unless(withheld, ProposalPart.BELIEF, promise.evidence),
        "where the evidence is": _unless(withheld, ProposalPart.BELIEF, promise.evidence_url),
    }


def _promise(promise: Promise, *, withheld: Said) -> Row:
    disposition = getattr(promise, "disposition", None)
    owed = getattr(promise, "commitment", None)
    return {
        **_promised(promise, withheld=withheld),
        "what became of it": disposition and disposition.fate,
        "because": disposition and disposition.reason,
        "target contracted": owed and owed.target,
        "due on by contract": owed and owed.due_on,
        "evidence required": owed and _unless(withheld, Part.EVIDENCE, owed.evidence_required),
        "if not delivered": owed and _unless(withheld, Part.CONSEQUENCE, owed.consequence),
        "agreed besides": _agreed(owed, withheld=withheld) if owed else "",
    }


def _owed(owed: Commitment, *, withheld: Said) -> Row:
    """Return what was contracted though nobody promised it."""
    names = ("baseline", "alternative", "target", "starts_on", "due_on", "how_known")
    return {
        "commitment": owed.reference,
        "for whom": owed.for_whom,
        "what changes": owed.what_changes,
        "measure": owed.measure,
        **{name.replace("_", " "): getattr(owed, name) for name in names},
        "agreed besides": _agreed(owed, withheld=withheld),
    }


def _agreed(owed: Commitment, *, withheld: Said) -> str:
    """Return what both sides agreed in a commitment, line by line."""
    said = {str(part): words for part, words in withheld.items()}
    return "; ".join(f"{line.name}: {line.words}" for line in agreed_lines(owed, withheld=said))


def _unless(withheld: Said, part: Part | ProposalPart, value: object) -> object:
    return withheld.get(part, value) if value not in (None, "") else value


def _add_evidence(record: Record, *, commitment: Commitment) -> None:
    name = commitment.reference
    if commitment.line:
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
            for each in Measurement.objects.along(commitment.line).order_by("period", "version")
        ]
    _add_stories(record, commitment=commitment)
    finding = Finding.objects.filter(commitment=commitment).first()
    if finding and not findings_visible_to(None).filter(pk=finding.pk).exists():
        record.leave_out(f"finding on {name}", because="it is not published yet")
    elif finding:
        record.tables["findings"].append(_finding(finding, commitment=commitment))


def _add_stories(record: Record, *, commitment: Commitment) -> None:
    for told in tellings(commitment, person=None):
        because = told.why_kept[:1].lower() + told.why_kept[1:].rstrip(".")
        record.tables["stories"].append(
            {
                "commitment": commitment.reference,
                "story": told.reference,
                "told on": told.told_on,
                "told by": told.name or told.told_as,
                "words": told.words or f"left out: {because}",
            }
        )
        if not told.words:
            record.leave_out(
                f"words of story {told.reference}",
                because=because,
            )
    for gone in commitment.stories.filter(state=StoryState.WITHDRAWN):
        record.leave_out(
            f"words of story {gone.reference}",
            because=f"its teller took it back on {timezone.localdate(gone.withdrawn_at):%-d %B %Y}; "
            "they are erased",
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


def _add_signatures(record: Record, *, contract: Contract) -> None:
    signatures = list(_signatures(contract))
    record.tables["signatures"] += signatures
    record.leave_out(
        f"names of those who wrote, recorded, judged and signed ({len(signatures)} signed)",
        because=NAMES,
    )


def _signatures(contract: Contract) -> Iterator[Row]:
    for each in signatures_of(contract).order_by("signed_at"):
        yield {
            "contract": contract.reference,
            "signed for": each.party,
            "side": each.side,
            "signed at": each.signed_at,
            "on paper of the day": each.signed_on,
            "digest of the terms": each.terms_digest,
        }
