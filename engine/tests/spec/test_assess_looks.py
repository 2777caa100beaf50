"""A contract may agree to look before the due date, and what each look may claim is then fixed."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from test_assess import DUE, MONTHS, POOL, START, history, one, tables

from makegood_engine.effect import schedule
from makegood_engine.tables import TableError
from makegood_engine.verdict import Verdict, assess, assess_one

QUARTERS = [date(2016, 12, 31), date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30)]
UNAGREED = "This look was not agreed beforehand."


def test_an_agreed_look_is_judged_at_its_own_level() -> None:
    """A look that was agreed has a level of its own, and its interval is wider for it."""
    early = one(history(1, -0.6), now=QUARTERS[0], looks=QUARTERS)
    last = one(history(1, -0.6), looks=QUARTERS)
    alone = one(history(1, -0.6))
    assert early.level is not None
    assert last.level is not None
    assert early.level < last.level < 0.05 == alone.level
    assert UNAGREED not in early.reason
    unplanned = one(history(1, -0.6), now=QUARTERS[0])
    assert unplanned.level == 0.05
    assert width(early) > width(unplanned)


def width(found: Verdict) -> float:
    assert found.upper is not None
    assert found.lower is not None
    return found.upper - found.lower


def test_a_level_too_small_for_ranks_is_judged_by_prediction_t() -> None:
    """With 24 comparators a rank cannot fall below 4%, so an earlier look uses the t."""
    early = one(history(1, -0.6), now=QUARTERS[0], looks=QUARTERS)
    assert early.level is not None
    assert early.level < 1 / 25
    assert early.method == "ANCOVA placebo, prediction-t"


def test_a_look_that_was_not_agreed_says_so() -> None:
    """Nobody is stopped from looking, but the verdict says that the look was not agreed."""
    between = date(2017, 5, 31)
    found = one(history(1, -0.6), now=between, looks=QUARTERS)
    assert UNAGREED in found.reason
    assert found.level == one(history(1, -0.6), now=QUARTERS[2], looks=QUARTERS).level
    assert UNAGREED in one(history(1, -0.6), now=between).reason
    assert UNAGREED not in one(history(1, -0.6), now=DUE).reason


def test_too_soon_is_said_without_a_word_of_looks() -> None:
    """A look at which nothing can be judged spends nothing and says nothing of looks."""
    assert UNAGREED not in one(history(1), now=date(2016, 5, 31)).reason


def test_a_look_outside_the_contract_is_refused() -> None:
    with pytest.raises(ValueError, match="not between the start and the due date"):
        one(history(1), looks=[date(2019, 1, 1)])


def test_looks_stand_in_the_table_of_commitments() -> None:
    """Write the agreed looks as dates with ; between, and the day of this look beside them."""
    measurements, commitments, pools = tables()
    commitments["looks"] = [";".join(day.isoformat() for day in QUARTERS), None, ""]
    commitments["look"] = [QUARTERS[0], None, None]
    row = assess(measurements, commitments, pools).to_pylist()[0]
    single = one(history(1, -0.6), alternative=None, now=QUARTERS[0], looks=QUARTERS)
    assert (row["verdict"], row["effect"], row["upper"]) == (
        single.verdict, single.effect, single.upper,
    )  # fmt: skip


def test_a_look_outside_the_contract_is_refused_by_its_row() -> None:
    """A date that is no look of the contract is named by row and column."""
    measurements, commitments, pools = tables()
    commitments["looks"] = [None, "2016-12-31;2031-01-01", None]
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    assert [str(fault) for fault in caught.value.faults] == [
        "Row 3, looks: 2031-01-01 is not between the start and the due date."
    ]


def counted(
    seed: int, *, fall: float = 0.0
) -> tuple[dict[Any, Any], dict[Any, Any], dict[Any, Any]]:
    """Values, numerators and denominators of 25 units; the provider's rate falls."""
    draws = np.random.default_rng(seed)
    names = ["", *(f"c{i}" for i in range(24))]
    values, tops, bottoms = {}, {}, {}
    for name in names:
        size = float(np.exp(draws.normal(6, 0.7)))
        rate = 0.02 * np.exp(draws.normal(0, 0.3))
        rates = np.where(np.arange(48) >= 24, rate * (np.exp(-fall) if not name else 1), rate)
        events = draws.poisson(size * rates).astype(float)
        values[name] = dict(zip(MONTHS, (1000 * events / size).tolist(), strict=True))
        tops[name] = dict(zip(MONTHS, events.tolist(), strict=True))
        bottoms[name] = dict.fromkeys(MONTHS, size)
    return values, tops, bottoms


