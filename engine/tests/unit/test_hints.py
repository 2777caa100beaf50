"""What is offered where a name or an option is almost right, and how one of a thing is said."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from makegood_engine.allocation import Application, Review, Round, Rule, allocate
from makegood_engine.charts import Interval, Standing
from makegood_engine.charts.intervals import describe_intervals
from makegood_engine.charts.merit import describe_merit
from makegood_engine.classical import panel_of, synthetic_control
from makegood_engine.cli import main
from makegood_engine.sampling import error_bound
from makegood_engine.spc import funnel
from makegood_engine.tables import MEASUREMENTS, TableError, from_arrow
from makegood_engine.tables.counted import counted
from makegood_engine.value import shipped

DAYS = [f"2024-{month:02d}-01" for month in range(1, 13)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("series", "date", "value"), "If “date” is the period, name it period."),
        (("series", "Month", "value"), "If “month” is the period, name it period."),
        (("series", "period", "amount"), "If “amount” is the value, name it value."),
        (("serie", "period", "value"), "If “serie” is the series, name it series."),
    ],
)
def test_a_column_that_was_likely_meant_is_offered(
    columns: tuple[str, ...], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, and with the column that is lacking."""
    (folder / "m.csv").write_text(f"{','.join(columns)},treated\na,2024-01-01,5,false\n")
    assert main(["did", "--panel", "m.csv"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("m.csv: The column ")
    assert told.strip().endswith(said)
    assert "kept but not used" not in told


def test_no_column_is_offered_that_has_another_name() -> None:
    with pytest.raises(TableError) as caught:
        from_arrow(pa.table({"series": ["a"], "ward": ["b"], "value": [1.0]}), MEASUREMENTS)
    assert str(caught.value).endswith("It has: series, ward, value.")


def panel(names: list[str]) -> dict[str, list[object]]:
    return {
        "series": [name for name in names for _ in DAYS],
        "period": DAYS * len(names),
        "value": [5.0 + (7 * i * j) % 11 for i in range(len(names)) for j in range(12)],
    }


def test_treated_series_in_one_option_are_told_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = panel(["kept", "other 1", "third"])
    rows = zip(*table.values(), strict=True)
    lines = [",".join(map(str, row)) for row in rows]
    (folder / "p.csv").write_text("\n".join(["series,period,value", *lines]))
    asked = ["did", "--panel", "p.csv", "--starts-on", "2024-07-01", "--treated"]
    assert main([*asked, "kept, other 1"]) == 2
    said = "There is no series “kept, other 1”. Name each by itself: --treated kept --treated 'other 1'."
    assert said in capsys.readouterr().err
    assert main([*asked, "kept,nobody"]) == 2
    assert "each by itself" not in capsys.readouterr().err


def test_a_provider_with_nothing_counted_is_left_out_of_a_funnel(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table without values is not told to leave one empty."""
    (folder / "u.csv").write_text("series,numerator,denominator\na,1,9\nb,0,0\nc,2,9\nd,1,9\n")
    assert main(["chart", "funnel", "--units", "u.csv", "--out", "f.svg"]) == 2
    assert capsys.readouterr().err.strip() == (
        "u.csv: Row 3, denominator: The denominator must be above 0. "
        "Leave the row out if there was none."
    )


def test_a_poor_fit_is_said_with_its_figure_and_the_threshold() -> None:
    names = ["t", "u", "v"]
    table = panel(names)
    table["value"] = [*(5.0 + 4 * (-1) ** j for j in range(12)), *[5.0] * 12, *[6.0] * 12]
    found = synthetic_control(panel_of(table, treated=["t"], starts_on=date(2024, 7, 1)))
    (said,) = (one for one in found.cautions if "does not follow" in one)
    assert f"it lies {found.rmse_before:.3g} away" in said
    assert "100% of the series' own standard deviation of 4 there" in said
    assert "at most 25% of it counts as close. Do not lean on it." in said


def test_a_bound_keeps_what_can_be_tolerated_or_not() -> None:
    bound = error_bound([(100, 20, 0)])
    assert bound.keeps(bound.upper)
    assert not bound.keeps(bound.upper - 1e-9)


def test_which_rate_is_under_review_is_said() -> None:
    """Each note of a shipped rate names its rate."""
    notes = {name: rate.note for name, rate in shipped().rates.items() if "review" in rate.note}
    assert set(notes) == {"green_book", "green_book_health"}
    assert notes["green_book"].startswith("Discount rate of the Green Book (3.5%, falling): ")
    assert notes["green_book_health"].startswith("Discount rate for health and life (1.5%")


def test_one_of_a_thing_is_one_thing() -> None:
    assert counted(1, "promise") == "1 promise"
    assert counted(1200, "promise") == "1,200 promises"
    assert counted(0, "story", "stories") == "0 stories"
    assert describe_merit([Standing("a", 1, 0, 2, "in")], line_at=None).startswith(
        "1 application. "
    )
    rows = [Interval("K", None, None, None, 1.0, "Too soon to tell")]
    assert describe_intervals(rows, unit="%").startswith("1 promise: ")
    with pytest.raises(ValueError, match="Only 1 provider has figures"):
        funnel(["a"], [1.0], [2.0])


def test_one_promise_is_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "m.csv").write_text("series,period,value\na,2024-01-01,5\nb,2024-01-01,5\n")
    (folder / "c.csv").write_text(
        "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
        "K,a,down,2025-01-01,2025-12-31,5,5,4,q\n"
    )
    (folder / "q.csv").write_text("pool,series\nq,b\n")
    assert main(["assess", "--measurements", "m.csv", "--commitments", "c.csv", "--pools", "q.csv",
                 "--verdicts", "v.csv"]) == 0  # fmt: skip
    assert "1 promise judged" in capsys.readouterr().out


def test_one_application_below_the_line_is_one() -> None:
    """It is said where the rules cannot be met, the line being in their way."""
    applications = [Application(name, 10.0, None, {"region": "north"}) for name in ("a", "b")]
    reviews = [Review(name, who, score) for name, score in (("a", 2.0), ("b", 8.0))
               for who in ("Dana", "Erin")]  # fmt: skip
    rule = Rule("both", "region", ("north",), "count", 2.0, None)
    round_ = Round(100.0, "seed", draws=50, rules=(rule,), line=5.0)
    with pytest.raises(TableError, match=r"1 application is below the line of 5\."):
        allocate(applications, reviews, round_)
