"""`makegood serve`: the web server and the clock, in one command."""

import os
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.checkpoints import checkpoint_now
from makegood.kernel.ledger.guards import missing_guards
from makegood.kernel.ledger.keys import KeyTrouble, key_in_force, keys_at_hand, make_key
from makegood.web.clock import keep_ticking, keep_working

WORK = 2.0
"""Seconds between looks for work that takes long."""


class Command(BaseCommand):
    """Gather the assets, then serve until stopped."""

    help = "Serve Makegood, with its clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--tick", type=float, default=60.0, help="seconds between ticks")

    def handle(self, *args: Any, host: str, port: int, tick: float, **options: Any) -> None:
        if missing := missing_guards(connection):
            raise CommandError(
                f"{len(missing)} guards of the record are not in the database, {missing[0]} among "
                "them. Run `makegood migrate` to put them back."
            )
        call_command("collectstatic", interactive=False, verbosity=0)
        here = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
        if not settings.HTTPS and "MAKEGOOD_ADDRESS" not in os.environ:
            os.environ["MAKEGOOD_ADDRESS"] = settings.ADDRESS = here  # what letters lead to
        self.stdout.write(f"Makegood is at {here}/")
        if settings.DEMO:
            self.stdout.write(f"Choose who to be at {here}/demo/")
        if settings.LETTERS_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(f"E-mail is written to {settings.EMAIL_FILE_PATH}")
        self._sign()
        stopping = threading.Event()
        clock = threading.Thread(
            target=keep_ticking, kwargs={"every_seconds": tick, "until": stopping}, daemon=True
        )
        clock.start()
        worker = threading.Thread(
            target=keep_working, kwargs={"every_seconds": WORK, "until": stopping}, daemon=True
        )
        worker.start()
        try:
            Granian(
                "makegood.web.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                blocking_threads=4,
                log_enabled=settings.DEBUG,
            ).serve()
        finally:
            stopping.set()

    def _sign(self) -> None:
        """Sign the ledger, with a new key where there is none; say so where it cannot be signed."""
        try:
            in_force = key_in_force() or make_key()
            integrate()
            checkpoint_now()
            at_hand = {str(signer.verifier) for signer in keys_at_hand()}
        except KeyTrouble as trouble:
            self.stderr.write(f"The ledger is not signed: {trouble}")
            return
        if in_force.verifier not in at_hand:
            self.stderr.write(
                f"The ledger is not signed: the private key is not in {settings.LEDGER_KEY_FILE}. "
                "Put it back, or replace it: makegood ledger key --rotate"
            )
