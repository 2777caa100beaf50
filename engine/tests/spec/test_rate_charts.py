"""Where the number asked or counted varies, so do the limits: p charts for proportions, u for rates."""

from datetime import date
from math import sqrt

import numpy as np
import pytest

from makegood_engine.charts import describe, spc_chart
from makegood_engine.spc import Points, analyse
from makegood_engine.spc.dispersion import LEAST, sigma_z
from makegood_engine.spc.rates import Rates


def shares(**said: object) -> Points:
    """A p chart in per cent: 10 of 100, then 30 of 200, then 20 of 300."""
    counted = {"numerators": [10, 30, 20], "denominators": [100, 200, 300]}
    return analyse(**counted, chart="p", per=100, **said)  # type: ignore[arg-type]  # options


def test_the_mean_is_all_over_all() -> None:
    """The centre line is all numerators over all denominators, not the mean of the rates."""
    assert shares().mean[0] == pytest.approx(10.0)
    assert shares().values.tolist() == pytest.approx([10, 15, 100 * 20 / 300])


def test_limits_of_a_proportion_follow_its_denominator() -> None:
    """A p chart's limits are three binomial standard deviations from the mean, point by point."""
    spread = [300 * sqrt(0.1 * 0.9 / n) for n in (100, 200, 300)]
    assert shares().upper == pytest.approx([10 + s for s in spread])
    assert shares().lower == pytest.approx([10 - s for s in spread])


def test_limits_of_a_rate_follow_its_denominator() -> None:
    """A u chart's limits are three Poisson standard deviations from the mean."""
    said = analyse(numerators=[4, 9, 5], denominators=[1, 2, 3], chart="u")
    assert said.mean[0] == pytest.approx(3.0)
    assert said.upper == pytest.approx([3 + 3 * sqrt(3 / n) for n in (1, 2, 3)])
    assert said.lower == pytest.approx([0, 0, 0])


def test_a_rate_may_be_above_one_and_a_proportion_may_not() -> None:
    """Twelve falls in ten bed-days are a rate; twelve of ten patients cannot be."""
    assert analyse(numerators=[12], denominators=[10], chart="u").values[0] == pytest.approx(1.2)
    with pytest.raises(ValueError, match="Point 1 has a numerator above its denominator"):
        analyse(numerators=[12], denominators=[10], chart="p")


def test_the_same_share_may_be_a_signal_of_many_and_none_of_few() -> None:
    """Thirty per cent of many is outside the limits; thirty per cent of few is not."""
    tops, bottoms = [20] * 12 + [30, 3], [100] * 12 + [100, 10]
    fixed = analyse(numerators=tops, denominators=bottoms, chart="p", fix_after=12)
    assert fixed.special_cause[12:] == ("Common Cause", "Common Cause")
    many = analyse(numerators=[*tops, 300], denominators=[*bottoms, 1000], chart="p", fix_after=12)
    assert many.special_cause[12:] == ("Common Cause", "Common Cause", "Above UCL")


def test_the_last_limits_are_held_against_the_target() -> None:
    """Assurance asks whether the target lies within the limits of the last known point."""
    assert shares(better="down", target=20).assurance == "consistent_pass"
    assert shares(better="down", target=12).assurance == "inconsistent"
    longer = analyse(
        numerators=[10, 30, 20, None], denominators=[100, 200, 300, 5], chart="p", per=100,
        better="down", target=16,
    )  # fmt: skip
    assert longer.assurance == "consistent_pass"


def test_a_missing_numerator_is_a_missing_point() -> None:
    """Where no numerator is known the point is missing, and counts nowhere."""
    said = analyse(numerators=[10, None, 20], denominators=[100, 900, 100], chart="p")
    assert said.mean[0] == pytest.approx(0.15)
    assert np.isnan(said.values[1])
    assert not said.outside[1]


def test_all_or_none_has_limits_at_its_mean() -> None:
    """Where all or none count, nothing varies: the limits are at the mean."""
    for part in (0, 50):
        said = analyse(numerators=[part] * 5, denominators=[50] * 5, chart="p", per=100)
        assert said.lower.tolist() == said.upper.tolist() == said.mean.tolist()
        assert set(said.special_cause) == {"Common Cause"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"numerators": [1.0], "denominators": [0.0]}, "Point 1 has no denominator above 0"),
        ({"numerators": [1.0], "denominators": [None]}, "Point 1 has no denominator above 0"),
        ({"numerators": [-1.0], "denominators": [2.0]}, "Point 1 has a numerator below 0"),
        ({"numerators": [1.0], "denominators": []}, "1 numerators but 0 denominators"),
        ({"numerators": [1.0], "denominators": [float("inf")]}, "infinite"),
        ({"numerators": [1.0], "denominators": [2.0], "per": 0}, "above 0"),
        ({"numerators": [1.0], "denominators": [2.0], "chart": "c"}, "not a chart"),
        ({"numerators": [1.0], "denominators": [2.0], "target": float("inf")}, "infinite"),
    ],
)
def test_what_cannot_be_is_refused(asked: dict[str, object], words: str) -> None:
    """What no p or u chart can hold is refused, naming the point."""
    with pytest.raises(ValueError, match=words):
        analyse(**{"chart": "p", **asked})  # type: ignore[arg-type]  # wrong on purpose


