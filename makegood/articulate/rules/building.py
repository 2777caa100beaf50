"""What must be true of what helps to write a promise: advice, evidence, who is asked, power."""

from makegood.kernel.refusal import RuleBroken

LEAST_POINTS = 13
"""The fewest figures from which power is worked out: a year of months, and one."""


def check_advice_is_set_aside_with_a_reason(*, reason: str) -> None:
    """ART-55 Advice is set aside with a reason: whoever decides on the proposal reads why."""
    if not reason.strip():
        raise RuleBroken("ART-55", "Say why you do not follow it. Whoever decides will read it.")


def check_advice_is_given(*, is_given: bool) -> None:
    """ART-56 Advice is set aside while it is given: none that was mended, and none twice."""
    if not is_given:
        raise RuleBroken("ART-56", "This advice is not given any more. Nothing was set aside.")


def check_level_of_evidence_rests_on_words(*, level: int | None, evidence: str) -> None:
    """ART-57 A level of evidence rests on something: what the evidence is stands beside it."""
    if level is not None and not evidence.strip():
        raise RuleBroken("ART-57", "Say what the evidence is, or choose no level.")


def check_who_must_not_gather_does_not(*, gathered_by: str, not_gathered_by: str) -> None:
    """ART-58 Who must not gather does not: the same name is not in both answers."""
    names = [" ".join(name.casefold().split()) for name in (gathered_by, not_gathered_by)]
    if names[0] and names[0] == names[1]:
        raise RuleBroken("ART-58", "Whoever gathers cannot also be who must not gather.")


def check_somebody_is_asked(*, least: int | None) -> None:
    """ART-59 Somebody is asked: where it is said how many at least, it is one or more."""
    if least is not None and least < 1:
        raise RuleBroken("ART-59", "At least one person must be asked. Write 1 or more.")


def check_link_leads_to_the_web(address: str) -> None:
    """ART-60 A link leads to the web: it begins with https:// or http://."""
    if address and not address.casefold().startswith(("https://", "http://")):
        raise RuleBroken("ART-60", "Write the whole web address. It begins with https://.")


def check_history_is_long_enough(*, points: int) -> None:
    """ART-61 A history is long enough to learn from: 13 figures before the start, or more."""
    if points < LEAST_POINTS:
        had = (
            "there is none"
            if not points
            else "there is 1"
            if points == 1
            else f"there are {points}"
        )
        raise RuleBroken(
            "ART-61",
            f"There is too little history: {LEAST_POINTS} figures from before the start are needed, "
            f"and {had}.",
        )


def check_history_can_be_used(*, fault: str) -> None:
    """ART-62 A history is of figures that move: what can be told from chance is read off how they do."""
    if fault:
        raise RuleBroken("ART-62", fault)


def check_power_is_of_a_measure(*, has_measure: bool) -> None:
    """ART-63 Power is worked out in numbers: only a promise with a measure has it."""
    if not has_measure:
        raise RuleBroken(
            "ART-63", "This promise is not in numbers, so there is nothing to work out."
        )
