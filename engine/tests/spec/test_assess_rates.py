"""What is judged as a rate of events must be one: whole counts, and values that they come to.

A row that is not is refused by its place, before anything is judged. Units are read off each
series (1, per 100, per 1,000), and a value may be rounded as the rest of its series is.
"""

from datetime import date
from typing import Any

import numpy as np
import pytest

from makegood_engine.tables import TableError
from makegood_engine.verdict import assess, assess_one
from makegood_engine.verdict.rate_gate import rates_of_counts

MONTHS = [date(2019 + month // 12, month % 12 + 1, 1) for month in range(24)]
UNITS = [f"unit {i}" for i in range(9)]


def tables(*, mean: float = 40.0, scale: str = "rate") -> tuple[dict[str, list[Any]], ...]:
    """Two years of nine units: events per 1,000 people, to one decimal. Row 2 is the first."""
    draws = np.random.default_rng(4)
    events = draws.poisson(mean, (len(UNITS), len(MONTHS))).astype(float)
    measurements = {
        "series": [name for name in UNITS for _ in MONTHS],
        "period": MONTHS * len(UNITS),
        "value": np.round(1000 * events / 2500, 1).ravel().tolist(),
        "numerator": events.ravel().tolist(),
        "denominator": [2500.0] * events.size,
    }
    commitments = {
        "commitment": ["C"], "series": ["unit 0"], "better": ["down"],
        "starts_on": [MONTHS[12]], "due_on": [date(2020, 12, 31)], "baseline": [16.0],
        "alternative": [16.0], "target": [14.0], "pool": ["P"], "scale": [scale],
    }  # fmt: skip
    pools = {"pool": ["P"] * 8, "series": UNITS[1:]}
    return measurements, commitments, pools


def refused(measurements: Any, commitments: Any, pools: Any) -> list[str]:
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    return [str(fault) for fault in caught.value.faults]


def test_rates_that_their_counts_come_to_are_judged() -> None:
    """Rounded values pass, and so do counts of more than ten."""
    (found,) = assess(*tables()).to_pylist()
    assert found["method"] == "ANCOVA placebo of log rates, prediction-t"
    assert "fewer than 10 events" not in found["reason"]


def test_a_value_that_is_not_its_events_over_its_people_is_refused_by_its_row() -> None:
    measurements, commitments, pools = tables()
    measurements["numerator"][3], measurements["value"][3] = 40.0, 17.0
    assert refused(measurements, commitments, pools) == [
        (
            "Row 5, value: 17 is not what 40 out of 2500 comes to, about 16 as the other rows of "
            "“unit 0” are given."
        )
    ]


def test_a_comparator_s_rows_are_held_to_the_same() -> None:
    """One slip in a comparator would move the answer as much as one in the provider."""
    measurements, commitments, pools = tables()
    measurements["value"][30] *= 10
    assert refused(measurements, commitments, pools)[0].startswith("Row 32, value: ")


@pytest.mark.parametrize("count", [-1.0, 12.5])
def test_events_are_whole_numbers_from_nought_up(count: float) -> None:
    measurements, commitments, pools = tables()
    measurements["numerator"][3] = count
    assert refused(measurements, commitments, pools) == [
        (
            f"Row 5, numerator: {count:g} is not a whole number from 0 up, and “unit 0” is judged as "
            "a rate of events."
        )
    ]


def test_a_rate_without_its_count_is_refused() -> None:
    """Where there is a denominator, what stands over it must be there too."""
    measurements, commitments, pools = tables()
    measurements["numerator"][3] = None
    (said,) = refused(measurements, commitments, pools)
    assert said.startswith("Row 5, numerator: ")
    assert said.endswith("and “unit 0” is judged as a rate of events: count them.")


def test_what_is_judged_as_a_level_may_have_halves() -> None:
    """Days lost may be halves. Only a promise judged as a rate asks for events."""
    measurements, commitments, pools = tables(scale="level")
    measurements["numerator"][3] = 12.5
    assert assess(measurements, commitments, pools).num_rows == 1


@pytest.mark.parametrize("scale", ["rate", "level"])
def test_fewer_than_ten_events_are_warned_of_in_the_answer(scale: str) -> None:
    """Half an event a month makes six a year: the answer says to take care, on either scale."""
    measurements, commitments, pools = tables(mean=0.5, scale=scale)
    (found,) = assess(measurements, commitments, pools).to_pylist()
    assert found["effect"] is not None
    assert "fewer than 10 events in a window" in found["reason"]


def test_one_promise_at_a_time_is_held_to_the_same() -> None:
    """`assess_one` names the day, since there are no rows."""
    days = dict.fromkeys(MONTHS, 16.0)
    counts, sizes = {"": {**days, MONTHS[2]: 40.5}}, {"": dict.fromkeys(MONTHS, 2500.0)}
    asked: dict[str, Any] = {
        "series": days, "comparators": {}, "better": "down", "starts_on": MONTHS[12],
        "due_on": date(2020, 12, 31), "baseline": 16.0, "alternative": 16.0, "target": 14.0,
        "scale": "rate", "weights": sizes,
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"2019-03-01: 40\.5 is not a whole number"):
        assess_one(counts=counts, **asked)
    with pytest.raises(ValueError, match="2019-01-01: 16 has a denominator and no numerator"):
        assess_one(counts={"": {MONTHS[1]: 40.0}}, **asked)
    counts = {"": {**dict.fromkeys(MONTHS, 40.0), MONTHS[3]: 44.0}}
    with pytest.raises(ValueError, match="2019-04-01: 16 is not what 44 out of 2500 comes to"):
        assess_one(counts=counts, **asked)


@pytest.mark.parametrize("unit", [1.0, 100.0, 1000.0, 365.0])
@pytest.mark.parametrize("decimals", [0, 1, 4])
def test_rounding_is_no_fault_and_a_slip_of_a_tenth_is(unit: float, decimals: int) -> None:
    """In 100 series of each unit and rounding no row is refused; then one wrong by a tenth is."""
    draws = np.random.default_rng(7)
    for _ in range(100):
        people = draws.integers(300, 5000, 24).astype(float)
        events = (draws.poisson(0.1 * people) + 1).astype(np.float64)
        value = np.round(unit * events / people, decimals)
        one = np.zeros(24, dtype=np.int64)
        assert np.isnan(rates_of_counts(one, value, events, people)).all()
        if unit * 0.1 > 10 * 0.1**decimals:
            value[5] *= 1.1
            assert np.flatnonzero(~np.isnan(rates_of_counts(one, value, events, people))) == [5]


def rates_of(own: dict[date, float], size: float, *, target: float) -> Any:
    """Judge a provider's events, of so many people a month, beside 20 others of that size."""
    draws = np.random.default_rng(2)
    events = {"": own} | {
        f"c{i}": dict(zip(MONTHS, draws.poisson(1.5, 24).astype(float), strict=True))
        for i in range(20)
    }
    values = {
        name: {day: 1000 * count / size for day, count in part.items()}
        for name, part in events.items()
    }
    sizes = {name: dict.fromkeys(part, size) for name, part in events.items()}
    return assess_one(
        series=values[""], comparators={n: v for n, v in values.items() if n}, better="down",
        starts_on=MONTHS[12], due_on=date(2020, 12, 31), baseline=None, alternative=None,
        target=target, weights=sizes, counts=events, scale="rate",
    )  # fmt: skip


def test_whether_a_rate_was_reached_is_told_from_its_events_alone() -> None:
    """Eleven events in 12,000 are 0.917 in 1,000. The half event of the test is no event."""
    own = dict.fromkeys(MONTHS, 1.0) | {MONTHS[12]: 0.0}
    found = rates_of(own, 1000, target=0.95)
    assert found.n_comparators == 20
    assert found.mean_after == pytest.approx(11 / 12)
    assert found.mean_before == pytest.approx(1.0)
    assert found.promised_added == pytest.approx(0.05)
    assert found.reached is True
    assert rates_of(own, 1000, target=0.91).reached is False


def test_no_event_at_all_reaches_a_target_of_none() -> None:
    """A provider without an event since the start has an average of 0, and an effect all the same."""
    found = rates_of(dict.fromkeys(MONTHS, 2.0) | dict.fromkeys(MONTHS[12:], 0.0), 1000, target=0.0)
    assert found.mean_after == 0
    assert found.reached is True
    assert found.effect is not None
    assert 1 < found.effect < 2.5


def test_a_missing_month_never_brings_a_rate_below_nothing() -> None:
    """What the comparators show of a missing month is made good, but not below no event at all."""
    draws = np.random.default_rng(5)
    season = np.where(np.arange(24) % 12 == 3, 0.2, 20.0)
    events = {name: dict(zip(MONTHS, draws.poisson(season).astype(float), strict=True))
              for name in UNITS}  # fmt: skip
    own = {day: 0.0 for day in MONTHS if day != MONTHS[15]}
    found = assess_one(
        series=own, comparators=events, better="down", starts_on=MONTHS[12],
        due_on=date(2020, 12, 31), baseline=1.0, alternative=1.0, target=0.0, scale="rate",
    )  # fmt: skip
    assert found.mean_after == 0
    assert found.reached is True
    assert found.effect is not None


@pytest.mark.parametrize(("few", "warned"), [(9, False), (11, True)])
def test_events_are_few_where_half_of_the_comparators_have_few(few: int, warned: bool) -> None:
    """Some small comparators among many do no harm; more than half of them small do."""
    draws = np.random.default_rng(3)
    means = np.r_[5.0, np.full(few, 0.3), np.full(20 - few, 5.0)]
    events = {f"u{i}": dict(zip(MONTHS, draws.poisson(mean, 24).astype(float), strict=True))
              for i, mean in enumerate(means)}  # fmt: skip
    own = events.pop("u0")
    found = assess_one(
        series=own, comparators=events, better="down", starts_on=MONTHS[12],
        due_on=date(2020, 12, 31), baseline=5.0, alternative=5.0, target=4.0, scale="rate",
    )  # fmt: skip
    assert found.n_comparators == 20
    assert ("fewer than 10 events in a window" in found.reason) is warned
