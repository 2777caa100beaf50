"""What must be true of samples of figures."""

from makegood.kernel.refusal import RuleBroken


def check_sample_is_from_outside(*, is_inside: bool) -> None:
    """CAP-47 A sample is drawn from outside: nobody of the provider draws it or works through it."""
    if is_inside:
        raise RuleBroken("CAP-47", "You belong to the provider. Somebody else checks its figures.")


def check_one_sample_at_a_time(*, is_open: bool) -> None:
    """CAP-48 Nobody draws again: one sample is open at a time, and the next is of what came since."""
    if is_open:
        raise RuleBroken("CAP-48", "A sample is open. Close it first; nobody draws it again.")


def check_sample_size(*, size: int, captured: int, providers: int = 1) -> None:
    """CAP-49 A sample is of what came: one figure of each provider at least, and no more than came."""
    if not captured:
        raise RuleBroken("CAP-49", "No figure came since the last sample. There is none to draw.")
    if not providers <= size <= captured:
        each = "" if providers == 1 else ", one at least of each provider"
        raise RuleBroken(
            "CAP-49", f"Draw between {providers} and {captured}: so many figures came{each}."
        )


def check_sample_is_drawn(*, is_drawn: bool) -> None:
    """CAP-50 A worksheet is of what was drawn: it is worked through until the sample closes."""
    if not is_drawn:
        raise RuleBroken("CAP-50", "This sample is not drawn yet, or it is closed.")


def check_finding_is_whole(
    *, is_wrong: bool, is_unknown: bool, true_value: float | None, value: float | None, note: str
) -> None:
    """CAP-51 What is found is whole: what is wrong says what is true; what cannot be told, why."""
    if is_wrong and true_value is None:
        raise RuleBroken("CAP-51", "Give the true figure.")
    if is_wrong and true_value == value:
        raise RuleBroken("CAP-51", "That is the figure as it was given. Say that it is right.")
    if is_unknown and not note.strip():
        raise RuleBroken("CAP-51", "Say why you cannot tell.")


def check_sample_is_whole(*, unanswered: int, why: str) -> None:
    """CAP-52 A sample closes whole: all that was drawn is looked at, or it is said why not."""
    if unanswered and not why.strip():
        left = "1 figure is" if unanswered == 1 else f"{unanswered} figures are"
        raise RuleBroken(
            "CAP-52", f"{left} not looked at. Look, or say why not: they count as wrong."
        )
