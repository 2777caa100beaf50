"""Value against closed forms: products, annuities, lognormals, and Sobol's indices."""

from datetime import date
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from makegood_engine.value import (
    Cost,
    Model,
    Outcome,
    Range,
    Rate,
    appraise,
    fixed,
    shipped,
)

NONE = Rate("none", ((0, 0.0),), "a test", date(2026, 1, 1))
FAR = st.floats(0.001, 0.999)


def model(
    *,
    rate: Rate = NONE,
    years: int = 1,
    from_year: int = 1,
    draws: int = 20_000,
    seed: int = 2026,
    cost_years: int = 1,
    rates: tuple[Rate | None, Rate | None] = (None, None),
    **said: Any,
) -> Model:
    """One outcome and one cost, `rates` their own; what is not said is 1 for amounts, 0 for shares."""
    parts = {
        "quantity": 1.0, "proxy": 1.0, "deadweight": 0.0, "displacement": 0.0,
        "attribution": 0.0, "drop_off": 0.0, "cost": 1.0,
    }  # fmt: skip
    inputs = {
        name: part if isinstance(part, Range) else fixed(part)
        for name, part in (parts | said).items()
    }
    outcome = Outcome(
        name="it", who="", from_year=from_year, years=years, rate=rates[0],
        **{name: name for name in inputs if name != "cost"},
    )  # fmt: skip
    cost = Cost("it", "cost", 0, cost_years, rates[1])
    return Model("a test", "GBP", 2026, rate, (outcome,), (cost,), inputs, seed, draws)


RANGES = {
    "quantity": Range("pert", (20, 45, 60)),
    "proxy": Range("lognormal", (900, 200)),
    "deadweight": Range("triangular", (0.1, 0.3, 0.6)),
    "displacement": Range("uniform", (0.0, 0.2)),
    "attribution": Range("beta", (2, 6)),
    "cost": fixed(10_000),
}


def mean_of(one: Range) -> float:
    """The textbook mean of each shape."""
    figures = one.figures
    match one.shape:
        case "pert":
            return (figures[0] + 4 * figures[1] + figures[2]) / 6
        case "triangular":
            return sum(figures) / 3
        case "uniform":
            return (figures[0] + figures[1]) / 2
        case "beta":
            return figures[0] / (figures[0] + figures[1])
    return figures[0]


def test_the_mean_of_a_product_is_the_product_of_the_means() -> None:
    found = appraise(model(**RANGES))
    means = {name: mean_of(one) for name, one in RANGES.items()}
    expected = means["quantity"] * means["proxy"]
    for name in ("deadweight", "displacement", "attribution"):
        expected *= 1 - means[name]
    # the draws' own spread gives the standard error: five of them
    spread = (found.benefits.upper - found.benefits.lower) / (2 * 1.645)
    assert found.benefits.mean == pytest.approx(expected, abs=5 * spread / sqrt(20_000))


@given(rate=st.floats(0.001, 0.2), years=st.integers(1, 60))
@settings(deadline=None, max_examples=40)
def test_a_level_stream_is_worth_its_annuity(rate: float, years: int) -> None:
    """From year 1 on, 1 a year is worth (1 − (1 + r)^−n) ÷ r."""
    own = Rate("own", ((0, rate),), "a test", date(2026, 1, 1))
    worth, paid = model(rate=own, years=years).present_values(ones())
    assert worth[0] == pytest.approx((1 - (1 + rate) ** -years) / rate)
    assert paid == 1


@given(rate=st.floats(0.0, 0.2), lost=FAR, years=st.integers(1, 40))
@settings(deadline=None, max_examples=40)
def test_a_fading_stream_is_a_geometric_sum(rate: float, lost: float, years: int) -> None:
    """What is lost is lost from the second year on."""
    own = Rate("own", ((0, rate),), "a test", date(2026, 1, 1))
    worth, _ = model(rate=own, years=years).present_values({**ones(), "drop_off": lost})
    step = (1 - lost) / (1 + rate)
    assert worth[0] == pytest.approx((1 - step**years) / (1 - step) / (1 + rate))


@given(rates=st.tuples(*[st.floats(0.001, 0.2)] * 2), years=st.integers(1, 60))
@settings(deadline=None, max_examples=40)
def test_each_part_has_the_annuity_of_its_own_rate(rates: tuple[float, float], years: int) -> None:
    """Benefits at one rate beside costs at another: two annuities, the costs' paid in advance."""
    own = [Rate(f"own {rate}", ((0, rate),), "a test", date(2026, 1, 1)) for rate in rates]
    for given_rates in ((own[0], None), (None, own[1])):
        usual = own[1] if given_rates[1] is None else own[0]
        one = model(rate=usual, rates=given_rates, years=years, cost_years=years)
        worth, paid = one.present_values(ones())
        first, second = ((1 - (1 + rate) ** -years) / rate for rate in rates)
        assert worth[0] == pytest.approx(first)
        assert paid == pytest.approx(second * (1 + rates[1]))
        by_year = one.by_year(ones())
        assert sum(sum(brought) for brought, _ in by_year) == pytest.approx(first)
        assert sum(spent for _, spent in by_year) == pytest.approx(paid)


