"""What must be true of deciding between proposals, and of what happens until a decision is public."""

from collections.abc import Collection
from datetime import datetime

from makegood.kernel.refusal import RuleBroken

WHOLE = 100
"""What the weights of all criteria make together."""


def check_what_competed_is_decided_together(*, takes_proposals: bool, rivals: int) -> None:
    """CON-36 What competed is decided together: once a need has closed, on all that wait at once.

    ``rivals`` is how many others wait that would be left out.
    """
    if takes_proposals:
        raise RuleBroken("CON-36", "The need still takes proposals. Close it first, then decide.")
    if rivals:
        others = "another proposal waits" if rivals == 1 else f"{rivals} others wait"
        raise RuleBroken(
            "CON-36", f"For this need {others} too. Decide on all of them together, from the need."
        )


def check_interest_is_declared_whole(
    *, is_declared: bool, has_interest: bool, names_proposal: bool, words: str
) -> None:
    """CON-37 An interest is declared whole: who has one says in which proposal, and why; once."""
    if is_declared:
        raise RuleBroken("CON-37", "You declared this already. It stays as you said it.")
    if has_interest and not (names_proposal and words.strip()):
        raise RuleBroken("CON-37", "Say in which proposal you have an interest, and why.")


def check_who_is_not_chosen_is_told_why(*, untold: Collection[str]) -> None:
    """CON-38 Who is not chosen is told why: what was strong, and what would have been better.

    ``untold`` names the proposals of which that is missing.
    """
    if untold:
        raise RuleBroken(
            "CON-38",
            "Write what was strong and what would have been better, for whom you do not choose: "
            f"{', '.join(untold)}.",
        )


def check_decisions_are_those_read(*, is_as_read: bool) -> None:
    """CON-39 One confirms what one has read: the decisions on the page are those that are told."""
    if not is_as_read:
        raise RuleBroken("CON-39", "Something changed since you read it. Read it again.")


def check_nobody_is_left_waiting(*, waiting: int, undecided: Collection[str]) -> None:
    """CON-40 Nobody is left waiting: every proposal has its decision before any provider is told.

    ``waiting`` is how many there are, ``undecided`` names those without one.
    """
    if not waiting:
        raise RuleBroken("CON-40", "No proposal waits for a decision.")
    if undecided:
        raise RuleBroken("CON-40", f"Write what you decide on {', '.join(undecided)} first.")


def check_nothing_stands_still(*, stands_still: bool) -> None:
    """CON-41 What is chosen stands still first: nothing goes on before the standstill has ended."""
    if stands_still:
        raise RuleBroken(
            "CON-41", "The decision stands still. You can go on once the standstill has ended."
        )


def check_standstill_is_over(*, ends_at: datetime, unanswered: int, now: datetime) -> None:
    """CON-42 A standstill ends in its time: not before its last day, nor while a challenge waits."""
    if now < ends_at:
        raise RuleBroken("CON-42", f"It stands still until {ends_at:%-d %B %Y}.")
    if unanswered:
        raise RuleBroken("CON-42", "A challenge waits for its answer. Answer it first.")


def check_decision_can_be_challenged(
    *, is_decided: bool, stands_still: bool, was_chosen: bool, is_challenged: bool
) -> None:
    """CON-43 Who was not chosen may challenge: while the decision stands still, and once."""
    if not is_decided:
        raise RuleBroken("CON-43", "Nothing is decided yet. Wait until you are told.")
    if was_chosen:
        raise RuleBroken("CON-43", "Your proposal was chosen. There is nothing to challenge.")
    if is_challenged:
        raise RuleBroken("CON-43", "You challenged this decision already.")
    if not stands_still:
        raise RuleBroken("CON-43", "The time to challenge this decision is over.")


def check_challenge_is_answered_once(*, answer: str, is_answered: bool) -> None:
    """CON-44 A challenge is answered once, in words: the answer stays as it was given."""
    if is_answered:
        raise RuleBroken("CON-44", "This challenge is answered already.")
    if not answer.strip():
        raise RuleBroken("CON-44", "Write the answer, and how you came to it.")


def check_criteria_are_whole(
    *, names: Collection[str], weights: Collection[int], takes_proposals: bool
) -> None:
    """CON-45 One weighs by what was said beforehand: criteria with weights of 100, set before closing."""
    if not takes_proposals:
        raise RuleBroken("CON-45", "The need has closed. Its criteria stay as they are.")
    if len({name.strip().casefold() for name in names}) != len(names):
        raise RuleBroken("CON-45", "Two criteria have the same name. Give each its own.")
    if any(not name.strip() for name in names) or any(weight < 1 for weight in weights):
        raise RuleBroken("CON-45", "Give each criterion a name, and a weight of at least 1.")
    if names and sum(weights) != WHOLE:
        raise RuleBroken("CON-45", f"The weights make {sum(weights)} together. They must make 100.")


def check_interests_come_first(*, is_declared: bool, has_interest: bool) -> None:
    """CON-46 Interests come first: who has one, or has not said so, sees no scores and gives none."""
    if not is_declared:
        raise RuleBroken("CON-46", "Say first whether you have an interest.")
    if has_interest:
        raise RuleBroken(
            "CON-46", "You declared an interest. You see no scores for this need, and give none."
        )


def check_scores_are_whole(*, is_closed: bool, waits: bool, missing: Collection[str]) -> None:
    """CON-47 Scores are whole: given while proposals wait, by every criterion, each with its sentence.

    ``missing`` names the proposals of which some are not there when they are sent.
    """
    if not is_closed:
        raise RuleBroken("CON-47", "The need still takes proposals. Score once it has closed.")
    if not waits:
        raise RuleBroken("CON-47", "This is decided. It is not scored any more.")
    if missing:
        raise RuleBroken("CON-47", f"Points or a sentence are missing for {', '.join(missing)}.")


def check_each_scores_alone(*, is_sent: bool, is_reading: bool) -> None:
    """CON-48 Each scores alone: nobody reads others' scores before their own are sent, and so stay."""
    if is_reading and not is_sent:
        raise RuleBroken("CON-48", "Send your own scores first. Then you read those of the others.")
    if is_sent and not is_reading:
        raise RuleBroken("CON-48", "You sent your scores. Change one with a reason instead.")


def check_panel_is_whole_before_scores(*, is_any_sent: bool) -> None:
    """CON-68 The panel is whole before scores are sent: nobody joins it once others can be read."""
    if is_any_sent:
        raise RuleBroken("CON-68", "Scores are sent already. Nobody else can join the panel.")


def check_changed_score_says_why(*, reason: str, is_same: bool) -> None:
    """CON-49 A changed score says why: both stay, with the reason between them."""
    if is_same:
        raise RuleBroken("CON-49", "These are the points it has. Choose others, or leave it.")
    if not reason.strip():
        raise RuleBroken("CON-49", "Say why it changes. What it was stays beside it.")
