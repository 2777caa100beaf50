"""`makegood import-organisations FILE`: a list of organisations, row by row."""

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.exports import harmless
from makegood.kernel.refusal import RuleBroken
from makegood.people.actions import Outcome, import_organisations
from makegood.people.lists import COLUMNS, BadList, read_list
from makegood.people.queries import person_with_email
from makegood.people.states import Became

WORDS = {
    Became.NEW: "new",
    Became.THERE: "here already",
    Became.CLAIMED: "given an owner",
    Became.REFUSED: "refused",
}


class Command(BaseCommand):
    """Bring in the good rows of a list; give the bad ones back, each with its reason."""

    help = "Bring in a list of organisations (CSV); bad rows come back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=f"CSV with the columns {', '.join(COLUMNS)}")
        parser.add_argument(
            "--by", required=True, help="e-mail address of the operator who does it"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be; keep nothing"
        )
        parser.add_argument(
            "--rejected", type=Path, help="write the bad rows to this file, to mend"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        by = person_with_email(options["by"])
        if by is None:
            raise CommandError(f"Nobody signs in with {options['by']}.")
        try:
            rows = read_list(file.read_bytes())
            outcomes = import_organisations(rows, is_rehearsal=options["dry_run"], by=by)
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        except (BadList, RuleBroken) as wrong:
            raise CommandError(getattr(wrong, "sentence", str(wrong))) from wrong
        self._tell(outcomes, is_rehearsal=options["dry_run"])
        if options["rejected"]:
            write_rejected(outcomes, file=options["rejected"])

    def _tell(self, outcomes: Sequence[Outcome], *, is_rehearsal: bool) -> None:
        for each in outcomes:
            if each.became == Became.REFUSED:
                self.stdout.write(
                    f"Line {each.row.line}, {each.row['name'] or 'no name'}: {each.reason}"
                )
        counts = Counter(each.became for each in outcomes)
        told = ", ".join(f"{counts[became]} {words}" for became, words in WORDS.items())
        kept = " Nothing was kept: this was a rehearsal." if is_rehearsal else ""
        self.stdout.write(f"{len(outcomes)} rows: {told}.{kept}")


def write_rejected(outcomes: Sequence[Outcome], *, file: Path) -> None:
    """Write the refused rows as they came, the reason beside each; nothing in it is a formula."""
    refused = [each for each in outcomes if each.became == Became.REFUSED]
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            lines = csv.writer(target)
            lines.writerow([*COLUMNS, "line", "what is wrong"])
            for each in refused:
                cells = [harmless(each.row[name]) for name in COLUMNS]
                lines.writerow([*cells, each.row.line, harmless(each.reason)])
    except OSError as wrong:
        raise CommandError(f"{file} cannot be written: {wrong.strerror}.") from wrong
