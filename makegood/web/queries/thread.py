"""The whole life of one promise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from makegood.articulate.models import Aim, Promise, ProposalWithholding
from makegood.articulate.queries import code_named, tags_of, withheld_of_proposal
from makegood.assess.models import Analysis, Finding
from makegood.assess.queries import (
    findings_visible_to,
    latest_analysis,
    stories_cited,
    withdrawn_since,
)
from makegood.assess.states import FindingState
from makegood.capture.queries import NEWEST, StoryCounts, Telling, story_counts, tellings
from makegood.contract.models import (
    Commitment,
    Contract,
    Disposition,
    Ending,
    Handover,
    Signature,
    Variation,
)
from makegood.contract.queries import (
    Change,
    Share,
    contracts_visible_to,
    share_of,
    signatures_of,
    versions_of,
)
from makegood.contract.states import ContractState
from makegood.kernel.ledger.models import Entry, Recorded
from makegood.kernel.ledger.trace import latest_entries
from makegood.measures.models import Measurement
from makegood.measures.queries import current_measurements
from makegood.people.models import Person


@dataclass(kw_only=True)
class Thread:
    """One promise across its four stages, as one reader may see it."""

    promise: Promise
    share: Share | None = None
    contract: Contract | None = None
    disposition: Disposition | None = None
    commitment: Commitment | None = None
    signatures: Sequence[Signature] = ()
    versions: Sequence[tuple[Variation, Change]] = ()
    """Each variation of the commitment that both sides signed, with what it changed."""
    handovers: Sequence[Handover] = ()
    """Each handover of the contract to another provider, the first first."""
    ending: Ending | None = None
    recorded: int = 0
    latest: Measurement | None = None
    tellings: Sequence[Telling] = ()
    stories: StoryCounts = field(default_factory=lambda: StoryCounts(told=0, shown=0, withdrawn=0))
    analysis: Analysis | None = None
    finding: Finding | None = None
    cited: int = 0
    cited_withdrawn: int = 0
    traces: dict[str, Entry] = field(default_factory=dict)
    aims: Sequence[Aim] = ()
    codes: Sequence[tuple[str, str]] = ()
    """Codes of frameworks, each with its words."""
    withheld: dict[str, ProposalWithholding] = field(default_factory=dict)

    @property
    def is_signed(self) -> bool:
        """Return whether both sides have signed."""
        return self.contract is not None and self.contract.state == ContractState.IN_FORCE

    @property
    def is_lost(self) -> bool:
        """Return whether the promise was lost at contract, or never reached one."""
        return self.share in {Share.NOT_CONTRACTED, Share.NEVER_CONTRACTED}

    @property
    def latest_behind(self) -> Recorded | None:
        """Return the row whose ledger entry stands behind the last figure: it, or its upload."""
        return self.latest and (self.latest.upload or self.latest)

    @property
    def is_found(self) -> bool:
        """Return whether a finding is published."""
        return self.finding is not None and self.finding.state == FindingState.PUBLISHED

    @property
    def has_moved_on(self) -> bool:
        """Return whether the newest verdict is not the one the published finding rests on."""
        rests_on = self.finding.analysis if self.finding and self.is_found else None
        return rests_on is not None and rests_on != self.analysis

    def trace(self, row: Recorded | None) -> Entry | None:
        """Return the ledger entry behind ``row``."""
        return self.traces.get(row.ledger_subject) if row else None


def thread_of(promise: Promise, *, person: Person | None, now: datetime) -> Thread:
    """Gather the life of ``promise`` as ``person`` may see it."""
    thread = Thread(promise=promise)
    contract = contracts_visible_to(person).filter(proposal=promise.proposal_id).first()
    if hasattr(promise.proposal, "decision") and promise.proposal.state == "approved":
        thread.share = share_of(promise, now=now)
    thread.withheld = withheld_of_proposal(
        person, proposal=promise.proposal, today=timezone.localdate(now)
    )
    tags = list(tags_of(promise))
    thread.aims = [tag.aim for tag in tags if tag.aim]
    thread.codes = [(tag.code, code_named(tag.code)) for tag in tags if tag.code]
    if contract:
        _add_contract(thread, contract=contract)
    if thread.is_signed and thread.commitment:
        _add_evidence(thread, commitment=thread.commitment, person=person)
    thread.traces = latest_entries(_rows(thread))
    return thread


def _add_contract(thread: Thread, *, contract: Contract) -> None:
    thread.contract = contract
    thread.disposition = getattr(thread.promise, "disposition", None)
    commitment = getattr(thread.promise, "commitment", None)
    thread.commitment = None if commitment is None or commitment.is_dropped else commitment
    thread.signatures = list(signatures_of(contract))
    thread.ending = getattr(contract, "ending", None)
    thread.handovers = contract.handed_over
    if thread.commitment and thread.commitment.varied_by_id:
        thread.versions = versions_of(thread.commitment)


def _add_evidence(thread: Thread, *, commitment: Commitment, person: Person | None) -> None:
    if commitment.line:
        current = current_measurements(commitment.line)
        since = current.filter(period__gte=commitment.starts_on, period__lte=commitment.due_on)
        thread.recorded = since.filter(value__isnull=False).count()
        thread.latest = current.filter(value__isnull=False).last()
    thread.tellings = tellings(commitment, person=person, most=NEWEST)
    thread.stories = story_counts(commitment)
    thread.analysis = latest_analysis(commitment)
    thread.finding = findings_visible_to(person).filter(commitment=commitment).first()
    if thread.finding:
        thread.cited = stories_cited(thread.finding).count()
        thread.cited_withdrawn = withdrawn_since(thread.finding)


def _rows(thread: Thread) -> list[Recorded]:
    proposal = thread.promise.proposal
    rows: list[Recorded | None] = [
        thread.promise,
        getattr(proposal, "decision", None),
        thread.contract,
        thread.disposition,
        thread.commitment,
        thread.analysis,
        thread.latest_behind,
        thread.finding,
        getattr(thread.finding, "analysis", None),
        getattr(thread.finding, "reply", None),
        *thread.signatures,
        thread.ending,
        *(variation for variation, _ in thread.versions),
        *thread.handovers,
    ]
    return [row for row in rows if row is not None]
