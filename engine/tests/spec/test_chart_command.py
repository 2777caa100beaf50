"""`makegood-engine chart` draws what the other commands found."""

import json
from pathlib import Path

import pytest

from makegood_engine.cli import main
from makegood_engine.cli.chart import KINDS
from makegood_engine.spc import RULESETS
from makegood_engine.value import example_model


def chart(folder: Path, kind: str, *more: str, out: str = "chart.svg") -> int:
    return main(["chart", kind, *more, "--out", str(folder / out)])


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def months(count: int) -> list[str]:
    return [f"{2020 + m // 12}-{m % 12 + 1:02d}-01" for m in range(count)]


@pytest.fixture
def measurements(tmp_path: Path) -> str:
    rows = [f"ward,{day},{4 + i % 3},{4 + i % 3},100" for i, day in enumerate(months(24))]
    head = "series,period,value,numerator,denominator"
    return written(tmp_path, "m.csv", "\n".join([head, *rows]) + "\n")


def test_one_series_with_its_target_start_and_new_limits(tmp_path: Path, measurements: str) -> None:
    """The definitions table says which way is better, the target, and where limits begin anew."""
    definitions = written(
        tmp_path, "d.csv", "series,better,target,rebases\nward,down,3.9,2021-01-01 new rota\n"
    )
    options = ["--measurements", measurements, "--series", "ward", "--definitions", definitions]
    assert (
        chart(tmp_path, "spc", *options, "--starts-on", "2021-01-01", "--title", "Days lost") == 0
    )
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    for words in ("Days lost", "Target 3.9", "New limits: new rota", ">Start<"):
        assert words in drawn


def test_a_proportion_is_charted_from_its_counts(tmp_path: Path, measurements: str) -> None:
    """A p chart needs numerators and denominators, and says so where they are missing."""
    definitions = written(tmp_path, "d.csv", "series,chart\nward,p\n")
    options = ["--measurements", measurements, "--series", "ward", "--definitions", definitions]
    assert chart(tmp_path, "spc", *options, out="chart.png") == 0
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_providers_in_a_funnel(tmp_path: Path) -> None:
    """Providers, their events and their sizes make a funnel."""
    rows = "\n".join(f"P{i},{20 + i},{400 + 30 * i}" for i in range(12))
    units = written(tmp_path, "u.csv", f"series,numerator,denominator\n{rows}\n")
    assert chart(tmp_path, "funnel", "--units", units, "--per", "100", "--better", "down") == 0
    assert "12 providers" in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--per 100", ">%<"),
        ("--per 1000", ">per 1,000<"),
        ("--per 1000 --measure rate --unit falls --size bed-days", ">falls per 1,000 bed-days<"),
        ("--per 1000 --unit falls/1,000", ">falls/1,000<"),
        ("--per 100 --unit %", ">%<"),
        ("--measure rate", ">rate<"),
    ],
)
def test_the_axis_of_a_funnel_says_what_values_are_per(
    asked: str, said: str, tmp_path: Path
) -> None:
    """Whatever --per says, the upright axis says too."""
    rows = "\n".join(f"P{i},{20 + i},{400 + 30 * i}" for i in range(12))
    units = written(tmp_path, "u.csv", f"series,numerator,denominator\n{rows}\n")
    assert chart(tmp_path, "funnel", "--units", units, *asked.split()) == 0
    assert said in (tmp_path / "chart.svg").read_text(encoding="utf-8")


