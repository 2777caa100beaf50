"""Commitments in, verdicts out: on tables, and one at a time."""

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest

from makegood_engine import __version__
from makegood_engine.tables import TableError
from makegood_engine.verdict import COLUMNS, SCHEMA, Verdict, assess, assess_one

MONTHS = [date(2014 + m // 12, m % 12 + 1, 1) for m in range(48)]
START, DUE = date(2016, 1, 1), date(2017, 12, 31)


def history(seed: int, shift: float = 0.0, noise: float = 0.2) -> dict[date, float | None]:
    """Four years about 4.5 with a winter peak; `shift` from the third year on."""
    draws = np.random.default_rng(seed)
    season = 0.3 * np.cos(2 * np.pi * np.arange(48) / 12)
    values = 4.5 + draws.normal(0, 0.3) + season + draws.normal(0, noise, 48)
    values[24:] += shift
    return dict(zip(MONTHS, values.tolist(), strict=True))


POOL = {f"c{i}": history(100 + i) for i in range(24)}


def one(series: dict[date, float | None], **said: Any) -> Verdict:
    plain: dict[str, Any] = {
        "comparators": POOL, "better": "down", "starts_on": START, "due_on": DUE,
        "baseline": 4.5, "alternative": 4.5, "target": 4.0,
    }  # fmt: skip
    return assess_one(series=series, **(plain | said))


def test_a_promise_kept_is_delivered_with_its_numbers() -> None:
    found = one(history(1, -0.6))
    assert found.verdict == "delivered"
    assert found.promised_added == pytest.approx(0.5)
    assert found.lower is not None
    assert found.effect is not None
    assert found.upper is not None
    assert 0 < found.lower < found.effect < found.upper
    assert found.p_added == pytest.approx(1 / 25)
    assert (found.n_before, found.n_after, found.n_comparators) == (12, 12, 24)
    assert found.method == "ANCOVA placebo, rank"
    assert found.sentence.startswith("Delivered. It ended 0.")
    assert len(found.leave_one_out) == 24
    assert {change.verdict for change in found.leave_one_out} == {"delivered"}


@pytest.mark.parametrize(
    ("shift", "said", "expected"),
    [
        (-0.6, {"better": "neutral"}, "no verdict"),
        (-0.6, {"comparators": {}}, "reached, not shown to be added"),
        (0.9, {"comparators": {}}, "not reached, not shown to be added"),
        (-0.6, {"now": date(2016, 5, 31)}, "too soon to tell"),
        (0.6, {}, "worse"),
        (-0.6, {"target": 3.8}, "improved, promise not ruled out"),
        (-0.6, {"target": 2.5}, "improved but short"),
        (0.0, {"target": 2.5}, "no change shown"),
        (0.0, {"target": 4.4}, "cannot tell yet"),
    ],
)
def test_each_verdict_on_figures(shift: float, said: dict[str, Any], expected: str) -> None:
    found = one(history(1, shift), **said)
    assert found.verdict == expected
    assert len(found.reason.split(". ")[0].split()) <= 25


def test_a_provider_that_begins_late_has_not_enough_history() -> None:
    late = {day: value for day, value in history(1).items() if day >= date(2015, 8, 1)}
    found = one(late)
    assert found.verdict == "not enough history"
    assert found.n_before == 5


def test_cannot_tell_says_how_many_more_periods() -> None:
    found = one(history(1), target=4.4)
    assert found.periods_needed is None or found.periods_needed >= 1
    soon = one(history(1), now=date(2016, 5, 31))
    assert soon.periods_needed == 6
    assert "5 periods" in soon.reason


def test_few_comparators_are_judged_by_prediction_t_and_it_is_named() -> None:
    few = dict(list(POOL.items())[:8])
    found = one(history(1, -0.9), comparators=few)
    assert found.method == "ANCOVA placebo, prediction-t"
    assert found.verdict == "delivered"


def test_the_wave_that_lifts_all_is_not_added_value() -> None:
    lifted = {name: shifted(part, -0.6) for name, part in POOL.items()}
    found = one(history(1, -0.6), comparators=lifted)
    assert found.reached
    assert found.verdict not in {"delivered", "improved, promise not ruled out"}


def shifted(part: dict[date, float | None], by: float) -> dict[date, float | None]:
    return {
        day: value + by if value is not None and day >= START else value
        for day, value in part.items()
    }


def test_comparators_that_cannot_serve_are_counted() -> None:
    gone = {day: value for day, value in history(7).items() if day < date(2017, 6, 1)}
    stuck: dict[date, float | None] = dict.fromkeys(MONTHS, 8.24)
    found = one(history(1), comparators={**POOL, "gone": gone, "stuck": stuck, "none": {}})
    assert found.n_comparators == 24
    assert dict(found.pool_left_out) == {
        "no figures": 1,
        "less than 90% complete": 1,
        "frozen: the same figure again and again": 1,
    }
    assert (
        "3 of the 27 in its pool were left out: "
        "no figures (1), less than 90% complete (1), frozen (1)." in found.reason
    )
    assert "by a t" not in found.reason


def test_a_pool_cut_to_fewer_than_19_says_that_it_is_read_by_a_t() -> None:
    eighteen = dict(list(POOL.items())[:18])
    plain, cut = (
        one(history(1), comparators=pool) for pool in (eighteen, {**eighteen, "a": {}, "b": {}})
    )
    assert "left out" not in plain.reason
    said = " 2 of the 20 in its pool were left out: no figures (2). With fewer than 19, "
    assert f"{said}chance is read by a t and not by rank." in cut.reason
    assert plain.reason.startswith(cut.reason.split(said)[0])


def test_a_pool_of_which_too_few_can_be_used_says_why() -> None:
    four = dict(list(POOL.items())[:4])
    found = one(history(1), comparators={**four, "a": {}})
    assert found.verdict.endswith("not shown to be added")
    assert "1 of the 5 in its pool was left out: no figures (1)." in found.reason
    assert "by a t" not in found.reason


def test_a_missing_winter_does_not_flatter() -> None:
    whole = history(1, noise=0.01)
    gap = {**whole, date(2017, 1, 1): None}
    full, short = one(whole), one(gap)
    assert short.n_after == 11
    assert short.effect == pytest.approx(full.effect, abs=0.05)


def test_denominators_weight_the_average() -> None:
    values: dict[date, float | None] = dict.fromkeys(MONTHS, 4.0)
    values[date(2017, 12, 1)] = 8.0
    weights = {"": dict.fromkeys(MONTHS, 1.0) | {date(2017, 12, 1): 23.0}}
    assert one(values).mean_after == pytest.approx(4 + 4 / 12)
    assert one(values, weights=weights).mean_after == pytest.approx((11 * 4 + 23 * 8) / 34)


def test_without_an_alternative_the_baseline_stands_for_it_and_it_is_said() -> None:
    found = one(history(1), alternative=None)
    assert found.promised_added == pytest.approx(0.5)
    assert found.notes == ("No alternative was given, so the baseline stands for it.",)
    assert found.notes[0] in found.reason
    assert "was given" not in one(history(1)).reason
    assert one(history(1), alternative=4.2).promised_added == pytest.approx(0.2)
    bare = one(history(1), alternative=None, baseline=None)
    assert bare.mean_before is not None
    neither = "No alternative or baseline was given, so the average before the start stands for it."
    assert bare.notes == (neither,)
    assert neither in bare.reason
    assert bare.promised_added == pytest.approx(bare.mean_before - 4.0)


@pytest.mark.parametrize(("target", "cares"), [(4.4, False), (4.5, True), (4.6, True)])
def test_a_promise_of_nothing_is_said_to_be_one(target: float, *, cares: bool) -> None:
    assert ("so nothing was promised." in one(history(1), target=target).reason) is cares
    bare = one(history(1), alternative=None, baseline=None, target=target + 2)
    assert "so nothing was promised." in bare.reason


def test_annual_figures_speak_of_the_target_alone() -> None:
    years = {date(2005 + i, 1, 1): 4.0 for i in range(15)}
    found = one({**years}, comparators={f"c{i}": {**years} for i in range(30)})
    assert found.verdict == "reached, not shown to be added"
    assert "yearly" in found.reason


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"better": "upwards"}, "direction"),
        ({"due_on": date(2015, 1, 1)}, "before it starts"),
        ({"series": {START: float("inf")}}, "infinite"),
    ],
)
def test_what_cannot_be_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        one(**{"series": history(1), **said})