def judged(seed: int, *, fall: float, target: float) -> Any:
    values, tops, bottoms = counted(seed, fall=fall)
    return assess_one(
        series=values[""], comparators={n: v for n, v in values.items() if n}, better="down",
        starts_on=START, due_on=DUE, baseline=20.0, alternative=20.0, target=target,
        weights=bottoms, counts=tops, scale="rate",
    )  # fmt: skip


def test_a_rate_is_judged_on_a_log_scale_and_answered_in_its_own_unit() -> None:
    """Falls per 1,000 bed days: a rate that halves is told, in falls per 1,000 bed days."""
    found = judged(1, fall=0.7, target=14.0)
    assert found.method == "ANCOVA placebo of log rates, rank"
    assert found.verdict in {"delivered", "improved, promise not ruled out"}
    assert found.mean_before is not None
    assert found.mean_after is not None
    assert found.effect == pytest.approx(found.mean_before - found.mean_after, rel=0.4)
    assert found.lower is not None
    assert 0 < found.lower < found.effect < found.upper


def test_rates_without_change_show_none() -> None:
    """Eighty rates that do not change: about four are called better by chance."""
    found = [judged(seed, fall=0.0, target=14.0) for seed in range(100, 180)]
    assert sum(one.p_added <= 0.05 for one in found) <= 10


def test_a_rate_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        assess_one(
            series={START: -1.0}, comparators=POOL, better="down", starts_on=START, due_on=DUE,
            baseline=1.0, alternative=1.0, target=0.5, scale="rate",
        )  # fmt: skip
    with pytest.raises(ValueError, match="not a scale"):
        one(history(1), scale="log")


def test_a_rate_below_nothing_is_refused_by_its_row() -> None:
    """A promise judged as a rate names the row of a figure that cannot be one."""
    measurements, commitments, pools = tables()
    commitments["scale"] = ["rate", "level", None]
    measurements["value"][3] = -0.1
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    assert "Row 5, value: -0.1 is below 0" in str(caught.value)


def test_a_look_that_is_not_named_is_at_the_last_figure() -> None:
    """Judged before the due date without a word of when: the last figure's period is the look."""
    early = {day: value for day, value in history(1, -0.6).items() if day < date(2017, 1, 1)}
    pool = {
        name: {day: value for day, value in part.items() if day < date(2017, 1, 1)}
        for name, part in POOL.items()
    }
    unnamed = one(early, comparators=pool, looks=QUARTERS)
    named = one(early, comparators=pool, looks=QUARTERS, now=QUARTERS[0])
    assert unnamed.level == named.level
    assert UNAGREED not in unnamed.reason
    assert UNAGREED in one(early, comparators=pool).reason
    assert UNAGREED in one(early, comparators=pool, looks=QUARTERS[1:]).reason


def test_windows_that_share_no_days_are_no_help_to_each_other() -> None:
    """Twelve looks at daily figures have windows of 14 days, so each look gets a level of its own."""
    days = [date(2021, month, 28) for month in range(1, 12)]
    monthly, daily = (
        schedule(days, starts_on=date(2020, 1, 1), due_on=date(2021, 12, 31), window=window)
        for window in (365, 14)
    )
    assert daily[-1].level < monthly[-1].level
    apart = 1.0
    for look in daily:
        apart *= 1 - look.level
    assert apart == pytest.approx(0.95, abs=3e-4)


