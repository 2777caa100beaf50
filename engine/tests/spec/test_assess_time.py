"""Time in a verdict: calendars, windows, what waiting can do, and what is said of it."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from test_assess import DUE, MONTHS, POOL, history, one, tables

from makegood_engine.tables import TableError
from makegood_engine.verdict import assess, assess_one

History = dict[date, float | None]


def test_at_the_due_date_waiting_is_never_said_to_help() -> None:
    found = one(history(1), target=4.4)
    assert found.verdict == "cannot tell yet"
    assert found.n_after == 12
    assert found.periods_needed is None
    assert found.reason.endswith("Waiting longer will not settle it.")


def test_a_full_window_does_not_grow_but_the_due_date_may_tell() -> None:
    """The window is full, and will be full of other months when the due date comes."""
    found = one(history(5), target=4.3, now=date(2017, 6, 30))
    assert (found.verdict, found.n_after) == ("cannot tell yet", 12)
    assert found.periods_needed is None
    assert found.reason.split(" This look")[0].endswith("The look on 31 December 2017 may tell.")
    small = one(history(5), target=4.4, now=date(2017, 6, 30))
    assert "Waiting longer is unlikely to settle it." in small.reason


def looks(due_on: date, now: date) -> list[Any]:
    """Promises of many sizes at a look after 11 months, whose interval just holds nothing."""
    return [
        one(history(3, -0.228), target=4.5 - size, now=now, due_on=due_on)
        for size in np.arange(0.2, 0.4, 0.005)
    ]


def test_it_says_how_many_more_only_while_so_many_can_come() -> None:
    ahead = [f for f in looks(DUE, date(2016, 11, 30)) if f.verdict == "cannot tell yet"]
    assert {f.n_after for f in ahead} == {11}
    assert {f.periods_needed for f in ahead} == {None, 1}
    for found in ahead:
        asked = found.periods_needed == 1
        assert ("About 1 period more would tell." in found.reason) is asked
        assert ("The look on 31 December 2017 may tell." in found.reason) is not asked
    due = date(2016, 11, 30)
    assert {f.periods_needed for f in looks(due, due)} == {None}


def test_too_soon_says_when_the_due_date_leaves_no_room() -> None:
    short = one(history(1), due_on=date(2016, 6, 30))
    assert short.verdict == "too soon to tell"
    assert short.periods_needed is None
    assert "The due date leaves room for 6, so waiting will not settle it." in short.reason


def test_eleven_of_twelve_are_needed_and_it_is_said() -> None:
    gone = {date(2015, 3, 1): None}
    assert one({**history(1, -0.6), **gone}).verdict == "delivered"
    gone[date(2015, 4, 1)] = None
    found = one({**history(1, -0.6), **gone})
    assert (found.verdict, found.n_before) == ("not enough history", 10)
    assert "At least 11 of the 12 in a season are needed." in found.reason


ON_ODD_DAY = {date(2016, 1, 2): 4.4}


def test_one_odd_date_in_a_comparator_changes_no_other_verdict() -> None:
    plain = one(history(1, -0.6))
    odd = one(history(1, -0.6), comparators={**POOL, "c3": {**POOL["c3"], **ON_ODD_DAY}})
    assert (odd.verdict, odd.effect, odd.n_before) == (plain.verdict, plain.effect, 12)
    said = "1 figure is dated between the provider's periods, so it was not used."
    assert said in odd.notes
    assert said not in plain.notes


def test_one_odd_date_of_its_own_changes_nothing_either() -> None:
    odd = one({**history(1, -0.6), **ON_ODD_DAY})
    assert odd.effect == one(history(1, -0.6)).effect
    assert "not used" in odd.notes[-1]


def test_an_odd_date_in_a_table_is_refused_by_its_row() -> None:
    measurements, commitments, pools = tables()
    measurements["period"][30] = date(2016, 7, 2)
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    assert [str(fault) for fault in caught.value.faults] == [
        "Row 32, period: 2016-07-02 is not the first of a month, as most dates of “c0” are."
    ]
    assert caught.value.name == "measurements"


def weekly(seed: int, shift: float = 0.0, every: int = 7, count: int = 180) -> History:
    draws = np.random.default_rng(seed)
    values = 50 + draws.normal(0, 3) + draws.normal(0, 1, count)
    values[count // 2 :] += shift
    days = (date(2014, 1, 6) + timedelta(days=every * i) for i in range(count))
    return dict(zip(days, values.tolist(), strict=True))


def test_months_and_weeks_are_judged_in_one_table_each_on_its_own() -> None:
    measurements, commitments, pools = tables()
    alone = assess(measurements, commitments, pools).to_pylist()
    weeks = {f"w{i}": weekly(i, 8.0 if i == 0 else 0.0) for i in range(25)}
    start = list(weeks["w0"])[90]
    for name, part in weeks.items():
        measurements["series"] += [name] * len(part)
        measurements["period"] += list(part)
        measurements["value"] += list(part.values())
    row = {"commitment": "W-1", "series": "w0", "better": "up", "starts_on": start,
           "due_on": date(2018, 1, 1), "baseline": 50.0, "alternative": 50.0, "target": 54.0,
           "pool": "weeks", "ward": "w"}  # fmt: skip
    for name, cell in row.items():
        commitments[name].append(cell)
    pools["pool"] += ["weeks"] * 24
    pools["series"] += [f"w{i}" for i in range(1, 25)]
    *months, week = assess(measurements, commitments, pools).to_pylist()
    for one_alone, beside in zip(alone, months, strict=True):
        assert beside == one_alone
    assert (week["verdict"], week["n_before"], week["n_after"]) == ("delivered", 52, 52)
    measurements["period"][-1] += timedelta(days=1)
    measurements["period"][48 * 27 + 5] += timedelta(days=1)
    with pytest.raises(TableError, match="2014-02-11 does not keep the pace of “w0”"):
        assess(measurements, commitments, pools)


def test_days_are_compared_over_whole_weeks() -> None:
    days = {f"d{i}": weekly(i, 8.0 if i == 0 else 0.0, every=1) for i in range(25)}
    start = list(days["d0"])[90]
    said: dict[str, Any] = {
        "comparators": {name: part for name, part in days.items() if name != "d0"},
        "better": "up", "starts_on": start, "due_on": start + timedelta(days=60),
        "baseline": 50.0, "alternative": 50.0, "target": 54.0,
    }  # fmt: skip
    found = assess_one(series=days["d0"], **said)
    assert (found.verdict, found.n_before, found.n_after) == ("delivered", 14, 14)
    early = assess_one(series=days["d0"], **said, now=start + timedelta(days=9))
    assert (early.n_before, early.n_after) == (14, 7)


def test_a_provider_two_months_late_is_judged_at_its_own_last_month() -> None:
    late = {day: value for day, value in history(1, -0.6).items() if day < date(2017, 5, 1)}
    found = one(late, now=date(2017, 6, 30))
    assert (found.verdict, found.n_after) == ("delivered", 12)
    said = "Its figures end in April 2017, but its comparators' go on."
    assert found.reason.endswith(said)
    assert said not in one(late, now=date(2017, 4, 30)).reason


def test_at_the_due_date_missing_months_are_named() -> None:
    late = {day: value for day, value in history(1, -0.6).items() if day < date(2017, 11, 1)}
    found = one(late)
    assert (found.verdict, found.n_after) == ("too soon to tell", 10)
    assert found.periods_needed == 1
    assert "There is none for November 2017 and December 2017." in found.reason
    worse = {day: value for day, value in late.items() if day < date(2017, 8, 1)}
    assert "none for August 2017, September 2017 and 3 periods more." in one(worse).reason


def test_the_provider_s_own_figures_under_another_name_are_no_comparator() -> None:
    own = history(1, -0.6)
    found = one(own, comparators={**POOL, "copy": {**own, date(2017, 3, 1): None}})
    assert found.n_comparators == 24
    assert dict(found.pool_left_out) == {"the provider's own figures": 1}
    assert found.effect == one(own).effect
    only_before = {**own, **{day: POOL["c1"][day] for day in MONTHS[24:]}}
    assert one(own, comparators={**POOL, "other": only_before}).n_comparators == 25


def test_a_comparator_without_figures_is_not_mistaken_for_another() -> None:
    measurements, commitments, pools = tables()
    pools["pool"].append("all")
    pools["series"].append("nowhere")
    found = assess(measurements, commitments, pools)
    assert found["n_comparators"].to_pylist()[:2] == [24, 24]


def test_a_provider_that_stands_still_is_not_tested() -> None:
    """Comparators that stand still are left out; held against the rest, a provider would gain by it."""
    for still, when in ((MONTHS[12:24], "before"), (MONTHS[36:], "after")):
        found = one({**history(1), **dict.fromkeys(still, 4.5)})
        assert found.verdict.endswith("reached, not shown to be added")
        assert (found.effect, found.p_added) == (None, None)
        assert "added: a figure that stands still is no measure of it." in found.reason
        said = f"{when} the start, the provider's own figure is the same again and again."
        assert f"Take care: {said}" in found.reason
    assert "Take care" not in one(history(1)).reason


@pytest.mark.parametrize("end", [0.0, 1.0, 100.0])
def test_none_and_all_may_stand_still(end: float) -> None:
    """A service may lose nobody for a year, or see all in time: that is a figure, not a slip."""
    size = 0.01 * max(end, 1.0)
    pool = {name: {day: end + size * (value - 5) for day, value in each.items() if value is not None}
            for name, each in POOL.items()}  # fmt: skip
    found = one(dict.fromkeys(MONTHS, end), comparators=pool, target=end)
    assert found.p_added is not None
    assert found.n_comparators == len(POOL)


def test_comparators_alike_before_are_compared_by_their_level_after() -> None:
    level = np.array([4.0, 5.0] * 6)
    draws = np.random.default_rng(4)
    rows = {}
    for i in range(25):
        after = level + draws.normal(0, 0.3, 12) - (1.5 if i == 0 else 0.0)
        before = level + (0.4 if i == 0 else 0.0)
        rows[f"c{i}"] = dict(zip(MONTHS[12:36], [*before, *after], strict=True))
    others = {name: part for name, part in rows.items() if name != "c0"}
    found = one(rows["c0"], comparators=others, due_on=date(2016, 12, 31))
    gap = np.mean([np.mean([part[day] for day in MONTHS[24:36]]) for part in others.values()])
    own = np.mean([rows["c0"][day] for day in MONTHS[24:36]])
    assert found.verdict == "delivered"
    assert found.effect == pytest.approx(gap - own)
    few = one(rows["c0"], comparators=dict(list(others.items())[:8]), due_on=date(2016, 12, 31))
    assert few.verdict == "delivered"


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (0, "No period after the start has a figure."),
        (1, "Only 1 period after the start has figures."),
        (2, "Only 2 periods after the start have figures."),
    ],
)
def test_few_figures_are_said_in_plain_words(months: int, said: str) -> None:
    known = {day: value for day, value in history(1).items() if day < MONTHS[24 + months]}
    assert said in one(known, due_on=date(2016, 12, 31)).reason


def test_the_average_is_of_the_known_figures_and_only_gaps_are_made_good() -> None:
    """Comparators' seasons move the average where a month is missing, and nowhere else."""
    whole = history(1, noise=0.01)
    values = [whole[day] for day in MONTHS[36:]]
    assert one(whole).mean_after == pytest.approx(np.mean(values))  # type: ignore[arg-type]
    january = one({**whole, MONTHS[36]: None}).mean_after
    assert january == pytest.approx(np.mean(values), abs=0.01)  # type: ignore[arg-type]
    assert np.mean(values[1:]) < np.mean(values) - 0.02  # type: ignore[arg-type]
