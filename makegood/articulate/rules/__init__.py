"""What must be true of programmes, needs, proposals and promises."""

from makegood.articulate.rules.needs import (
    check_need_is_open,
    check_somebody_decides_on_it,
)
from makegood.articulate.rules.proposals import (
    check_figures_are_within_their_measure,
    check_it_is_said_once,
    check_promise_in_numbers_can_be_measured,
    check_promise_is_due_after_it_starts,
    check_promise_stands,
    check_proposal_is_a_draft,
    check_proposal_part_is_withheld_once,
    check_proposal_promises_something,
    check_withheld_part_has_a_reason,
    check_withheld_part_is_shown_again,
    check_worth_is_a_sourced_range,
)
from makegood.articulate.rules.roles import (
    check_a_role_that_is_narrowed_is_held,
    check_no_role_is_widened_by_the_way,
    check_operator_says_what_auditors_read,
    check_owner_is_owner_everywhere,
    check_role_holds_here,
)

__all__ = [
    "check_a_role_that_is_narrowed_is_held",
    "check_figures_are_within_their_measure",
    "check_it_is_said_once",
    "check_need_is_open",
    "check_no_role_is_widened_by_the_way",
    "check_operator_says_what_auditors_read",
    "check_owner_is_owner_everywhere",
    "check_promise_in_numbers_can_be_measured",
    "check_promise_is_due_after_it_starts",
    "check_promise_stands",
    "check_proposal_is_a_draft",
    "check_proposal_part_is_withheld_once",
    "check_proposal_promises_something",
    "check_role_holds_here",
    "check_somebody_decides_on_it",
    "check_withheld_part_has_a_reason",
    "check_withheld_part_is_shown_again",
    "check_worth_is_a_sourced_range",
]