def test_a_promise_of_nothing_is_said_to_be_one() -> None:
    """A target no better than the alternative promises nothing, and the sentence says so."""
    found = one(history(1, -0.6), target=4.7)
    assert found.promised_added < 0
    assert "the promise was nothing above the alternative" in found.reason


@pytest.mark.parametrize(
    ("column", "day", "said"),
    [
        ("look", date(2015, 6, 1), "2015-06-01 is before the start."),
        ("before_from", date(2016, 6, 1), "2016-06-01 is not before the start."),
        ("after_from", date(2015, 6, 1), "2015-06-01 is not between the start and the due date."),
    ],
)
def test_a_look_or_window_on_the_wrong_side_is_refused_by_its_row(
    column: str, day: date, said: str
) -> None:
    """Dates that cannot be are named by row and column."""
    measurements, commitments, pools = tables()
    commitments[column] = [None, day, None]
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    assert str(caught.value.faults[0]) == f"Row 3, {column}: {said}"


def test_months_without_events_are_no_frozen_figures() -> None:
    """Rare events leave months with none; that is no reason to leave a comparator out."""
    rare = {name: {day: float(i % 17 == k) for i, day in enumerate(MONTHS)}
            for k, name in enumerate(POOL)}  # fmt: skip
    own = {day: float(i % 13 == 5) for i, day in enumerate(MONTHS)}
    found = one(own, comparators=rare, scale="rate", baseline=0.08, alternative=0.08, target=0.05)
    assert found.n_comparators == len(POOL)
    assert "frozen" not in str(found.pool_left_out)
    assert "fewer than 10 events in a window" in found.reason
    level = one(own, comparators=rare, baseline=0.08, alternative=0.08, target=0.05)
    assert level.n_comparators == len(POOL)


@pytest.mark.parametrize("scale", ["level", "rate"])
def test_units_without_events_are_not_taken_for_the_provider_itself(scale: str) -> None:
    """Were all that tie with the provider left out, it would stand alone as the best."""
    none = dict.fromkeys(MONTHS, 0.0)
    few = {f"{name}{i}": none if i < 15 else {day: float(k % 12 == i - 15) for k, day in enumerate(MONTHS)}
           for i, name in enumerate("x" * 24)}  # fmt: skip
    found = one(none, comparators=few, scale=scale, better="down", target=0.0)
    assert found.n_comparators == 24
    assert found.p_added is not None
    assert found.p_added > 0.5


def years(seed: int, shift: float) -> dict[date, float | None]:
    """Four years of figures about 50, each month on its own, and a shift from the third on."""
    draws = np.random.default_rng(seed)
    values = draws.normal(50, 1) + draws.normal(0, 1, 48) + shift * (np.arange(48) >= 24)
    return dict(zip(MONTHS, values.tolist(), strict=True))


def test_before_the_due_date_it_never_says_that_waiting_will_not_help() -> None:
    """Of what half a contract cannot tell, the due date tells most, and the sentence said it may."""
    half, pool = date(2016, 12, 31), {f"c{i}": years(i, 0.0) for i in range(20)}
    asked: dict[str, Any] = {
        "comparators": pool, "better": "up", "baseline": 50.0, "alternative": 50.0,
        "target": 51.5, "looks": [half],
    }  # fmt: skip
    hopes, settled = 0, 0
    for seed in range(100, 140):
        early = one(years(seed, 0.75), **asked, now=half)
        if early.verdict != "cannot tell yet":
            continue
        assert "will not settle" not in early.reason
        assert early.periods_needed in {None, 12}
        told = early.periods_needed is not None
        would = "About 12 periods more would tell, at the look on 31 December 2017."
        assert (would in early.reason) is told
        assert ("The look on 31 December 2017 may tell." in early.reason) is not told
        hopes += 1
        settled += one(years(seed, 0.75), **asked).verdict != "cannot tell yet"
    assert hopes >= 20
    assert settled >= 0.6 * hopes
