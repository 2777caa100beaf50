"""What must be true of those who write one proposal without belonging to its provider."""

from datetime import datetime

from makegood.kernel.refusal import RuleBroken


def check_invitation_to_write_is_open(
    *, is_ended: bool, is_draft: bool, expires_at: datetime, now: datetime
) -> None:
    """ART-51 An invitation to write is taken up in time: while it stands, and the draft is a draft."""
    if is_ended:
        raise RuleBroken("ART-51", "This invitation was taken back. Ask whoever sent it.")
    if not is_draft:
        raise RuleBroken("ART-51", "The proposal was sent. Nobody writes in it now.")
    if expires_at <= now:
        raise RuleBroken("ART-51", "This invitation ran out. Ask whoever sent it for another one.")


def check_writing_has_not_ended(*, is_ended: bool) -> None:
    """ART-52 Who writes no more stays out: they are invited again, and accept again."""
    if is_ended:
        raise RuleBroken("ART-52", "That ended already. Invite them again if they should write.")
