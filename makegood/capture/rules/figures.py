"""What must be true of figures that are given."""

from collections.abc import Sequence

from makegood.kernel.refusal import RuleBroken


def check_contract_is_in_force(*, in_force: bool) -> None:
    """CAP-01 Capture follows signature: evidence is recorded once both sides have signed."""
    if not in_force:
        raise RuleBroken("CAP-01", "The contract is not signed by both sides yet.")


def check_commitment_is_in_numbers(*, has_series: bool) -> None:
    """CAP-04 Figures belong to a measure: a promise known by stories takes no figures."""
    if not has_series:
        raise RuleBroken("CAP-04", "This promise is known by stories. It takes no figures.")


def check_figure_is_asked_for(*, is_asked: bool, period: str) -> None:
    """CAP-35 A figure is given for a period that asks for one: one that has begun, within the contract."""
    if not is_asked:
        raise RuleBroken("CAP-35", f"No figure is asked for {period} under this contract.")


def check_parts_make_a_share(
    *, numerator: float | None, denominator: float | None, is_share: bool
) -> None:
    """CAP-36 Parts come together: both or neither, none below 0, and a share is never more than the whole."""
    if (numerator is None) != (denominator is None):
        raise RuleBroken("CAP-36", "Give both numbers, the part and the whole, or neither.")
    if numerator is None or denominator is None:
        return
    if numerator < 0 or denominator <= 0:
        raise RuleBroken("CAP-36", "The part is 0 or more, and the whole is more than 0.")
    if is_share and numerator > denominator:
        raise RuleBroken(
            "CAP-36",
            f"{numerator:,.10g} is more than {denominator:,.10g}. The part cannot be more than the whole.",
        )


def check_value_is_what_its_parts_make(*, value: float, made: float) -> None:
    """CAP-37 A value is what its parts make: within a hundredth of it, or a rounding."""
    if abs(value - made) > max(abs(made) / 100, 0.1):
        raise RuleBroken(
            "CAP-37",
            f"{value:,.10g} is not what the two numbers make: {made:,.4g}. Mend one, or leave the "
            "figure empty, and it is worked out.",
        )


def check_doubts_are_answered(*, doubts: Sequence[str], is_sure: bool) -> None:
    """CAP-38 A figure that looks wrong is asked about: whoever gives it says that it is right."""
    if doubts and not is_sure:
        raise RuleBroken("CAP-38", " ".join(doubts), about=list(doubts))


def check_why_there_is_none(*, is_known: bool, words: str) -> None:
    """CAP-39 No figure says why: by a common reason, or in words of one’s own."""
    if not is_known and not words.strip():
        raise RuleBroken("CAP-39", "Say in your words why there is no figure.")


def check_figure_is_there(*, is_there: bool) -> None:
    """CAP-40 Something is given: a figure, the two numbers it is made of, or why there is none."""
    if not is_there:
        raise RuleBroken("CAP-40", "Give a figure, or say why there is none.")


def check_it_was_found_wrong(*, is_found_wrong: bool, is_stood_by: bool) -> None:
    """CAP-76 What was found wrong is corrected, or stood by: once, in words, and it stays marked."""
    if not is_found_wrong:
        raise RuleBroken("CAP-76", "Nobody found this figure wrong, or it is corrected.")
    if is_stood_by:
        raise RuleBroken(
            "CAP-76", "You stand by this figure already. What you said stands beside it."
        )
