"""Lines of the desk about stories: somebody who may be harmed, and stories that nobody has read for all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists
from django.urls import reverse
from django.utils.timezone import localtime

from makegood.articulate.queries import Reach
from makegood.capture.models import Call, Complaint, Concern
from makegood.capture.queries import calls_waiting, complaints_waiting, concerns_waiting
from makegood.capture.states import Caller
from makegood.contract.models import Commitment
from makegood.people.models import Membership, Person
from makegood.people.states import Right
from makegood.web.queries.deciding_tasks import Task


@dataclass(frozen=True, kw_only=True)
class Told:
    """What people who tell stories say to somebody by name, or to a house that was chosen."""

    concerns: Sequence[Concern]
    """Stories in which somebody may be harmed."""
    complaints: Sequence[Complaint]
    calls: Sequence[Call]
    """Who wants to be called, to tell a story."""


def marks_of_stories(person: Person) -> dict[str, Exists]:
    """Return what says of a membership whether anything of the kind waits: mostly nothing does."""
    return {
        "is_feared": Exists(concerns_waiting(person)),
        "is_complained_to": Exists(complaints_waiting(person)),
        "is_asked_to_call": Exists(calls_waiting(person)),
    }


def told_to(person: Person, *, memberships: Iterable[Membership]) -> Told:
    """Return what waits for ``person``, asking only for what the ``memberships`` are marked with."""
    held = list(memberships)

    def waits(mark: str) -> bool:
        return any(getattr(each, mark, False) for each in held)

    return Told(
        concerns=list(concerns_waiting(person)) if waits("is_feared") else [],
        complaints=list(complaints_waiting(person)) if waits("is_complained_to") else [],
        calls=list(calls_waiting(person)) if waits("is_asked_to_call") else [],
    )


def complaints_to_answer(complaints: Iterable[Complaint], *, today: date) -> Iterator[Task]:
    """Yield what a named person has to answer, those due first before others."""
    for made in complaints:
        due = made.answer_due_on
        yield Task(
            title="Answer a complaint",
            href=reverse("complaint", args=[made.public_id]),
            hint=f"{made.link.commitment.contract.provider}, by {due:%-d %B %Y}",
            word="Late" if due < today else "To do",
        )


def to_keep_safe(concerns: Iterable[Concern]) -> Iterator[Task]:
    """Yield what a named person has to act on, the oldest first."""
    for raised in concerns:
        yield Task(
            title="Somebody may be harmed",
            href=reverse("concern", args=[raised.public_id]),
            hint=f"Said with a story on {localtime(raised.raised_at):%-d %B %Y, %H:%M}",
            word="At once",
        )


def calls_to_make(calls: Iterable[Call], *, reach: Reach) -> Iterator[Task]:
    """Yield who wants to be called, for those who may, the first first."""
    for asked in calls:
        commitment = asked.link.commitment
        provider = commitment.contract.provider
        programme = commitment.contract.proposal.need.programme_id
        may = (
            _judges(commitment, reach=reach)
            if asked.caller == Caller.ASSESSOR
            else reach.may(Right.RECORD, organisation=provider.pk, programme=programme)
        )
        if may:
            yield Task(
                title="Call somebody who wants to tell a story",
                href=reverse("call", args=[asked.public_id]),
                hint=f"Asked for on {localtime(asked.asked_at):%-d %B %Y}. {provider}",
            )


def stories_to_look_at(commitments: Iterable[Commitment], *, reach: Reach) -> Iterator[Task]:
    """Yield the commitments with stories that wait to be published or checked, for those who judge them."""
    for commitment in commitments:
        waiting = getattr(commitment, "stories_waiting", 0)
        to_check = getattr(commitment, "to_check", None)
        if not (waiting or to_check) or not _judges(commitment, reach=reach):
            continue
        hint = f"{commitment.contract.provider}, {commitment.name}"
        if waiting:
            stories = "a story" if waiting == 1 else f"{waiting} stories"
            href = f"{reverse('stories_told', args=[commitment.reference])}?standing=waiting"
            yield Task(title=f"Look for names in {stories}", href=href, hint=hint)
        if to_check:
            story = getattr(commitment, "to_check_of", "")
            href = reverse("check_version", args=[story, to_check])
            yield Task(title="Check a story in other words", href=href, hint=hint)


def _judges(commitment: Commitment, *, reach: Reach) -> bool:
    contract = commitment.contract
    programme = contract.proposal.need.programme_id
    is_apart = not reach.belongs(contract.provider.pk, programme=programme)
    return is_apart and reach.may(
        Right.ASSESS, organisation=contract.assessor_id, programme=programme
    )
