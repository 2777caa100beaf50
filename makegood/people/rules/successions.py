"""What must be true when one organisation follows another."""

from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_nobody_follows_themselves(*, is_same: bool) -> None:
    """PEO-65 Nobody follows themselves: a predecessor and its successor are two organisations."""
    if is_same:
        raise RuleBroken("PEO-65", "That is the same organisation. Name another one.")


def check_succession_runs_one_way(*, leads_back: bool, predecessor: str, successor: str) -> None:
    """PEO-66 Succession runs one way: nobody follows what followed it, whatever lies between."""
    if leads_back:
        raise RuleBroken(
            "PEO-66", f"{predecessor} follows {successor}. It cannot be the other way round too."
        )


def check_a_succession_is_said_once(*, is_said: bool, predecessor: str, successor: str) -> None:
    """PEO-67 A succession is said once: while it stands, or waits for an answer, nobody repeats it."""
    if is_said:
        raise RuleBroken(
            "PEO-67", f"That {successor} follows {predecessor} is said already. See their pages."
        )


def check_a_succession_has_a_reason(reason: str) -> None:
    """PEO-68 A succession has a reason: whoever looks for the one learns how it became the other."""
    if not reason.strip():
        raise RuleBroken("PEO-68", "Say how it came about. Everyone can read it once it stands.")


def check_a_succession_is_not_foretold(*, since_on: date, today: date) -> None:
    """PEO-69 A succession is not foretold: it stands since today, or a day that has passed."""
    if since_on > today:
        raise RuleBroken("PEO-69", "That day is to come. Say it on that day, or after.")


def check_whoever_decides_stands_outside(*, own: str | None) -> None:
    """PEO-70 Whoever decides stands outside: between two organisations, nobody of either decides.

    Owners still answer for what is theirs; this is of those who are trusted to decide for others.
    ``own`` is the one of the two that they belong to.
    """
    if own:
        raise RuleBroken("PEO-70", f"You belong to {own}. Somebody else decides on this.")


def check_an_undoing_has_a_reason(reason: str) -> None:
    """PEO-94 An undoing has a reason: what both sides said is not taken off their pages without one."""
    if not reason.strip():
        raise RuleBroken("PEO-94", "Say why it is not so. The owners of both read it.")
