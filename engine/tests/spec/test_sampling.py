"""Not every record can be checked, so some are drawn, and the draw can be repeated by anyone.

What the check finds bounds what may be wrong among all the rest.
"""

import csv
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from makegood_engine.cli import main
from makegood_engine.sampling import (
    draw_sample,
    error_bound,
    most_wrong,
    place_in_line,
    sample_size,
    shares,
)

ITEMS = [f"E-{i:03d}" for i in range(130)]
PROVIDERS = ["Alder" if i < 100 else "Birch" if i < 129 else "Cedar" for i in range(130)]


def test_none_wrong_of_twenty() -> None:
    """None wrong of 20 drawn from 130 means at most 12.3% wrong, 95% sure."""
    found = error_bound([(130, 20, 0)])
    assert found.most_wrong == 16
    assert found.sentence == "None wrong of 20 drawn from 130: at most 12.3% wrong, 95% sure."


def test_the_bound_is_also_said_exactly() -> None:
    """Per cent are rounded to a tenth, so the answer also holds the bound as it stands."""
    found = error_bound([(130, 20, 0)])
    assert found.exactly == "16 of 130"
    assert found.upper == 16 / 130


@pytest.mark.parametrize(
    ("confidence", "said"), [(0.995, "99.5% sure"), (0.99995, "99.995% sure"), (0.57, "57% sure")]
)
def test_almost_sure_is_never_said_to_be_sure(confidence: float, said: str) -> None:
    """Being 99.5% sure is never said to be 100% sure."""
    assert error_bound([(130, 20, 0)], confidence=confidence).sentence.endswith(f", {said}.")


def test_a_small_bound_is_never_said_to_be_nothing() -> None:
    """A bound under one per cent has two figures, rounded up, and is never 0.0%."""
    found = error_bound([(999_999, 50_000, 0)])
    assert found.exactly == "58 of 999,999"
    assert "at most 0.0059% wrong" in found.sentence
    assert "at most 0.0% wrong" in error_bound([(10, 10, 0)]).sentence


@pytest.mark.parametrize(
    ("items", "drawn", "wrong", "most"),
    [(130, 130, 0, 0), (130, 130, 7, 7), (1, 1, 1, 1), (10, 1, 0, 9), (10, 1, 1, 10)],
)
def test_the_ends_of_the_bound(items: int, drawn: int, wrong: int, most: int) -> None:
    """When all is checked nothing is in doubt; when almost nothing is, almost all is."""
    assert most_wrong(items, drawn, wrong) == most


def test_a_draw_by_hand() -> None:
    """The line is that of sha256sum over the seed, a line break and the name."""
    said = subprocess.run(["sha256sum"], input=b"2026\nE-001", capture_output=True, check=True)
    assert said.stdout.decode().split()[0] == place_in_line("E-001", seed="2026")
    drawn = draw_sample(ITEMS, ["all"] * 130, seed="2026", size=3)
    line = sorted(ITEMS, key=lambda item: place_in_line(item, seed="2026"))
    assert [each.item for each in drawn] == line[:3]
    assert [each.place for each in drawn] == [1, 2, 3]


def test_every_provider_gives_its_share_and_one_at_least() -> None:
    """Providers give in proportion to what they hold, by largest remainder, and one at least."""
    assert shares({"Alder": 100, "Birch": 29, "Cedar": 1}, size=13) == {
        "Alder": 10, "Birch": 2, "Cedar": 1,
    }  # fmt: skip
    assert shares({"Alder": 5, "Birch": 3, "Cedar": 2}, size=6) == {
        "Alder": 3, "Birch": 2, "Cedar": 1,
    }  # fmt: skip
    assert shares({"Alder": 1, "Birch": 1}, size=1) == {"Alder": 1, "Birch": 1}
    assert shares({"Alder": 2, "Birch": 2}, size=9) == {"Alder": 2, "Birch": 2}
    drawn = draw_sample(ITEMS, PROVIDERS, seed="2026", size=13)
    assert Counter(each.provider for each in drawn) == {"Alder": 10, "Birch": 2, "Cedar": 1}


def test_the_draw_depends_on_names_and_seed_alone() -> None:
    """Items in another order give the same sample, and another seed gives another."""
    once = draw_sample(ITEMS, PROVIDERS, seed="2026", size=20)
    assert draw_sample(ITEMS[::-1], PROVIDERS[::-1], seed="2026", size=20) == once
    assert draw_sample(ITEMS, PROVIDERS, seed="2027", size=20) != once


def test_a_sample_grows_without_losing_what_was_drawn() -> None:
    """A larger sample from the same seed holds the smaller one."""
    small = {each.item for each in draw_sample(ITEMS, PROVIDERS, seed="s", size=13)}
    assert small <= {each.item for each in draw_sample(ITEMS, PROVIDERS, seed="s", size=26)}


def test_the_size_is_the_smallest_that_will_do() -> None:
    """The sample is just large enough to show that no more than a tenth is wrong."""
    size = sample_size({"all": 130})
    assert error_bound([(130, size, 0)]).upper <= 0.10
    assert error_bound([(130, size - 1, 0)]).upper > 0.10
    with_one = sample_size({"all": 130}, allowed=1)
    assert with_one > size
    assert error_bound([(130, with_one, 1)]).upper <= 0.10
    assert sample_size({"Alder": 3, "Birch": 2}, tolerable=0.01) == 5


