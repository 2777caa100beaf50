"""What must be true of what is captured."""

from collections.abc import Sequence
from datetime import date

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


def check_link_opens_what_stands(*, is_standing: bool, what: str = "story") -> None:
    """CAP-19 A private link is sent while it opens something: of what was taken back nothing is left."""
    if not is_standing:
        raise RuleBroken("CAP-19", f"This {what} ended. There is nothing left to come back to.")


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


def check_verifier_is_another(*, recorder: int, verifier: int) -> None:
    """CAP-41 No one judges their own work: who recorded a figure does not check it."""
    if recorder == verifier:
        raise RuleBroken("CAP-41", "You recorded this figure. Somebody else checks it.")


def check_verified_from_outside(*, is_verified: bool, is_inside: bool) -> None:
    """CAP-42 Verified means from outside: nobody of the provider verifies its figures."""
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


def check_figure_is_not_disputed_yet(*, is_same: bool) -> None:
    """CAP-46 A figure has one open dispute: another waits until it is resolved."""
    if not is_same:
        raise RuleBroken("CAP-46", "This figure is disputed already. Wait until that is resolved.")


def check_sample_is_from_outside(*, is_inside: bool) -> None:
    """CAP-47 A sample is drawn from outside: nobody of the provider draws it or works through it."""
    if is_inside:
        raise RuleBroken("CAP-47", "You belong to the provider. Somebody else checks its figures.")


def check_one_sample_at_a_time(*, is_open: bool) -> None:
    """CAP-48 Nobody draws again: one sample is open at a time, and the next is of what came since."""
    if is_open:
        raise RuleBroken("CAP-48", "A sample is open. Close it first; nobody draws it again.")


def check_sample_size(*, size: int, captured: int) -> None:
    """CAP-49 A sample is of what came: one figure at least, and no more than came since the last."""
    if not captured:
        raise RuleBroken("CAP-49", "No figure came since the last sample. There is none to draw.")
    if not 1 <= size <= captured:
        raise RuleBroken("CAP-49", f"Draw between 1 and {captured}: so many figures came.")


def check_sample_is_drawn(*, is_drawn: bool) -> None:
    """CAP-50 A worksheet is of what was drawn: it is worked through until the sample closes."""
    if not is_drawn:
        raise RuleBroken("CAP-50", "This sample is not drawn yet, or it is closed.")


def check_finding_is_whole(
    *, is_wrong: bool, is_unknown: bool, true_value: float | None, value: float | None, note: str
) -> None:
    """CAP-51 What is wrong says what is true, and what cannot be told says why."""
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


def check_document_is_described(*, title: str, summary: str) -> None:
    """CAP-53 A document is told in words too: what it is called, and what it shows."""
    if not title.strip() or not summary.strip():
        raise RuleBroken("CAP-53", "Say what the document is called and what it shows.")


def check_document_time_is_whole(*, from_on: date | None, until_on: date | None) -> None:
    """CAP-54 A document tells of a whole time: a first day and a last one, or neither."""
    if (from_on is None) != (until_on is None) or (from_on and until_on and until_on < from_on):
        raise RuleBroken("CAP-54", "Give the first and the last day, in that order, or neither.")


def check_withdrawal_says_why(*, why: str) -> None:
    """CAP-55 What is withdrawn says why: everyone reads it."""
    if not why.strip():
        raise RuleBroken("CAP-55", "Say why you withdraw it. Everyone reads this.")


def check_document_stands(*, stands: bool) -> None:
    """CAP-56 A document is withdrawn once: after that nothing of it changes."""
    if not stands:
        raise RuleBroken("CAP-56", "This document is withdrawn already.")


def check_document_can_be_kept(*, is_known: bool, size: int, most: int) -> None:
    """CAP-57 A document can be read by others: it is of a known kind, and not too large."""
    if not size:
        raise RuleBroken("CAP-57", "The file is empty. Choose another.")
    if size > most:
        raise RuleBroken("CAP-57", f"The file is larger than {most // 2**20} MB. Send its parts.")
    if not is_known:
        raise RuleBroken("CAP-57", "Send a PDF, a Word or OpenDocument text, or a picture.")
