"""What must be true of decisions, contracts and commitments."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from makegood.kernel.money import show_pounds
from makegood.kernel.period import in_years, is_beyond_years
from makegood.kernel.refusal import RuleBroken


def check_no_promise_is_lost(*, promised: Collection[str], disposed: Collection[str]) -> None:
    """CON-01 No promise is lost: a contract is signed only when every promise has its disposition."""
    lost = sorted(set(promised) - set(disposed))
    if lost:
        names = ", ".join(lost)
        raise RuleBroken("CON-01", f"Nobody can sign yet. Say what becomes of {names}.")


def check_difference_has_a_reason(*, is_as_promised: bool, reason: str) -> None:
    """CON-02 A difference has its reason: a promise changed or not contracted says why, in public."""
    if not is_as_promised and not reason.strip():
        raise RuleBroken("CON-02", "Give the reason. Everyone will be able to read it.")


def check_contract_is_a_draft(*, is_draft: bool) -> None:
    """CON-03 What was signed stays signed: terms change only while nobody has signed."""
    if not is_draft:
        raise RuleBroken("CON-03", "A party has signed. The terms stay as they are.")


def check_each_side_signs_once(*, signed: Collection[str], side: str) -> None:
    """CON-04 Both sides sign, each once: one signature never stands for two."""
    if side in signed:
        raise RuleBroken("CON-04", f"The {side} has signed already.")


def check_assessor_is_not_a_party(*, assessor: int, parties: Collection[int]) -> None:
    """CON-05 No one judges their own work: the assessor is neither provider nor commissioner."""
    if assessor in parties:
        raise RuleBroken("CON-05", "Choose an assessor that is not a party to the contract.")


def check_decision_has_reasons(*, reasons: str) -> None:
    """CON-06 A decision has its reasons: approved or declined, the provider reads why."""
    if not reasons.strip():
        raise RuleBroken("CON-06", "Give the reasons for the decision.")


def check_contract_ends_after_it_starts(*, starts_on: date, ends_on: date) -> None:
    """CON-07 A contract has its time: it ends after it starts."""
    if ends_on <= starts_on:
        raise RuleBroken("CON-07", "The contract must end after it starts.")


def check_commitment_is_due_after_it_starts(*, starts_on: date, due_on: date) -> None:
    """CON-08 A commitment has its time: it is due after it starts."""
    if due_on <= starts_on:
        raise RuleBroken("CON-08", "The due date must be after the start. Choose a later date.")


def check_commitment_in_numbers_can_be_measured(
    *, in_numbers: bool, has_measure: bool, baseline: float | None, target: float | None
) -> None:
    """CON-09 A commitment in numbers can be measured: measure, series, baseline and target."""
    if in_numbers and not (has_measure and baseline is not None and target is not None):
        raise RuleBroken("CON-09", "Give the figure where it stands now, and the target.")


def check_changed_commitment_differs(*, differs: bool) -> None:
    """CON-10 Changed means changed: a commitment with the promise's own terms is *as promised*."""
    if not differs:
        raise RuleBroken("CON-10", "Nothing differs from the promise. Choose “as promised”.")


def check_proposal_is_approved(*, is_approved: bool) -> None:
    """CON-11 A contract follows an approval: only an approved proposal is contracted."""
    if not is_approved:
        raise RuleBroken("CON-11", "Approve the proposal before you draft its contract.")


def check_promise_is_of_the_contract(*, proposal: int, contracted: int) -> None:
    """CON-12 A contract settles its own promises: those of the proposal it follows, no others."""
    if proposal != contracted:
        raise RuleBroken("CON-12", "That promise belongs to another proposal.")


def check_as_promised_is_as_promised(*, differs: bool) -> None:
    """CON-13 As promised means as promised: terms that differ make it *changed*, with a reason."""
    if differs:
        raise RuleBroken(
            "CON-13", "The terms differ from the promise. Choose “changed”, and say why."
        )


def check_commitment_is_due_within_its_contract(*, due_on: date, ends_on: date) -> None:
    """CON-14 A commitment is owed while its contract runs: it is due before the contract ends."""
    if due_on > ends_on:
        raise RuleBroken(
            "CON-14", f"It must be due by {ends_on:%-d %B %Y}, when the contract ends."
        )


