"""The kernel says what the slow oracle says, whatever it is given."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from spc_oracle import Answer, answer, fewest_crossings, rate_answer
from thorough import examples

from makegood_engine.spc import RULESETS, Points, analyse, label
from makegood_engine.spc.runs import run_limits

coarse = st.integers(0, 6).map(lambda n: n / 10)
fine = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
ramps = st.integers(-3, 3).flatmap(
    lambda step: st.integers(2, 12).map(lambda n: [float(step * i) for i in range(n)])
)
steps = st.lists(st.tuples(st.integers(-4, 4), st.integers(1, 12)), min_size=1, max_size=8).map(
    lambda parts: [level + i % 3 / 7 for level, n in parts for i in range(n)]
)
cells = st.one_of(st.none(), coarse, fine)
series = st.one_of(
    st.lists(st.one_of(coarse, st.none()), min_size=1, max_size=60),
    st.lists(cells, min_size=1, max_size=60),
    st.lists(ramps, min_size=1, max_size=6).map(lambda parts: [x for part in parts for x in part]),
    st.tuples(fine, st.integers(1, 40)).map(lambda pair: [pair[0]] * pair[1]),
    steps,
)
rules = st.sampled_from(sorted(RULESETS))
counted = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.integers(12, 40)),
    min_size=1,
    max_size=60,
)


def same(ours: float, theirs: float | None) -> bool:
    return np.isnan(ours) if theirs is None else ours == theirs


def agree(said: Points, expected: Answer) -> None:
    assert list(said.special_cause) == expected.cause
    assert same(said.mean[0], expected.mean)
    for i in range(len(said)):
        assert same(said.lower[i], expected.lower[i])
        assert same(said.upper[i], expected.upper[i])


@settings(deadline=None, max_examples=examples(250))
@given(values=series, screen=st.booleans(), fix=st.sampled_from([None, 12, 20]), ruleset=rules)
def test_kernel_equals_oracle(
    values: list[float | None], screen: bool, fix: int | None, ruleset: str
) -> None:
    said = analyse(values, better="up", screen_outliers=screen, fix_after=fix, ruleset=ruleset)
    agree(said, answer(values, screen=screen, fix_after=fix, ruleset=ruleset))


@settings(deadline=None, max_examples=examples(150))
@given(
    counts=counted,
    chart=st.sampled_from(["p", "u"]),
    per=st.sampled_from([1, 100, 1000]),
    fix=st.sampled_from([None, 12]),
    ruleset=rules,
)
def test_p_and_u_charts_equal_the_oracle(
    counts: list[tuple[int | None, int]], chart: str, per: int, fix: int | None, ruleset: str
) -> None:
    tops, bottoms = [t for t, _ in counts], [float(b) for _, b in counts]
    asked = {"chart": chart, "per": per, "fix_after": fix, "ruleset": ruleset}
    said = analyse(numerators=tops, denominators=bottoms, better="down", **asked)  # type: ignore[arg-type]  # options
    agree(said, rate_answer(tops, bottoms, **asked))  # type: ignore[arg-type]  # the same options


@settings(deadline=None, max_examples=200)
@given(values=series, cut=st.integers(1, 59), ruleset=rules)
def test_a_rebase_restarts_every_rule(values: list[float | None], cut: int, ruleset: str) -> None:
    cut = min(cut, len(values) - 1)
    said = analyse(values, rebases=[cut], ruleset=ruleset)
    parts = [answer(part, ruleset=ruleset).cause for part in (values[:cut], values[cut:])]
    assert list(said.special_cause) == parts[0] + parts[1]


@settings(deadline=None, max_examples=200)
@given(values=series, ruleset=rules)
def test_turning_the_series_over_swaps_above_and_below(
    values: list[float | None], ruleset: str
) -> None:
    turned = [None if v is None else -v for v in values]
    up = analyse(values, better="up", ruleset=ruleset)
    down = analyse(turned, better="down", ruleset=ruleset)
    assert up.point_type == down.point_type
    assert up.variation == down.variation


@settings(deadline=None, max_examples=200)
@given(values=series, ruleset=rules, power=st.integers(-8, 8))
def test_another_unit_changes_no_label(
    values: list[float | None], ruleset: str, power: int
) -> None:
    scaled = [None if v is None else v * 2.0**power for v in values]
    assume(all(v is None or abs(v) < 1e6 for v in values))
    first, second = analyse(values, ruleset=ruleset), analyse(scaled, ruleset=ruleset)
    assert first.special_cause == second.special_cause
    assert np.array_equal(first.mean * 2.0**power, second.mean, equal_nan=True)


@settings(deadline=None, max_examples=200)
@given(
    values=st.lists(st.integers(0, 4000), min_size=2, max_size=60),
    ruleset=rules,
    shift=st.integers(-1000, 1000),
)
def test_moving_the_level_changes_no_label(values: list[int], ruleset: str, shift: int) -> None:
    first = analyse(values, ruleset=ruleset)
    edges = np.concatenate([first.lower, first.upper])
    assume(not any(abs(edge - v) < 1e-6 for edge in edges for v in values))
    zone = (first.upper[0] - first.mean[0]) / 3
    lines = [first.mean[0] + k * zone for k in (-2, -1, 1, 2)]
    assume(not any(abs(line - v) < 1e-6 for line in lines for v in values))
    second = analyse([v + shift for v in values], ruleset=ruleset)
    assert first.special_cause == second.special_cause
    assert first.mean[0] + shift == pytest.approx(second.mean[0], abs=1e-6)


@settings(deadline=None, max_examples=100)
@given(
    value=st.floats(-1e9, 1e9).map(lambda figure: round(figure, 9)),  # none too small to compare
    count=st.integers(1, 80),
    ruleset=rules,
)
def test_a_constant_series_is_never_flagged(value: float, count: int, ruleset: str) -> None:
    said = analyse([value] * count, better="up", ruleset=ruleset)
    assert set(said.special_cause) == {"Common Cause"}
    if count > 1 and ruleset != "anhoej":
        assert said.lower[0] == said.mean[0] == said.upper[0]


@settings(deadline=None, max_examples=50)
@given(parts=st.lists(series, min_size=1, max_size=6), ruleset=rules)
def test_many_at_once_say_what_each_says_alone(
    parts: list[list[float | None]], ruleset: str
) -> None:
    flat = np.array([np.nan if v is None else v for part in parts for v in part])
    starts = np.cumsum([0, *map(len, parts)]).astype(np.int64)
    each = {
        "better": np.ones(len(parts), np.int8),
        "fix_after": np.zeros(len(parts), np.int64),
        "screen_outliers": np.ones(len(parts), np.bool_),
    }
    found = label(flat, starts, **each, ruleset=RULESETS[ruleset])  # type: ignore[arg-type]  # by name
    alone = [cause for part in parts for cause in analyse(part, ruleset=ruleset).special_cause]
    assert [RULESETS[ruleset].labels[code] for code in found.cause] == alone


def test_threads_share_the_groups_out_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(8).normal(50, 5, 9_600)
    starts = np.arange(0, 9_601, 96)
    each = {
        "better": np.ones(100, np.int8),
        "fix_after": np.zeros(100, np.int64),
        "screen_outliers": np.ones(100, np.bool_),
    }
    alone = label(values, starts, **each)  # type: ignore[arg-type]  # by name
    monkeypatch.setattr("makegood_engine.spc.points.WORTH_A_THREAD", 1_000)
    monkeypatch.setattr("makegood_engine.spc.points.cpu_count", lambda: 3)
    shared = label(values, starts, **each)  # type: ignore[arg-type]  # by name
    assert np.count_nonzero(alone.cause) > 0
    for name in ("mean", "lower", "upper", "outside", "side", "close", "cause", "kind"):
        assert np.array_equal(getattr(alone, name), getattr(shared, name)), name


@pytest.mark.parametrize("useful", [*range(130), 1_000, 1_023])
def test_the_limits_of_runs_and_crossings(useful: int) -> None:
    most, least = run_limits(np.array([useful]))
    assert least[0] == fewest_crossings(useful)
    assert most[0] == round(np.log2(max(useful, 1)) + 3)
