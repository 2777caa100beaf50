"""What can be done about programmes, needs, proposals and promises, and about who acts in which."""

from makegood.articulate.actions.advice import set_advice_aside, take_advice_up
from makegood.articulate.actions.alternatives import (
    AlternativeFigures,
    correct_alternative,
    discard_alternative,
    measure_alternative,
    preview_alternative,
    record_alternative,
    revise_alternative,
    store_alternative,
    strike_out_alternative,
)
from makegood.articulate.actions.attachments import (
    add_attachment,
    remove_attachment,
)
from makegood.articulate.actions.bringing_in import bring_in_proposal
from makegood.articulate.actions.clarifications import (
    answer_clarification,
    ask_clarification,
    draft_clarification,
    withdraw_clarification,
)
from makegood.articulate.actions.discarding import discard_need
from makegood.articulate.actions.drafters import tell_drafters
from makegood.articulate.actions.invitations import (
    invite_address,
    invite_provider,
    withdraw_need_invitation,
)
from makegood.articulate.actions.needs import (
    NeedWords,
    close_due_needs,
    close_need,
    correct_need,
    extend_need,
    publish_need,
    revise_need,
    time_need,
    write_need,
)
from makegood.articulate.actions.parts import (
    write_part,
)
from makegood.articulate.actions.power import HistoryChosen, work_out_power
from makegood.articulate.actions.programmes import (
    AimWords,
    end_aim,
    revise_aim,
    start_programme,
    write_aim,
)
from makegood.articulate.actions.questions import (
    ask_question,
    decline_question,
    draft_answer,
    publish_answer,
)
from makegood.articulate.actions.roles import (
    carry_programmes,
    narrow_role,
)
from makegood.articulate.actions.telling import tell_those_concerned
from makegood.articulate.actions.withholding import (
    lift_proposal_withholding,
    withhold_proposal_part,
)
from makegood.articulate.actions.writers import (
    accept_writing,
    end_writing,
    invite_writer,
)
from makegood.articulate.actions.writing import (
    PromiseTerms,
    add_promise,
    end_standstill_of,
    revise_promise,
    revise_proposal,
    set_aside_proposal,
    settle_proposal,
    start_proposal,
    strike_out_promise,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "AimWords",
    "AlternativeFigures",
    "HistoryChosen",
    "NeedWords",
    "PromiseTerms",
    "accept_writing",
    "add_attachment",
    "add_promise",
    "answer_clarification",
    "ask_clarification",
    "ask_question",
    "bring_in_proposal",
    "carry_programmes",
    "close_due_needs",
    "close_need",
    "correct_alternative",
    "correct_need",
    "decline_question",
    "discard_alternative",
    "discard_need",
    "draft_answer",
    "draft_clarification",
    "end_aim",
    "end_standstill_of",
    "end_writing",
    "extend_need",
    "invite_address",
    "invite_provider",
    "invite_writer",
    "lift_proposal_withholding",
    "measure_alternative",
    "narrow_role",
    "preview_alternative",
    "publish_answer",
    "publish_need",
    "record_alternative",
    "remove_attachment",
    "revise_aim",
    "revise_alternative",
    "revise_need",
    "revise_promise",
    "revise_proposal",
    "set_advice_aside",
    "set_aside_proposal",
    "settle_proposal",
    "start_programme",
    "start_proposal",
    "store_alternative",
    "strike_out_alternative",
    "strike_out_promise",
    "submit_proposal",
    "take_advice_up",
    "tell_drafters",
    "tell_those_concerned",
    "time_need",
    "withdraw_clarification",
    "withdraw_need_invitation",
    "withdraw_proposal",
    "withhold_proposal_part",
    "work_out_power",
    "write_aim",
    "write_need",
    "write_part",
]
