"""What must be true of proposals and promises."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from makegood.kernel.period import in_years, is_beyond_years
from makegood.kernel.refusal import RuleBroken


def check_promise_in_numbers_can_be_measured(
    *,
    in_numbers: bool,
    has_measure: bool,
    baseline: float | None,
    alternative: float | None,
    target: float | None,
) -> None:
    """ART-01 A promise in numbers can be measured: it names a measure, a baseline and a target.

    One known by stories alone names none of them.
    """
    figures = (baseline, alternative, target)
    if not in_numbers and (has_measure or any(figure is not None for figure in figures)):
        raise RuleBroken(
            "ART-01", "You gave figures. Choose “By both”, or leave the figures empty."
        )
    if in_numbers and not (has_measure and baseline is not None and target is not None):
        raise RuleBroken(
            "ART-01",
            "A promise known by numbers needs a measure, where it stands now and a target.",
        )


def check_promise_is_due_after_it_starts(*, starts_on: date, due_on: date) -> None:
    """ART-02 A promise has its time: it is due after it starts."""
    if due_on <= starts_on:
        raise RuleBroken("ART-02", "The due date must be after the start. Choose a later date.")


def check_proposal_promises_something(*, promises: int) -> None:
    """ART-03 A proposal promises something: it holds at least one promise when it is submitted."""
    if promises < 1:
        raise RuleBroken("ART-03", "Add at least one promise before you submit the proposal.")


def check_worth_is_a_sourced_range(
    *, low: Decimal | None, high: Decimal | None, source: str
) -> None:
    """ART-04 Worth is a range with its source: both ends and where they come from, or not valued."""
    given = [low is not None, high is not None, bool(source.strip())]
    if any(given) and not all(given):
        raise RuleBroken(
            "ART-04",
            "Give what it is worth as a range with its source, or leave all three empty.",
        )
    if low is not None and high is not None and low > high:
        raise RuleBroken("ART-04", "“At most” must not be less than “at least”.")


def check_proposal_is_a_draft(*, is_draft: bool) -> None:
    """ART-05 A promise stays as it was proposed: it is written only while its proposal is a draft."""
    if not is_draft:
        raise RuleBroken("ART-05", "The proposal was submitted. Its promises stay as they are.")


def check_promise_stands(*, is_struck_out: bool) -> None:
    """ART-09 A promise left out stays out: it is not changed, and not left out twice."""
    if is_struck_out:
        raise RuleBroken("ART-09", "This promise was left out. Add a new one instead.")


def check_figures_are_within_their_measure(
    figures: Mapping[str, float | None], *, lowest: float | None, highest: float | None
) -> None:
    """ART-07 A promise is possible: its figures are within what the measure can be."""
    for name, figure in figures.items():
        if figure is None:
            continue
        if lowest is not None and figure < lowest:
            raise RuleBroken("ART-07", f"The {name} cannot be below {lowest:g}.")
        if highest is not None and figure > highest:
            raise RuleBroken("ART-07", f"The {name} cannot be above {highest:g}.")


def check_it_is_said_once(*, exists: bool, what: str) -> None:
    """ART-08 A thing is said once: a second click makes no second need, proposal or promise."""
    if exists:
        raise RuleBroken("ART-08", f"There is such a {what} already. Nothing was added twice.")


def check_withheld_part_has_a_reason(*, reason: str) -> None:
    """ART-13 What is withheld of a proposal has its reason: everyone reads why they may not read on."""
    if not reason.strip():
        raise RuleBroken("ART-13", "Give the reason. Everyone will be able to read it.")


def check_withheld_part_is_shown_again(until_on: date, *, today: date, most_years: int) -> None:
    """ART-14 Nothing of a proposal is withheld for good: it ends on a day to come, within some years."""
    if until_on <= today:
        raise RuleBroken("ART-14", "Choose a day to come. Until then it is withheld.")
    if is_beyond_years(until_on, today=today, years=most_years):
        raise RuleBroken("ART-14", f"Choose a day at most {in_years(most_years)} from now.")


def check_proposal_part_is_withheld_once(*, is_withheld: bool) -> None:
    """ART-15 A part of a proposal is withheld once: a second click withholds nothing twice."""
    if is_withheld:
        raise RuleBroken("ART-15", "This part is withheld already. Lift that first.")
