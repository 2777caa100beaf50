"""What can be done about persons, organisations, claims, invitations and memberships."""

from makegood.people.actions.advice import (
    ask_for_adviser,
    end_advice,
    end_advice_left_behind,
    take_advice,
    write_advice,
)
from makegood.people.actions.areas import Loaded, add_area, load_areas, remove_area
from makegood.people.actions.claims import (
    Shown,
    accept_claim,
    claim_organisation,
    decline_claim,
    entrust,
    withdraw_claim,
)
from makegood.people.actions.closing import close_organisation, reopen_organisation
from makegood.people.actions.contacts import (
    add_contact,
    remove_contact,
    revise_contact,
    take_down_contact,
)
from makegood.people.actions.descriptions import (
    add_identifier,
    remove_identifier,
    revise_organisation,
)
from makegood.people.actions.dpulo import state_dpulo
from makegood.people.actions.duplicates import leave_as_two, report_duplicate
from makegood.people.actions.erasure import (
    erase_people_again,
    erase_person,
    note_people_erased,
)
from makegood.people.actions.formations import (
    Registered,
    end_formation,
    plan_formation,
    take_step,
)
from makegood.people.actions.founders import (
    FounderSaid,
    add_founder,
    remove_founder,
    revise_founder,
    take_down_founder,
)
from makegood.people.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    send_again,
    withdraw_invitation,
)
from makegood.people.actions.lists import Outcome, import_organisations
from makegood.people.actions.memberships import (
    change_membership,
    end_lapsed_memberships,
    end_membership,
    hand_over,
)
from makegood.people.actions.merging import Merger, merge_organisations
from makegood.people.actions.motives import (
    MotivesSaid,
    ask_motives_again,
    state_motives,
)
from makegood.people.actions.notices import choose_notices, send_due_notices, tell_members
from makegood.people.actions.offers import close_offer, make_offer, reopen_offer
from makegood.people.actions.organisations import appoint_auditor, register_organisation
from makegood.people.actions.persons import (
    end_session,
    end_sessions,
    name_person,
    note_reading,
    put_on_hat,
    welcome_person,
)
from makegood.people.actions.recovery import let_in_again
from makegood.people.actions.successions import (
    Following,
    confirm_succession,
    decline_succession,
    name_predecessor,
    name_successor,
    undo_succession,
    withdraw_succession,
)
from makegood.people.actions.unclaimed import find_or_enter_provider
from makegood.people.dpulo import DpuloAnswers
from makegood.people.holding import hold_with, share_organisations
from makegood.people.lists import ListedOrganisation

__all__ = [
    "DpuloAnswers",
    "Following",
    "FounderSaid",
    "ListedOrganisation",
    "Loaded",
    "Merger",
    "MotivesSaid",
    "Outcome",
    "Registered",
    "Shown",
    "accept_claim",
    "accept_invitation",
    "add_area",
    "add_contact",
    "add_founder",
    "add_identifier",
    "appoint_auditor",
    "ask_for_adviser",
    "ask_motives_again",
    "change_membership",
    "choose_notices",
    "claim_organisation",
    "close_offer",
    "close_organisation",
    "confirm_succession",
    "decline_claim",
    "decline_invitation",
    "decline_succession",
    "end_advice",
    "end_advice_left_behind",
    "end_formation",
    "end_lapsed_memberships",
    "end_membership",
    "end_session",
    "end_sessions",
    "entrust",
    "erase_people_again",
    "erase_person",
    "find_or_enter_provider",
    "hand_over",
    "hold_with",
    "import_organisations",
    "invite",
    "leave_as_two",
    "let_in_again",
    "load_areas",
    "make_offer",
    "merge_organisations",
    "name_person",
    "name_predecessor",
    "name_successor",
    "note_people_erased",
    "note_reading",
    "plan_formation",
    "put_on_hat",
    "register_organisation",
    "remove_area",
    "remove_contact",
    "remove_founder",
    "remove_identifier",
    "reopen_offer",
    "reopen_organisation",
    "report_duplicate",
    "revise_contact",
    "revise_founder",
    "revise_organisation",
    "send_again",
    "send_due_notices",
    "share_organisations",
    "state_dpulo",
    "state_motives",
    "take_advice",
    "take_down_contact",
    "take_down_founder",
    "take_step",
    "tell_members",
    "undo_succession",
    "welcome_person",
    "withdraw_claim",
    "withdraw_invitation",
    "withdraw_succession",
    "write_advice",
]
