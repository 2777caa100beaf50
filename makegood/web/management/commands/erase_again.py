"""`makegood erase-again`: once a backup is restored, what was taken back after it was made."""

from typing import Any

from django.core.management.base import BaseCommand

from makegood.capture.actions import erase_again


class Command(BaseCommand):
    """Take back again every story and file that is noted as taken back; harmless to run twice."""

    help = "After a backup is restored: erase what people took back since it was made."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_again()} taken back again.")