def tables() -> tuple[dict[str, list[Any]], dict[str, list[Any]], dict[str, list[Any]]]:
    series = {**POOL, "kept": history(1, -0.6), "same": history(2), "lost": history(3, 0.7)}
    rows = [(name, day, value) for name, part in series.items() for day, value in part.items()]
    measurements = dict(zip(("series", "period", "value"), map(list, zip(*rows, strict=True)),
                            strict=True))  # fmt: skip
    names = ["kept", "same", "lost"]
    commitments: dict[str, list[Any]] = {
        "commitment": ["P-1", "P-2", "P-3"], "series": names, "better": ["down"] * 3,
        "starts_on": [START] * 3, "due_on": [DUE] * 3, "baseline": [4.5] * 3,
        "alternative": [None] * 3, "target": [4.0] * 3, "pool": ["all", "all", None],
        "ward": ["x", "y", "z"],
    }  # fmt: skip
    pools = {"pool": ["all"] * len(POOL), "series": list(POOL)}
    return measurements, commitments, pools


def test_a_table_of_commitments_becomes_a_table_of_verdicts() -> None:
    found = assess(*tables())
    assert found.schema.names == [*SCHEMA.names, "ward"]
    assert tuple(SCHEMA.names) == COLUMNS
    rows = found.to_pylist()
    assert [row["commitment"] for row in rows] == ["P-1", "P-2", "P-3"]
    assert rows[0]["verdict"] == "delivered"
    assert rows[0]["in_portfolio_list"] is True
    assert rows[2]["verdict"] == "not reached, not shown to be added"
    assert rows[2]["p_added"] is None
    assert (rows[0]["level"], rows[2]["level"]) == (0.05, None)
    assert {row["version"] for row in rows} == {__version__}


