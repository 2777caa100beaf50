"""`makegood load-series FILE`: many series at once, as comparators come from a published table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from makegood.kernel.refusal import Refused
from makegood.measures.actions import form_pool, import_table
from makegood.measures.queries import measures
from makegood.people.queries import organisations, person_with_email


class Command(BaseCommand):
    """Load a measurements table (series, period, value) and, if asked, make a pool of it."""

    help = "Load many series from a measurements table, for one measure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV or Parquet: series, period, value")
        parser.add_argument("--measure", required=True, help="the measure's name in addresses")
        parser.add_argument("--keeper", required=True, help="the organisation's name in addresses")
        parser.add_argument("--by", required=True, help="e-mail address of who loads it")
        parser.add_argument("--pool", default="", help="name of a pool to make of these series")
        parser.add_argument("--rule", default="", help="how the comparators were chosen, in words")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        measure = measures().filter(slug=options["measure"]).first()
        keeper = organisations().filter(slug=options["keeper"]).first()
        by = person_with_email(options["by"])
        if measure is None or keeper is None or by is None:
            raise CommandError("No such measure, keeper or person. Their pages show their names.")
        if options["pool"] and not options["rule"]:
            raise CommandError("Say with --rule how the comparators were chosen.")
        try:
            with transaction.atomic():
                found = import_table(file, measure=measure, keeper=keeper, by=by)
                if options["pool"]:
                    form_pool(
                        name=options["pool"],
                        measure=measure,
                        series=found,
                        keeper=keeper,
                        rule=options["rule"],
                        by=by,
                    )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{len(found)} series of {measure} are kept.")
