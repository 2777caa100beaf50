"""`makegood docs`: make the pages of docs/ that are read off the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from makegood.web import generated_docs


class Command(BaseCommand):
    """Write the generated pages, or only check that they are current."""

    requires_system_checks = ()  # a page can be made while an address is half written
    help = "Make docs/rules.md and docs/states/ from the code; --check only looks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if a page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            stale = generated_docs.out_of_date()
            if stale:
                raise CommandError(f"Out of date: {', '.join(stale)}. Run `makegood docs`.")
            self.stdout.write("The generated pages are current.")
            return
        changed = generated_docs.write()
        self.stdout.write(f"Written: {', '.join(changed)}." if changed else "Nothing has changed.")