def test_table_and_single_answers_are_the_same() -> None:
    row = assess(*tables()).to_pylist()[0]
    single = one(history(1, -0.6), alternative=None)
    for name in COLUMNS[1:]:
        if name != "in_portfolio_list":
            assert getattr(single, name) == row[name], name


def test_order_and_repetition_change_nothing() -> None:
    measurements, commitments, pools = tables()
    order = np.random.default_rng(3).permutation(len(measurements["series"]))
    turned = {name: [cells[i] for i in order] for name, cells in measurements.items()}
    assert assess(turned, commitments, pools).equals(assess(measurements, commitments, pools))


def test_names_that_lead_nowhere_are_refused_with_their_place() -> None:
    measurements, commitments, pools = tables()
    commitments["series"][1] = "typo"
    commitments["pool"][0] = "nobody"
    commitments["due_on"][2] = date(2015, 1, 1)
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    assert [str(fault) for fault in caught.value.faults] == [
        "Row 2, pool: “nobody” has no rows among the pools.",
        "Row 3, series: “typo” has no rows among the measurements.",
        "Row 4, due_on: 2015-01-01 is before the start.",
    ]


def test_with_nothing_delivered_few_are_called_so() -> None:
    draws = [one(history(5000 + i), comparators=fresh(i), target=4.3) for i in range(200)]
    tally = Counter(found.verdict for found in draws)
    claimed = sum(tally[name] for name in ("delivered", "improved, promise not ruled out",
                                           "improved but short"))  # fmt: skip
    # 5% of 200 is 10; 4 standard errors above is 22
    assert claimed <= 22


def fresh(i: int) -> dict[str, dict[date, float | None]]:
    return {f"c{j}": history(10_000 + 50 * i + j) for j in range(19)}


def test_a_missing_denominator_is_taken_to_be_the_mean_of_its_series() -> None:
    """Eleven denominators of 1 to 11 stand for a twelfth of 6."""
    days = MONTHS[36:]
    values: dict[date, float | None] = dict.fromkeys(MONTHS, 4.0) | {days[-1]: 8.0}
    sizes = {day: float(i + 1) for i, day in enumerate(days[:-1])}
    mean = one(values, weights={"": sizes}).mean_after
    assert mean == pytest.approx((66 * 4 + 6 * 8) / 72)
