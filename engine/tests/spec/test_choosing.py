"""Comparators are chosen before anything is signed, by a named rule, and replaced by it too."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main
from makegood_engine.effect import choose
from makegood_engine.tables import COMMITMENTS, MEASUREMENTS, TableError, from_arrow
from makegood_engine.verdict.choosing import Chosen, Wish, choose_pools
from makegood_engine.verdict.comparators import in_reserve, in_use, substitute

MONTHS = [f"{2014 + m // 12}-{m % 12 + 1:02d}-01" for m in range(48)]
START = MONTHS.index("2016-01-01")
DRAWS = np.random.default_rng(8)
FIGURES = {
    name: (DRAWS.normal(4.5, 0.4) + DRAWS.normal(0, 0.3, 48)).round(3)
    for name in ["own", "other", "branch", *(f"c{i:02d}" for i in range(40))]
}
WISH = Wish(comparators=20, seed=2026, substitutes=5)


def measured(figures: dict[str, np.ndarray]) -> dict[str, list[object]]:
    rows = [(name, day, value) for name, row in figures.items()
            for day, value in zip(MONTHS, row.tolist(), strict=True) if not np.isnan(value)]  # fmt: skip
    return {part: [row[i] for row in rows] for i, part in enumerate(("series", "period", "value"))}


def promised(**said: list[object]) -> dict[str, list[object]]:
    plain: dict[str, list[object]] = {
        "commitment": ["K1", "K2"], "series": ["own", "other"], "better": ["down", "down"],
        "starts_on": ["2016-01-01"] * 2, "due_on": ["2017-12-31"] * 2, "baseline": [4.5, 4.5],
        "alternative": [None, None], "target": [4.0, 4.0], "pool": [None, "mine"],
    }  # fmt: skip
    return plain | said


def chosen(figures: dict[str, np.ndarray], **said: list[object]) -> list[Chosen]:
    tables = (pa.table(measured(figures)), pa.table(promised(**said)))
    contracts = (MEASUREMENTS, COMMITMENTS)
    typed = [from_arrow(table, kind) for table, kind in zip(tables, contracts, strict=True)]
    return choose_pools(typed[0], typed[1], wish=WISH, but=["branch"])


def test_the_choice_is_that_of_the_rule_on_the_window_before_the_start() -> None:
    """The twelve months before the start are laid side by side, and the most alike come first."""
    names = [f"c{i:02d}" for i in range(40)]
    window = np.array([FIGURES[name][START - 12 : START] for name in ["own", *names]])
    expected = choose(window, 0, count=25, seed=2026)
    found = chosen(FIGURES)[0]
    assert (*found.members, *found.substitutes) == tuple(names[i - 1] for i in expected.rows)
    assert (len(found.members), len(found.substitutes)) == (20, 5)
    assert (found.rule, found.seed) == ("nearest-level-and-movement-2", 2026)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), kept=st.integers(0, 24))
def test_what_comes_after_the_start_changes_nothing(seed: int, kept: int) -> None:
    """Figures from the start on may be anything, or not there at all."""
    after = np.full(24, np.nan)
    after[:kept] = np.random.default_rng(seed).normal(50, 20, kept)
    later = {name: np.r_[row[:START], after] for name, row in FIGURES.items()}
    assert chosen(later) == chosen(FIGURES)


def test_the_order_of_the_rows_changes_nothing() -> None:
    turned = dict(reversed(FIGURES.items()))
    assert chosen(turned) == chosen(FIGURES)


def test_no_series_under_a_promise_is_chosen_nor_one_that_is_named() -> None:
    """A provider's other series and branches are named, and left out."""
    found = chosen(FIGURES)
    taken = {name for one in found for name in (*one.members, *one.substitutes)}
    assert not taken & {"own", "other", "branch"}
    assert [one.pool for one in found] == ["K1", "mine"]


def test_who_was_left_out_is_counted_by_reason() -> None:
    spoilt = dict(FIGURES)
    spoilt["c00"] = np.r_[np.full(START, np.nan), FIGURES["c00"][START:]]
    spoilt["c01"] = np.full(48, 4.5)
    spoilt["c02"] = np.r_[np.full(START - 8, np.nan), FIGURES["c02"][START - 8 :]]
    spoilt["c03"] = FIGURES["own"]
    found = chosen(spoilt)[0]
    assert found.considered == 36
    assert found.left_out == {
        "under a promise themselves": 2,
        "named to be left out": 1,
        "no figures": 1,
        "frozen: the same figure again and again": 1,
        "less than 90% complete": 1,
        "the provider's own figures": 1,
    }
    assert found.considered + sum(found.left_out.values()) == len(spoilt)


