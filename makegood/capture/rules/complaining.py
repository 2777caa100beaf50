"""What must be true of complaints."""

from makegood.kernel.refusal import RuleBroken


def check_complaint_says_something(*, words: str) -> None:
    """CAP-67 A complaint says what is wrong: in a few words at least, so that somebody can answer it."""
    if not words.strip():
        raise RuleBroken("CAP-67", "Say what went wrong, in a few words.")


def check_answer_says_something(*, words: str) -> None:
    """CAP-68 A complaint is answered in words: what was found, and what changes."""
    if not words.strip():
        raise RuleBroken("CAP-68", "Write what you found, and what you will do about it.")
