"""What people who are new to the engine write, and what they are told."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from makegood_engine.classical import read_panel, synthetic_control
from makegood_engine.classical.synthetic import UNLIKE
from makegood_engine.cli import main
from makegood_engine.power import power_of
from makegood_engine.tables import TableError, twins
from makegood_engine.tables.cells import read_date, read_number
from makegood_engine.value import example_model, read_model

ROOT = Path(__file__).resolve().parents[3]
MONTHS = [f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
SPC = ("spc", "--measurements", "m.csv", "--points", "p.csv", "--summary", "s.csv")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Jan 2024", "2024-01-01"),
        ("March 2024", "2024-03-01"),
        ("Sept-24", "2024-09-01"),
        ("2024-Jan", "2024-01-01"),
        ("2024 March", "2024-03-01"),
        ("03/2024", "2024-03-01"),
        ("2024/03", "2024-03-01"),
        ("1 March 2024", "2024-03-01"),
        ("45292", "2024-01-01"),
        ("45292.0", "2024-01-01"),
    ],
)
def test_the_date_that_was_likely_meant_is_offered(cell: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"Write {meant} if it is"):
        read_date(cell)


@pytest.mark.parametrize("cell", ["Wave 12", "12345", "99999", "soon", "13/2024"])
def test_no_date_is_made_up(cell: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date\. Write it like 2024-02-01"):
        read_date(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("£4.60", "has a sign of currency in it. Write the number alone: 4.60."),
        ("-£4.60", "Write the number alone: -4.60."),
        ("4.60 €", "Write the number alone: 4.60."),
        ("*", "says a figure that is held back. Leave the cell empty."),
        ("[c]", "says a figure that is confidential. Leave the cell empty."),
        ("n/a", "says that there is none. Leave the cell empty."),
        ("<5", "is a bound and not a number. Leave the cell empty."),
    ],
)
def test_what_stands_for_a_number_is_explained(cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_number(cell)


def test_a_folder_is_called_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even the one that is called “.”, whose last part has no name."""
    assert main(["spc", "--measurements", ".", "--points", "p.csv", "--summary", "s.csv"]) == 2
    assert capsys.readouterr().err.strip() == ".: This is a folder. Name a file in it."
    assert main(["value", "--model", ".", "--out", "r.json"]) == 2
    assert capsys.readouterr().err.strip() == ".: This is a folder. Name a file in it."


def test_all_that_is_wrong_with_definitions_is_said_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.csv").write_text("series,period,value\n" + "".join(f"w,{m},5\n" for m in MONTHS))
    (folder / "d.csv").write_text("series,better,fix_after\nw,sideways,\nv,up,3\n")
    assert main([*SPC, "--definitions", "d.csv"]) == 2
    said = capsys.readouterr().err
    assert "2 things are wrong" in said
    assert "Row 2, better: “sideways” is not a direction." in said
    assert "Row 3, fix_after: 3 is too few points" in said


def test_a_column_with_our_own_name_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.csv").write_text("series,period,value,_ROW\nw,2020-01,5,1\n")
    assert main(SPC) == 2
    assert "m.csv: The column “_row” has a name that we use." in capsys.readouterr().err


