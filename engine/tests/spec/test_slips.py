"""Slips of the pen: what was given and cannot be used is said, with what may have been meant."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numba
import pyarrow.parquet as pq
import pytest

from makegood_engine.allocation import read_round
from makegood_engine.cli import main
from makegood_engine.cli.preparing import PREPARING, said_once
from makegood_engine.tables import TableError, did_you_mean
from makegood_engine.tables.cells import read_date
from makegood_engine.value import example_model, read_model
from makegood_engine.verdict import assess_one

MONTHS = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(30)]
ROWS = [f"{name},{day},{4 + m % 5}" for name in ("ward one", "ward two") for m, day in
        enumerate(MONTHS)]  # fmt: skip
HEAD = "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool,look\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with measurements of two wards."""
    (tmp_path / "m.csv").write_text("\n".join(["series,period,value", *ROWS]) + "\n")
    return tmp_path


def ask(folder: Path, *words: str, **named: str) -> int:
    """Ask a command; options that name a file stand in the folder."""
    options = [part for name, file in named.items()
               for part in (f"--{name.replace('_', '-')}", str(folder / file))]  # fmt: skip
    return main([*words, *options])


def watch(folder: Path, defined: str, *more: str) -> int:
    (folder / "d.csv").write_text(defined)
    return ask(folder, "spc", *more, measurements="m.csv", definitions="d.csv",
               points="p.csv", summary="s.parquet")  # fmt: skip


def test_a_definition_without_measurements_is_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A definition of a series that is not measured is named, with the one that may be meant."""
    assert watch(files, "series,better\nward one,down\nWard too,down\n", "--json") == 0
    seen = capsys.readouterr()
    said = "d.csv: Row 3, series: “Ward too” has no rows among the measurements."
    assert f"{said} Did you mean “ward two”?" in seen.err
    assert json.loads(seen.out)["warnings"] == [f"{said} Did you mean “ward two”?"]


@pytest.mark.parametrize(
    ("alternative", "baseline", "said"),
    [
        ("3.5", "6", "The target, 4, is worse than the alternative, 3.5, where down is better."),
        ("", "3.5", "The target, 4, is worse than the baseline, 3.5, where down is better."),
        ("6", "3.5", ""),
        ("4", "3.5", "The target, 4, is just the alternative, so nothing is promised."),
        ("", "", ""),
    ],
)
def test_a_promise_to_do_worse_is_judged_and_warned_of(
    files: Path, capsys: pytest.CaptureFixture[str], alternative: str, baseline: str, said: str
) -> None:
    """A target on the worse side of what would be anyway is likely a slip: its row is named."""
    rows = f"C1,ward one,down,2021-01-01,2021-12-31,{baseline},{alternative},4,,\n"
    (files / "c.csv").write_text(HEAD + rows)
    (files / "q.csv").write_text("pool,series\nothers,ward two\n")
    named = {"measurements": "m.csv", "commitments": "c.csv", "pools": "q.csv"}
    assert ask(files, "assess", "--json", **named, verdicts="v.csv") == 0
    seen = capsys.readouterr()
    told = f"c.csv: Row 2, target: {said} Is it meant so?"
    assert (told in seen.err.splitlines()) is bool(said)
    assert json.loads(seen.out)["warnings"] == [told] * bool(said)


def test_definitions_of_which_none_is_measured_are_refused(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Definitions that are all of other series are surely the wrong file: nothing is written."""
    assert watch(files, "series,better\nzzz,down\nWard-Two,down\n") == 2
    said = capsys.readouterr().err
    assert "Row 2, series: “zzz” has no rows among the measurements.\n" in said
    assert "Row 3, series: “Ward-Two” has no rows among the measurements. Did you mean" in said
    assert {path.name for path in files.iterdir()} == {"m.csv", "d.csv"}


def test_a_rebase_outside_its_series_is_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rebase before the first figure or after the last begins no limits, and that is said."""
    defined = "series,rebases\nward two,2020-01-01;2021-01-01\nward one,1999-01-01 new;2031-01-01\n"
    assert watch(files, defined) == 0
    said = capsys.readouterr().err.splitlines()
    early, late = said[-2:]
    assert "d.csv: Row 3, rebases: 1999-01-01 is before the first figure of “ward one”, " in early
    assert "d.csv: Row 3, rebases: 2031-01-01 is after the last figure of “ward one”, " in late
    assert late.endswith("2022-06-01, so no new limits begin there.")
    assert not any("ward two" in line for line in said)
    one, two = pq.read_table(files / "s.parquet")["notes"].to_pylist()
    assert "No new limits from 2031-01-01: it is outside the series." in one
    assert "No new limits" not in two


def test_a_chart_refuses_a_start_outside_its_series(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A start that has no place on the chart is refused; definitions it does not use are named."""
    draw = ("chart", "spc", "--series", "ward one")
    wrong = (*draw, "--starts-on", "2031-01-01")
    assert ask(files, *wrong, measurements="m.csv", out="c.svg") == 2
    said = "m.csv: --starts-on is 2031-01-01, but “ward one” goes from 2020-01-01 to 2022-06-01."
    assert said in capsys.readouterr().err
    assert not (files / "c.svg").exists()
    (files / "d.csv").write_text("series,rebases\nward One,2021-01-01\n")
    assert ask(files, *draw, measurements="m.csv", definitions="d.csv", out="c.svg") == 0
    said = capsys.readouterr().err
    assert "d.csv: There is no row for “ward one”" in said
    assert "Did you mean “ward One”?" in said
    (files / "d.csv").write_text("series,rebases\nward one,2031-01-01\n")
    assert ask(files, *draw, measurements="m.csv", definitions="d.csv", out="c.svg") == 0
    assert "d.csv: Row 2, rebases: 2031-01-01 is after the last" in capsys.readouterr().err


