"""A definitions table says how each series is watched: rebases with reasons, p and u charts."""

from math import isnan
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from makegood_engine.cli import main
from makegood_engine.runners.local import run_spc
from makegood_engine.spc import RULESETS, analyse
from makegood_engine.tables import TableError

HEAD = "series,period,value,numerator,denominator\n"


def months(count: int) -> list[str]:
    return [f"{2020 + m // 12}-{m % 12 + 1:02d}-01" for m in range(count)]


def run(
    folder: Path, measured: str, definitions: str, ruleset: str = "ptd-0.2.2"
) -> tuple[pa.Table, pa.Table]:
    (folder / "m.csv").write_text(measured, encoding="utf-8")
    (folder / "d.csv").write_text(definitions, encoding="utf-8")
    return labelled(folder, "m.csv", ruleset)


def labelled(folder: Path, name: str, ruleset: str = "ptd-0.2.2") -> tuple[pa.Table, pa.Table]:
    points, summary = folder / "p.parquet", folder / "s.parquet"
    definitions = folder / "d.csv"
    run_spc(folder / name, points=points, summary=summary, definitions=definitions, ruleset=ruleset)
    return pq.read_table(points), pq.read_table(summary)


def refusal(folder: Path, measured: str, definitions: str) -> TableError:
    with pytest.raises(TableError) as caught:
        run(folder, measured, definitions)
    assert sorted(path.name for path in folder.iterdir()) == ["d.csv", "m.csv"]
    return caught.value


def plain(values: list[float], name: str = "A") -> str:
    rows = [f"{name},{day},{v}" for day, v in zip(months(len(values)), values, strict=True)]
    return "series,period,value\n" + "\n".join(rows) + "\n"


def test_the_reason_of_a_rebase_stands_in_the_notes(tmp_path: Path) -> None:
    """Each rebase may carry its reason; the summary repeats it where new limits began."""
    _, summary = run(
        tmp_path,
        plain([1.0, 2.0] * 20),
        "series,rebases\nA,2021-07 recount; 2020-07-01 new ward ;1999-01-01 too early\n",
    )
    (said,) = summary["notes"].to_pylist()
    assert said == (
        "No new limits from 1999-01-01: it is outside the series. "
        "New limits from 2020-07-01: new ward. New limits from 2021-07-01: recount."
    )


def test_limits_fixed_on_the_first_periods_are_said_in_the_notes(tmp_path: Path) -> None:
    """The summary says what the lines of the last phase are made of, where it went on beyond that."""
    measured = plain([1.0, 2.0] * 20) + plain([1.0, 2.0] * 20, "B").partition("\n")[2]
    _, summary = run(tmp_path, measured, "series,fix_after,rebases\nA,15,\nB,15,2022-06-01\n")
    assert summary["notes"].to_pylist() == [
        "Fixed: the average and limits are those of the first 15 periods.",
        "Trial limits: 11 points so far. They settle from 13.",
    ]


def test_a_rebase_may_go_without_a_reason(tmp_path: Path) -> None:
    """Dates alone are still a good rebases cell."""
    points, summary = run(tmp_path, plain([1.0, 2.0] * 10), "series,rebases\nA,2021-01-01;\n")
    assert points["group"].to_pylist() == [0] * 12 + [1] * 8
    assert summary["notes"].to_pylist() == ["Trial limits: 8 points so far. They settle from 13."]


def test_a_rebase_that_is_no_date_is_named(tmp_path: Path) -> None:
    """A rebase whose date cannot be read is refused by its place."""
    error = refusal(tmp_path, plain([1.0]), "series,rebases\nA,new ward 2021-01-01\n")
    assert "Row 2, rebases: “new” is not a date" in str(error)


RATES = HEAD + "".join(
    f"P,{day},,{10 + m % 5},{100 + 7 * m}\n" for m, day in enumerate(months(14))
) + "".join(
    f"U,{day},{1000 * (3 + m % 4) / (900 + m):.1f},{3 + m % 4},{900 + m}\n"
    for m, day in enumerate(months(14))
) + "".join(f"X,{day},{5 + m % 3},,\n" for m, day in enumerate(months(14)))  # fmt: skip
CHARTED = "series,better,target,chart\nP,down,0.2,p\nU,down,8,U\nX,,,xmr\n"


@pytest.mark.parametrize("ruleset", RULESETS)
def test_each_series_is_charted_as_its_definition_says(tmp_path: Path, ruleset: str) -> None:
    """Proportions, rates and single values may stand in one file, each with its own limits."""
    points, summary = run(tmp_path, RATES, CHARTED, ruleset)
    tops, bottoms = [10 + m % 5 for m in range(14)], [100 + 7 * m for m in range(14)]
    counted = [3 + m % 4 for m in range(14)]
    expected = {
        "P": analyse(numerators=tops, denominators=bottoms, chart="p", better="down",
                     ruleset=ruleset, target=0.2),
        "U": analyse(numerators=counted, denominators=list(range(900, 914)), chart="u", per=1000,
                     better="down", ruleset=ruleset, target=8),
        "X": analyse([5 + m % 3 for m in range(14)], ruleset=ruleset),
    }  # fmt: skip
    for i, (name, said) in enumerate(expected.items()):
        mine = points.filter(pa.compute.equal(points["series"], name))
        assert mine["special_cause"].to_pylist() == list(said.special_cause)
        assert mine["value"].to_pylist() == said.values.tolist()
        for column in ("mean", "lower", "upper"):
            wanted = [None if isnan(v) else v for v in getattr(said, column)]
            assert mine[column].to_pylist() == wanted
        assert summary["assurance"][i].as_py() == said.assurance
        assert summary["notes"][i].as_py() == " ".join(said.notes)
        assert summary["upper"][i].as_py() == mine["upper"][-1].as_py()