def test_a_rate_of_its_own_moves_no_share_of_the_doubt() -> None:
    """Where one rate scales one outcome, the ratio grows by it, bar by bar, and shares stay."""
    health = shipped().rates["green_book_health"]
    usual = shipped().rates["green_book"]
    level = appraise(model(rate=usual, from_year=10, **RANGES))
    own = appraise(model(rate=usual, rates=(health, None), from_year=10, **RANGES))
    more = (1.035 / 1.015) ** 10
    assert own.ratio.median == pytest.approx(level.ratio.median * more)
    assert own.years[10].benefits.mean == pytest.approx(level.years[10].benefits.mean * more)
    assert own.years[0].costs == level.years[0].costs
    for one, other in zip(own.tornado, level.tornado, strict=True):
        assert (one.name, one.at_high) == (other.name, pytest.approx(other.at_high * more))
        assert one.share == pytest.approx(other.share)


def ones() -> dict[str, float]:
    return {"quantity": 1.0, "proxy": 1.0, "deadweight": 0.0, "displacement": 0.0,
            "attribution": 0.0, "drop_off": 0.0, "cost": 1.0}  # fmt: skip


def test_years_add_up_to_the_whole() -> None:
    found = appraise(
        model(rate=shipped().rates["green_book"], years=5, from_year=2, cost_years=3,
              **{**RANGES, "drop_off": Range("uniform", (0.1, 0.4))})
    )  # fmt: skip
    assert [year.year for year in found.years] == list(range(7))
    assert sum(year.benefits.mean for year in found.years) == pytest.approx(found.benefits.mean)
    assert sum(year.costs.mean for year in found.years) == pytest.approx(found.costs.mean)
    for year in found.years:
        assert sum(one.mean for one in year.by_outcome) == pytest.approx(year.benefits.mean)
        assert len(year.by_outcome) == len(found.outcomes)
    assert found.years[0].benefits.mean == found.years[1].benefits.mean == 0
    assert found.years[3].costs.mean == 0


def test_the_rate_falls_with_time_where_it_is_said_to() -> None:
    """Thirty years at 3.5%, then 3%; health from 1.5%."""
    rates = shipped().rates
    assert rates["green_book"].factor(1) == pytest.approx(1 / 1.035)
    assert rates["green_book"].factor(32) == pytest.approx(1.035**-30 * 1.03**-2)
    assert rates["green_book"].factor(80) == pytest.approx(1.035**-30 * 1.03**-45 * 1.025**-5)
    assert rates["green_book_health"].factor(10) == pytest.approx(1.015**-10)
    assert all(rate.source and rate.dated.year >= 2020 for rate in rates.values())


def test_a_product_of_lognormals_is_lognormal() -> None:
    """Its quantiles are known: the logs' means and variances add."""
    one, other, cost = (Range("lognormal", pair) for pair in ((50, 20), (900, 300), (30_000, 3000)))
    found = appraise(model(quantity=one, proxy=other, cost=cost, draws=200_000))
    middle, variance = 0.0, 0.0
    for sign, (mean, sd) in ((1, one.figures), (1, other.figures), (-1, cost.figures)):
        part = log(1 + (sd / mean) ** 2)
        middle += sign * (log(mean) - part / 2)
        variance += part
    for said, z in (
        (found.ratio.lower, -1.6449),
        (found.ratio.median, 0),
        (found.ratio.upper, 1.6449),
    ):
        assert said == pytest.approx(exp(middle + z * sqrt(variance)), rel=0.01)
    above = stats.norm.sf(-middle / sqrt(variance))
    assert found.above_one == pytest.approx(above, abs=0.01)


def test_shares_of_a_product_are_those_of_sobol() -> None:
    """For a product of independent inputs: CV² ÷ (Π (1 + CV²) − 1), and the rest together."""
    pairs = {"quantity": (40.0, 12.0), "proxy": (900.0, 180.0)}
    found = appraise(
        model(**{name: Range("lognormal", pair) for name, pair in pairs.items()}, draws=200_000)
    )
    squares = {name: (sd / mean) ** 2 for name, (mean, sd) in pairs.items()}
    whole = np.prod([1 + square for square in squares.values()]) - 1
    shares = {bar.name: bar.share for bar in found.tornado}
    for name, square in squares.items():
        assert shares[name] == pytest.approx(square / whole, abs=0.015)
    assert found.together == pytest.approx(1 - sum(squares.values()) / whole, abs=0.02)


