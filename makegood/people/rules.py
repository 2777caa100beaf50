"""What must be true of organisations and their members."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from makegood.kernel.refusal import RuleBroken, with_article
from makegood.people.registers import OTHER, REGISTERS, Identified, identified
from makegood.people.states import LONGEST_AUDIT, MOST_CLAIMS, RIGHTS, ROLES, Kind, Right, Role

Known = TypeVar("Known")


def check_an_owner_remains(*, owners_left: int) -> None:
    """PEO-01 An owner remains: an organisation always has at least one owner."""
    if owners_left < 1:
        raise RuleBroken("PEO-01", "An organisation needs an owner. Make someone else owner first.")


def check_a_person_is_known(person: Known | None, *, email: str) -> Known:
    """PEO-02 A member is known: only somebody with an account can be made a member."""
    if person is None:
        raise RuleBroken("PEO-02", f"Nobody signs in with {email}. Ask them to make an account.")
    return person


def check_an_operator_appoints_auditors(*, is_auditing: bool, is_operator: bool) -> None:
    """PEO-03 Auditors are appointed: who reads everything is named by an operator alone."""
    if is_auditing and not is_operator:
        raise RuleBroken("PEO-03", "Only an operator of this Makegood appoints auditors. Ask one.")


def check_one_hat_is_worn(*, wears: str | None, acts_for: str) -> None:
    """PEO-04 One hat at a time: whoever belongs to several organisations acts for the one they chose.

    ``wears`` names another that they chose, "" where none is chosen, ``None`` where the hat fits.
    """
    if wears is None:
        return
    here = f"You are here for {wears}." if wears else "You belong to several organisations."
    raise RuleBroken("PEO-04", f"{here} Change to {acts_for} first.")


def check_an_identifier_is_written_as_in_its_register(text: str, *, scheme: str) -> Identified:
    """PEO-20 An identifier can be looked up: it is written as its register writes it.

    Noughts in front, capitals and spaces are put right. Any other register of org-id.guide may be
    named by its code.
    """
    found = identified(text, scheme=scheme)
    if found:
        return found
    register = REGISTERS.get(scheme)
    if scheme == OTHER or register is None:
        raise RuleBroken(
            "PEO-20",
            f"“{text}” is not an identifier we can read. "
            "Write the register's code, a hyphen and the number, like NL-KVK-27264198.",
        )
    examples = " or ".join(register.examples)
    raise RuleBroken(
        "PEO-20", f"“{text}” is not a number of {register.name}. Write it like {examples}."
    )


def check_an_identifier_is_one_organisations_own(*, holder: str, identifier: str) -> None:
    """PEO-21 An identifier tells organisations apart: it is the own number of one alone.

    ``holder`` names whoever has it, "" where nobody does. Those within a larger body may show its
    number as their parent body's.
    """
    if holder:
        raise RuleBroken(
            "PEO-21",
            f"{holder} has {identifier} here. If it is your parent body's number, say so. "
            "If it is yours, ask the support unit.",
        )


def check_an_identifier_is_given_once(*, is_there: bool, identifier: str) -> None:
    """PEO-22 An identifier is given once: an organisation does not show the same number twice."""
    if is_there:
        raise RuleBroken("PEO-22", f"You gave {identifier} already. Nothing was added twice.")


def check_an_area_stands(*, name: str, until_on: date | None, today: date) -> None:
    """PEO-23 An area stands: nobody begins to work in one that has been abolished."""
    if until_on is not None and until_on < today:
        day = f"{until_on:%-d %B %Y}"
        raise RuleBroken(
            "PEO-23", f"{name} came to an end on {day}. Choose the area that followed it."
        )


def check_a_contact_can_be_reached(*, email: str, telephone: str) -> None:
    """PEO-24 A contact can be reached: it has an e-mail address or a telephone number."""
    if not (email or telephone):
        raise RuleBroken("PEO-24", "Give an e-mail address or a telephone number, or both.")


def check_an_offer_is_made_once(*, is_open: bool, side: str) -> None:
    """PEO-25 An offer is made once: the same words do not stand open twice."""
    if is_open:
        raise RuleBroken("PEO-25", f"You have this {side} already. Nothing was added twice.")


def check_no_organisation_is_orphaned(*, owned_alone: Collection[str]) -> None:
    """PEO-40 Nobody leaves an organisation without an owner: they hand it over, then are erased."""
    if owned_alone:
        names = ", ".join(sorted(owned_alone))
        raise RuleBroken("PEO-40", f"You are the only owner of {names}. Make someone else owner.")


def check_role_fits(role: Role, *, kind: Kind) -> None:
    """PEO-05 A role fits: an organisation has the roles that its kind has a use for."""
    if role not in ROLES[kind]:
        who, where = with_article(role), with_article(kind.words)
        raise RuleBroken(
            "PEO-05", f"{where.capitalize()} has no use for {who}. Choose another role."
        )


def check_an_audit_ends(role: Role, *, ends_on: date | None, today: date) -> None:
    """PEO-06 An audit ends: who reads everything does so for a year at most, until a day given."""
    if role != Role.AUDITOR:
        return
    if ends_on is None or not today <= ends_on <= today + LONGEST_AUDIT:
        raise RuleBroken(
            "PEO-06", "Say until which day the auditor reads: today at the earliest, within a year."
        )


def check_a_limit_is_for_signing(role: Role, *, limit: Decimal | None) -> None:
    """PEO-07 A limit is for signing: only a role that signs has one, and it is above nought."""
    if limit is None:
        return
    if Right.SIGN not in RIGHTS[role]:
        raise RuleBroken(
            "PEO-07", f"{with_article(role).capitalize()} signs nothing. Leave the limit empty."
        )
    if limit <= 0:
        raise RuleBroken("PEO-07", "Give a limit above £0, or leave it empty.")


def check_invitation_is_fresh(*, expires_at: datetime, now: datetime) -> None:
    """PEO-08 An invitation runs out: after a fortnight it has to be sent again."""
    if now > expires_at:
        raise RuleBroken("PEO-08", "This invitation ran out. Ask whoever sent it to send it again.")


def check_successor_belongs(*, belongs: bool, is_oneself: bool) -> None:
    """PEO-09 A successor is at hand: work is handed over to another member of the organisation."""
    if is_oneself or not belongs:
        raise RuleBroken(
            "PEO-09", "Choose another member. Invite them first if they are not one yet."
        )


def check_a_share_can_be_counted(
    *, words: str, people: int, disabled: int, may_be_nobody: bool
) -> None:
    """PEO-26 A share can be counted: nobody counts more than there are, and every board has somebody."""
    if disabled > people:
        raise RuleBroken(
            "PEO-26", f"Of {words}, {disabled} cannot be disabled people: there are {people}."
        )
    if people == 0 and not may_be_nobody:
        raise RuleBroken("PEO-26", f"Count the people of {words}. There is at least one.")


def check_a_share_is_evidenced(*, words: str, people: int, evidence: str) -> None:
    """PEO-27 A share is evidenced: whoever counts people says how they know."""
    if people and not evidence.strip():
        raise RuleBroken("PEO-27", f"Say how you know how many of {words} are disabled people.")


def check_a_share_is_reached_on_a_day_to_come(
    *, words: str, towards_on: date | None, today: date
) -> None:
    """PEO-28 Working towards has its day: the day by which a share will be reached is to come."""
    if towards_on is not None and towards_on <= today:
        raise RuleBroken(
            "PEO-28", f"The day for {words} is past. Give one that is to come, or leave it empty."
        )


def check_enough_of_them_are_disabled_people(*, short: Sequence[str]) -> None:
    """PEO-29 A DPULO is led by disabled people: enough of its board, staff and volunteers are.

    ``short`` says of each share that is too small how small it is. How many are enough are settings.
    """
    if short:
        raise RuleBroken("PEO-29", " ".join(short))


def check_an_operator_brings_in_lists(*, is_operator: bool) -> None:
    """PEO-30 Lists are brought in by operators: nobody else enters organisations by the hundred."""
    if not is_operator:
        raise RuleBroken("PEO-30", "Only an operator of this Makegood brings in lists. Ask one.")


def check_a_row_fits_its_list(
    *, is_too_wide: bool, too_long: Sequence[str], is_named: bool
) -> None:
    """PEO-31 A row fits its list: it has a name, no cell too many, and no cell too long."""
    if is_too_wide:
        raise RuleBroken("PEO-31", "The row has more cells than there are columns.")
    if not is_named:
        raise RuleBroken("PEO-31", "The row has no name. Write one.")
    if too_long:
        raise RuleBroken("PEO-31", f"The {too_long[0]} is too long. Write less.")


def check_a_cell_is_one_of(cell: str, *, column: str, known: Collection[str]) -> None:
    """PEO-32 A cell is understood: where there are set answers, it holds one of them."""
    if cell not in known:
        raise RuleBroken(
            "PEO-32", f"“{cell}” is no {column} we know. The form of registering has them all."
        )


def check_a_website_can_be_opened(*, opens: bool, website: str) -> None:
    """PEO-33 A website can be opened: it is a whole web address."""
    if not opens:
        raise RuleBroken(
            "PEO-33", f"“{website}” is no web address. Write it like https://www.example.org."
        )


def check_an_area_is_known(area: Known | None, *, code: str) -> Known:
    """PEO-34 An area is known: its code is among those that were loaded."""
    if area is None:
        raise RuleBroken("PEO-34", f"No area has the code “{code}”. Was it loaded?")
    return area


def check_a_claim_is_made_once(*, is_open: bool, is_owner: bool, organisation: str) -> None:
    """PEO-50 A claim is made once: whoever waits for a decision, or owns it already, does not claim."""
    if is_owner:
        raise RuleBroken("PEO-50", f"You are an owner of {organisation} already.")
    if is_open:
        raise RuleBroken(
            "PEO-50", f"Your claim to {organisation} waits already. Nothing was added twice."
        )


def check_a_claim_shows_something(*, domain: str, link: str, words: str) -> None:
    """PEO-51 A claim shows something: an address at its domain, a register, or at least own words."""
    if not (domain or link or words.strip()):
        raise RuleBroken(
            "PEO-51", "Give a link to a register that names you, or say how you can be known."
        )


def check_few_claims_wait(*, waiting: int) -> None:
    """PEO-52 Few claims wait: nobody claims organisations by the dozen."""
    if waiting >= MOST_CLAIMS:
        raise RuleBroken(
            "PEO-52", f"{MOST_CLAIMS} claims of yours wait already. Take one back, or wait."
        )


def check_nobody_decides_on_their_own_claim(*, is_own: bool) -> None:
    """PEO-53 Nobody decides on their own claim: another person looks at it."""
    if is_own:
        raise RuleBroken("PEO-53", "This claim is yours. Somebody else decides on it.")


def check_a_decision_on_a_claim_has_a_reason(reason: str) -> None:
    """PEO-54 A decision on a claim has a reason: the claimant is told why, whichever way it goes."""
    if not reason.strip():
        raise RuleBroken("PEO-54", "Say why. Whoever claims reads it.")


def check_an_operator_entrusts(*, is_operator: bool, kind: Kind) -> None:
    """PEO-55 Trust is given: an operator says which support unit decides on claims, no one else.

    Anybody may register a support unit; that alone gives no say over the organisations of others.
    """
    if not is_operator:
        raise RuleBroken("PEO-55", "Only an operator of this Makegood entrusts a support unit.")
    if kind != Kind.SUPPORT_UNIT:
        raise RuleBroken("PEO-55", "Only a support unit is entrusted with claims.")


def check_a_closing_day_is_not_to_come(*, closed_on: date, today: date) -> None:
    """PEO-60 A closing is not foretold: the day an organisation closed is today or past."""
    if closed_on > today:
        raise RuleBroken("PEO-60", "That day is to come. Close it on its last day, or after.")


def check_a_closing_has_a_reason(reason: str) -> None:
    """PEO-61 A closing has a reason: whoever looks for an organisation learns why it is no more."""
    if not reason.strip():
        raise RuleBroken("PEO-61", "Say why it closed. Everyone can read it.")


def check_nothing_needs_it(*, still: Sequence[str], organisation: str) -> None:
    """PEO-62 Nobody closes in mid-contract: what is owed is brought to an end first.

    ``still`` names what needs the organisation, as the rooms that come later said when asked.
    """
    if still:
        raise RuleBroken(
            "PEO-62",
            f"{organisation} is still needed: {'; '.join(still)}. Bring that to an end first.",
        )


def check_an_operator_reopens(*, is_operator: bool) -> None:
    """PEO-63 Operators reopen: an organisation that closed is opened again by nobody else."""
    if not is_operator:
        raise RuleBroken("PEO-63", "Only an operator of this Makegood opens it again. Ask one.")


def check_it_closes_once(*, closed_on: date | None, organisation: str) -> None:
    """PEO-64 An organisation closes once: the day it closed stands until it is opened again."""
    if closed_on is not None:
        raise RuleBroken("PEO-64", f"{organisation} closed on {closed_on:%-d %B %Y} already.")
