"""Published indicators, and notices of how they do at each stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from makegood.contract import actions
from makegood.contract.actions import Figures, Published
from makegood.contract.models import Contract, Notice
from makegood.contract.models.arrangements import Step
from makegood.contract.states import Side
from tests.factories import loop
from tests.factories.cast import Cast

FIRST, LAST = date(2024, 7, 1), date(2024, 9, 30)
STEP: Step = {"on": "2024-09-30", "target": 4.8}
THRESHOLDS = Published(is_kpi=True, kpi_approaching=4.7, kpi_improvement=4.9)


def with_indicator(cast: Cast, *, trajectory: list[Step] | None = None) -> Contract:
    """Return a contract in force whose one commitment is a published indicator."""
    contract = loop.a_settled_contract(cast)
    commitment = contract.commitments.get()
    if trajectory:
        actions.agree_on(commitment, agreed=Figures(trajectory=trajectory), by=cast.erin)
    actions.agree_on(commitment, agreed=THRESHOLDS, by=cast.erin)
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        actions.sign_contract(contract, side=side, by=by)
    return Contract.objects.get(pk=contract.pk)


def a_draft_notice(cast: Cast) -> Notice:
    """Return a notice that Erin writes; no figure was recorded, and it says so."""
    notice = actions.begin_notice(with_indicator(cast), from_on=FIRST, until_on=LAST, by=cast.erin)
    rating = notice.ratings.get()
    actions.rate_indicator(rating, chosen=rating.proposed, reason="The payroll moved", by=cast.erin)
    return notice


def a_sent_notice(cast: Cast) -> Notice:
    """Return a notice that Erin sent to Alice."""
    return actions.send_notice(a_draft_notice(cast), by=cast.erin)


def a_published_notice(cast: Cast) -> Notice:
    """Return a notice that Alice replied to, and that everyone reads."""
    notice = actions.reply_to_notice(a_sent_notice(cast), words="So it is", by=cast.alice)
    return actions.publish_notice(notice, by=cast.erin)


def _named(notice: Notice) -> dict[str, object]:
    return {"reference": notice.contract.reference, "number": notice.number}


def _indicator(notice: Notice) -> dict[str, object]:
    return _named(notice) | {"commitment": notice.ratings.get().commitment.reference}


NOTICING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "indicator": lambda cast: {"reference": with_indicator(cast).reference},
    "draft-notice": lambda cast: _named(a_draft_notice(cast)),
    "spare-notice": lambda cast: _named(a_draft_notice(cast)),
    "draft-rating": lambda cast: _indicator(a_draft_notice(cast)),
    "sent-notice": lambda cast: _named(a_sent_notice(cast)),
    "notice": lambda cast: _named(a_published_notice(cast)),
}
"""Examples of addresses of notices."""
