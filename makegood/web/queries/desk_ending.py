"""Lines of the desk about contracts that end soon."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse

from makegood.contract.models import Contract
from makegood.contract.queries import standing_of
from makegood.contract.states import ContractState, Standing
from makegood.web.queries.deciding_tasks import Task

SOON = timedelta(days=90)


def contracts_ending(contracts: Iterable[Contract], *, today: date) -> Iterator[Task]:
    """Yield the contracts that end soon, with the last day for notice, the soonest first."""
    found = [
        each
        for each in contracts
        if standing_of(each, today=today) == Standing.ENDING or _notice_is_near(each, today=today)
    ]
    for contract in sorted(found, key=lambda one: one.ends_on):
        yield Task(
            title=f"“{contract.name}” ends",
            href=reverse("contract", args=[contract.reference]),
            hint=_before_it_ends(contract, today=today),
            word=f"Ends {contract.ends_on:%-d %B %Y}",
            kind="wait",
        )


def _notice_is_near(contract: Contract, *, today: date) -> bool:
    runs = contract.state == ContractState.IN_FORCE and contract.ends_on >= today
    notice_on = contract.notice_on
    return runs and notice_on is not None and today <= notice_on <= today + SOON


def _before_it_ends(contract: Contract, *, today: date) -> str:
    words = []
    if notice_on := contract.notice_on:
        past = notice_on < today
        words.append(
            f"Notice {'had to' if past else 'must'} be given by {notice_on:%-d %B %Y}"
            f" ({contract.notice_by})"
        )
    if contract.is_ended:
        words.append("It was ended early")
    elif contract.extensions:
        words.append(f"It can be extended to {contract.last_ends_on:%-d %B %Y} at most")
    return ". ".join(words) or str(contract.provider)
