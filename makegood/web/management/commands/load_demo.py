"""`makegood load-demo`: the example programme, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from makegood.web.demo.play import is_loaded, play


class Command(BaseCommand):
    """Load made-up people, organisations, promises and figures, unless they are there."""

    help = "Load the example programme (only where MAKEGOOD_DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Example data is loaded only into a demonstration: set MAKEGOOD_DEMO=1."
            )
        if is_loaded():
            self.stdout.write("The example programme is there already.")
            return
        self.stdout.write("Loading the example programme …")
        play()
        self.stdout.write("Loaded. Every person, organisation and figure in it is made up.")
