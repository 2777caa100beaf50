"""`makegood tick`: all that happens on a clock; harmless to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.web.clock import tick


class Command(BaseCommand):
    """Do what is due: fold in, send letters, judge what has changed, delete what is past."""

    help = "Do what is due by the clock. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        done = tick()
        self.stdout.write(
            f"{done.entries} entries put in the tree, {done.verdicts} new verdicts, "
            f"{done.letters} letters delivered."
        )
        for what, count in done.gone.items():
            self.stdout.write(f"Past their time and deleted: {count} × {what}.")
        if done.failed:
            raise CommandError(
                f"Not done, see the log: {', '.join(done.failed)}. The rest is done."
            )
