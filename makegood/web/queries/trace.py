"""What a ledger entry is about, for a reader who may see it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from makegood.articulate.models import Promise, Proposal, ProposalVersion
from makegood.articulate.queries import promises_visible_to, tell_states, withheld_of_proposal
from makegood.articulate.states import ProposalPart
from makegood.contract.models import Contract, Decision, Standstill
from makegood.contract.queries import contracts_visible_to, withheld_from
from makegood.contract.states import Part
from makegood.kernel.ledger.models import Entry, Recorded
from makegood.kernel.ledger.verify import recorded_models
from makegood.measures.models import Measurement, Series, Upload
from makegood.people.models import Person

ROADS: dict[str, str] = {
    "articulate.promise": "pk",
    "articulate.promisepower": "powers",
    "articulate.promisetag": "tags",
    "articulate.proposal": "proposal",
    "articulate.proposalwithholding": "proposal__withholdings",
    "articulate.writtenpart": "proposal__parts",
    "articulate.proposalversion": "proposal__versions",
    "articulate.clarification": "proposal__clarifications",
    "contract.decision": "proposal__decision",
    "contract.contract": "proposal__contract",
    "contract.disposition": "disposition",
    "contract.commitment": "commitment",
    "contract.withholding": "proposal__contract__withholdings",
    "contract.providerword": "proposal__contract__provider_words",
    "contract.signature": "proposal__contract__signatures",
    "contract.handover": "proposal__contract__handovers",
    "contract.schedule": "proposal__contract__schedules",
    "measures.series": "commitment__series",
    "measures.upload": "commitment__series",
    "measures.measurement": "commitment__series",
    "assess.analysis": "commitment__analyses",
    "assess.finding": "commitment__finding",
    "assess.reply": "commitment__finding__reply",
}
"""How a kind of row is reached from the promises it belongs to."""
BEFORE_CONTRACT = (
    "articulate.promise",
    "articulate.promisepower",
    "articulate.promisetag",
    "articulate.proposal",
    "articulate.proposalwithholding",
    "articulate.writtenpart",
    "articulate.proposalversion",
    "articulate.clarification",
    "contract.decision",
)
"""What is public with its proposal; all else, once its contract is."""

UNSHOWN = {
    *("bad_rows", "columns", "data", "file_digest", "good_rows", "history", "id", "salt"),
    *("answer", "case", "content", "files", "promises", "question"),
}
"""Columns that are tables of their own, or words that may be withheld: they are read on their own page."""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The record behind an entry: the promises it belongs to, and its values as they stand now."""

    promises: list[Promise]
    values: list[tuple[str, str]]
    is_as_recorded: bool


def things_named(subjects: Iterable[str]) -> dict[str, str]:
    """Return in words what each subject of the ledger is; what is no longer there, as it is named."""
    keys: dict[str, set[int]] = {}
    wanted = set(subjects)
    for subject in wanted:
        kind, _, key = subject.partition(":")
        if key.isdigit():
            keys.setdefault(kind, set()).add(int(key))
    found = {
        row.ledger_subject: f"{model._meta.verbose_name}: {row}".replace("\n", " ")
        for model in recorded_models()
        for row in model.recorded_one_by_one().filter(pk__in=keys.get(model.ledger_kind(), ()))
    }
    return {subject: found.get(subject, subject) for subject in wanted}


def record_behind(entry: Entry, *, person: Person | None) -> Behind | None:
    """Return the record ``entry`` is about, if ``person`` may read a promise it belongs to.

    Of what a contract says, and of all that follows from it, they must see that contract too.
    """
    kind, _, key = entry.subject.partition(":")
    road = ROADS.get(kind)
    if road is None or not key.isdigit():
        return None
    readable = promises_visible_to(person)
    if kind not in BEFORE_CONTRACT:
        readable = readable.filter(proposal__contract__in=contracts_visible_to(person))
    kinds = {model.ledger_kind(): model for model in recorded_models()}
    row = kinds[kind].with_key(int(key))
    if row is None or not _may_show(row):
        return None
    promises = list(_along(readable, road=road, row=row))
    if not promises:
        return None
    if isinstance(row, Proposal | Decision) and not _is_told(promises[0].proposal, person=person):
        return None
    return Behind(
        promises=promises,
        values=list(_values(row, hidden=_withheld(row, person=person))),
        is_as_recorded=row.ledger_digest() == entry.digest,
    )


def _along(promises: QuerySet[Promise], *, road: str, row: Recorded) -> QuerySet[Promise]:
    """Return the promises that a row belongs to; a series that goes on with another is of one contract."""
    if not isinstance(row, Series | Measurement | Upload):
        return promises.filter(Q(**{road: row.pk})).distinct()[:20]
    series = row if isinstance(row, Series) else row.series
    if series is None:  # a file of many series is of no promise
        return promises.none()
    if series.continues_for:
        promises = promises.filter(proposal__contract__reference=series.continues_for)
    return promises.filter(Q(**{road: series.continues_id or series.pk})).distinct()[:20]


def kept_back(entries: Iterable[Entry]) -> set[int]:
    """Return the keys of those of ``entries`` that say who is chosen while that stands still.

    They were written with the decision, in the same moment and stream: none of them tells it by its name.
    """
    open_ones = Standstill.objects.filter(ended_at=None).select_related("need__programme")
    moments = {(each.need.programme.stream, each.began_at) for each in open_ones}
    return {each.pk for each in entries if (each.stream, each.at) in moments}


def _is_told(proposal: Proposal, *, person: Person | None) -> bool:
    [told] = tell_states([proposal], person=person)
    return told.told_state == told.state


def _may_show(row: Recorded) -> bool:
    # A finding and its reply are everyone's only once they are published.
    # A handover is once it is in force.
    finding = getattr(row, "finding", row)
    is_public = getattr(finding, "published_at", True) is not None
    return is_public and getattr(row, "in_force_at", True) is not None


def _withheld(row: Recorded, *, person: Person | None) -> dict[str, str]:
    """Return what is said in place of what is withheld, by its column."""
    today = timezone.localdate()
    proposal = row if isinstance(row, Proposal) else getattr(row, "proposal", None)
    if isinstance(row, Proposal | Promise | ProposalVersion) and proposal:
        parts = withheld_of_proposal(person, proposal=proposal, today=today)
        return {
            column: each.said()
            for part, each in parts.items()
            for column in ProposalPart(part).columns
        }
    contract = row if isinstance(row, Contract) else getattr(row, "contract", None)
    if not isinstance(contract, Contract):
        return {}
    held = withheld_from(person, contract=contract, today=today)
    return {column: each.said() for part, each in held.items() for column in Part(part).columns}


def _values(row: Recorded, *, hidden: dict[str, str]) -> Iterator[tuple[str, str]]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if value not in (None, "", False):
            value = hidden.get(field.name, value)
        if (
            field.name not in UNSHOWN
            and not isinstance(value, Person)
            and value not in (None, "", False)
        ):
            yield str(field.verbose_name).capitalize(), _say(value)


def _say(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
