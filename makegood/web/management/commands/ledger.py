"""`makegood ledger verify | export`: hold the record against itself, or hand it to others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from makegood.kernel.ledger.export import exported_lines
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify


class Command(BaseCommand):
    """Verify the ledger, or write it out for others to verify."""

    help = "Check that nothing was altered (verify), or write the ledger out (export)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=["verify", "export"],
            help="verify: hold every record against the ledger, and the ledger against its tree; "
            "export: write every entry as a line that docs/verify_ledger.py can check anywhere",
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if Entry._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There is no ledger here. Run makegood migrate first.")
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
