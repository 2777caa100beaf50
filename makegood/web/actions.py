"""What is done to things that stand in no room: the operators' log, and letters written to files."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Q

from makegood.people.models import Person

BETWEEN_LETTERS = b"-" * 79 + b"\n"
"""What Django writes after each letter in a file."""


def forget_person(*, name: str, addresses: Iterable[str], by: Person) -> None:
    """Take what an erased person was called out of the operators' log."""
    said = Q()
    for words in filter(None, [name, *addresses]):
        said |= Q(object_repr__icontains=words) | Q(change_message__icontains=words)
    LogEntry.objects.filter(said).update(object_repr=str(by), change_message="")


def burn_letters(*, addresses: Iterable[str]) -> None:
    """Remove the files of letters that name one of these addresses."""
    wanted = [address.lower().encode() for address in addresses]
    for file in letters():
        held = file.read_bytes().split(BETWEEN_LETTERS)
        left = [one for one in held if not any(address in one.lower() for address in wanted)]
        if len(left) < len(held):
            file.write_bytes(BETWEEN_LETTERS.join(left))


def letters() -> list[Path]:
    """Return the files of letters, where no mail server is set."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log")) if folder.is_dir() else []
