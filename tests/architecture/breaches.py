"""How a check fails: one line for each breach, and nothing else to read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def none_of(breaches: Iterable[str]) -> None:
    """Fail with the breaches, if there are any."""
    told = list(breaches)
    if told:
        pytest.fail("\n".join(told), pytrace=False)
