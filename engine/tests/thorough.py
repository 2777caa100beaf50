"""How many made-up cases a property is tried on: few at every run, more in `make test-deep`."""

import os

TIMES = int(os.environ.get("MAKEGOOD_THOROUGH", "1"))
"""By how much every number of examples is multiplied."""


def examples(many: int) -> int:
    """How many examples to try where `many` are tried at every run."""
    return many * TIMES
