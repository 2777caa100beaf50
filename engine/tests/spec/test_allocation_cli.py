"""`allocate` on the command line: one answer with a letter for everyone, and plain words for bad files."""

import json
from pathlib import Path

import pytest

from makegood_engine.allocation import allocate, read_forms, read_round
from makegood_engine.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "allocation"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("applications.csv", "reviews.csv", "round.toml"):
        (tmp_path / name).write_text((EXAMPLE / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str, out: str = "allocation.json") -> int:
    files = (
        "--applications",
        "applications.csv",
        "--reviews",
        "reviews.csv",
        "--round",
        "round.toml",
    )
    given = [part if part.startswith("--") else str(folder / part) for part in files]
    return main(["allocate", *given, "--out", str(folder / out), *more])


def test_the_example_round(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example round runs as it stands, keeps its rules and says who stood where."""
    assert run(folder) == 0
    said = capsys.readouterr().out
    assert "12 applications, 500 draws" in said
    assert "Best plan by estimated merit, before any lots: proved best." in said
    assert "at least two awards in the north: comes to 3 awards" in said
    assert "£100,000 of £100,000 awarded." in said
    assert "The letter to each applicant" in said
    answer = json.loads((folder / "allocation.json").read_text(encoding="utf-8"))
    assert answer["spent"] <= answer["budget"] == 100_000
    for limit in answer["limits"]:
        assert limit["at_least"] is None or limit["comes_to"] >= limit["at_least"]
        assert limit["at_most"] is None or limit["comes_to"] <= limit["at_most"]
    applications, reviews = read_forms(folder / "applications.csv", folder / "reviews.csv")
    found = allocate(applications, reviews, read_round(folder / "round.toml"))
    assert [p["awarded"] for p in answer["places"]] == [p.awarded for p in found.places]


def test_stopped_by_hand(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while merit is drawn ends in one sentence and exit code 130, and nothing is written."""

    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("makegood_engine.allocation.award.shares_funded", pressed)
    assert run(folder) == 130
    assert "Stopped. Nothing was written." in capsys.readouterr().err
    assert not (folder / "allocation.json").exists()


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("round.toml", ("budget = 100000", "budgt = 1"), "The key round.budget cannot be found."),
        (
            "round.toml",
            ("budget = 100000", "budget = -1"),
            "round.budget is -1; it must be above 0, and at most 1,000,000,000,000,000.",
        ),
        (
            "round.toml",
            ("budget = 100000", "budget = 1e16"),
            "round.budget is 1e+16; it must be above 0, and at most 1,000,000,000,000,000.",
        ),
        (
            "round.toml",
            ("line = 3.0", "line = -1e13"),
            "is -10000000000000.0; it must be between −1,000,000,000,000 and 1,000,000,000,000.",
        ),
        (
            "round.toml",
            ("line = 3.0", "line = 1e-310"),
            "round.line cannot be used: 1e-310 is too small to compare. Change the unit.",
        ),
        (
            "round.toml",
            ("at_least = 2", "at_least = 1e16"),
            "rules[1].at_least must be a number from 0 to 1,000,000,000,000,000.",
        ),
        (
            "round.toml",
            ("at_least = 2", "at_least = 1e-310"),
            "rules[1].at_least cannot be used: 1e-310 is too small to compare.",
        ),
        (
            "round.toml",
            ("budget = 100000", "budget = nan"),
            "round.budget is nan; it must be above 0",
        ),
        (
            "round.toml",
            ("budget = 100000", 'budget = "£100,000"'),
            "round.budget must be a number. “£100,000” in quotation marks is text: write budget = 100000",
        ),
        (
            "round.toml",
            ("[[rules]]", '[[rules]]\nname = "half"\nmeasure = "share"\nat_most = 50\n\n[[rules]]'),
            "at_most is 50; a share is from 0 to 1. If it is 50%, write 0.50.",
        ),
        (
            "round.toml",
            ('"GBP"', '"pounds"'),
            "round.currency must be £, $, € or a code of three letters",
        ),
        (
            "round.toml",
            ('is = "north"', 'is = "nroth"'),
            "speaks of “nroth”, but no application has that under region. Did you mean “north”?",
        ),
        ("round.toml", ("budget = 100000", "budget = "), "Row 6: This is not TOML"),
        (
            "round.toml",
            ('weigh = "money"', 'weigh = "luck"'),
            "round.weigh must be money or awards.",
        ),
        (
            "round.toml",
            ("partial = true", 'partial = "yes"'),
            "round.partial must be true or false.",
        ),
        ("round.toml", ("at_least = 2", "atleast = 2"), "The key rules[1].atleast is not known."),
        ("round.toml", ("at_least = 2", "at_least = 9"), "cannot all be met: at least two awards"),
        ("round.toml", ('is = "north"', ""), "The key rules[1] must have both `column` and `is`"),
        ("round.toml", ('column = "region"', 'column = "regoin"'), "Did you mean “region”?"),
        ("round.toml", ("[round]", "[rond]"), "The table [round] cannot be found."),
        ("applications.csv", ("GN-01,", "GN-99,"), "Row 2, application: GN-99 has no review"),
        ("applications.csv", ("GN-02,", "GN-01,"), "GN-01 is there twice"),
        ("applications.csv", ("application,", "name,"), "The column application cannot be found."),
        ("reviews.csv", ("application,", "name,"), "The column application cannot be found."),
    ],
)
def test_bad_files_are_refused_by_their_place(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, change: tuple[str, str], said: str
) -> None:
    """What is wrong in any of the three files is named by its place, and nothing is written."""
    old, new = change
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run(folder) == 2
    assert said in capsys.readouterr().err
    assert not (folder / "allocation.json").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("GN-13,0,,north,small", "asked: 0 is not a sum of money above 0"),
        ("GN-13,500,600,north,small", "minimum: 600 is not above 0 and at most the 500 asked."),
    ],
)
def test_money_that_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str], row: str, said: str
) -> None:
    """An application for nothing, or with a minimum above what it asks, is refused."""
    with (folder / "applications.csv").open("a") as file:
        file.write(row + "\n")
    with (folder / "reviews.csv").open("a") as file:
        file.write("GN-13,Dana,4\nGN-14,Dana,4\n")
    assert run(folder) == 2
    message = capsys.readouterr().err
    assert f"Row 14, {said}" in message


def test_a_round_in_another_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round that is not there has its neighbour offered."""
    (folder / "round.toml").rename(folder / "round-1.toml")
    assert run(folder) == 2
    assert (
        "round.toml: There is no such file. Did you mean “round-1.toml”?" in capsys.readouterr().err
    )
