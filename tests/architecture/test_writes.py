"""Only actions write."""

from __future__ import annotations

import pytest

from tests.architecture.breaches import none_of
from tests.architecture.sources import ROOT, Source, python_files
from tests.architecture.writes import ALLOWED, stray_writes


def test_only_actions_write() -> None:
    none_of(stray_writes(python_files("makegood")))


@pytest.mark.parametrize(
    "line",
    [
        "promise.save()",
        "Promise.objects.create(words=words)",
        "promise.delete()",
        "Promise.objects.filter(pk=1).update(state='lost')",
        "Promise.objects.bulk_create(rows)",
        "Promise.objects.get_or_create(pk=1)",
        "promise.readers.add(person)",
        "promise.readers.set([person])",
        "cursor.execute('DELETE FROM promise')",
        "cursor.execute(sql)",
        "await promise.asave()",
        "form.save(commit=True)",
    ],
)
def test_a_stray_write_is_found(line: str) -> None:
    text = f"async def act(person: object) -> None:\n    {line}\n"
    assert stray_writes([Source("makegood/articulate/views.py", text)])
    assert not stray_writes([Source("makegood/articulate/actions.py", text)])
    assert not stray_writes([Source("makegood/articulate/actions/propose.py", text)])
    assert not stray_writes([Source("makegood/articulate/migrations/0002_words.py", text)])


@pytest.mark.parametrize(
    "line",
    [
        "seen.add(person)",
        "self.seen.add(person)",
        "digest.update(data)",
        "facts.update({'a': 1})",
        "request.session.save()",
        "cache.delete('portfolio')",
        "cursor.execute('SELECT 1')",
        "cursor.execute(f'SELECT {column} FROM promise')",
        "Promise.objects.filter(pk=1).exists()",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line: str) -> None:
    assert not stray_writes([Source("makegood/articulate/queries.py", line)])


@pytest.mark.parametrize("place", ALLOWED)
def test_every_allowed_place_stands_and_writes(place: str) -> None:
    here = [s for s in python_files("makegood") if s.path.startswith(place)]
    assert (ROOT / place).exists()
    assert stray_writes(here, allowed=()), f"{place} no longer writes: take it off the list"
