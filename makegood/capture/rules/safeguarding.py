"""What must be true where somebody may be harmed or afraid."""

from makegood.kernel.refusal import RuleBroken


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