def test_shares_of_a_sum_are_those_of_its_variances() -> None:
    """With two outcomes added up, each input's share is its own variance over the sum."""
    inputs = {**{name: fixed(value) for name, value in ones().items()},
              "one": Range("normal", (100, 9)), "other": Range("normal", (80, 12))}  # fmt: skip
    same = {"proxy": "proxy", "deadweight": "deadweight", "displacement": "displacement",
            "attribution": "attribution", "drop_off": "drop_off"}  # fmt: skip
    outcomes = tuple(Outcome(name=n, who="", quantity=n, **same) for n in ("one", "other"))
    found = appraise(
        Model("sum", "GBP", 2026, NONE, outcomes, (Cost("it", "cost"),), inputs, draws=100_000)
    )
    shares = {bar.name: bar.share for bar in found.tornado}
    assert shares["one"] == pytest.approx(81 / 225, abs=0.015)
    assert shares["other"] == pytest.approx(144 / 225, abs=0.015)
    assert found.together == pytest.approx(0, abs=0.03)
    assert [bar.name for bar in found.tornado] == ["other", "one"]


def test_the_tornado_sets_one_input_at_a_time() -> None:
    """Each bar's ends are the ratio with that input at 5% and 95%, the others at their medians."""
    found = appraise(model(quantity=Range("uniform", (10, 20)), proxy=Range("triangular", (1, 2, 5)),
                           cost=fixed(7)))  # fmt: skip
    bars = {bar.name: bar for bar in found.tornado}
    median = stats.triang.median(0.25, 1, 4)
    assert bars["quantity"].at_low == pytest.approx(10.5 * median / 7)
    assert bars["quantity"].at_high == pytest.approx(19.5 * median / 7)
    assert bars["proxy"].at_low == pytest.approx(15 * stats.triang.ppf(0.05, 0.25, 1, 4) / 7)
    widths = [abs(bar.at_high - bar.at_low) for bar in found.tornado]
    assert widths == sorted(widths, reverse=True)


SCIPY = {
    "uniform": lambda f: stats.uniform(f[0], f[1] - f[0]),
    "triangular": lambda f: stats.triang((f[1] - f[0]) / (f[2] - f[0]), f[0], f[2] - f[0]),
    "pert": lambda f: stats.beta(1 + 4 * (f[1] - f[0]) / (f[2] - f[0]),
                                 1 + 4 * (f[2] - f[1]) / (f[2] - f[0]), f[0], f[2] - f[0]),
    "normal": lambda f: stats.norm(*f),
    "lognormal": lambda f: stats.lognorm(sqrt(log(1 + (f[1] / f[0]) ** 2)),
                                         scale=f[0] / sqrt(1 + (f[1] / f[0]) ** 2)),
    "beta": lambda f: stats.beta(*f),
}  # fmt: skip
FIGURES = {"uniform": (2, 7), "triangular": (1, 2, 6), "pert": (1, 2, 6), "normal": (3, 0.5),
           "lognormal": (3, 1.5), "beta": (2, 5)}  # fmt: skip


@pytest.mark.parametrize("shape", SCIPY)
@given(chance=FAR)
@settings(deadline=None, max_examples=30)
def test_every_shape_is_the_textbooks(shape: str, chance: float) -> None:
    one = Range(shape, FIGURES[shape])
    assert one.at(chance).item() == pytest.approx(SCIPY[shape](FIGURES[shape]).ppf(chance))
    low, high = one.support
    assert low <= one.at(chance).item() <= high


@pytest.mark.parametrize("ends", [(1, 1, 4), (1, 4, 4)])
def test_a_likely_figure_may_stand_at_an_end(ends: tuple[float, float, float]) -> None:
    for shape in ("triangular", "pert"):
        draws = Range(shape, ends).at(np.linspace(0.001, 0.999, 99))
        assert (np.diff(draws) > 0).all()
        assert ((draws >= 1) & (draws <= 4)).all()


def test_the_same_seed_gives_the_same_answer() -> None:
    assert appraise(model(**RANGES)) == appraise(model(**RANGES))
    assert appraise(model(**RANGES)).ratio != appraise(model(seed=7, **RANGES)).ratio


def test_another_input_changes_no_other_inputs_draws() -> None:
    """With a new range that hardly ranges, the answer hardly moves."""
    base = appraise(model(**RANGES)).ratio
    more = appraise(model(**{**RANGES, "cost": Range("normal", (10_000, 1e-6))})).ratio
    assert (more.median, more.lower, more.upper) == pytest.approx(
        (base.median, base.lower, base.upper), rel=1e-8
    )


@pytest.mark.parametrize(
    ("shape", "figures", "words"),
    [
        ("gamma", (1.0, 2.0), "not a shape"),
        ("uniform", (3.0, 2.0), "must rise"),
        ("pert", (1.0, 9.0, 4.0), "must rise"),
        ("uniform", (2.0, 2.0), "no range"),
        ("normal", (2.0, 0.0), "sd must be above 0"),
        ("lognormal", (-2.0, 1.0), "mean of a lognormal"),
        ("beta", (0.0, 1.0), "above 0"),
        ("normal", (float("nan"), 1.0), "plain numbers"),
    ],
)
def test_what_is_no_range_is_refused(shape: str, figures: tuple[float, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Range(shape, figures)
