"""An honest sample always checks, whoever must give one; another never does."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from makegood_engine.sampling import Drawn, Items, check_sample, draw_sample, read_items
from makegood_engine.tables import TableError

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=6)


def items_of(sizes: list[int]) -> Items:
    """So many items of each provider."""
    owned = [(f"{who}-{i}", f"P{who}") for who, many in enumerate(sizes) for i in range(many)]
    names, providers = zip(*owned, strict=True)
    return read_items(pa.table({"item": names, "provider": providers}))


def drawn_from(items: Items, size: int) -> list[Drawn]:
    return draw_sample(items.names, items.providers, seed="s", size=size)


def returned(names: list[str]) -> pa.Table:
    return pa.table({"item": pa.array(names, pa.string()), "wrong": [False] * len(names)})


@given(sizes=SIZES, size=st.integers(1, 300))
@settings(max_examples=examples(60), deadline=None)
def test_an_honest_sample_checks(sizes: list[int], size: int) -> None:
    items = items_of(sizes)
    drawn = drawn_from(items, size)
    names = [each.item for each in drawn]
    for published in (None, size):
        found = check_sample(items, returned(names[::-1]), seed="s", size=published)
        assert found.bound.drawn == len(drawn)
        assert {name: own.drawn for name, own in found.providers.items()} == {
            f"P{who}": sum(each.provider == f"P{who}" for each in drawn)
            for who in range(len(sizes))
        }


@given(sizes=SIZES, size=st.integers(1, 60), data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_another_sample_does_not(sizes: list[int], size: int, data: st.DataObject) -> None:
    """One item left out, put in or exchanged is refused, and said by name where it can be."""
    items = items_of(sizes)
    names = {each.item for each in drawn_from(items, size)}
    rest = sorted(set(items.names) - names)
    out = data.draw(st.sets(st.sampled_from(sorted(names)), max_size=2))
    put = data.draw(st.sets(st.sampled_from(rest), max_size=2)) if rest else set()
    kept = (names - out) | put
    if kept == names or not kept:
        return
    with pytest.raises(
        TableError, match=r"was drawn, but is not here|(is|are) not in the sample of"
    ):
        check_sample(items, returned(sorted(kept)), seed="s", size=size)
    honest = any(
        kept == {each.item for each in drawn_from(items, other)}
        for other in range(1, sum(sizes) + 1)
    )
    if not honest:
        with pytest.raises(TableError):
            check_sample(items, returned(sorted(kept)), seed="s")


def test_providers_that_must_each_give_one() -> None:
    """Of 1,003 items four were asked for, and six came; and still it is the sample that was drawn."""
    items = items_of([1000, 1, 1, 1])
    names = [each.item for each in drawn_from(items, 4)]
    assert check_sample(items, returned(names), seed="s").bound.drawn == len(names) == 6