def test_months_that_are_not_in_yet_are_not_asked_for() -> None:
    """A contract may be signed before the last months before its start are known."""
    early = {name: np.r_[row[: START - 3], np.full(27, np.nan)] for name, row in FIGURES.items()}
    found = chosen(early)[0]
    assert len(found.members) == 20
    assert found.considered == 40


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"series": ["own", "typo"]}, "Row 3, series: “typo” has no rows among the measurements."),
        (
            {"due_on": ["2015-01-01", "2017-12-31"]},
            "Row 2, due_on: 2015-01-01 is before the start.",
        ),
        ({"pool": ["mine", "mine"]}, "Row 2, pool: “mine” is the pool of row 3 too, and pools"),
        ({"starts_on": ["2014-05-01", "2016-01-01"]}, "Row 2, series: “own” has 4 figures in the"),
    ],
)
def test_a_promise_that_cannot_be_served_is_refused_by_its_row(
    said: dict[str, list[object]], expected: str
) -> None:
    with pytest.raises(TableError) as caught:
        chosen(FIGURES, **said)
    assert expected in str(caught.value)


def test_the_next_in_reserve_takes_the_place_of_one_who_left() -> None:
    """Nobody else is moved, and the new row says in whose place it stands."""
    found = chosen(FIGURES)
    pools, reserve = in_use(found), in_reserve(found)
    gone = found[0].members[3]
    after = substitute(pools, reserve, [gone])
    rows = [row for row in after.pools.to_pylist() if row["pool"] == "K1"]
    assert rows[3]["series"] == found[0].substitutes[0]
    assert (rows[3]["kind"], rows[3]["instead_of"], rows[3]["place"]) == ("substitute", gone, 21)
    assert [row["series"] for row in rows[4:]] == list(found[0].members[4:])
    assert after.unfilled == 0
    assert substitute(after.pools, reserve, [gone]).pools.equals(after.pools)


def test_a_substitute_who_left_too_is_passed_over() -> None:
    found = chosen(FIGURES)
    both = [found[0].members[0], found[0].substitutes[0]]
    after = substitute(in_use(found[:1]), in_reserve(found[:1]), both)
    assert after.pools["series"][0].as_py() == found[0].substitutes[1]


def test_when_the_reserve_is_spent_a_place_stays_empty_and_is_counted() -> None:
    found = chosen(FIGURES)[:1]
    after = substitute(in_use(found), in_reserve(found), found[0].members[:7])
    assert (after.pools.num_rows, after.replaced, after.unfilled) == (18, 5, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pcsv.write_csv(pa.table(measured(FIGURES)), tmp_path / "m.csv")
    pcsv.write_csv(pa.table(promised()), tmp_path / "c.csv")
    (tmp_path / "but.csv").write_text("series\nbranch\n")
    return tmp_path


def asked(folder: Path, *words: str) -> int:
    return main([word if "." not in word else str(folder / word) for word in words])


CHOOSE = ("pool", "--measurements", "m.csv", "--commitments", "c.csv", "--but", "but.csv",
          "--seed", "2026", "--reserve", "r.csv", "--commitments-out", "c2.csv",
          "--out", "pools.csv")  # fmt: skip


def test_what_the_command_writes_is_handed_straight_to_assess(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Choose, replace who left, and judge: each takes what the last one wrote."""
    assert asked(folder, *CHOOSE) == 0
    assert "K1: 20 comparators chosen of 40 that could serve, 5 in reserve." in (
        capsys.readouterr().out
    )
    first = pcsv.read_csv(folder / "pools.csv").to_pylist()[0]
    assert (first["pool"], first["place"], first["kind"]) == ("K1", 1, "chosen")
    (folder / "left.csv").write_text(f"series\n{first['series']}\n")
    assert asked(folder, "pool", "--leavers", "left.csv", "--pools", "pools.csv",
                 "--reserve", "r.csv", "--out", "pools2.csv") == 0  # fmt: skip
    for pools in ("pools.csv", "pools2.csv"):
        assert asked(folder, "assess", "--measurements", "m.csv", "--commitments", "c2.csv",
                     "--pools", pools, "--verdicts", "v.csv") == 0  # fmt: skip
        assert pcsv.read_csv(folder / "v.csv")["n_comparators"].to_pylist() == [20, 20]


def test_the_command_answers_with_who_was_considered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(folder, *CHOOSE, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["rule"] == "nearest-level-and-movement-2"
    assert answer["commitments"][1] == {
        "commitment": "K2", "pool": "mine", "chosen": 20, "asked": 20, "substitutes": 5,
        "considered": 40,
        "left_out": {"under a promise themselves": 2, "named to be left out": 1},
    }  # fmt: skip


def test_a_leaver_nobody_knows_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is in no pool and not in reserve is a slip of the pen."""
    assert asked(folder, *CHOOSE) == 0
    (folder / "left.csv").write_text("series\nc99\n")
    assert asked(folder, "pool", "--leavers", "left.csv", "--pools", "pools.csv",
                 "--reserve", "r.csv", "--out", "pools2.csv") == 2  # fmt: skip
    assert "left.csv: Row 2, series: “c99” is in no pool" in capsys.readouterr().err
    assert not (folder / "pools2.csv").exists()


def test_what_is_lacking_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(folder, "pool", "--measurements", "m.csv", "--out", "pools.csv") == 2
    assert "give --commitments and --seed too" in capsys.readouterr().err
