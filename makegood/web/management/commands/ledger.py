"""`makegood ledger verify | export`: hold the record against itself, or hand it to others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.ledger.export import exported_lines
from makegood.kernel.ledger.verify import verify


class Command(BaseCommand):
    """Verify the ledger, or write it out for others to verify."""

    help = (
        "Check that nothing was altered, or write the ledger out (docs/verify_ledger.py reads it)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "export"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "export":
            for line in exported_lines():
                self.stdout.write(line)
            return
        report = verify()
        for problem in report.problems:
            self.stderr.write(problem)
        if not report.sound:
            raise CommandError(f"The ledger does not hold: {len(report.problems)} faults.")
        self.stdout.write(
            f"The ledger holds. {report.entries} entries, {report.rows} rows.\n"
            f"Tree of {report.size}, root {report.root}"
        )