def test_names_that_differ_in_capitals_or_spaces_are_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are two series, and that may be meant; but it is not left unsaid."""
    rows = [f"{name},{m},5" for name in ("Ward 1", "ward  1", "other") for m in MONTHS]
    (folder / "m.csv").write_text("\n".join(["series,period,value", *rows]))
    said = "m.csv: “Ward 1” and “ward  1” differ only in capitals or spaces"
    power = ("power", "--measurements", "m.csv", "--series", "other", "--starts-on", "2022-01")
    (folder / "c.csv").write_text(
        "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
        "K,other,down,2021-01-01,2021-12-31,5,5,4,q\n"
    )
    (folder / "q.csv").write_text("pool,series\nq,Ward 1\n")
    assess = ("assess", "--measurements", "m.csv", "--commitments", "c.csv", "--pools", "q.csv",
              "--verdicts", "v.csv")  # fmt: skip
    pool = ("pool", "--measurements", "m.csv", "--commitments", "c.csv", "--seed", "1",
            "--out", "o.csv")  # fmt: skip
    for command in (SPC, power, assess, pool):
        main(command)
        assert capsys.readouterr().err.count(said) == 1, command[0]


def test_names_that_differ_otherwise_are_left_alone() -> None:
    assert twins(["ward 1", "ward 2", "Ward 11"], file="m.csv") == []


def test_the_worked_examples_do_not_write_over_each_other() -> None:
    """Pasted into one folder, each leaves what the others made."""
    page = (ROOT / "docs" / "engine" / "examples.md").read_text(encoding="utf-8")
    made = re.findall(r'open\("([\w.-]+)", "w"\)|--out ([\w.-]+)', page)
    names = [first or second for first, second in made]
    assert len(names) > 5
    assert len(set(names)) == len(names)


@pytest.fixture
def ward(folder: Path) -> tuple[str, ...]:
    """Ask for the power of a ward's two years."""
    rows = [f"w,{month},{5 + (7 * i) % 5 / 10}" for i, month in enumerate(MONTHS)]
    (folder / "m.csv").write_text("\n".join(["series,period,value", *rows]))
    return ("power", "--measurements", "m.csv", "--series", "w", "--better", "down", "--starts-on")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2019-01", "There is no figure before the start, 2019-01-01: the first is of 2020-01-01."),
        ("2020-02", "Only 1 period has a figure before the start. At least 12 are needed."),
        ("2020-03", "Only 2 periods have figures before the start."),
    ],
)
def test_a_start_without_a_past_is_explained(
    start: str, said: str, ward: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main((*ward, start)) == 2
    assert said in capsys.readouterr().err


def test_a_start_long_after_the_last_figure_is_noted(
    ward: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The last figure before the start is of 2021-12-01, more than a whole window earlier"
    assert main((*ward, "2022-12")) == 0
    assert said not in capsys.readouterr().out
    assert main((*ward, "2023-01")) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("change", [["--change", "-10%"], ["--change=-10%"]])
def test_a_change_may_be_a_part_of_the_average(
    change: list[str], ward: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """However the minus stands; of what it is a part is said."""
    assert main((*ward, "2022-01", *change)) == 0
    said = capsys.readouterr().out
    assert "The change is 10% of 5.21, the average of the last 12 figures before the start" in said
    assert "A fall of 0.521 " in said
    assert main((*ward, "2022-01", *change, "--unit", "% of days")) == 2
    told = capsys.readouterr().err
    assert "Without its % sign it is in percentage points: --change=-10." in told
    assert "For 10% of the average, leave out --unit." in told


def test_counts_without_a_value_are_explained(
    ward: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"w,{month},,5,90" for month in MONTHS]
    (folder / "m.csv").write_text("\n".join(["series,period,value,numerator,denominator", *rows]))
    assert main((*ward, "2022-01")) == 2
    assert "“w” has numerators and no value. Fill in the value" in capsys.readouterr().err


def test_what_is_lacking_is_said_plainly(
    ward: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(ward[:-1])
    assert "this is needed too: --starts-on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("many", "size", "more"),
    [
        (18, 2.5, "up to a third more often"),
        (18, 8.0, "up to nearly twice as often"),
        (19, 2.5, ""),
    ],
)
def test_few_restless_comparators_are_said_to_fool_more_often(
    many: int, size: float, more: str
) -> None:
    """Read as a t, the test is fooled by a restless provider more often than is worked out."""
    draws = np.random.default_rng(3)
    days = [date(2015 + m // 12, m % 12 + 1, 1) for m in range(48)]
    pasts = [dict(zip(days, draws.normal(5, sd, 48).tolist(), strict=True))
             for sd in (size, *[1.0] * many)]  # fmt: skip
    pool = {str(i): past for i, past in enumerate(pasts[1:])}
    found = power_of(pasts[0], starts_on=date(2019, 1, 1), pool=pool)
    assert ("with so few comparators" in found.sentence) is bool(more)
    assert more in found.sentence


def test_a_blend_that_did_not_follow_gives_no_headline(folder: Path) -> None:
    """The sentence does not say what the caution then takes back."""
    draws = np.random.default_rng(5)
    rows = [[name, day, level + size * draws.normal() + 9 * (name == "t" and day >= "2021-06"),
             name == "t" and day >= "2021-06"]
            for name, level, size in (("t", 5, 3), *((f"d{i}", 5, 0.01) for i in range(25)))
            for day in MONTHS]  # fmt: skip
    lines = [f"{name},{day},{value:.4f},{str(on).lower()}" for name, day, value, on in rows]
    (folder / "p.csv").write_text("\n".join(["series,period,value,treated", *lines]))
    found = synthetic_control(read_panel(folder / "p.csv"))
    assert any(one.startswith(UNLIKE) for one in found.cautions)
    assert found.sentence.endswith("so nothing is to be made of that.")
    assert "Chance" not in found.sentence


def test_a_model_without_ranges_is_shown_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that is offered can be pasted, and then the model is drawn."""
    model = """name = "Café"
currency = "pounds"
price_year = 2024
discount = "green_book"
[[outcomes]]
name = "Less alone"
quantity = 40
proxy = 100
deadweight = 0.2
attribution = 0.1
why_no_range = "a trial"
[[costs]]
name = "Staff"
amount = 1000
"""
    (folder / "model.toml").write_text(model)
    asked = ("value", "--model", "model.toml", "--out", "r.json")
    assert main(asked) == 2
    offered = 'quantity = { shape = "pert", low = 32, likely = 40, high = 48 }'
    assert f"For “Less alone”, say: {offered}." in capsys.readouterr().err
    (folder / "model.toml").write_text(model.replace("quantity = 40", offered))
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert said.startswith("Each £1 brings back between £")
    assert "the middle draw is £2." in said
    assert "With every input at its middle each £1 brings £2." in said
    assert re.search(r"│ +3\d[.\d]* │ +4\d[.\d]* │ +£\d\.\d\d │ +£\d\.\d\d │", said)


@pytest.mark.parametrize("said", ["£", "gbp", "Pounds", "GBP"])
def test_pounds_are_understood(said: str, folder: Path) -> None:
    text = example_model().replace('currency = "GBP"', f'currency = "{said}"')
    (folder / "model.toml").write_text(text, encoding="utf-8")
    assert read_model(folder / "model.toml").currency == "GBP"


def test_a_currency_that_is_none_is_refused(folder: Path) -> None:
    text = example_model().replace('currency = "GBP"', 'currency = "Money"')
    (folder / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"“Money” is not a currency\. Write its three letters"):
        read_model(folder / "model.toml")


def rates(folder: Path, per: float | None) -> None:
    rows = [f"w,{month},{'' if per is None else per * (20 + i) / 400},{20 + i},400"
            for i, month in enumerate(MONTHS)]  # fmt: skip
    (folder / "m.csv").write_text("\n".join(["series,period,value,numerator,denominator", *rows]))


@pytest.mark.parametrize(
    ("per", "target", "said"),
    [
        (None, "5", "5 is not from 0 to 1, and the figures of “w” are shares of 1. If it is 5%,"),
        (1, "-0.1", "−0.1 is not from 0 to 1"),
        (100, "500", "500 is not from 0 to 100, and the figures of “w” are shares of 100."),
        (None, "0.05", None), (100, "5", None), (100, "", None),
    ],
)  # fmt: skip
def test_a_target_that_no_share_can_reach_is_refused(
    per: float | None, target: str, said: str | None, folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A p chart's target is on the scale of its values, which are shares of 1 where none is given."""
    rates(folder, per)
    (folder / "d.csv").write_text(f"series,chart,target\nw,p,{target}\n")
    assert main([*SPC, "--definitions", "d.csv"]) == (2 if said else 0)
    seen = capsys.readouterr().err
    assert said is None or f"d.csv: Row 2, target: {said}" in seen
    assert (folder / "p.csv").exists() is (said is None)


@pytest.mark.parametrize(
    ("per", "promised", "said"),
    [
        (1, "5,,", "Row 2, target: 5 is not from 0 to 1"),
        (100, "500,,", "Row 2, target: 500 is not from 0 to 100"),
        (1, "-1,,rate", "Row 2, target: −1 is below 0"),
        (1000, "-1,,rate", "Row 2, target: −1 is below 0"),
        (1, "0.04,,", None), (100, "4,,", None), (1000, "400,,rate", None),
    ],
)  # fmt: skip
def test_a_promise_of_a_share_must_be_a_share(
    per: float, promised: str, said: str | None, folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    rates(folder, per)
    (folder / "c.csv").write_text(
        "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool,scale\n"
        f"K,w,down,2021-01-01,2021-12-31,,,{promised}\n"
    )
    (folder / "q.csv").write_text("pool,series\nq,w\n")
    code = main(["assess", "--measurements", "m.csv", "--commitments", "c.csv", "--pools", "q.csv",
                 "--verdicts", "v.csv"])  # fmt: skip
    assert code == (2 if said else 0)
    assert said is None or said in capsys.readouterr().err
