"""Acts set off at the same instant, each in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

from django.db import connection, transaction

Act = Callable[[], object]


def at_once(*acts: Act) -> list[object]:
    """Set all acts off together; return what each returned, or the exception it raised."""
    line = Barrier(len(acts))

    def run(act: Act) -> object:
        line.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001  what went wrong is what is asked for
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def overtaking(first: Act, *, second: Act) -> object:
    """Set ``second`` off while ``first`` is done and not committed; return what came of ``second``.

    It is given half a second to overtake; where it waits, as it should, it goes on after the commit.
    """

    def run() -> object:
        try:
            return second()
        except Exception as error:  # noqa: BLE001  what went wrong is what is asked for
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            later = thread.submit(run)
            wait([later], timeout=0.5)
        return later.result()


def failed(outcomes: list[object]) -> list[Exception]:
    """Return what was raised, of what came of acts."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
