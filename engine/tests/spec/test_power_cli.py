"""Power on the command line: one series of a table, with or without its comparators."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main
from makegood_engine.effect import schedule


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four years of 21 series, and a table of two pools."""
    draws = np.random.default_rng(1)
    lines = ["series,period,value"]
    for name in ("own", *(f"c{i}" for i in range(20))):
        for month in range(48):
            day = f"{2014 + month // 12}-{month % 12 + 1:02d}"
            lines.append(f"{name},{day},{4.5 + draws.normal(0, 0.6):.3f}")
    (tmp_path / "M.csv").write_text("\n".join(lines))
    pools = ["pool,series", *(f"near,c{i}" for i in range(20)), *(f"far,c{i}" for i in range(6))]
    (tmp_path / "Q.csv").write_text("\n".join(pools))
    return tmp_path


def asked(folder: Path, *options: str, series: str = "own") -> list[str]:
    return ["power", "--measurements", str(folder / "M.csv"), "--series", series,
            "--starts-on", "2018-01-01", *options]  # fmt: skip


def test_power_speaks_in_words_and_in_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence stands first, then the numbers behind it; `--json` gives them all."""
    options = ("--change", "-0.2", "--periods", "24", "--better", "down", "--unit", "%")
    assert main(asked(folder, *options)) == 0
    said = capsys.readouterr().out
    assert said.startswith("With monthly figures that move by about 0.")
    assert "Smallest change" in said
    assert "Chance that a change of 0.2 is told" in said
    assert main(asked(folder, *options, "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["periods"] == 24
    assert found["periods_needed"] is None
    assert found["smallest_lower"] < found["smallest_change"] < found["smallest_upper"]


def test_a_pool_is_read_from_its_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--pool` the comparators' own pasts are used; one of several pools must be named."""
    pool = ("--pool", str(folder / "Q.csv"))
    assert main(asked(folder, *pool, "--pool-name", "near", "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["comparators"], found["placebos"]) == (20, 25)
    assert main(asked(folder, *pool)) == 2
    assert "There are several pools. Name one with --pool-name" in capsys.readouterr().err
    assert main(asked(folder, *pool, "--pool-name", "neer")) == 2
    assert "There is no pool “neer”" in capsys.readouterr().err


def test_a_pool_that_names_strangers_is_refused_by_row(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comparator without figures is named by the row it stands on."""
    path = folder / "Q.csv"
    path.write_text("pool,series\nall,c1\nall,nobody\n")
    assert main(asked(folder, "--pool", str(path))) == 2
    said = capsys.readouterr().err
    assert "Q.csv: Row 3, series: “nobody” has no rows among the measurements." in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--series", "owm"), "Did you mean “own”?"),
        (("--comparators", "3"), "With 3 comparators"),
        (("--starts-on", "2014-06-01"), "Only 5 periods have figures before the start"),
        (("--starts-on", "2010-06-01"), "no figure"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    folder: Path, options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name, too short a past or too few comparators: exit code 2 and the reason."""
    assert main(asked(folder, *options)) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--power", "0.01"), "--power must be above 0.05"),
        (("--power", "0.05"), "--power must be above 0.05"),
        (("--change", "0"), "--change is 0"),
        (("--change", "-0.2", "--better", "up"), "--change is -0.2, but --better is up"),
        (("--change", "0.2", "--better", "down"), "--change is 0.2, but --better is down"),
        (("--periods", "0"), "--periods must be 1 to 10,000"),
        (("--periods", "999999999"), "--periods must be 1 to 10,000"),
        (("--comparators", "999999999"), "--comparators must be 100,000 or fewer"),
        (("--looks", "2017-06-01;2019-12-31"), "--looks must all be after --starts-on"),
        (("--looks", "2018-03-31"), "The last look, on 2018-03-31, comes before any verdict"),
    ],
)
def test_what_no_contract_could_mean_is_refused(
    folder: Path, options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A change of 0 or of the wrong sign, or a chance that is mere chance, is refused plainly."""
    assert main(asked(folder, *options)) == 2
    assert words in capsys.readouterr().err


def test_denominators_that_are_not_used_are_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the figures have denominators, a note says that assess would weigh by them."""
    path = folder / "M.csv"
    head, *rows = path.read_text().splitlines()
    assert main(asked(folder)) == 0
    assert "Denominators" not in capsys.readouterr().out
    path.write_text("\n".join([f"{head},denominator", *(f"{row},100" for row in rows)]))
    assert main(asked(folder)) == 0
    assert "Denominators are not used here." in capsys.readouterr().out


def test_looks_leave_less_to_the_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With looks agreed, the last is judged at a stricter level, and a note says which."""
    given = ("--change", "0.2", "--periods", "24", "--comparators", "10", "--json")
    days = "2018-12-31;2019-06-30;2019-12-31"
    assert main(asked(folder, *given)) == 0
    once = json.loads(capsys.readouterr().out)
    assert main(asked(folder, *given, "--looks", days)) == 0
    thrice = json.loads(capsys.readouterr().out)
    agreed = schedule(
        [date.fromisoformat(one) for one in days.split(";")],
        starts_on=date(2018, 1, 1), due_on=date(2019, 12, 31), shortest=330, window=360,
    )  # fmt: skip
    assert thrice["alpha"] == agreed[-1].level < once["alpha"] == 0.05
    assert thrice["chance"] < once["chance"]
    assert thrice["smallest_change"] > once["smallest_change"]
    assert f"With 3 looks agreed, the last is judged at a level of {agreed[-1].level:.4g}" in (
        " ".join(thrice["notes"])
    )


@pytest.mark.parametrize(
    "options",
    [("--starts-on", "soon"), ("--change", "much"), ("--periods", "-3"), ("--power", "2")],
)
def test_options_that_cannot_be_read_are_refused(folder: Path, options: tuple[str, ...]) -> None:
    """A date, number or share that is none is refused before anything is read."""
    with pytest.raises(SystemExit) as caught:
        main(asked(folder, *options))
    assert caught.value.code == 2


def test_nothing_is_said_of_too_short_a_contract_but_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six months of monthly figures cannot bring a verdict, and that is the whole answer."""
    assert main(asked(folder, "--periods", "6")) == 0
    said = capsys.readouterr().out
    assert "At least 11 months after the start are needed; 6 are too few." in said
    assert "Smallest change" not in said


cells = st.sampled_from(
    ["", "x", "4", "-1e9", "1e-300", "1e200", "1e400", "nan", "2017-05", "5,1", "é"]
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.lists(cells, min_size=1, max_size=40), months=st.booleans())
def test_no_history_ends_in_a_traceback(
    values: list[str], months: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the figures, the command answers or refuses; it never falls over."""
    step = 1 if months else 5
    lines = ["series,period,value"]
    for i, cell in enumerate(values):
        month = 24 * step - i * step - 1
        lines.append(f"own,{2013 + month // 12}-{month % 12 + 1:02d},{cell}")
    (tmp_path / "M.csv").write_text("\n".join(lines))
    code = main(asked(tmp_path, "--change", "1"))
    said = capsys.readouterr().err
    assert code in (0, 2), said
    assert code == 0 or "M.csv" in said


def test_a_bad_change_speaks_of_no_cell(capsys: pytest.CaptureFixture[str]) -> None:
    """An option is no cell: it cannot be left empty."""
    with pytest.raises(SystemExit):
        main(["power", "--change=-0.5pp"])
    said = capsys.readouterr().err
    assert "“-0.5pp” is not a number. Write one like 1234.5." in said
    assert "cell" not in said
