"""What can be done about programmes, needs, proposals and promises, and about who acts in which."""

from makegood.articulate.actions.needs import (
    close_need,
    publish_need,
    revise_need,
    write_need,
)
from makegood.articulate.actions.programmes import start_programme
from makegood.articulate.actions.roles import carry_programmes, narrow_role
from makegood.articulate.actions.withholding import (
    lift_proposal_withholding,
    withhold_proposal_part,
)
from makegood.articulate.actions.writing import (
    PromiseTerms,
    add_promise,
    revise_promise,
    revise_proposal,
    settle_proposal,
    start_proposal,
    strike_out_promise,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "PromiseTerms",
    "add_promise",
    "carry_programmes",
    "close_need",
    "lift_proposal_withholding",
    "narrow_role",
    "publish_need",
    "revise_need",
    "revise_promise",
    "revise_proposal",
    "settle_proposal",
    "start_programme",
    "start_proposal",
    "strike_out_promise",
    "submit_proposal",
    "withdraw_proposal",
    "withhold_proposal_part",
    "write_need",
]