def judge(folder: Path, row: str) -> int:
    (folder / "c.csv").write_text(HEAD + row + "\n")
    (folder / "q.csv").write_text("pool,series\nlike us,ward two\n")
    return ask(folder, "assess", measurements="m.csv", commitments="c.csv", pools="q.csv",
               verdicts="v.csv")  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("K,ward on,down,2021-01-01,2022-01-01,,,3,like us,",
         "“ward on” has no rows among the measurements. Did you mean “ward one”?"),
        ("K,ward one,down,2021-01-01,2022-01-01,,,3,Like-us,",
         "“Like-us” has no rows among the pools. Did you mean “like us”?"),
        ("K,ward one,down,2021-01-01,2022-01-01,,,3,like us,2022-02-01",
         "Row 2, look: 2022-02-01 is after the due date. Leave it empty"),
    ],
)  # fmt: skip
def test_a_promise_that_names_what_is_not_there_is_refused(
    row: str, said: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown series or pool is refused with the one that may be meant; a late look too."""
    assert judge(files, row) == 2
    assert said in capsys.readouterr().err
    assert not (files / "v.csv").exists()


def test_a_series_that_may_not_be_chosen_must_be_there(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in --but that is not measured bars nobody: it is named, and refused if all are so."""
    more = [f"c{i},{day},{4 + (m + i) % 5}" for i in range(6) for m, day in enumerate(MONTHS)]
    (files / "m.csv").write_text("\n".join(["series,period,value", *ROWS, *more]) + "\n")
    (files / "c.csv").write_text(HEAD + "K,ward one,down,2021-06-01,2022-06-30,,,3,,\n")
    (files / "b.csv").write_text("series\nward two\nc33\n")
    asked = ("pool", "--count", "2", "--seed", "1")
    named = {"measurements": "m.csv", "commitments": "c.csv", "but": "b.csv", "out": "q.csv"}
    assert ask(files, *asked, **named) == 0
    said = "b.csv: Row 3, series: “c33” has no rows among the measurements. Did you mean “c3”?"
    assert said in capsys.readouterr().err
    (files / "b.csv").write_text("series\nc33\n")
    (files / "q.csv").unlink()
    assert ask(files, *asked, **named) == 2
    assert "b.csv: Row 2, series: “c33” has no rows" in capsys.readouterr().err
    assert not (files / "q.csv").exists()


def test_a_sample_cannot_be_larger_than_all_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """More items than there are cannot be drawn."""
    (tmp_path / "i.csv").write_text("item\nA\nB\n")
    asked = ("sample", "--seed", "1", "--size")
    assert ask(tmp_path, *asked, "3", items="i.csv", out="s.csv") == 2
    assert "i.csv: --size is 3, but the table has only 2 items." in capsys.readouterr().err
    assert ask(tmp_path, *asked, "2", items="i.csv", out="s.csv") == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("01/04/2024", "2024-04-01 if it is 1 April 2024"),
        ("31-12-23", "2023-12-31 if it is 31 December 2023"),
        ("04/25/2024", "2024-04-25 if it is 25 April 2024"),
        ("1 Apr 2024", "2024-04-01 if it is 1 April 2024"),
        ("2024/4/1", "2024-04-01 if it is 1 April 2024"),
        ("2024-04-01 00:00:00", "2024-04-01 if it is 1 April 2024"),
    ],
)
def test_a_date_in_another_form_is_offered_in_ours(typed: str, meant: str) -> None:
    """A date that can be guessed is offered as we write it, and spelt out; it is never taken."""
    with pytest.raises(
        ValueError, match=f"“{typed}” is not a date as we write them. Write {meant}"
    ):
        read_date(typed)


@pytest.mark.parametrize("typed", ["soon", "31/02/2024", "1/2", "12 Foo 2024", "99-99-9999"])
def test_a_date_that_cannot_be_guessed_is_not(typed: str) -> None:
    """Where no day can be meant, only the form is said."""
    with pytest.raises(ValueError, match=r"is not a date\. Write it like 2024-02-01\."):
        read_date(typed)


