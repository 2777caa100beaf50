"""What needs a person now, what comes next, and what is theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from makegood.articulate.queries import needs_visible_to, proposals_visible_to
from makegood.articulate.states import NeedState, ProposalState
from makegood.assess.queries import assessments_visible_to, findings_visible_to
from makegood.assess.states import FindingState
from makegood.capture.queries import captures_visible_to, periods_without_figure
from makegood.contract.permissions import side_of_signatory
from makegood.contract.queries import contracts_visible_to, reconciliation, side_to_sign
from makegood.contract.states import ContractState
from makegood.people.models import Person
from makegood.people.queries import organisations_where
from makegood.people.states import Kind, Right

SOON = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of the desk: one act away."""

    title: str
    href: str
    hint: str = ""
    word: str = "To do"
    kind: str = "now"


def tasks_now(person: Person, *, today: date) -> list[Task]:
    """Return what waits for ``person``, in the order of a promise's life."""
    return [
        *_to_write(person),
        *_to_decide(person),
        *_to_settle(person),
        *_to_sign(person),
        *_to_capture(person, today=today),
        *_to_assess(person, today=today),
        *_to_answer(person),
    ]


def tasks_next(person: Person, *, today: date) -> list[Task]:
    """Return the commitments that fall due soon."""
    own = captures_visible_to(person) | assessments_visible_to(person)
    due = own.filter(
        contract__state=ContractState.IN_FORCE, due_on__range=(today, today + SOON)
    ).order_by("due_on")
    return [
        Task(
            title=f"{commitment.reference}: {commitment.what_changes}",
            href=reverse("promise", args=[commitment.promise.reference]),
            word=f"Due {commitment.due_on:%-d %B %Y}",
            kind="wait",
        )
        for commitment in due.distinct()
    ]


def _to_write(person: Person) -> Iterator[Task]:
    writes = organisations_where(person, right=Right.WRITE, kind=Kind.PROVIDER)
    drafts = proposals_visible_to(person).filter(state=ProposalState.DRAFT, provider__in=writes)
    for proposal in drafts:
        href = reverse("proposal", args=[proposal.code])
        yield Task(title=f"Finish “{proposal.title}”", href=href, hint=str(proposal.need))
    buys = organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER)
    for need in needs_visible_to(person).filter(state=NeedState.DRAFT, commissioner__in=buys):
        yield Task(title=f"Publish “{need.title}”", href=reverse("need", args=[need.reference]))


def _to_decide(person: Person) -> Iterator[Task]:
    buys = organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER)
    own = proposals_visible_to(person).filter(need__commissioner__in=buys)
    for proposal in own.filter(state=ProposalState.PROPOSED):
        yield Task(
            title=f"Decide on “{proposal.title}”",
            href=reverse("decide_proposal", args=[proposal.code]),
            hint=f"From {proposal.provider}",
        )
    for proposal in own.filter(state=ProposalState.APPROVED, contract__isnull=True):
        yield Task(
            title=f"Draft the contract for “{proposal.title}”",
            href=reverse("draft_contract", args=[proposal.code]),
            hint="Until it is signed, nothing that was promised is owed.",
        )


def _to_settle(person: Person) -> Iterator[Task]:
    buys = organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER)
    drafting = contracts_visible_to(person).filter(
        state=ContractState.DRAFTING, proposal__need__commissioner__in=buys
    )
    for contract in drafting:
        open_count = reconciliation(contract).filter(disposition__isnull=True).count()
        if open_count:
            yield Task(
                title=f"Settle the promises of “{contract.proposal.title}”",
                href=reverse("contract", args=[contract.reference]),
                hint=f"{open_count} not settled",
            )


def _to_sign(person: Person) -> Iterator[Task]:
    unsigned = contracts_visible_to(person).exclude(state=ContractState.IN_FORCE)
    for contract in unsigned:
        side = side_to_sign(contract, side=side_of_signatory(person, contract=contract))
        if side and not reconciliation(contract).filter(disposition__isnull=True).exists():
            yield Task(
                title=f"Sign the contract for “{contract.proposal.title}”",
                href=reverse("sign_contract", args=[contract.reference]),
                hint=f"For {contract.party(side)}",
            )


def _to_capture(person: Person, *, today: date) -> Iterator[Task]:
    records = organisations_where(person, right=Right.RECORD, kind=Kind.PROVIDER)
    owed = captures_visible_to(person).filter(
        contract__state=ContractState.IN_FORCE, contract__proposal__provider__in=records
    )
    for commitment in owed:
        missing = len(periods_without_figure(commitment, today=today))
        if missing:
            yield Task(
                title=f"Record {commitment.measure} for {commitment.reference}",
                href=reverse("capture", args=[commitment.reference]),
                hint=f"{missing} month{'s' if missing > 1 else ''} without a figure",
            )


def _to_assess(person: Person, *, today: date) -> Iterator[Task]:
    due = assessments_visible_to(person).filter(
        contract__state=ContractState.IN_FORCE, due_on__lte=today
    )
    for commitment in due.filter(finding__isnull=True):
        yield Task(
            title=f"Judge {commitment.reference}",
            href=reverse("assess", args=[commitment.reference]),
            hint=commitment.what_changes,
        )
    waiting = {
        FindingState.DRAFT: "Send the finding on",
        FindingState.REPLIED: "Publish the finding on",
    }
    for commitment in due.filter(finding__state__in=waiting).select_related("finding"):
        words = waiting[FindingState(commitment.finding.state)]
        href = reverse("assess", args=[commitment.reference])
        yield Task(title=f"{words} {commitment.reference}", href=href, hint=commitment.what_changes)


def _to_answer(person: Person) -> Iterator[Task]:
    writes = organisations_where(person, right=Right.WRITE, kind=Kind.PROVIDER)
    waiting = findings_visible_to(person).filter(
        state=FindingState.WITH_PROVIDER, commitment__contract__proposal__provider__in=writes
    )
    for finding in waiting:
        yield Task(
            title=f"Reply to the finding on {finding.commitment.reference}",
            href=reverse("reply_to_finding", args=[finding.reference]),
            hint=f"Until {finding.reply_by:%-d %B %Y}" if finding.reply_by else "",
        )