def test_a_rebase_tells_its_reason() -> None:
    """A rebase given with its reason says so in the notes."""
    said = analyse([1.0, 2.0] * 15, rebases={15: "a new ward"})
    assert said.notes == ("New limits from point 16: a new ward.",)


def rates_of(size: int, real: float, count: int = 40, *, chart: str = "p") -> dict[str, object]:
    """Rates of about a tenth that truly move by `real`, over counts of about `size`."""
    draws = np.random.default_rng(5)
    bottoms = draws.integers(size * 9 // 10, size * 11 // 10, count)
    true = np.clip(draws.normal(0.1, real, count), 0, 1)
    tops = draws.binomial(bottoms, true) if chart == "p" else draws.poisson(bottoms * true)
    return {"numerators": tops, "denominators": bottoms, "chart": chart}


@pytest.mark.parametrize("chart", ["p", "u"])
@pytest.mark.parametrize(
    ("size", "real", "narrow"), [(100_000, 0.003, True), (100_000, 0.0, False), (200, 0.003, False)]
)
def test_limits_that_counts_make_too_narrow_are_said_to_be(
    chart: str, size: int, real: float, narrow: bool
) -> None:
    """The same true movement drowns in the chance of few, and breaks the limits of very many.

    Sigma z above 1.5 is said (Laney 2002): the mean moving range of the points in standard
    deviations, over 1.128.
    """
    said = analyse(**rates_of(size, real, chart=chart), per=100)  # type: ignore[arg-type]  # options
    assert any("too narrow" in note for note in said.notes) is narrow
    assert any("An XmR chart of the same values" in note for note in said.notes) is narrow
    if narrow:
        assert np.mean(said.outside) > 0.25


def test_too_few_points_say_nothing_of_narrow_limits() -> None:
    """Twelve moving ranges are needed, so thirteen points."""
    few, enough = (rates_of(100_000, 0.01, count) for count in (LEAST, LEAST + 1))
    assert not any("too narrow" in note for note in analyse(**few).notes)  # type: ignore[arg-type]  # options
    assert any("too narrow" in note for note in analyse(**enough).notes)  # type: ignore[arg-type]  # options


def test_sigma_z_is_laney_s_of_each_group() -> None:
    """Each group by its own points; a missing point is passed over, a group of values has none."""
    said = rates_of(500, 0.02, 30)
    tops, bottoms = (np.array(said[part], np.float64) for part in ("numerators", "denominators"))
    tops[4] = np.nan
    starts, mean = np.array([0, 15, 30, 30]), np.array([0.1, 0.11, np.nan])
    found = sigma_z(
        tops / bottoms, starts, mean, Rates(tops, bottoms, np.array([1, 0, 1], np.int8), np.ones(3))
    )
    z = [
        (top / size - 0.1) / sqrt(0.09 / size)
        for top, size in zip(tops[:15], bottoms[:15], strict=True)
        if not np.isnan(top)
    ]
    assert found[0] == pytest.approx(np.mean(np.abs(np.diff(z))) / 1.128)
    assert np.isnan(found[1:]).all()


@pytest.mark.parametrize(
    ("sizes", "words"), [((90, 110), "Last upper limit"), ((100, 100), "Upper limit")]
)
@pytest.mark.parametrize("width", [860, 360])
def test_a_limit_that_varies_is_named_for_the_point_it_is_of(
    sizes: tuple[int, int], words: str, width: int
) -> None:
    """Limits follow the denominators, so the figure beside a line is that of its last point."""
    days = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(24)]
    points = analyse(
        [None] * 24, chart="p", numerators=[10 + i % 3 for i in range(24)],
        denominators=[sizes[i % 2] for i in range(24)], per=100,
    )  # fmt: skip
    chart = spc_chart(points, days, title="t", unit="%", better="down", width=width)
    assert f">{words} {points.upper[-1]:.1f}" in chart
    told = " at the last point; they vary with the denominators."
    assert (told in describe(points, days, unit="%", target=None)) is (words != "Upper limit")