def check_terms_are_those_read(seen: Collection[str], *, terms: str) -> None:
    """CON-15 One signs what one has read: the terms shown, and those the other side signed."""
    if set(seen) - {terms}:
        raise RuleBroken("CON-15", "The terms have changed since. Read them again, then sign.")


def check_one_person_signs_for_one_side(*, has_signed: bool) -> None:
    """CON-16 Two people sign: nobody signs for both sides."""
    if has_signed:
        raise RuleBroken(
            "CON-16", "You signed for the other side. Someone else must sign for this one."
        )


def check_proposal_is_contracted_once(*, exists: bool) -> None:
    """CON-17 A proposal has one contract: a second click drafts no second one."""
    if exists:
        raise RuleBroken("CON-17", "This proposal has its contract already.")


def check_nobody_is_their_own_comparator(*, own: bool) -> None:
    """CON-18 Nobody is their own comparator: the pool holds no series of the provider."""
    if own:
        raise RuleBroken("CON-18", "This pool holds a series of the provider. Choose another pool.")


def check_signature_is_within_limit(*, limit: Decimal | None, value: Decimal | None) -> None:
    """CON-19 One signs within one's limit: a contract of more, or of no value said, is for another.

    ``limit`` and ``value`` in pounds; no limit: any value.
    """
    if limit is None or (value is not None and value <= limit):
        return
    worth = "has no value written in it" if value is None else f"is for {show_pounds(value)}"
    raise RuleBroken(
        "CON-19",
        f"You may sign contracts up to {show_pounds(limit)}; this one {worth}. "
        "Ask somebody with a higher limit.",
    )


def check_parties_exist_in_law(*, in_formation: Collection[str]) -> None:
    """CON-20 Nobody signs before it exists: no signature while a party is in formation.

    ``in_formation`` names the parties that are.
    """
    if in_formation:
        names = " and ".join(in_formation)
        raise RuleBroken(
            "CON-20",
            f"Nobody can sign yet: {names} is not registered in law. "
            "Once it is, it says “We are registered now” on its page.",
        )


def check_nobody_it_binds_closed(*, closed: Collection[str]) -> None:
    """CON-21 A contract binds who is there: no signature once a party, or who judges it, closed.

    ``closed`` names those that did.
    """
    if closed:
        raise RuleBroken("CON-21", f"Nobody can sign any more: {' and '.join(closed)} closed.")


def check_another_name_signs(name: str, *, others: Collection[str]) -> None:
    """CON-22 Two names stand under a contract: on paper too, nobody signs for both sides.

    ``others`` signed for the other side.
    """
    if _plainly(name) in {_plainly(other) for other in others}:
        raise RuleBroken(
            "CON-22",
            f"{name} signed for the other side. Someone else must sign for this one. "
            "If these are two people, write their names so that they can be told apart.",
        )


def check_paper_was_signed_before(signed_on: date, *, today: date) -> None:
    """CON-23 A paper is signed before it is recorded: its day is not to come."""
    if signed_on > today:
        raise RuleBroken("CON-23", "That day is to come. Give the day on which it was signed.")


def check_scan_can_be_kept(*, is_known: bool, is_empty: bool) -> None:
    """CON-24 A scan is a PDF or a picture: known by what it holds, not by its name."""
    if is_empty:
        raise RuleBroken("CON-24", "The file is empty. Choose another one.")
    if not is_known:
        raise RuleBroken("CON-24", "Send the scan as a PDF, PNG or JPEG file.")


def check_paper_says_who_signed(*, name: str, role: str) -> None:
    """CON-25 A paper says who signed: a name, and as what."""
    if not name.strip() or not role.strip():
        raise RuleBroken("CON-25", "Write who signed, and as what: “Jo Bell, head of care”.")


def check_one_records_the_paper_of_one_side(*, has_recorded: bool) -> None:
    """CON-35 One paper each: nobody records the paper of two sides, but of what is brought in."""
    if has_recorded:
        raise RuleBroken(
            "CON-35",
            "You recorded the paper of another side. Ask a colleague, or this side itself, "
            "to record this one.",
        )


