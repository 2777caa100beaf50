"""Before anything is signed, power says which change could be told from noise, and when.

It reads the measure's own history, or better its comparators' too, and speaks of the very test
that will judge the promise.
"""

from datetime import date, timedelta
from time import perf_counter

import numpy as np
import pytest

from makegood_engine.effect import ALPHA, SLACK, Cases, measure
from makegood_engine.power import power_of
from makegood_engine.tables import TableError

START = date(2018, 1, 1)


def history(
    seed: int, *, n: int = 48, noise: float = 0.6, memory: float = 0.0, level: float = 4.5
) -> dict[date, float | None]:
    """Months up to the end of 2017 with a winter peak."""
    draws = np.random.default_rng(seed).normal(0, 1, n)
    for i in range(1, n):
        draws[i] = memory * draws[i - 1] + np.sqrt(1 - memory**2) * draws[i]
    season = 0.4 * np.cos(2 * np.pi * np.arange(n) / 12)
    months = [2018 * 12 - n + i for i in range(n)]
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return dict(zip(days, (level + season + noise * draws).tolist(), strict=True))


def test_it_says_what_could_be_told_beside_the_promise() -> None:
    """One sentence gives the noise, the time, and the smallest change it would show."""
    found = power_of(history(1), starts_on=START, periods=24, change=0.2, better="down", unit="%")
    assert found.sentence.startswith("With monthly figures that move by about 0.")
    assert "two years would show a fall of 0." in found.sentence
    assert found.periods_needed is None
    assert found.chance is not None
    ending = f"would be told only {100 * found.chance:.0f} times in 100."
    assert found.sentence.endswith(f"A fall of 0.2 percentage points {ending}")
    assert found.chance < 0.3


def test_a_large_change_is_told_early() -> None:
    """A promise well above the noise is told in the first months that allow a verdict."""
    found = power_of(history(1), starts_on=START, change=-3.0, better="down", unit="hours")
    assert found.periods_needed == 11
    assert found.change == 3
    assert found.chance == pytest.approx(1, abs=1e-6)
    assert found.sentence.endswith("A fall of 3 hours would be told after 11 months.")


def test_the_size_named_is_rounded_up_never_down() -> None:
    """The words never name a change smaller than what could be told."""
    for seed in range(20):
        found = power_of(history(seed), starts_on=START)
        assert found.smallest_change is not None
        named = float(found.sentence.split(" a change of ")[1].split(" or more")[0])
        assert found.smallest_change <= named <= found.smallest_change * 1.1


def test_its_uncertainty_stands_beside_it() -> None:
    """The smallest change has an interval, wider where the history is shorter."""
    widths = []
    for n in (24, 48, 96):
        found = power_of(history(3, n=n), starts_on=START)
        low, best, high = found.smallest_lower, found.smallest_change, found.smallest_upper
        assert low is not None
        assert best is not None
        assert high is not None
        assert low < best < high
        widths.append((high - low) / best)
    assert widths[0] > widths[1] > widths[2]


def test_a_season_is_not_noise_once_two_of_it_are_known() -> None:
    """From two whole years on the winter peak is taken off; before that it counts, and is said."""
    long, short = (power_of(history(5, n=n, noise=0.05), starts_on=START) for n in (60, 20))
    assert long.noise == pytest.approx(0.05, rel=0.4)
    assert short.noise > 0.15
    assert any("season counts as noise" in note for note in short.notes)


def test_comparators_that_share_the_moves_make_it_sharper() -> None:
    """With the comparators' own pasts, what moves them all together is no noise at all."""
    draws = np.random.default_rng(9)
    wave = dict(zip(history(0), draws.normal(0, 0.6, 48).tolist(), strict=True))

    def moved(seed: int) -> dict[date, float | None]:
        own = history(seed, noise=0.1)
        return {day: (value or 0) + wave[day] for day, value in own.items()}

    pool = {f"c{i}": moved(100 + i) for i in range(20)}
    alone = power_of(moved(1), starts_on=START)
    among = power_of(moved(1), starts_on=START, pool=pool)
    assert alone.smallest_change is not None
    assert among.smallest_change is not None
    assert among.smallest_change < alone.smallest_change / 3
    assert among.placebos == 25
    assert (alone.placebos, among.comparators) == (0, 20)
    assert any("this history alone" in note for note in alone.notes)


