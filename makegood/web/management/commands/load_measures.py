"""`makegood load-measures`: the measures to begin with, each with where it is defined."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.refusal import Refused
from makegood.measures.actions import load_starter_measures
from makegood.people.queries import organisations
from makegood.web.management.operators import add_by, the_operator


class Command(BaseCommand):
    """Add the measures that come with Makegood, in the name of an operator."""

    help = "Load the measures to begin with; run it again after an update."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = "CSV with the columns of docs/measures.md"
        parser.add_argument(
            "--file", type=Path, help=f"{words}; else those that come with Makegood"
        )
        parser.add_argument(
            "--keeper", default="", help="who keeps them, by the last part of its address"
        )
        add_by(parser)

    def handle(self, *args: Any, file: Path | None, keeper: str, by: str, **options: Any) -> None:
        kept_by = organisations().filter(slug=keeper).first()
        if keeper and kept_by is None:
            raise CommandError(f"There is no organisation {keeper}. Its page shows its name.")
        try:
            done = load_starter_measures(keeper=kept_by, file=file, by=the_operator(by))
        except OSError as wrong:
            raise CommandError(str(wrong)) from wrong
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"Measures: {len(done.added)} added, {len(done.kept)} kept, {len(done.revised)} revised."
        )
        for line in done.left:
            self.stdout.write(f"  Left as it is: {line}")
