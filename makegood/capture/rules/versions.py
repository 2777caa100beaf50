"""What must be true of translations and of Easy Read."""

from makegood.kernel.refusal import RuleBroken


def check_version_is_of_what_stands(*, is_standing: bool) -> None:
    """CAP-69 Other words go with the story: of one that was taken back nothing is translated or kept."""
    if not is_standing:
        raise RuleBroken("CAP-69", "This story was taken back. Nothing of it is kept.")


def check_version_is_another(*, is_translation: bool, is_english: bool, is_there: bool) -> None:
    """CAP-70 A version says it otherwise: a translation in another language, and each once."""
    if is_translation and is_english:
        raise RuleBroken("CAP-70", "Choose the language into which it was translated.")
    if is_there:
        raise RuleBroken(
            "CAP-70", "There is one already. Take it away first, then keep the new one."
        )


def check_version_is_checked_by_another(*, is_same: bool) -> None:
    """CAP-71 Two people answer for a version: whoever put it in does not check it."""
    if is_same:
        raise RuleBroken("CAP-71", "You put this in. Somebody else checks it.")