def test_limits_too_narrow_are_said_to_be_in_the_summary(tmp_path: Path) -> None:
    """A p chart of very many whose points move more than counts do is cautioned against; few not."""
    rows = [
        f"{name},{day},,{size * (10 + i % 3) // 100},{size}"
        for name, size in (("few", 100), ("many", 100_000))
        for i, day in enumerate(months(24))
    ]
    _, summary = run(tmp_path, HEAD + "\n".join(rows) + "\n", "series,chart\nfew,p\nmany,p\n")
    few, many = summary["notes"].to_pylist()
    assert "too narrow" not in (few or "")
    assert "An XmR chart of the same values is the better choice." in many


def test_a_missing_point_of_a_rate_is_missing(tmp_path: Path) -> None:
    """A row with neither numerator nor value is a missing point, not a fault."""
    points, summary = run(
        tmp_path, HEAD + "P,2024-01-01,,1,4\nP,2024-02-01,,,\nP,2024-03-01,,1,2\n",
        "series,chart\nP,p\n",
    )  # fmt: skip
    assert points["value"].to_pylist() == [0.25, None, 0.5]
    assert summary["n"].to_pylist() == [2]


def test_rows_no_chart_can_hold_are_named(tmp_path: Path) -> None:
    """Missing and impossible numerators and denominators are refused row by row, all of them."""
    measured = HEAD + (
        "P,2024-01-01,,12,10\nP,2024-02-01,,3,\nP,2024-03-01,0.5,,10\nP,2024-04-01,,3,0\n"
        "U,2024-01-01,,12,10\nU,2024-02-01,,-1,10\nX,2024-01-01,7,12,10\n"
    )
    error = refusal(tmp_path, measured, "series,chart\nP,p\nU,u\n")
    assert [(fault.row, fault.column) for fault in error.faults] == [
        (2, "numerator"),
        (3, "denominator"),
        (4, "numerator"),
        (5, "denominator"),
        (7, "numerator"),
    ]
    assert "A rate cannot be above 100%" in error.faults[0].message


def test_rates_above_one_are_good_where_no_one_says_percent(tmp_path: Path) -> None:
    """Twelve incidents in ten bed-days are no fault of a u chart, nor of an xmr chart."""
    measured = HEAD + "U,2024-01-01,1.2,12,10\nX,2024-01-01,1.2,12,10\n"
    points, _ = run(tmp_path, measured, "series,chart\nU,u\n")
    assert points["value"].to_pylist() == pytest.approx([1.2, 1.2])


def test_values_in_another_unit_than_the_rate_are_refused(tmp_path: Path) -> None:
    """Values that are not the rate, nor ten or a hundred of it, cannot be charted as one."""
    measured = HEAD + "P,2024-01-01,7,1,4\nP,2024-02-01,7.5,1,4\n"
    error = refusal(tmp_path, measured, "series,chart\nP,p\n")
    assert "Row 2, value: The values of P are not the numerator over" in str(error)


def test_a_rate_without_its_columns_is_refused(tmp_path: Path) -> None:
    """A p chart of a table without numerators says which columns it needs."""
    error = refusal(tmp_path, plain([1.0]), "series,chart\nA,p\n")
    assert "A p chart needs the columns numerator and denominator." in str(error)
    assert "“c” is not a chart" in str(refusal(tmp_path, plain([1.0]), "series,chart\nA,c\n"))


def test_rates_come_through_unsorted_and_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of the rows and the size of the pieces change nothing."""
    whole, _ = run(tmp_path, RATES, CHARTED)
    lines = RATES.splitlines()[1:]
    again, _ = run(tmp_path, HEAD + "\n".join(reversed(lines)) + "\n", CHARTED)
    assert again.equals(whole)
    monkeypatch.setattr("makegood_engine.tables.files.PIECE", 5)
    pq.write_table(pcsv.read_csv(tmp_path / "m.csv"), tmp_path / "m.parquet")
    assert labelled(tmp_path, "m.parquet")[0].equals(whole)


@pytest.mark.parametrize("ruleset", RULESETS)
def test_the_command_takes_every_rule_set(tmp_path: Path, ruleset: str) -> None:
    """The command line knows every rule set by name, and its answers name it."""
    (tmp_path / "m.csv").write_text(plain([1.0, 2.0, 3.0]))
    files = {"measurements": "m.csv", "points": "p.csv", "summary": "s.csv"}
    options = [part for key, name in files.items() for part in (f"--{key}", str(tmp_path / name))]
    assert main(["spc", *options, "--ruleset", ruleset]) == 0
    assert f",{ruleset}," in (tmp_path / "s.csv").read_text().replace('"', "")
