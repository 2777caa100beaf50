"""What must be true of the questions that ask for stories."""

from collections.abc import Sequence

from makegood.kernel.refusal import RuleBroken


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
