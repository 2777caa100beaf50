"""What can be done about contracts: to bind a proposal, and to withhold a part for a while."""

from makegood.contract.actions.agreeing import (
    AdditionalTerms,
    Consequences,
    Evidence,
    Figures,
    Judging,
    add_commitment,
    agree_on,
    drop_additional,
    revise_additional,
)
from makegood.contract.actions.binding import (
    Terms,
    dispose_promise,
    draft_contract,
    revise_contract,
)
from makegood.contract.actions.bringing_in import (
    BroughtIn,
    ToldContract,
    ToldPromise,
    answer_brought_in,
    bring_in_contracts,
)
from makegood.contract.actions.deciding import Told, decide_need, decide_proposal, intend_decision
from makegood.contract.actions.details import Details, describe_contract
from makegood.contract.actions.ending import EndingTerms, end_contract
from makegood.contract.actions.panels import (
    CriterionSaid,
    Mark,
    change_score,
    declare_interest,
    keep_scores,
    name_panel_member,
    send_scores,
    set_criteria,
    take_off_panel,
)
from makegood.contract.actions.paper import (
    Paper,
    erase_old_papers,
    erase_paper,
    record_paper_signature,
)
from makegood.contract.actions.signing import reopen_contract, sign_contract
from makegood.contract.actions.signing_variations import record_paper_variation, sign_variation
from makegood.contract.actions.standing_still import (
    answer_challenge,
    challenge_decision,
    end_due_standstills,
    end_standstill,
)
from makegood.contract.actions.varying import (
    VariationTerms,
    VariedTerms,
    begin_variation,
    decline_variation,
    leave_commitment,
    propose_variation,
    revise_variation,
    send_variation_back,
    vary_commitment,
    withdraw_variation,
)
from makegood.contract.actions.withholding import lift_withholding, withhold_part

__all__ = [
    "AdditionalTerms",
    "BroughtIn",
    "Consequences",
    "CriterionSaid",
    "Details",
    "EndingTerms",
    "Evidence",
    "Figures",
    "Judging",
    "Mark",
    "Paper",
    "Terms",
    "Told",
    "ToldContract",
    "ToldPromise",
    "VariationTerms",
    "VariedTerms",
    "add_commitment",
    "agree_on",
    "answer_brought_in",
    "answer_challenge",
    "begin_variation",
    "bring_in_contracts",
    "challenge_decision",
    "change_score",
    "decide_need",
    "decide_proposal",
    "declare_interest",
    "decline_variation",
    "describe_contract",
    "dispose_promise",
    "draft_contract",
    "drop_additional",
    "end_contract",
    "end_due_standstills",
    "end_standstill",
    "erase_old_papers",
    "erase_paper",
    "intend_decision",
    "keep_scores",
    "leave_commitment",
    "lift_withholding",
    "name_panel_member",
    "propose_variation",
    "record_paper_signature",
    "record_paper_variation",
    "reopen_contract",
    "revise_additional",
    "revise_contract",
    "revise_variation",
    "send_scores",
    "send_variation_back",
    "set_criteria",
    "sign_contract",
    "sign_variation",
    "take_off_panel",
    "vary_commitment",
    "withdraw_variation",
    "withhold_part",
]
