"""What must be true of calls by which stories are told."""

from makegood.kernel.refusal import RuleBroken

SHORTEST = 10
"""Digits of a telephone number with its area code."""


def check_call_reaches_somebody(*, reach: str, is_video: bool) -> None:
    """CAP-65 A call reaches somebody: by a number with its area code; by video, by an address too."""
    digits = sum(sign.isdigit() for sign in reach)
    if not reach.strip() or (not is_video and digits < SHORTEST):
        raise RuleBroken(
            "CAP-65", "Write your telephone number with its area code, like 01632 960 001."
        )


def check_it_was_read_back(*, is_read_back: bool) -> None:
    """CAP-66 What was told in a call is read back: its teller hears, or sees, what is kept before it is."""
    if not is_read_back:
        raise RuleBroken(
            "CAP-66", "First read it back to them, with who may read it, and mend what they say."
        )
