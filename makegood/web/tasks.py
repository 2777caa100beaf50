"""What follows, outside every room, when something happens in one."""

from django.db import transaction
from django.dispatch import receiver

from makegood.people.models import Person
from makegood.people.signals import let_in, person_erased
from makegood.web.actions import burn_letters, forget_person, note_letting_in


@receiver(person_erased)
def forget(*, person: Person, name: str, addresses: list[str], **_: object) -> None:
    """Take an erased person out of the operators' log at once, and their letters once it is sure."""
    forget_person(name=name, addresses=addresses, by=person)
    transaction.on_commit(lambda: burn_letters(addresses=addresses), robust=True)


@receiver(let_in)
def note(*, person: Person, is_moved: bool, by: Person, **_: object) -> None:
    """Note in the operators' log that somebody was let in again, and by whom."""
    note_letting_in(person, is_moved=is_moved, by=by)
