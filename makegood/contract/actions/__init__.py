"""What can be done about contracts: to bind a proposal, and to withhold a part for a while."""

from makegood.contract.actions.binding import (
    Terms,
    decide_proposal,
    dispose_promise,
    draft_contract,
    revise_contract,
)
from makegood.contract.actions.signing import reopen_contract, sign_contract
from makegood.contract.actions.withholding import lift_withholding, withhold_part

__all__ = [
    "Terms",
    "decide_proposal",
    "dispose_promise",
    "draft_contract",
    "lift_withholding",
    "reopen_contract",
    "revise_contract",
    "sign_contract",
    "withhold_part",
]
