"""`makegood ledger …`: hold the record against itself, sign it, prove it, or hand it to others."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.checkpoints import checkpoint_now, checkpoint_of, newest_checkpoint
from makegood.kernel.ledger.export import exported_lines
from makegood.kernel.ledger.keys import KeyTrouble, key_in_force, make_key, replace_key
from makegood.kernel.ledger.models import Checkpoint, LogKey
from makegood.kernel.ledger.prove import consistency_proof, covers, proof_of
from makegood.kernel.ledger.trace import entry_at
from makegood.kernel.ledger.verify import verify

UNSIGNED = "No checkpoint is signed yet. Make a key first: makegood ledger key"


class Command(BaseCommand):
    """Verify the ledger, sign it, prove what stands in it, or write it out for others."""

    help = (
        "Verify the ledger, export it, sign it (key, checkpoint), or prove it (prove, consistency)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what: Any = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
        held = what.add_parser(
            "verify", help="hold rows against entries, and entries against the tree"
        )
        held.add_argument(
            "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
            help="a checkpoint that was saved earlier: finds a ledger that was made anew since",
        )  # fmt: skip
        what.add_parser("export", help="write it out, for docs/verify_ledger.py to check anywhere")
        key = what.add_parser("key", help="make the key that signs, or say which one does")
        key.add_argument("--rotate", action="store_true", help="put a new key in its place")
        signed = what.add_parser("checkpoint", help="print the newest signed root")
        signed.add_argument("--now", action="store_true", help="sign what came since, first")
        proved = what.add_parser("prove", help="print the proof that an entry stands in the ledger")
        proved.add_argument(
            "entry", metavar="ENTRY", help="like contract/K-7Q2M/3, as in its address"
        )
        grown = what.add_parser("consistency", help="print the proof that only lines were added")
        grown.add_argument("old", type=int, metavar="OLD", help="how many entries there were")
        grown.add_argument(
            "new", type=int, nargs="?", metavar="NEW", help="a later checkpoint's; else the newest"
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if LogKey._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There is no ledger here. Run makegood migrate first.")
        try:
            getattr(self, f"_{what}")(**options)
        except KeyTrouble as trouble:
            raise CommandError(str(trouble)) from trouble

    def _verify(self, *, checkpoint: list[Path], **_: Any) -> None:
        try:
            saved = [file.read_text("utf-8") for file in checkpoint]
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"A checkpoint cannot be read: {wrong}") from wrong
        report = verify(saved=saved)
        for problem in report.problems:
            self.stderr.write(problem)
        if not report.sound:
            raise CommandError(f"The ledger does not hold: {len(report.problems)} faults.")
        self.stdout.write(
            f"The ledger holds. {report.entries} entries, {report.rows} rows, "
            f"{report.checkpoints} checkpoints.\nTree of {report.size}, root {report.root}"
        )
        if not report.checkpoints:
            self.stdout.write(UNSIGNED)

    def _export(self, **_: Any) -> None:
        for line in exported_lines():
            self.stdout.write(line)

    def _key(self, *, rotate: bool, **_: Any) -> None:
        if rotate:
            self._made(replace_key())
        elif (there := key_in_force()) is not None:
            self.stdout.write(f"Checkpoints are signed with this key:\n{there.verifier}")
        else:
            self._made(make_key())

    def _made(self, made: LogKey) -> None:
        integrate()
        signed = checkpoint_now()
        self.stdout.write(f"Checkpoints are signed with this key from now on:\n{made.verifier}")
        if signed is not None:
            beneath = signed.note.count("\n— ")
            by = "it alone" if beneath == 1 else "it and by the one before"
            self.stdout.write(f"The first one, of {signed.head_id} entries, is signed by {by}.")

    def _checkpoint(self, *, now: bool, **_: Any) -> None:
        if now:
            integrate()
        found = checkpoint_now() if now else newest_checkpoint()
        if found is None:
            raise CommandError(
                UNSIGNED if key_in_force() is None else "Its private key is not here."
            )
        self.stdout.write(found.note, ending="")

    def _prove(self, *, entry: str, **_: Any) -> None:
        stream, seq = ["", *entry.strip("/").rsplit("/", maxsplit=1)][-2:]
        found = entry_at(stream, int(seq)) if seq.isdecimal() else None
        if found is None:
            raise CommandError(f"There is no entry {entry}. Its page has it in its address.")
        newest = self._signed(newest_checkpoint())
        if not covers(newest, entry=found):
            raise CommandError(
                f"{entry} is in no checkpoint yet. Run makegood ledger checkpoint --now"
            )
        self.stdout.write(proof_of(found, checkpoint=newest), ending="")

    def _consistency(self, *, old: int, new: int | None, **_: Any) -> None:
        newest = self._signed(newest_checkpoint() if new is None else checkpoint_of(new))
        try:
            self.stdout.write(consistency_proof(old, checkpoint=newest), ending="")
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong

    def _signed(self, found: Checkpoint | None) -> Checkpoint:
        if found is None:
            raise CommandError("There is no such checkpoint. See: makegood ledger checkpoint")
        return found
