"""`makegood erase-again`: once a backup is restored, what was taken back after it was made."""

from typing import Any

from django.core.management.base import BaseCommand

from makegood.capture.actions import erase_again
from makegood.people.actions import erase_people_again


class Command(BaseCommand):
    """Erase again all and everyone noted as erased; harmless to run twice."""

    help = "After a backup is restored: erase what people took back since it was made."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_again()} taken back again.")
        people, left = erase_people_again()
        self.stdout.write(f"{people} people erased again.")
        for number in left:
            self.stdout.write(
                f"{number} owns an organisation alone here: name another owner first."
            )
