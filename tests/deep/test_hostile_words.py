"""Every page that anybody can reach, as each of the seven and as nobody, after all forms were filled."""

from __future__ import annotations

import pytest

from tests.architecture.breaches import none_of
from tests.hostile.play import VISITORS, Walk, fill_every_form, hostile_cast, walk_on
from tests.hostile.words import Words, formulas


@pytest.mark.django_db
def test_words_stay_words_wherever_anybody_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    say = Words()
    walk = Walk(cast=hostile_cast(monkeypatch, say=say), say=say)
    fill_every_form(walk)
    walk.ends |= {(path, person) for path, _ in walk.ends for person in VISITORS}
    walk_on(walk, few=None)
    assert walk.asked > 2000
    none_of(walk.faults)
    none_of(about for about, table in walk.tables.items() if formulas(table))
