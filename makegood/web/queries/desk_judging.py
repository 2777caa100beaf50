"""Lines of the desk about findings: to judge, send and publish them, and to reply."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from makegood.assess.models import Finding
from makegood.assess.queries import may_be_published
from makegood.assess.states import FindingState
from makegood.contract.models import Commitment
from makegood.web.queries.deciding_tasks import Task


def findings_to_write(judged: Iterable[Commitment], *, today: date) -> Iterator[Task]:
    """Yield what an assessor does about each commitment they judge, what comes first before the others."""
    due = [commitment for commitment in judged if commitment.due_on <= today]
    for words in ("Judge", "Send the finding on", "Publish the finding on"):
        for commitment in due:
            if _next_for_assessor(commitment, today=today) == words:
                finding = _finding_on(commitment)
                yield Task(
                    title=f"{words} “{commitment.what_changes}”",
                    href=reverse("finding", args=[finding.reference])
                    if finding
                    else reverse("assess", args=[commitment.reference]),
                    hint=whose(commitment),
                )


def replies_to_give(answered: Iterable[Commitment], *, today: date) -> Iterator[Task]:
    """Yield each finding to which whoever delivers may reply."""
    for commitment in answered:
        finding = _finding_on(commitment)
        if finding and finding.state == FindingState.WITH_PROVIDER:
            is_late = may_be_published(finding, today=today)
            yield Task(
                title=f"Reply to the finding on “{commitment.what_changes}”",
                href=reverse("reply_to_finding", args=[finding.reference]),
                hint=f"Until {finding.reply_by:%-d %B %Y}" if finding.reply_by else "",
                word="Late" if is_late else "To do",
            )


def whose(commitment: Commitment) -> str:
    """Return who delivers a commitment, and in which contract."""
    return f"{commitment.contract.provider}, {commitment.name}"


def _next_for_assessor(commitment: Commitment, *, today: date) -> str:
    finding = _finding_on(commitment)
    if finding is None:
        return "Judge"
    if finding.state == FindingState.DRAFT:
        return "Send the finding on"
    return "Publish the finding on" if may_be_published(finding, today=today) else ""


def _finding_on(commitment: Commitment) -> Finding | None:
    finding: Finding | None = getattr(commitment, "finding", None)
    return finding