@pytest.mark.parametrize(
    ("sizes", "tolerable", "smallest"),
    [({"a": 2000, "b": 100}, 0.02, 141), ({"a": 300, "b": 900, "c": 77, "d": 30}, 0.025, 114)],
)
def test_with_several_providers_no_smaller_one_will_do(
    sizes: dict[str, int], tolerable: float, smallest: int
) -> None:
    """Shared over providers too, the sample is the smallest: one fewer would not show it."""
    assert sample_size(sizes, tolerable=tolerable) == smallest
    for size, will_do in ((smallest, True), (smallest - 1, False)):
        given = shares(sizes, size=size)
        bound = error_bound([(sizes[name], many, 0) for name, many in given.items()])
        assert (bound.upper <= tolerable) == will_do


def test_several_providers_are_bounded_together() -> None:
    """Errors that hide where few are drawn raise the bound over all providers."""
    together = error_bound([(100, 20, 0), (30, 6, 0)])
    lopsided = error_bound([(100, 25, 0), (30, 1, 0)])
    assert together.upper < lopsided.upper
    assert "would hide most" in lopsided.method
    assert error_bound([(100, 20, 2), (30, 6, 0)]).rate == pytest.approx(10 / 130)


@pytest.mark.parametrize("strata", [[], [(10, 0, 0)], [(10, 11, 0)], [(10, 5, 6)], [(10, 5, -1)]])
def test_counts_that_cannot_be_are_refused(strata: list[tuple[int, int, int]]) -> None:
    """More wrong than drawn, or more drawn than there are, is refused."""
    with pytest.raises(ValueError, match="provider"):
        error_bound(strata)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = zip(ITEMS, PROVIDERS, strict=True)
    lines = "".join(f"{item},{provider},kept\n" for item, provider in rows)
    (tmp_path / "items.csv").write_text("item,provider,note\n" + lines)
    return tmp_path


def sample(folder: Path, *more: str, seed: str = "2026", out: str = "sample.csv") -> int:
    given = ["--items", str(folder / "items.csv"), "--seed", seed, "--out", str(folder / out)]
    return main(["sample", *given, *more])


def check(folder: Path, wrong: str = "false") -> None:
    with (folder / "sample.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "checked.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "wrong": wrong} for row in rows)


def test_from_draw_to_bound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sample is drawn, filled in, given back, and bounded."""
    assert sample(folder, "--size", "20") == 0
    assert "20 of 130 items drawn from 3 providers" in capsys.readouterr().out
    check(folder)
    assert sample(folder, "--checked", str(folder / "checked.csv"), out="bound.json") == 0
    told = capsys.readouterr().out
    assert "None wrong of 20 drawn from 130: at most" in told
    assert "To be shown was that at most 10% are wrong (--tolerable): not met." in told
    answer = json.loads((folder / "bound.json").read_text())
    assert answer["bound"]["wrong"] == 0
    assert set(answer["providers"]) == {"Alder", "Birch", "Cedar"}
    assert answer["providers"]["Cedar"]["upper"] == 0
    assert "sha256-line-1" in answer["algorithm"]
    assert (answer["tolerable"], answer["tolerable_met"]) == (0.1, False)
    enough = ("--checked", str(folder / "checked.csv"), "--tolerable", "0.15")
    assert sample(folder, *enough, out="bound.json") == 0
    assert "at most 15% are wrong (--tolerable): met." in capsys.readouterr().out


def test_the_sample_keeps_what_the_items_have(folder: Path) -> None:
    """A drawn row keeps its columns, and gains its place, its hash and an empty `wrong`."""
    assert sample(folder, "--size", "20") == 0
    with (folder / "sample.csv").open(newline="") as file:
        first = next(csv.DictReader(file))
    assert first["note"] == "kept"
    assert first["hash"] == place_in_line(first["item"], seed="2026")
    assert first["wrong"] == ""


@pytest.mark.parametrize(
    ("wrong", "seed", "said"),
    [
        ("", "2026", "Row 2, wrong: This cell is empty."),
        ("perhaps", "2026", "“perhaps” is not true or false."),
        ("false", "2027", "drawn with the seed “2027”. Is the seed right?"),
    ],
)
def test_a_sample_that_is_not_the_one_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str], wrong: str, seed: str, said: str
) -> None:
    """A sample not yet checked, or drawn with another seed, is refused by its row."""
    assert sample(folder, "--size", "20") == 0
    check(folder, wrong)
    checked = str(folder / "checked.csv")
    assert sample(folder, "--checked", checked, seed=seed, out="bound.json") == 2
    assert said in capsys.readouterr().err
    assert not (folder / "bound.json").exists()


def test_bad_items_exit_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An item that is there twice is refused by its row, and nothing is written."""
    with (folder / "items.csv").open("a") as file:
        file.write("E-000,Alder,again\n")
    assert sample(folder) == 2
    assert "Row 132, item: E-000 is there twice" in capsys.readouterr().err
    assert not (folder / "sample.csv").exists()