@pytest.mark.parametrize("name", ["m.xlsx", "m.XLS", "m.ods"])
def test_a_spreadsheet_is_to_be_saved_as_csv(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A spreadsheet is refused with what to do: save the sheet as CSV."""
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    assert ask(tmp_path, "spc", measurements=name, points="p.csv", summary="s.csv") == 2
    assert "This is a spreadsheet. Open it, save the sheet as CSV" in capsys.readouterr().err
    assert ask(tmp_path, "codebook", **{"from": name, "to": "b.qdc"}) == 2
    assert "save the sheet as CSV" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("budget = £40,000", "Row 2: This is not TOML: Invalid value. Numbers have no sign of"),
        ("budget = £40,000", "currency and no commas: write 40000."),
        ("budget = 40,000", "and no commas: write 40000."),
        ("sure = 90%", "Shares have no % sign: write 0.90."),
        ("sure = 12.5 %", "write 0.125."),
        ("weigh = money", 'Words stand in quotation marks: write "money".'),
        ("partial = yes", "Write true."),
        ('name = "30% more', "This is not TOML"),
    ],
)  # fmt: skip
def test_a_figure_in_a_model_or_round_is_offered_as_it_is_written(
    line: str, said: str, tmp_path: Path
) -> None:
    """What people write by hand, 90% or £40,000, is answered with how TOML has it."""
    (tmp_path / "round.toml").write_text(f"[round]\n{line}\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_round(tmp_path / "round.toml")
    assert said in str(caught.value)
    if line.startswith("name"):
        assert "write" not in str(caught.value)


def test_a_share_that_looks_like_per_cent_is_offered_as_a_share(tmp_path: Path) -> None:
    """A deadweight of 30 was most likely 30%."""
    head, *rest = example_model().split("deadweight =", 1)
    after = rest[0].split("\n", 1)[1]
    path = tmp_path / "model.toml"
    path.write_text(f"{head}deadweight = 30\n{after}", encoding="utf-8")
    with pytest.raises(TableError, match=r"deadweight is a share.*If it is 30%, write 0\.30\."):
        read_model(path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"starts_on": "2021-01-01"}, "“2021-01-01” in starts_on is a str, not a date."),
        ({"due_on": datetime(2022, 1, 1, 9, tzinfo=UTC)}, "in due_on is a datetime, not a date."),
        ({"now": "2021-06-01"}, "in now is a str"),
        ({"looks": ["2021-06-01"]}, "in looks is a str"),
        ({"series": {"2021-06-01": 4.0}}, "in series is a str"),
        ({"comparators": {"c": {"2021-06-01": 4.0}}}, "in comparators is a str"),
    ],
)
def test_texts_are_not_taken_for_dates(given: dict[str, object], said: str) -> None:
    """Python callers who hand in texts or times are told which argument needs dates."""
    whole = {
        "series": dict.fromkeys(MONTHS, 4.0), "comparators": {}, "better": "down",
        "starts_on": date(2021, 1, 1), "due_on": date(2022, 1, 1), "baseline": None,
        "alternative": None, "target": 3.0,
    }  # fmt: skip
    assert assess_one(**whole).verdict  # type: ignore[arg-type]  # as they are, all is well
    with pytest.raises(TypeError) as caught:
        assess_one(**(whole | given))  # type: ignore[arg-type]  # wrong on purpose
    assert said in str(caught.value)
    assert "Give a datetime.date, like date(2024, 4, 1)." in str(caught.value)


def test_a_funnel_of_events_names_the_option_that_draws_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """More events than the denominator are refused by row, with the option that allows them."""
    (tmp_path / "u.csv").write_text("series,numerator,denominator\nA,3,9\nB,12,10\nC,4,9\nD,5,9\n")
    draw = ("chart", "funnel")
    assert ask(tmp_path, *draw, units="u.csv", out="c.svg") == 2
    said = "u.csv: Row 3, numerator: 12 is above the denominator, 10. For events in time, add "
    assert f"{said}--measure rate." in capsys.readouterr().err
    assert ask(tmp_path, *draw, "--measure", "rate", units="u.csv", out="c.svg") == 0


def test_the_name_most_like_is_found_whatever_its_letters() -> None:
    """Large and small letters do not matter; a name that is like none is not guessed at."""
    assert did_you_mean("WARD ONE", ["ward two", "ward one"]) == " Did you mean “ward one”?"
    assert did_you_mean("zzz", ["ward one"]) == ""


def test_a_first_run_says_that_it_prepares(capsys: pytest.CaptureFixture[str]) -> None:
    """Kernels are compiled once on a machine; that takes long, so it is said, once."""
    new, other = (numba.njit(lambda x, step=step: x + step) for step in (1, 2))
    with said_once():
        assert new(1) == 2
        assert other(1) == 3
    seen = capsys.readouterr()
    assert seen.err == f"{PREPARING}\n"
    assert seen.out == ""
    with said_once():
        assert new(1) == 2
    assert capsys.readouterr().err == ""
