"""What it looks like when a rule refuses: its number, and a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from makegood.kernel.refusal import RuleBroken

LONGEST = 25


@contextmanager
def refused(number: str, *, saying: str = "") -> Iterator[None]:
    """Fail unless what happens inside is refused under this number, in plain words."""
    with pytest.raises(RuleBroken) as caught:
        yield
    assert caught.value.number == number
    assert saying in caught.value.sentence
    for sentence in caught.value.sentence.rstrip(".").split(". "):
        assert len(sentence.split()) <= LONGEST, sentence
