"""What must be true of groups that are not yet an organisation, and of whoever advises them."""

from collections.abc import Collection
from datetime import date

from makegood.kernel.refusal import RuleBroken
from makegood.people.states import Kind, LegalForm


def check_only_a_provider_is_in_formation(*, is_in_formation: bool, kind: Kind) -> None:
    """PEO-90 Only those who will provide a service are in formation: whoever buys or judges exists."""
    if is_in_formation and kind != Kind.PROVIDER:
        raise RuleBroken(
            "PEO-90",
            f"Only a provider can be in formation. Choose the legal form of your {kind.words}.",
        )


def check_formation_ends_by_registering(*, before: str, after: str, was_registered: bool) -> None:
    """PEO-91 Formation ends by registering: nobody slips out of it by other words, or back into it.

    ``before`` and ``after`` are legal forms. Whoever said none may still say that it is in formation,
    unless it ``was_registered``.
    """
    if before == after:
        return
    if before == LegalForm.IN_FORMATION:
        raise RuleBroken(
            "PEO-91",
            "You are in formation. Choose “We are registered now” on that page, with the day.",
        )
    if after == LegalForm.IN_FORMATION and (before or was_registered):
        raise RuleBroken(
            "PEO-91", "You have a legal form, or had one. You are not in formation again."
        )


def check_it_is_in_formation(*, is_in_formation: bool, organisation: str) -> None:
    """PEO-92 What is done to get there is done before: steps, founders and advice are a group's."""
    if not is_in_formation:
        raise RuleBroken("PEO-92", f"{organisation} is not in formation. What was said then stays.")


def check_founders_speak_for_themselves(
    *, is_anothers: bool, is_taken: bool, shows_to_more: bool
) -> None:
    """PEO-44 Founders speak for themselves: what one wrote of themselves no other takes or shows to more."""
    if is_anothers and is_taken:
        raise RuleBroken(
            "PEO-44", "Somebody else wrote this of themselves. Add yourself beside it."
        )
    if is_anothers and shows_to_more:
        raise RuleBroken(
            "PEO-44",
            "Somebody wrote this of themselves. Only they let more people see it. Ask them.",
        )


def check_a_registration_has_a_legal_form(legal_form: str) -> None:
    """PEO-78 Whoever is registered is something: there is a legal form, and it is not “in formation”."""
    if legal_form in {"", LegalForm.IN_FORMATION}:
        raise RuleBroken("PEO-78", "Say which legal form you have now.")


def check_a_registration_has_a_number_or_a_reason(*, has_number: bool, why_no_number: str) -> None:
    """PEO-79 A registration can be looked up: it has a number in a register, or a reason why not."""
    if not (has_number or why_no_number.strip()):
        raise RuleBroken("PEO-79", "Give the number from the register, or say why there is none.")


def check_a_day_is_not_to_come(day: date | None, *, today: date) -> None:
    """PEO-80 What is done is done: the day of a step, or of registering, is today or past."""
    if day is not None and day > today:
        raise RuleBroken("PEO-80", f"{day:%-d %B %Y} is to come. Say so on the day, or after.")


def check_a_step_leads_there(step: str, *, known: Collection[str]) -> None:
    """PEO-81 A step leads to the legal form aimed at: it is one of that form's own."""
    if step not in known:
        raise RuleBroken(
            "PEO-81", "That step does not lead to the legal form you aim at. Choose one."
        )


def check_one_advises_at_a_time(*, is_open: bool) -> None:
    """PEO-82 One advises at a time: a group that asked, or has an adviser, does not ask another."""
    if is_open:
        raise RuleBroken(
            "PEO-82", "You asked already. End that first, then ask another support unit."
        )


def check_a_unit_that_advises_is_asked(*, advises: bool, unit: str) -> None:
    """PEO-46 Advice is asked where it is given: of a support unit that is open and has somebody who may."""
    if not advises:
        raise RuleBroken("PEO-46", f"Nobody advises at {unit} now. Ask another support unit.")


def check_an_adviser_advises_there(*, advises: bool, unit: str) -> None:
    """PEO-83 An adviser is one: whoever takes a group on may advise, at the support unit it asked."""
    if not advises:
        raise RuleBroken("PEO-83", f"Choose somebody who may advise organisations at {unit}.")


def check_a_note_says_something(words: str) -> None:
    """PEO-84 Advice says something: a note has words."""
    if not words.strip():
        raise RuleBroken("PEO-84", "Write what you suggest.")