def test_verdicts_under_one_another(tmp_path: Path) -> None:
    """The verdicts table becomes an interval plot, endless ends and all."""
    head = "commitment,verdict,promised_added,effect,lower,upper,reason"
    rows = (
        "K1,delivered,0.5,0.6,0.4,0.8,x\nK2,cannot tell yet,0.5,0.1,,0.9,x\nK3,no verdict,,,,,x\n"
    )
    verdicts = written(tmp_path, "v.csv", f"{head}\n{rows}")
    assert chart(tmp_path, "verdicts", "--verdicts", verdicts, out="chart.pdf") == 0
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("spc", "series,period,value\nother,2020-01-01,4\n", "There is no series “ward”."),
        ("funnel", "series,numerator,denominator\nA,5,x\n", "Row 2, denominator: “x”"),
        ("funnel", "series,numerator,denominator\nA,5,9\n", "At least 3 are needed"),
        ("verdicts", "commitment,verdict\nK,delivered\n", "The column"),
        ("verdicts", "commitment,verdict,promised_added,effect,lower,upper\n", "no rows"),
        ("tornado", "{", "is not what makegood-engine value writes"),
        ("tornado", '{"tornado": [1], "at_middle": 3}', "is not what makegood-engine value writes"),
        ("merit", "[]", "is not what makegood-engine allocate writes"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused(
    kind: str, content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bad file is named with what is wrong, and nothing is drawn."""
    option = {"spc": "measurements", "funnel": "units", "tornado": "report", "merit": "allocation"}
    name = option.get(kind, kind)
    source = written(tmp_path, "in.json" if content[0] in "{[" else "in.csv", content)
    more = ["--series", "ward"] if kind == "spc" else []
    assert chart(tmp_path, kind, f"--{name}", source, *more) == 2
    message = capsys.readouterr().err
    assert said in message
    assert "in." in message
    assert not (tmp_path / "chart.svg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["funnel"], "--units"),
        (["spc", "--measurements", "m.csv"], "--series"),
        (["spc", "--measurements", "m.csv", "--series", "ward", "--starts-on", "soon"],
         "--starts-on: “soon” is not a date"),
        (["spc", "--measurements", "m.csv", "--series", "ward", "--per", "100"], "--per"),
        (["spc", "--measurements", "m.csv", "--series", "ward", "--ruleset", "foo"],
         "--ruleset: invalid choice: 'foo' (choose from"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_in_the_command_is_said(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chart names the option that is missing, wrong, or of another kind."""
    with pytest.raises(SystemExit) as stopped:
        chart(tmp_path, *words)
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert said in message.splitlines()[-1]
    assert ("ruleset" not in said) or all(name in message for name in RULESETS)


def test_a_chart_is_written_in_three_forms(
    tmp_path: Path, measurements: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that ends otherwise is refused."""
    options = ["--measurements", measurements, "--series", "ward"]
    assert chart(tmp_path, "spc", *options, out="chart.gif") == 2
    assert ".svg or .png or .pdf" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_chart_lists_what_it_reads(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The help of each kind names its file, and every column of its tables."""
    with pytest.raises(SystemExit):
        main(["chart", kind, "--help"])
    said = capsys.readouterr().out
    assert f"--{KINDS[kind].source}" in said
    for contract in KINDS[kind].tables:
        block = said.split(f"  {contract.name} ")[1]
        assert all(column.name in block for column in contract.columns)


def test_json_says_what_was_written(
    tmp_path: Path, measurements: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everywhere, --json gives the answer to a program."""
    options = ["--measurements", measurements, "--series", "ward", "--json"]
    assert chart(tmp_path, "spc", *options) == 0
    assert json.loads(capsys.readouterr().out)["written"] == [str(tmp_path / "chart.svg")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_drawn_for_a_telephone(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind takes --width, and refuses one at which nothing can be read."""
    with pytest.raises(SystemExit):
        main(["chart", kind, "--width", "100"])
    assert "A chart 100 wide cannot be drawn" in capsys.readouterr().err


def test_merit_is_drawn_as_wide_as_is_asked(tmp_path: Path) -> None:
    """The width that is asked for is that of the drawing."""
    place = {"id": "A", "merit": 5, "lower": 4, "upper": 6, "decision": "in", "awarded": 9, "asked": 9,
             "lot": None}  # fmt: skip
    answer = written(tmp_path, "a.json", json.dumps({"places": [place], "line": None}))
    assert chart(tmp_path, "merit", "--allocation", answer, "--width", "360") == 0
    assert " 360 " in (tmp_path / "chart.svg").read_text().partition("role")[0]


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("p", "5", "5 is not from 0 to 1"),
        ("p", "0.05", ""),
        ("u", "-1", "−1 is below 0"),
        ("xmr", "5", ""),
    ],
)
def test_a_target_that_cannot_be_reached_is_refused_by_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, target: str, said: str
) -> None:
    """As `spc` does: a p chart needs a share for its target, and a u chart a rate."""
    rows = [f"ward,{day},{(4 + i % 3) / 100},{4 + i % 3},100" for i, day in enumerate(months(24))]
    head = "series,period,value,numerator,denominator"
    figures = written(tmp_path, "m.csv", "\n".join([head, *rows]) + "\n")
    how = written(tmp_path, "d.csv", f"series,chart,target\nother,xmr,9\nward,{kind},{target}\n")
    options = ["--measurements", figures, "--series", "ward", "--definitions", how]
    assert chart(tmp_path, "spc", *options) == (2 if said else 0)
    if said:
        assert f"d.csv: Row 3, target: {said}" in capsys.readouterr().err
        assert not (tmp_path / "chart.svg").exists()


def test_the_ends_of_a_tornado_are_in_their_units(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shares in per cent and money as money, the same in the table of `value` and on the chart."""
    monkeypatch.setenv("COLUMNS", "160")
    model = written(tmp_path, "model.toml", example_model())
    report = tmp_path / "report.json"
    assert main(["value", "--model", model, "--out", str(report)]) == 0
    table = capsys.readouterr().out
    assert chart(tmp_path, "tornado", "--report", str(report)) == 0
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    bars = {bar["name"]: bar for bar in json.loads(report.read_text())["tornado"]}
    units = {"deadweight": "share", "drop-off": "share", "quantity": ""}
    assert {name: bars[f"Less alone: {name}"]["unit"] for name in units} == units
    low = bars["Less alone: deadweight"]["input_low"]
    paid = bars["Staff: cost"]["input_high"]
    for end in (f"{100 * low:.3g}%", f"£{paid:,.0f}"):
        assert f" {end} " in table
        assert f">{end}<" in drawn


@pytest.mark.parametrize(("asked", "code"), [("360", 0), ("100", 2), ("wide", 2)])
def test_a_chart_is_drawn_as_wide_as_is_asked(
    tmp_path: Path, measurements: str, asked: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """--width 360 suits a telephone; a width at which nothing can be read is refused."""
    options = ["--measurements", measurements, "--series", "ward", "--width", asked]
    if code:
        with pytest.raises(SystemExit) as stopped:
            chart(tmp_path, "spc", *options)
        assert stopped.value.code == code
        assert "--width" in capsys.readouterr().err
        assert not (tmp_path / "chart.svg").exists()
    else:
        assert chart(tmp_path, "spc", *options) == 0
        assert " 360 " in (tmp_path / "chart.svg").read_text().partition("role")[0]
