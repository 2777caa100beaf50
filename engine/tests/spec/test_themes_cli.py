"""`themes` on the command line: one report, and plain words for bad codings."""

import json
from pathlib import Path

import pytest

from makegood_engine.cli import main
from makegood_engine.themes.agreement import BESIDE, SMALL

GOOD = """unit,coder,code,group
s1,Alice,hope,north
s1,Bob,hope,north
s2,Alice,hope,north
s2,Bob,work,north
s3,Alice,,south
s3,Bob,work,south
"""


def themes(folder: Path, text: str, *more: str, out: str = "report.json") -> int:
    (folder / "codings.csv").write_text(text, encoding="utf-8")
    given = ["--codings", str(folder / "codings.csv"), "--out", str(folder / out)]
    return main(["themes", *given, "--resamples", "100", *more])


def test_a_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report holds agreement, prevalence and saturation, and how each was made."""
    assert themes(tmp_path, GOOD) == 0
    assert "2 coders" in capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert set(report["codes"]) == {"hope", "work"}
    assert report["overall"]["units"] is None
    assert report["seed"] == 2011
    assert "Guest" in report["methods"]["saturation"]
    assert {line["group"] for line in report["prevalence"]} == {"all", "north", "south"}
    assert all(line["suppressed"] for line in report["prevalence"])


def test_few_stories_are_not_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many stories there are is hidden too where they are few: here a group would be told by it."""
    assert themes(tmp_path, GOOD) == 0
    said = capsys.readouterr().out
    assert "Few stories, 2 coders" in said
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["stories"] is report["read_twice"] is None
    told = [report["overall"], *report["codes"].values()]
    assert {one[part] for one in told for part in ("units", "values", "alpha", "lower")} == {None}
    assert {one["reason"] for one in told} == {BESIDE, SMALL}
    assert report["saturation"]["new_codes"] == []
    assert {line["stories"] for line in report["prevalence"]} == {None}


def test_a_hidden_theme_has_no_agreement_and_is_left_out_overall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its alpha would tell its number, so neither print nor report has it; overall leaves it out."""
    monkeypatch.setenv("COLUMNS", "160")
    rows = [f"s{i},{who},work" for i in range(12) for who in ("Alice", "Bob")]
    rows += [f"t{i},{who}," for i in range(8) for who in ("Alice", "Bob")]
    plain = "unit,coder,code\n" + "\n".join(rows) + "\n"
    assert themes(tmp_path, plain) == 0
    alone = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["overall"]
    capsys.readouterr()
    assert themes(tmp_path, plain + "s1,Alice,hope\ns2,Alice,hope\ns2,Bob,hope\n") == 0
    said = capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    hope = report["codes"]["hope"]
    assert {hope[part] for part in ("alpha", "lower", "upper", "units", "values")} == {None}
    assert (hope["reading"], hope["reason"]) == ("cannot tell", SMALL)
    assert report["overall"] == alone
    cells = next(row.split("│")[1:5] for row in said.splitlines() if row.startswith("│ hope"))
    assert [cell.strip() for cell in cells] == ["hope", "–", "–", "–"]


def test_two_hidden_themes_count_as_one_in_the_choice(tmp_path: Path) -> None:
    """Together they have enough stories to stand as one; which of them a coder chose is not weighed."""
    pairs = [("hope", "hope")] * 3 + [("joy", "joy")] * 2 + [("work", "work")] * 9
    pairs += [("home", "home")] * 9 + [("work", "home")] * 2

    def chosen(pairs: list[tuple[str, str]]) -> dict[str, object]:
        rows = [f"s{i},{who},{code}" for i, pair in enumerate(pairs)
                for who, code in zip(("Alice", "Bob"), pair, strict=True)]  # fmt: skip
        assert themes(tmp_path, "unit,coder,code\n" + "\n".join(rows) + "\n") == 0
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        found: dict[str, object] = report["choice"]
        return found

    told = chosen(pairs)
    assert told["alpha"] is not None
    assert told == chosen([("joy", "hope"), ("hope", "joy"), *pairs[2:]])
    assert chosen([("home", "home")] * 3 + pairs[3:])["reason"] == BESIDE


def test_without_groups_each_theme_is_there_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without groups, or with only one, a theme has one line and the table no column of groups."""
    monkeypatch.setenv("COLUMNS", "120")
    rows = [f"s{i},Alice,{'hope' if i < 30 else 'work'}" for i in range(60)]
    assert themes(tmp_path, "unit,coder,code\n" + "\n".join(rows) + "\n") == 0
    said = capsys.readouterr().out
    assert "60 stories, 1 coder " in said
    table = said.split("How common each theme is")[1]
    assert "Group" not in table
    assert table.count("hope") == table.count("work") == 1


def test_how_common_each_theme_is_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain report has each theme's share and interval by group; small numbers stay hidden."""
    monkeypatch.setenv("COLUMNS", "120")
    rows = [f"s{i},Alice,{'hope' if i < 30 else 'work'},north" for i in range(60)]
    rows += [f"t{i},Alice,hope,south" for i in range(2)]
    assert themes(tmp_path, "unit,coder,code,group\n" + "\n".join(rows) + "\n") == 0
    said = capsys.readouterr().out.split("How common each theme is (95% intervals)")[1]
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in said.splitlines()]
    shown = {(cells[0], cells[1]): cells[2:] for cells in lines if len(cells) == 7}
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    told = {(line["theme"], line["group"]): line for line in report["prevalence"]}
    assert set(shown) == set(told)
    for name, cells in shown.items():
        assert (cells[0] == "hidden") == told[name]["suppressed"]
        if not told[name]["suppressed"]:
            share = told[name]["share"]
            assert cells[:3] == [
                str(told[name]["count"]),
                str(told[name]["stories"]),
                f"{share:.1%}",
            ]
    assert {line["suppressed"] for line in told.values()} == {True, False}


def test_the_answer_as_json_is_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --json the answer is the report itself, and says where it was written."""
    assert themes(tmp_path, GOOD, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer.pop("written") == [str(tmp_path / "report.json")]
    assert answer == json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "out", "said"),
    [
        (GOOD + "s4,,hope,north\n", "r.json", "codings.csv: Row 8, coder: This cell is empty."),
        (GOOD + "s1,Zoe,hope,south\n", "r.json", "Row 8, group: Row 2 puts s1 in “north”."),
        ("unit,code\ns,hope\n", "r.json", "The column coder cannot be found."),
        (GOOD, "r.csv", "The name must end in .json."),
        (GOOD, "there/r.json", "does not exist"),
    ],
)
def test_bad_codings_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, out: str, said: str
) -> None:
    """Bad codings are named by file, row and column, and nothing is written."""
    assert themes(tmp_path, text, out=out) == 2
    assert said in capsys.readouterr().err
    assert [part.name for part in tmp_path.iterdir()] == ["codings.csv"]


@pytest.mark.parametrize("more", [["--base-size", "0"], ["--threshold", "2"], ["--seed", "-1"]])
def test_options_that_make_no_sense_exit_2(tmp_path: Path, more: list[str]) -> None:
    """A size of none, a share above one and a seed below nought are refused."""
    with pytest.raises(SystemExit) as caught:
        themes(tmp_path, GOOD, *more)
    assert caught.value.code == 2
