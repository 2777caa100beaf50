"""What must be true of what is said of figures and documents: how far they are checked, and disputed."""

from makegood.capture.states import Evidence
from makegood.kernel.refusal import RuleBroken


def check_verifier_is_another(
    *, recorder: int, verifier: int, what: Evidence = Evidence.FIGURE
) -> None:
    """CAP-41 No one judges their own work: who recorded a figure, or gave a document, does not check it."""
    if recorder == verifier:
        raise RuleBroken("CAP-41", f"You {what.how_it_came}. Somebody else checks it.")


def check_verified_from_outside(*, is_verified: bool, is_inside: bool) -> None:
    """CAP-42 Verified means from outside: nobody of the provider verifies what it gave."""
    if is_verified and is_inside:
        raise RuleBroken(
            "CAP-42", "Only the commissioner or the assessor verifies. You may corroborate."
        )


def check_it_says_how(*, how: str) -> None:
    """CAP-43 A check says how: what was looked at."""
    if not how.strip():
        raise RuleBroken("CAP-43", "Say what you looked at.")


def check_there_is_a_figure(*, has_value: bool) -> None:
    """CAP-44 What is checked is a figure: a reason why there is none is not."""
    if not has_value:
        raise RuleBroken("CAP-44", "There is no figure to check. You may dispute the reason.")


def check_words_are_given(*, words: str) -> None:
    """CAP-45 A dispute is in words: why it is disputed, what is answered, and why it ends as it does."""
    if not words.strip():
        raise RuleBroken("CAP-45", "Give your reasons in words. Everyone reads them.")


def check_count_is_as_it_stands(*, counted: int, standing: int) -> None:
    """CAP-73 Stories are counted as they stand: one told or taken back since, and they are counted anew."""
    if not standing:
        raise RuleBroken("CAP-73", "There is no story to count.")
    if counted != standing:
        raise RuleBroken("CAP-73", f"There are {standing} stories now. Count them again.")


def check_it_is_not_disputed_yet(*, is_same: bool, what: Evidence = Evidence.FIGURE) -> None:
    """CAP-46 What is disputed has one open dispute: another waits until it is resolved."""
    if not is_same:
        raise RuleBroken("CAP-46", f"This {what} is disputed already. Wait until that is resolved.")
