"""How made-up cases are tried: few and the same at every run, more and new ones in `make test-deep`.

There a fresh seed is drawn, and told where a test fails, with the command that repeats it.
"""

import os
from secrets import randbelow

TIMES = int(os.environ.get("MAKEGOOD_THOROUGH", "1"))
"""By how much every number of examples is multiplied."""


THOROUGH = TIMES > 1


def seed_for(asked: str | None) -> str | None:
    """The seed from which made-up cases come: as asked for, else a fresh one, in a thorough run.

    None at a usual run, which tries the same cases every time.
    """
    return (asked or str(randbelow(2**32))) if THOROUGH else None


def how_to_repeat(seed: str) -> str:
    """The command that tries the very same cases again."""
    run = (
        f"MAKEGOOD_THOROUGH={TIMES} python -m pytest --hypothesis-seed={seed} engine/tests/property"
    )
    return f"The cases that failed were made with a fresh seed. To try them again: {run}"


def examples(many: int) -> int:
    """How many examples to try where `many` are tried at every run."""
    return many * TIMES
