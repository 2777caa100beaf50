"""What happened in a contract after both sides had signed, as tables of its record."""

from collections.abc import Iterator, Mapping

from makegood.contract.models import Contract
from makegood.contract.queries import (
    changes_of,
    frame_changes,
    notices_visible_to,
    ratings_of,
    variations_in_force,
)

Row = dict[str, object]
SINCE = ("variations", "handovers", "endings", "notices")
"""The tables of what happened since; each may be empty."""


def since_signed(contract: Contract, *, withheld: Mapping[str, str]) -> dict[str, list[Row]]:
    """Return what everyone may read of variations and handovers in force, an early end, and notices."""
    return {
        "variations": list(_variations(contract, withheld=withheld)),
        "handovers": list(_handovers(contract)),
        "endings": list(_ending(contract)),
        "notices": list(_notices(contract)),
    }


def _variations(contract: Contract, *, withheld: Mapping[str, str]) -> Iterator[Row]:
    for each in variations_in_force(contract):
        about: Row = {
            "contract": contract.reference,
            "variation": each.number,
            "proposed by": str(each.proposer),
            "reason": each.reason,
            "from": each.from_on,
        }
        for line in frame_changes(each, withheld=withheld):
            yield about | {"of": "the contract", "what changed": f"{line.name}: {line.words}"}
        for change in changes_of(each, withheld=withheld):
            for found in change.differences:
                yield about | {
                    "of": change.reference,
                    "what changed": f"{found.mark}: {found.words}",
                }
            for line in change.lines:
                said = f"{line.name}: {line.words}"
                yield about | {"of": change.reference, "what changed": said}


def _handovers(contract: Contract) -> Iterator[Row]:
    for each in contract.handed_over:
        yield {
            "contract": contract.reference,
            "handover": each.number,
            "from": str(each.outgoing),
            "to": str(each.successor),
            "ground": each.get_ground_display(),
            "reason": each.reason,
            "counts from": each.from_on,
            "in force here since": each.in_force_at,
        }


def _ending(contract: Contract) -> Iterator[Row]:
    ending = getattr(contract, "ending", None)
    if ending:
        yield {
            "contract": contract.reference,
            "ended by": str(ending.party),
            "ground": ending.get_ground_display(),
            "notice given on": ending.notice_on,
            "last day": ending.ends_on,
            "would have ended on": ending.would_end_on,
            "reason": ending.reason,
        }


def _notices(contract: Contract) -> Iterator[Row]:
    for notice in notices_visible_to(None, contract=contract):
        for rating in ratings_of(notice):
            yield {
                "contract": contract.reference,
                "notice": notice.number,
                "from": notice.from_on,
                "until": notice.until_on,
                "commitment": rating.commitment.name,
                "figure": rating.figure,
                "target then": rating.target,
                "by its figure": rating.proposed,
                "rating": rating.rating,
                "reason": rating.reason,
                "the provider's reply": notice.reply,
                "published at": notice.published_at,
            }
