"""What must be true of what is captured."""

from collections.abc import Sequence

from makegood.capture.rules.calling import check_call_reaches_somebody, check_it_was_read_back
from makegood.capture.rules.complaining import (
    check_answer_says_something,
    check_complaint_says_something,
)
from makegood.capture.rules.showing import check_file_may_be_shown
from makegood.capture.rules.versions import (
    check_version_is_another,
    check_version_is_checked_by_another,
    check_version_is_of_what_stands,
)
from makegood.kernel.refusal import RuleBroken

__all__ = [
    "check_answer_says_something",
    "check_call_reaches_somebody",
    "check_complaint_says_something",
    "check_file_may_be_shown",
    "check_it_was_read_back",
    "check_version_is_another",
    "check_version_is_checked_by_another",
    "check_version_is_of_what_stands",
]


def check_contract_is_in_force(*, in_force: bool) -> None:
    """CAP-01 Capture follows signature: evidence is recorded once both sides have signed."""
    if not in_force:
        raise RuleBroken("CAP-01", "The contract is not signed by both sides yet.")


def check_story_link_is_open(*, is_open: bool) -> None:
    """CAP-02 A story comes by an open link: a closed one takes no more stories."""
    if not is_open:
        raise RuleBroken("CAP-02", "This page no longer takes stories. Nothing you wrote was sent.")


def check_named_story_has_a_name(*, is_named: bool, first_name: str) -> None:
    """CAP-03 Consent rules publication: a name is shown only where it was given for that."""
    if is_named and not first_name.strip():
        raise RuleBroken("CAP-03", "Write your first name, or choose “without my name”.")


def check_commitment_is_in_numbers(*, has_series: bool) -> None:
    """CAP-04 Figures belong to a measure: a promise known by stories takes no figures."""
    if not has_series:
        raise RuleBroken("CAP-04", "This promise is known by stories. It takes no figures.")


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


def check_file_may_be_added(*, is_standing: bool) -> None:
    """CAP-09 With a story goes all that was added to it: to one that was withdrawn nothing is added."""
    if not is_standing:
        raise RuleBroken("CAP-09", "You took this story back. Nothing can be added to it.")


def check_file_can_be_read(
    *, is_known: bool, is_from_a_phone: bool, is_readable: bool, size: int, most: int
) -> None:
    """CAP-10 What is added can be read by others: it is of a known kind, and not too large."""
    if size > most:
        raise RuleBroken(
            "CAP-10",
            f"This file is larger than {most // 2**20} MB. Send a shorter film or a smaller picture. "
            "Your story and what you added before are kept.",
        )
    if is_from_a_phone:
        raise RuleBroken(
            "CAP-10",
            "Few can open a picture of this kind (HEIC). Take it as “most compatible”, or send a "
            "screenshot of it.",
        )
    if not is_known or not is_readable:
        raise RuleBroken(
            "CAP-10",
            "We cannot read this file. Send a photo (JPEG, PNG, WebP), a sound (MP3, M4A, Ogg, WAV), a film "
            "(MP4, MOV, WebM) or a document (PDF, Word, OpenDocument).",
        )


def check_photo_is_described(*, is_photo: bool, description: str) -> None:
    """CAP-11 A photo is told in words too: not everyone can see it."""
    if is_photo and not description.strip():
        raise RuleBroken("CAP-11", "Say in a few words what the photo shows.")


def check_story_has_room(*, held: int, most: int) -> None:
    """CAP-12 A story is small enough to be read: it takes a few files, not a box of them."""
    if held >= most:
        raise RuleBroken("CAP-12", f"A story takes {most} files. Take one away first.")


def check_questions_are_few_and_told_apart(questions: Sequence[str], *, most: int) -> None:
    """CAP-13 A story is asked for in a few questions: at least one, none twice, and none without words."""
    asked = [each.strip() for each in questions]
    if not asked or not all(asked):
        raise RuleBroken("CAP-13", "Write at least one question.")
    if len(asked) > most:
        raise RuleBroken(
            "CAP-13", f"Ask at most {most} questions. People tell more when asked less."
        )
    if len(set(asked)) < len(asked):
        raise RuleBroken("CAP-13", "One question stands there twice.")


def check_it_was_agreed_before(*, is_past: bool) -> None:
    """CAP-14 What is typed in was agreed to: its teller agreed on paper, on a day that has come."""
    if not is_past:
        raise RuleBroken(
            "CAP-14", "Enter the day on which they agreed. It cannot be in the future."
        )


def check_somebody_is_told_when_harm_is_said(*, is_named: bool) -> None:
    """CAP-15 Who asks for stories answers for safety: first, somebody is named who is told."""
    if not is_named:
        raise RuleBroken(
            "CAP-15",
            "First name who is told when somebody says with a story that they are harmed or afraid. "
            "Whoever manages your members does that.",
        )


def check_named_person_belongs(*, belongs: bool) -> None:
    """CAP-16 Who is told belongs to the organisation: a member is named, and nobody from outside."""
    if not belongs:
        raise RuleBroken("CAP-16", "Choose a member of your organisation.")


def check_concern_is_about_what_stands(*, is_standing: bool) -> None:
    """CAP-17 Fear is told with a story that stands: its words say what it is about."""
    if not is_standing:
        raise RuleBroken("CAP-17", "You took this story back. Ring 999 if anyone is in danger.")


def check_link_opens_what_stands(*, is_standing: bool) -> None:
    """CAP-19 A private link is sent while it opens something: of a story taken back nothing is left."""
    if not is_standing:
        raise RuleBroken(
            "CAP-19", "You took this story back. There is nothing left to come back to."
        )


def check_file_does_no_harm(*, is_harmful: bool, has_answer: bool) -> None:
    """CAP-18 Nothing harmful is kept: a file is looked at by the virus scanner first, where there is one."""
    if is_harmful:
        raise RuleBroken(
            "CAP-18", "The virus scanner found something harmful in this file. It is not kept."
        )
    if not has_answer:
        raise RuleBroken(
            "CAP-18",
            "The virus scanner does not answer, so nothing is taken in just now. Try again in an hour. "
            "Your story and what you added before are kept.",
        )


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
