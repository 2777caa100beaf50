"""What must be true of a story, and of the consent it was told under."""

from collections.abc import Sequence

from makegood.kernel.refusal import RuleBroken


def check_story_link_is_open(*, is_open: bool) -> None:
    """CAP-02 A story comes by an open link: a closed one takes no more stories."""
    if not is_open:
        raise RuleBroken("CAP-02", "This page no longer takes stories. Nothing you wrote was sent.")


def check_named_story_has_a_name(*, is_named: bool, first_name: str) -> None:
    """CAP-03 Consent rules publication: a name is shown only where it was given for that."""
    if is_named and not first_name.strip():
        raise RuleBroken("CAP-03", "Write your first name, or choose “without my name”.")


def check_basis_fits(*, is_for_another: bool, fits: bool, is_related: bool) -> None:
    """CAP-05 Who agrees for another says why they may: a basis that fits, and who they are to them.

    Parental responsibility for a child; an attorney, a deputy or best interests for an adult.
    """
    if is_for_another and not fits:
        raise RuleBroken("CAP-05", "Say what lets you agree for them: choose what fits.")
    if is_for_another and not is_related:
        raise RuleBroken("CAP-05", "Say who you are to them: their daughter, their social worker.")


def check_consent_fits_basis(*, is_wider: bool) -> None:
    """CAP-06 Best interests show no name: who agrees on them alone agrees to no name and no print."""
    if is_wider:
        raise RuleBroken(
            "CAP-06",
            "A decision in somebody’s best interests does not show their name. Choose “without my name” "
            "or “only the people who judge the evidence”.",
        )


def check_teller_lets_everyone_read(*, is_public: bool) -> None:
    """CAP-07 Consent comes before publication: words are shown to everyone only where their teller agreed."""
    if not is_public:
        raise RuleBroken("CAP-07", "The person who told this lets only the assessor read it.")


def check_omissions_lie_in_the_words(places: Sequence[tuple[int, int]], *, length: int) -> None:
    """CAP-08 What is left out is left out whole: each part lies in the words, in order, none over another."""
    ends = [0, *(end for _, end in places)]
    for (start, end), last in zip(places, ends, strict=False):
        if not last <= start < end <= length:
            raise RuleBroken("CAP-08", "What is left out does not fit the words. Choose again.")


def check_it_was_agreed_before(*, is_past: bool) -> None:
    """CAP-14 What is typed in was agreed to: its teller agreed on paper, on a day that has come."""
    if not is_past:
        raise RuleBroken(
            "CAP-14", "Enter the day on which they agreed. It cannot be in the future."
        )


def check_link_opens_what_stands(*, is_standing: bool, what: str = "story") -> None:
    """CAP-19 A private link is sent while it opens something: of what was taken back nothing is left."""
    if not is_standing:
        raise RuleBroken("CAP-19", f"This {what} ended. There is nothing left to come back to.")