def check_signature_is_not_awaited(*, is_awaited: bool) -> None:
    """CON-26 Who signed on paper stands until the other side signed: nobody checks an empty line."""
    if is_awaited:
        raise RuleBroken(
            "CON-26", "Wait until both sides have signed, or go back to drafting. Then erase it."
        )


def check_options_to_extend_are_whole(
    *, extensions: int | None, months: int | None, most_months: int = 120
) -> None:
    """CON-27 An option to extend says how often and for how long: both, or neither."""
    if (extensions is None) != (months is None):
        raise RuleBroken(
            "CON-27", "Say how often it can be extended, and for how many months each."
        )
    if extensions is None or months is None:
        return
    if extensions < 1 or months < 1:
        raise RuleBroken("CON-27", "If it cannot be extended, leave both empty.")
    if extensions * months > most_months:
        raise RuleBroken("CON-27", f"All extensions together are at most {most_months} months.")


def check_notice_is_whole(*, months: int | None, by: str, runs_months: int) -> None:
    """CON-28 Notice has its length and its giver: both, or neither, and shorter than the contract.

    ``runs_months`` is how many months the contract runs.
    """
    if (months is None) != (not by):
        raise RuleBroken("CON-28", "Say how many months’ notice is given, and who may give it.")
    if months is not None and months < 1:
        raise RuleBroken("CON-28", "If nobody can give notice, leave both empty.")
    if months is not None and months > max(runs_months, 1):
        raise RuleBroken("CON-28", "The notice is longer than the contract runs.")


def check_contract_is_told_one_way(*, differing: Collection[str]) -> None:
    """CON-29 A contract is told one way: what stands in every row of it is the same in each."""
    if differing:
        raise RuleBroken(
            "CON-29", f"The rows of this contract differ under {' and '.join(differing)}."
        )


def check_dispute_says_why(*, is_disputed: bool, words: str) -> None:
    """CON-30 A dispute says what is wrong: its words stand beside what was brought in."""
    if is_disputed and not words.strip():
        raise RuleBroken("CON-30", "Say what is wrong. Everyone will be able to read it.")


def check_it_was_brought_in(*, is_brought_in: bool) -> None:
    """CON-31 What was made here is not confirmed: its provider promised and signed it here itself."""
    if not is_brought_in:
        raise RuleBroken("CON-31", "This contract was made here. There is nothing to confirm.")


def check_decision_was_made(decided_on: date, *, today: date) -> None:
    """CON-32 What is brought in was decided: the day of the decision is not to come."""
    if decided_on > today:
        raise RuleBroken("CON-32", "The day under “decided on” is to come.")


def check_measure_is_known(*, is_known: bool, measure: str) -> None:
    """CON-33 A row names a measure of the library: by its whole name, or as its address spells it."""
    if not is_known:
        raise RuleBroken(
            "CON-33",
            f"“{measure}” is no measure of the library. Define it first, or mend the name.",
        )


def _plainly(name: str) -> str:
    return " ".join(name.casefold().split())


def check_withholding_has_a_reason(*, reason: str) -> None:
    """CON-50 A withholding has its reason: everyone reads why they may not read on."""
    if not reason.strip():
        raise RuleBroken("CON-50", "Give the reason. Everyone will be able to read it.")


def check_withholding_ends(until_on: date, *, today: date, most_years: int) -> None:
    """CON-51 Nothing is withheld for good: it ends on a day to come, some years ahead at most."""
    if until_on <= today:
        raise RuleBroken("CON-51", "Choose a day to come. Until then it is withheld.")
    if is_beyond_years(until_on, today=today, years=most_years):
        raise RuleBroken("CON-51", f"Choose a day at most {in_years(most_years)} from now.")


def check_part_is_withheld_once(*, is_withheld: bool) -> None:
    """CON-52 A part is withheld once: a second click withholds nothing twice."""
    if is_withheld:
        raise RuleBroken("CON-52", "This part is withheld already. Lift that first.")
