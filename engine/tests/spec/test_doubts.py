"""Figures that look like slips are asked after: in notes, on charts and in verdicts."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.csv as pcsv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood_engine.charts import describe, spc_chart
from makegood_engine.cli import main
from makegood_engine.runners.local import run_spc
from makegood_engine.spc import analyse
from makegood_engine.spc.slips import doubts_of
from makegood_engine.verdict import assess_one
from makegood_engine.verdict.misplaced import doubts_on
from makegood_engine.verdict.promise import Promise

MONTHS = [date(2022 + m // 12, m % 12 + 1, 1) for m in range(24)]


def steady(seed: int = 1, count: int = 24) -> list[float]:
    draws = np.random.default_rng(seed)
    return [round(value, 2) for value in (5 + draws.normal(0, 0.3, count)).tolist()]


def slipped(times: float) -> list[float]:
    values = steady()
    values[14] = round(values[14] * times, 6)
    return values


def doubted(values: list[float]) -> tuple[int, int, int, int]:
    found = doubts_of(np.array(values, dtype=np.float64), np.array([0, len(values)]))
    return tuple(int(part[0]) for part in found)  # type: ignore[return-value]  # four parts


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (100.0, "is about 100 times the rest."),
        (10.0, "is about 10 times the rest."),
        (0.1, "is about a tenth of the rest."),
        (0.001, "is about a thousandth of the rest."),
    ],
)
def test_a_decimal_point_out_of_its_place_is_asked_after(
    times: float, said: str, tmp_path: Path
) -> None:
    """One figure 10, 100 or 1,000 times the rest is named with its period, everywhere alike."""
    values = slipped(times)
    ending = f"{said} Is the decimal point in its place?"
    points = analyse(values)
    told = describe(points, MONTHS, unit="%", target=None)
    assert "in Mar 2023" in told
    assert ending in told
    chart = spc_chart(points, MONTHS, title="t", unit="%", better="up")
    assert chart.count("Is the decimal point in its") == 2
    rows = [f"ward,{day},{value!r}" for day, value in zip(MONTHS, values, strict=True)]
    (tmp_path / "m.csv").write_text("\n".join(["series,period,value", *rows]) + "\n")
    run_spc(tmp_path / "m.csv", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    (note,) = pcsv.read_csv(tmp_path / "s.csv")["notes"].to_pylist()
    assert "in 2023-03-01" in note
    assert note.endswith(ending)


def judged(series: dict[date, float | None], target: float = 4.5) -> Any:
    others = {f"other {i}": dict(zip(MONTHS, steady(i + 2), strict=True)) for i in range(20)}
    return assess_one(
        series=series, comparators=others, better="down", starts_on=date(2023, 1, 1),
        due_on=date(2023, 12, 31), baseline=5.0, alternative=5.0, target=target,
    )  # fmt: skip


def test_a_verdict_on_a_figure_that_may_be_a_slip_says_so() -> None:
    """The provider's own figure is asked after in the reason; the verdict stays as it is."""
    said = "in March 2023 is about 100 times the rest. Is the decimal point in its place?"
    assert said in judged(dict(zip(MONTHS, slipped(100.0), strict=True))).reason
    assert "decimal point" not in judged(dict(zip(MONTHS, steady(), strict=True))).reason


@pytest.mark.parametrize(
    ("name", "figure", "said"),
    [
        ("target", 0.45, "the target, 0.45, is about a tenth of its figures."),
        ("target", 450.0, "the target, 450, is about 100 times its figures."),
        ("baseline", 0.05, "the baseline, 0.05, is about a hundredth of its figures."),
        ("alternative", 50.0, "the alternative, 50, is about 10 times its figures."),
        ("target", 1.5, ""),
        ("target", 0.0, ""),
    ],
)
def test_a_promise_far_off_its_figures_is_asked_after(name: str, figure: float, said: str) -> None:
    """A target of 0.045 for per cent is a slip of the unit; one that is merely bold is not."""
    terms = {"baseline": 5.0, "alternative": 5.0, "target": 4.5} | {name: figure}
    promise = Promise("K", "down", date(2023, 1, 1), date(2023, 12, 31), **terms)
    found = doubts_on(promise, np.array(steady()))
    assert found == ((f"Take care: {said} Are its unit and decimal point right?",) if said else ())
    assert doubts_on(promise, np.array(steady()[:11])) == ()


