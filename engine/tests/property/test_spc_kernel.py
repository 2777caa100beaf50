"""The kernel says what the slow oracle says, whatever it is given."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spc_oracle import answer

from makegood_engine.spc import analyse

coarse = st.integers(0, 6).map(lambda n: n / 10)
fine = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
ramps = st.integers(-3, 3).flatmap(
    lambda step: st.integers(2, 12).map(lambda n: [float(step * i) for i in range(n)])
)
cells = st.one_of(st.none(), coarse, fine)
series = st.one_of(
    st.lists(st.one_of(coarse, st.none()), min_size=1, max_size=60),
    st.lists(cells, min_size=1, max_size=60),
    st.lists(ramps, min_size=1, max_size=6).map(lambda parts: [x for part in parts for x in part]),
    st.tuples(fine, st.integers(1, 40)).map(lambda pair: [pair[0]] * pair[1]),
)


@settings(deadline=None, max_examples=400)
@given(values=series, screen=st.booleans(), fix=st.sampled_from([None, 12, 20]))
def test_kernel_equals_oracle(values: list[float | None], screen: bool, fix: int | None) -> None:
    said = analyse(values, better="up", screen_outliers=screen, fix_after=fix)
    expected = answer(values, screen=screen, fix_after=fix)
    assert list(said.special_cause) == expected.cause
    for ours, theirs in ((said.mean, expected.mean), (said.lower, expected.lower)):
        assert ours[0] == theirs or (theirs is None and np.isnan(ours[0]))


@settings(deadline=None, max_examples=200)
@given(values=series, cut=st.integers(1, 59))
def test_a_rebase_restarts_every_rule(values: list[float | None], cut: int) -> None:
    cut = min(cut, len(values) - 1)
    said = analyse(values, rebases=[cut])
    assert list(said.special_cause) == answer(values[:cut]).cause + answer(values[cut:]).cause


@settings(deadline=None, max_examples=200)
@given(values=series)
def test_turning_the_series_over_swaps_above_and_below(values: list[float | None]) -> None:
    turned = [None if v is None else -v for v in values]
    up, down = analyse(values, better="up"), analyse(turned, better="down")
    assert up.point_type == down.point_type
    assert up.variation == down.variation


@settings(deadline=None, max_examples=100)
@given(value=st.floats(-1e9, 1e9, allow_nan=False), count=st.integers(2, 80))
def test_a_constant_series_is_never_flagged(value: float, count: int) -> None:
    said = analyse([value] * count, better="up")
    assert set(said.special_cause) == {"Common Cause"}
    assert said.lower[0] == said.mean[0] == said.upper[0]
