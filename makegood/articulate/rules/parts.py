"""What must be true of the parts of a proposal, of files beside it, and of clarifications."""

from collections.abc import Sequence
from datetime import date

from makegood.kernel.refusal import RuleBroken

MOST_NAMED = 3
"""So many of the things that are missing are named; of others, how many there are."""


def check_nobody_wrote_meanwhile(*, is_as_read: bool) -> None:
    """ART-40 Nobody’s words are written over unseen: who writes second is told what changed first."""
    if not is_as_read:
        raise RuleBroken(
            "ART-40",
            "Somebody else changed this while you wrote. Your words are below, and so are theirs. "
            "Nothing is lost. Put both together, then keep it.",
        )


def check_done_part_is_whole(*, missing: Sequence[str]) -> None:
    """ART-41 A part that is done says all it should: what is missing is named."""
    if missing:
        named = "; ".join(f"“{each}”" for each in missing[:MOST_NAMED])
        more = len(missing) - MOST_NAMED
        rest = f", and {more} more" if more > 0 else ""
        raise RuleBroken(
            "ART-41",
            f"This part is not done yet. Still to answer: {named}{rest}. "
            "Untick “This part is done” to keep what you have.",
        )


def check_no_part_is_half_done(*, begun: Sequence[str]) -> None:
    """ART-42 No part is sent half done: what was begun is finished or emptied before it is sent."""
    if begun:
        raise RuleBroken(
            "ART-42",
            f"You began these parts, and did not finish them: {'; '.join(begun)}. "
            "Finish each, or empty it.",
        )


def check_proposal_says_what_it_would_do(*, summary: str) -> None:
    """ART-43 A proposal says what it would do: its summary is written before it is sent."""
    if not summary.strip():
        raise RuleBroken("ART-43", "Say what you would do, and how, before you submit it.")


def check_what_is_sent_was_read(*, is_as_read: bool) -> None:
    """ART-44 What is sent is what was read: nobody sends words that came after they looked."""
    if not is_as_read:
        raise RuleBroken(
            "ART-44",
            "The proposal changed while you read it. Read it again as it stands now, then send it.",
        )


def check_file_can_be_kept(*, is_known: bool, size: int, most: int) -> None:
    """ART-45 A file beside a proposal can be opened by everyone: PDF, PNG or JPEG, not too large."""
    if not is_known:
        raise RuleBroken("ART-45", "Choose a PDF, PNG or JPEG file. This is none of them.")
    if size > most:
        raise RuleBroken("ART-45", f"Choose a file of at most {most // 2**20} MB.")


def check_file_is_described(*, title: str, description: str) -> None:
    """ART-46 A file says in words what it shows: nobody is left out who cannot see it."""
    if not title.strip() or not description.strip():
        raise RuleBroken("ART-46", "Name the file, and say in words what it shows.")


def check_files_are_few(*, held: int, most: int) -> None:
    """ART-47 Files beside a proposal are few: so many that they are read, and no more."""
    if held >= most:
        raise RuleBroken("ART-47", f"A proposal holds at most {most} files. Remove one first.")


def check_clarification_asks_something(
    *, question: str, answer_by_on: date | None, today: date
) -> None:
    """ART-48 A clarification asks something, and gives time: a question, and a day to come if any."""
    if not question.strip():
        raise RuleBroken("ART-48", "Write what you want to have clarified.")
    if answer_by_on is not None and answer_by_on <= today:
        raise RuleBroken("ART-48", "Choose a day to come, or none.")


def check_clarification_is_answered(*, answer: str) -> None:
    """ART-49 An answer to a clarification says something: none is sent empty."""
    if not answer.strip():
        raise RuleBroken("ART-49", "Write the answer before you send it.")


def check_proposal_waits_for_its_decision(*, is_proposed: bool) -> None:
    """ART-50 What was sent stays as it was sent: only while it waits for a decision is it clarified."""
    if not is_proposed:
        raise RuleBroken(
            "ART-50", "This proposal does not wait for a decision. Nothing of it is clarified now."
        )