def test_a_verdict_on_a_target_in_another_unit_says_so() -> None:
    reason = judged(dict(zip(MONTHS, steady(), strict=True)), target=0.045).reason
    assert "Take care: the target, 0.045, is about a hundredth of its figures." in reason


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("0.05", "the target, 0.05, is about a hundredth of its figures."),
        ("50", "the target, 50, is about 10 times its figures."),
        ("5", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_a_target_far_off_the_figures_that_are_watched_is_asked_after(
    target: str, said: str, tmp_path: Path
) -> None:
    """A target of 0.05 for per cent is noted for its own series, and on its chart."""
    shares = [5, 6, 4, 7, 5, 3, 5, 6, 4, 5, 7, 4, 6, 5]
    rows = [f"ward,{day},{n},{n},100\nother,{day},{n / 100},,"
            for day, n in zip(MONTHS, shares, strict=False)]  # fmt: skip
    head = "series,period,value,numerator,denominator"
    paths = {name: tmp_path / f"{name}.csv" for name in ("m", "d", "p", "s")}
    paths["m"].write_text("\n".join([head, *rows]))
    paths["d"].write_text(
        f"series,better,target,chart\nward,down,{target},p\nother,down,0.05,xmr\n"
    )
    run_spc(paths["m"], definitions=paths["d"], points=paths["p"], summary=paths["s"])
    notes = pcsv.read_csv(paths["s"]).to_pydict()
    by_series = {
        name: note or "" for name, note in zip(notes["series"], notes["notes"], strict=True)
    }
    asked = f"Take care: {said} Are its unit and decimal point right?"
    assert ("Take care" in by_series["ward"]) is bool(said)
    assert not said or by_series["ward"].endswith(asked)
    assert "Take care" not in by_series["other"]
    drawn = ["chart", "spc", "--measurements", str(paths["m"]), "--definitions", str(paths["d"]),
             "--series", "ward", "--out", str(tmp_path / "c.svg")]  # fmt: skip
    assert main(drawn) == 0
    assert (asked in (tmp_path / "c.svg").read_text(encoding="utf-8")) is bool(said)


def test_one_figure_again_and_again_is_asked_after() -> None:
    """A figure that stays for months, where others move, may be carried on and not measured."""
    values = [*steady()[:14], *[5.21] * 10]
    told = describe(analyse(values), MONTHS, unit="%", target=None)
    said = (
        "Take care: the figure is 5.21 every time from Mar 2023 to Dec 2023. Is it measured anew?"
    )
    assert said in told


@pytest.mark.parametrize(
    "values",
    [
        [*steady()[:14], *[0.0] * 10],
        [*steady()[:14], *[100.0] * 10],
        [*steady()[:19], *[5.21] * 5],
        [3.0, 3.0, 2.0, 3.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 2.0, 3.0, 2.0, 3.0],
        [value * (10 if 14 <= i <= 15 else 1) for i, value in enumerate(steady())],
        [value * (4 if i == 14 else 1) for i, value in enumerate(steady())],
        [value * (30 if i == 14 else 1) for i, value in enumerate(steady())],
        slipped(100.0)[10:20],
        [0.0] * 24,
        [0.0] * 23 + [7.0],
        [1.0, 40.0, 5.0, 12.0, 30.0, 7.0, 9.0, 22.0, 14.0, 6.0, 5.0, 33.0, 400.0],
    ],
)
def test_what_real_figures_do_is_not_asked_after(values: list[float]) -> None:
    """Ends of a scale, few figures, counts that often stay, jumps that no decimal point explains."""
    assert doubted(values) == (-1, 0, -1, -1)


@given(seed=st.integers(0, 10_000), noise=st.floats(0.01, 0.3))
def test_alarms_are_rare(seed: int, noise: float) -> None:
    """Figures that move by chance alone are never doubted, however much they move."""
    draws = np.random.default_rng(seed)
    assert doubted((5 * np.exp(draws.normal(0, noise, 60))).tolist()) == (-1, 0, -1, -1)


def test_a_missing_month_hides_nothing() -> None:
    """Figures on both sides of a gap are the rest for one another."""
    values = np.array(slipped(100.0))
    values[[3, 13, 15]] = np.nan
    assert doubted(values.tolist())[:2] == (14, -2)
