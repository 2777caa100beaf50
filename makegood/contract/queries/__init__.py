"""Which contracts and commitments can be seen, and how much of what was promised they hold."""

from makegood.contract.queries.contracts import (
    PARTIES,
    Progress,
    assessors_of,
    commitments_in_force,
    commitments_visible_to,
    contracts_binding,
    contracts_visible_to,
    progress_of,
    proposals_awaiting_contract,
    reconciliation,
)
from makegood.contract.queries.gap import (
    CONTRACTED,
    LOST,
    NEVER_AFTER,
    Share,
    Tally,
    contracting_gap,
    is_weaker,
    share_of,
)
from makegood.contract.queries.signing import (
    bound_and_closed,
    bound_by,
    parties_in_formation,
    side_to_sign,
    signatures_of,
    terms_digest,
    why_nobody_signs,
)
from makegood.contract.queries.withholding import (
    is_inside,
    withheld_from,
    withholdings_in_force,
)

__all__ = [
    "CONTRACTED",
    "LOST",
    "NEVER_AFTER",
    "PARTIES",
    "Progress",
    "Share",
    "Tally",
    "assessors_of",
    "bound_and_closed",
    "bound_by",
    "commitments_in_force",
    "commitments_visible_to",
    "contracting_gap",
    "contracts_binding",
    "contracts_visible_to",
    "is_inside",
    "is_weaker",
    "parties_in_formation",
    "progress_of",
    "proposals_awaiting_contract",
    "reconciliation",
    "share_of",
    "side_to_sign",
    "signatures_of",
    "terms_digest",
    "why_nobody_signs",
    "withheld_from",
    "withholdings_in_force",
]
