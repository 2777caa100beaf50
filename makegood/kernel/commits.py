"""What is done once an act is kept: after its transaction, and once however often it was asked for."""

from collections.abc import Callable, Hashable

from django.db import transaction


class _Once:
    """Something to do after a commit, known by its key."""

    def __init__(self, act: Callable[[], object], *, key: Hashable) -> None:
        self.act, self.key = act, key
        self.__qualname__ = str(key)  # the name Django logs, should it fail

    def __call__(self) -> None:
        self.act()


def once_kept(act: Callable[[], object], *, key: Hashable) -> None:
    """Do ``act`` once the transaction is committed, unless something of the same ``key`` waits for that.

    What waits was asked for no deeper than here, or deeper and no longer to be undone alone: an
    undone savepoint takes what it asked for with it. Should ``act`` fail, it is logged, and what else
    waits is done.
    """
    waiting = transaction.get_connection().run_on_commit
    if not any(isinstance(held, _Once) and held.key == key for _, held, _ in waiting):
        transaction.on_commit(_Once(act, key=key), robust=True)
