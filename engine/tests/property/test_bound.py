"""The bound holds as often as it says: counted over every population and every sample."""

from itertools import combinations, product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood_engine.sampling import (
    draw_sample,
    error_bound,
    most_wrong,
    sample_size,
    shares,
)
from makegood_engine.sampling.bound import _best_chances, _none_found


def chance(items: int, errors: int, drawn: int, wrong: int) -> float:
    """The share of all samples in which exactly `wrong` are wrong."""
    return comb(errors, wrong) * comb(items - errors, drawn - wrong) / comb(items, drawn)


@pytest.mark.parametrize("confidence", [0.8, 0.95])
@pytest.mark.parametrize("items", [1, 7, 12, 30])
def test_the_bound_covers_every_population(items: int, confidence: float) -> None:
    for drawn in range(1, items + 1):
        bounds = [most_wrong(items, drawn, w, confidence=confidence) for w in range(drawn + 1)]
        for errors in range(items + 1):
            covered = sum(
                chance(items, errors, drawn, wrong)
                for wrong in range(drawn + 1)
                if bounds[wrong] >= errors and wrong <= errors and drawn - wrong <= items - errors
            )
            assert covered >= confidence - 1e-9


@given(items=st.integers(1, 60), share=st.floats(0.01, 1), wrong=st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_the_bound_is_the_largest_total_not_ruled_out(items: int, share: float, wrong: int) -> None:
    drawn = max(1, round(share * items))
    wrong = min(wrong, drawn)
    most = most_wrong(items, drawn, wrong)

    def so_few(errors: int) -> float:
        return sum(
            chance(items, errors, drawn, w)
            for w in range(min(wrong, errors) + 1)
            if drawn - w <= items - errors
        )

    assert so_few(most) > 0.05 - 1e-9
    if most < items - (drawn - wrong):
        assert so_few(most + 1) <= 0.05 + 1e-9


def test_a_sample_of_every_kind_drawn_one_by_one() -> None:
    """Eight items, three of them wrong: every sample of four is drawn, and 95% are bounded."""
    held = [sum(each < 3 for each in taken) for taken in combinations(range(8), 4)]
    assert sum(most_wrong(8, 4, wrong) >= 3 for wrong in held) / len(held) >= 0.95


STRATA = st.lists(st.integers(1, 6).flatmap(
    lambda held: st.tuples(st.just(held), st.integers(1, held))
), min_size=2, max_size=3)  # fmt: skip


@given(strata=STRATA, confidence=st.sampled_from([0.8, 0.95]))
@settings(max_examples=60, deadline=None)
def test_the_bound_over_providers_covers_every_spread_of_errors(
    strata: list[tuple[int, int]], confidence: float
) -> None:
    bounds = {}
    for wrong in range(sum(drawn for _, drawn in strata) + 1):
        left, parts = wrong, []
        for held, drawn in strata:
            parts.append((held, drawn, min(left, drawn)))
            left -= parts[-1][2]
        bounds[wrong] = error_bound(parts, confidence=confidence).most_wrong
    for spread in product(*(range(held + 1) for held, _ in strata)):
        covered = 0.0
        for found in product(*(range(drawn + 1) for _, drawn in strata)):
            parts_of = [
                chance(held, errors, drawn, wrong)
                if wrong <= errors and drawn - wrong <= held - errors
                else 0.0
                for (held, drawn), errors, wrong in zip(strata, spread, found, strict=True)
            ]
            likely = 1.0
            for part in parts_of:
                likely *= part
            covered += likely * (bounds[sum(found)] >= sum(spread))
        assert covered >= confidence - 1e-9


SIZES = st.dictionaries(st.text(max_size=3), st.integers(1, 40), min_size=1, max_size=6)


@given(sizes=SIZES, size=st.integers(1, 80))
@settings(max_examples=200, deadline=None)
def test_shares_add_up_and_stand_near_the_exact_ones(sizes: dict[str, int], size: int) -> None:
    given_ = shares(sizes, size=size)
    total = sum(sizes.values())
    asked = min(size, total)
    assert all(1 <= given_[name] <= held for name, held in sizes.items())
    assert sum(given_.values()) >= asked
    assert sum(given_.values()) == asked or max(given_.values()) <= max(
        1, *(asked * held // total for held in sizes.values())
    )
    for name, held in sizes.items():
        assert given_[name] <= max(1, -(-asked * held // total))


@given(sizes=SIZES, size=st.integers(1, 80), seed=st.text(max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_draw_holds_each_item_once(sizes: dict[str, int], size: int, seed: str) -> None:
    pairs = [(f"{name}/{i}", name) for name, held in sizes.items() for i in range(held)]
    drawn = draw_sample([p[0] for p in pairs], [p[1] for p in pairs], seed=seed, size=size)
    assert len({each.item for each in drawn}) == len(drawn)
    assert {(each.item, each.provider) for each in drawn} <= set(pairs)
    assert {each.provider for each in drawn} == set(sizes)


@given(strata=STRATA)
@settings(max_examples=60, deadline=None)
def test_none_found_is_likeliest_where_every_spread_says(strata: list[tuple[int, int]]) -> None:
    whole = [(held, drawn, 0) for held, drawn in strata]
    left = sum(held - drawn for held, drawn in strata)
    quick, slow = _none_found(whole), _best_chances(whole, 0, left)
    assert quick == pytest.approx(slow[1:], rel=1e-9)


@given(
    held=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    tolerable=st.sampled_from([0.05, 0.1, 0.29, 0.5]),
    allowed=st.integers(0, 2),
)
@settings(max_examples=40, deadline=None)
def test_no_smaller_sample_will_do(held: list[int], tolerable: float, allowed: int) -> None:
    """Every size from 1 on is tried, and the first that will do is the one said."""
    sizes = {f"P{i}": many for i, many in enumerate(held)}

    def will_do(size: int) -> bool:
        left, strata = allowed, []
        for name, many in shares(sizes, size=size).items():
            strata.append((sizes[name], many, min(left, many)))
            left -= min(left, many)
        return left == 0 and error_bound(strata).upper <= tolerable

    total = sum(held)
    found = next((n for n in range(1, total) if will_do(n)), total)
    assert sample_size(sizes, tolerable=tolerable, allowed=allowed) == found