@pytest.mark.parametrize("times", [1.0, 3.0])
def test_a_restless_provider_is_not_averaged_away(times: float) -> None:
    """A measure three times as restless as its pool is told so, and keeps 80 times in 100."""
    told, last = [], START.year * 12
    for seed in range(150):
        draws = np.random.default_rng([61, seed])
        units = draws.normal(0, 1, (21, 60)) + draws.normal(0, 1, (21, 1))
        units[0] *= times
        months = [last - 48 + i for i in range(48)]
        days = [date(month // 12, month % 12 + 1, 1) for month in months]
        pasts = [dict(zip(days, row[:48].tolist(), strict=True)) for row in units]
        pool = {str(row): past for row, past in enumerate(pasts[1:])}
        found = power_of(pasts[0], starts_on=START, pool=pool)
        assert found.restless == pytest.approx(times, rel=0.4)
        assert ("times as much as its comparators" in found.sentence) is (times == 3)
        assert found.smallest_change is not None
        units[0, 48:] += found.smallest_change
        cases = Cases(
            np.array([0]), np.arange(1, 21), np.array([0, 20]),
            np.array([[36, 48, 48, 60, 1]]), np.ones(1), np.array([ALPHA]), np.array([False]),
        )  # fmt: skip
        told.append(measure(units, cases).p_better[0] <= ALPHA + SLACK)
    # 80% of 150 has a standard error of 3.3 points
    assert 0.70 <= np.mean(told) <= 0.90


def test_a_pool_too_young_for_placebos_is_said() -> None:
    """Where the pasts are shorter than both windows, the history's own noise stands in."""
    pool = {f"c{i}": history(100 + i, n=20) for i in range(20)}
    found = power_of(history(1, n=20), starts_on=START, pool=pool)
    assert found.placebos == 0
    assert any("too short" in note for note in found.notes)


def test_comparators_that_cannot_serve_are_left_out() -> None:
    """A frozen comparator, or one with gaps, is not counted, and the answer says so."""
    pool = {f"c{i}": history(100 + i) for i in range(20)}
    gaps = {day: None if day.year == 2017 else value for day, value in history(7).items()}
    found = power_of(history(1), starts_on=START, pool={**pool, "still": still(), "gaps": gaps})
    assert found.comparators == 20
    assert any("2 of the pool's 22 comparators" in note for note in found.notes)


def test_what_comes_after_the_start_is_not_looked_at() -> None:
    """Only what is known before the start counts, whatever happens later."""
    past = history(2)
    later: dict[date, float | None] = {date(2018, month, 1): 99.0 for month in range(1, 13)}
    assert power_of({**past, **later}, starts_on=START) == power_of(past, starts_on=START)


def test_weeks_and_quarters_have_their_own_windows() -> None:
    """A window is 52 weeks or 12 quarters, and the words say so."""
    draws = np.random.default_rng(4).normal(20, 2, 160)
    weeks = {date(2014, 1, 6) + timedelta(7 * i): float(v) for i, v in enumerate(draws)}
    found = power_of(weeks, starts_on=date(2017, 2, 6))
    assert (found.periods, found.least_periods) == (52, 47)
    assert "52 weeks" in found.sentence
    quarters = {date(2000 + i // 4, i % 4 * 3 + 1, 1): float(draws[i]) for i in range(40)}
    found = power_of(quarters, starts_on=date(2010, 1, 1))
    assert (found.periods, found.least_periods) == (12, 6)
    assert "quarterly figures" in found.sentence


def test_too_few_periods_for_any_verdict() -> None:
    """A contract of half a year on monthly figures is told that no verdict could be given."""
    found = power_of(history(1), starts_on=START, periods=6, change=1.0)
    assert found.smallest_change is None
    assert found.chance is None
    assert found.sentence == "At least 11 months after the start are needed; 6 are too few."


def still(n: int = 48) -> dict[date, float | None]:
    return dict.fromkeys(history(0, n=n), 8.24)


def frozen() -> dict[date, float | None]:
    return {day: 8.0 if i < 40 else 9.0 for i, day in enumerate(history(0))}


def season_alone() -> dict[date, float | None]:
    return history(0, noise=0.0)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (still(), "nothing moves"),
        (frozen(), "frozen"),
        (season_alone(), "does not move but for its season"),
        (history(1, n=8), "Only 8 periods have figures before the start"),
        ({}, "no figure"),
        ({date(2000 + i, 1, 1): float(i % 5) for i in range(17)}, "Yearly figures"),
        ({**history(1), date(2017, 3, 9): 4.0}, "2017-03-09 does not keep the pace"),
    ],
)
def test_a_history_that_cannot_speak_is_refused(past: dict[date, float | None], words: str) -> None:
    """A short, constant, frozen or yearly history is refused with the reason."""
    with pytest.raises(TableError, match=words):
        power_of(past, starts_on=START)


def test_fewer_than_five_comparators_tell_nothing() -> None:
    """Without five comparators there is no test, so nothing could be told."""
    with pytest.raises(TableError, match="With 4 comparators no change"):
        power_of(history(1), starts_on=START, comparators=4)
    with pytest.raises(ValueError, match="direction"):
        power_of(history(1), starts_on=START, better="less")


def test_it_is_quick_enough_to_stand_beside_a_form() -> None:
    """An answer comes within 20 milliseconds, pool and all."""
    pool = {f"c{i}": history(100 + i) for i in range(20)}
    past = history(1)
    power_of(past, starts_on=START, change=0.4, pool=pool)
    took = []
    for _ in range(10):
        begun = perf_counter()
        power_of(past, starts_on=START, change=0.4, pool=pool)
        took.append(perf_counter() - begun)
    assert min(took) <= 0.020
