"""What must be true of what is added to a story."""

from makegood.kernel.refusal import RuleBroken


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
