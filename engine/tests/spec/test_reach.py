"""What is out of reach is refused where it stands: figures too large or too small, days too far."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from makegood_engine.cli import main
from makegood_engine.spc import analyse, funnel
from makegood_engine.tables import MEASUREMENTS, TableError, from_arrow, read_history, read_table
from makegood_engine.tables.cells import MOST, read_count, read_date, read_number
from makegood_engine.value.ranges import fixed
from makegood_engine.verdict import assess, assess_one, grid
from makegood_engine.verdict.choosing import Wish, choose_pools
from makegood_engine.verdict.gate import checked

LARGE = "{} is too large to compare. Change the unit."
SMALL = "{} is too small to compare. Change the unit."
AWAY = "{} is centuries away. Dates may be from 1800 to 2200."


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1e101", LARGE),
        ("-1.7e308", LARGE),
        ("1e-101", SMALL),
        ("-5e-324", SMALL),
        ("1e200", LARGE),
    ],
)
def test_a_number_that_cannot_be_squared_and_summed_is_refused(cell: str, said: str) -> None:
    """Above 1e100, or below 1e-100 but for 0, nothing can be squared and summed."""
    with pytest.raises(ValueError, match=said.format(f"{float(cell):g}").replace("+", r"\+")):
        read_number(cell)


@pytest.mark.parametrize("cell", ["1e100", "-1e100", "1e-100", "-1e-100", "0", "-0.0", "0e-999"])
def test_the_last_that_can_be_is_taken(cell: str) -> None:
    assert read_number(cell) == float(cell)


@pytest.mark.parametrize(
    "cell", ["1799-12-31", "2201-01-01", "0202-01-05", "9999-12", "0001-01-01"]
)
def test_a_day_that_is_centuries_away_is_refused(cell: str) -> None:
    """A year with a figure too few, or turned about, is a slip; it would stretch every calendar."""
    with pytest.raises(ValueError, match=r"is centuries away\. Dates may be from 1800 to 2200\."):
        read_date(cell)


def test_the_first_and_last_days_are_taken_and_no_other_is_proposed() -> None:
    assert read_date("1800-01-01") == date(1800, 1, 1)
    assert read_date("2200-12-31") == date(2200, 12, 31)
    with pytest.raises(ValueError, match="Write it like 2024-02-01"):
        read_date("1/4/0202")


@pytest.mark.parametrize("cell", ["1e99", "1000000000000001", "9" * 30])
def test_a_count_that_no_whole_number_holds_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="at most 1,000,000,000,000,000"):
        read_count(cell)
    assert read_count(str(MOST)) == MOST


def taken(kind: str, table: pa.Table, folder: Path) -> pa.Table:
    """Read a table from memory, from Parquet or from CSV."""
    if kind == "memory":
        return from_arrow(table, MEASUREMENTS)
    path = folder / f"m.{kind}"
    if kind == "parquet":
        pq.write_table(table, path)
    else:
        cells = [[str(cell) for cell in row.values()] for row in table.to_pylist()]
        lines = "\n".join(map(",".join, [table.column_names, *cells]))
        path.write_text(lines.replace("None", "").replace("nan", ""))
    return read_table(path, MEASUREMENTS)


@pytest.mark.parametrize("kind", ["csv", "parquet", "memory"])
def test_every_kind_of_table_names_row_and_column(kind: str, tmp_path: Path) -> None:
    """Whether cells are text or have types already, the same is said of each."""
    columns = {
        "series": ["A"] * 6,
        "period": [date(2024, month, 1) for month in range(1, 6)] + [date(202, 1, 5)],
        "value": [1.0, -1e200, 0.0, None, 1e-310, float("nan")],
        "denominator": [1.0, 2.0, 1.7e308, 3.0, 4.0, 5.0],
    }
    table = pa.table(columns)
    with pytest.raises(TableError) as caught:
        taken(kind, table, tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [
        f"Row 3, value: {LARGE.format('-1e+200')}",
        f"Row 4, denominator: {LARGE.format('1.7e+308')}",
        f"Row 6, value: {SMALL.format('1e-310')}",
        f"Row 7, period: {AWAY.format('0202-01-05')}",
    ]


def test_an_upload_keeps_its_good_rows() -> None:
    """A history gives such rows back, like any other that cannot be used."""
    found = read_history(b"period,value\n2024-01,4\n0202-01,5\n2024-03,1e200\n", name="h.csv")
    assert [row.row for row in found.rows] == [2]
    assert [reasons for _, _, reasons in found.rejected] == [
        f"period: {AWAY.format('0202-01-01')}", f"value: {LARGE.format('1e+200')}",
    ]  # fmt: skip


def test_a_rate_too_large_is_refused_by_the_row_it_is_made_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A numerator and a denominator may both be within reach, and one over the other not."""
    lines = [f"A,2024-{m:02d}-01,,{'1e80' if m == 3 else 1},{'1e-80' if m == 3 else 9}"
             for m in range(1, 13)]  # fmt: skip
    (tmp_path / "m.csv").write_text(
        "series,period,value,numerator,denominator\n" + "\n".join(lines)
    )
    (tmp_path / "d.csv").write_text("series,chart\nA,u\n")
    files = [f"--{name}={tmp_path / file}" for name, file in
             (("measurements", "m.csv"), ("definitions", "d.csv"))]  # fmt: skip
    out = [f"--{name}={tmp_path / name}.csv" for name in ("points", "summary")]
    said = "Row 4, numerator: 1e+80 out of 1e-80: 1e+160 is too large to compare."
    assert main(["spc", *files, *out]) == 2
    assert said in capsys.readouterr().err
    (tmp_path / "u.csv").write_text("series,numerator,denominator\nP,1,9\nQ,2,9\nR,1e80,1e-80\n")
    chart = ["chart", "funnel", "--measure", "rate", f"--out={tmp_path / 'f.svg'}"]
    assert main([*chart, f"--units={tmp_path / 'u.csv'}"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("power", "--series=A", "--starts-on=2024-01-01", "--measurements=m.csv", "--change=1e200"),
        (
            "power",
            "--series=A",
            "--starts-on=2024-01-01",
            "--measurements=m.csv",
            "--change=1e-310",
        ),
        ("chart", "funnel", "--units=u.csv", "--out=f.svg", "--per=1e200"),
        ("chart", "funnel", "--units=u.csv", "--out=f.svg", "--per=-1"),
        ("chart", "funnel", "--units=u.csv", "--out=f.svg", "--per=nan"),
        ("power", "--series=A", "--starts-on=0202-01-01", "--measurements=m.csv"),
    ],
)
def test_so_is_what_comes_by_option(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(list(words))
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    option = (
        words[-1].split("=")[0] if words[0] == "chart" or "--change" in words[-1] else "--starts-on"
    )
    assert f"argument {option}: " in said


def test_so_is_what_comes_from_python() -> None:
    """Figures handed over in memory are refused as those of files are."""
    with pytest.raises(ValueError, match=r"Point 2: 1e\+200 is too large to compare"):
        analyse([1, 1e200, 2])
    with pytest.raises(ValueError, match="The target: 1e-310 is too small to compare"):
        analyse([1, 2], target=1e-310)
    with pytest.raises(ValueError, match=r"per: 1e\+200 is too large"):
        analyse([1, 2], per=1e200)
    with pytest.raises(ValueError, match=r"Q: 1e\+200 is too large to compare"):
        funnel(["P", "Q", "R"], [1, 2, 3], [9, 1e200, 9])
    with pytest.raises(ValueError, match="1e-310 is too small to compare"):
        fixed(1e-310)
    day, due = date(2024, 1, 1), date(2024, 12, 31)
    with pytest.raises(ValueError, match=r"0202-01-05 is centuries away.* It is in series\."):
        assess_one(
            series={date(202, 1, 5): 1.0}, comparators={}, better="up", starts_on=day, due_on=due,
            baseline=None, alternative=None, target=2.0,
        )  # fmt: skip


def wide(*, stretched: date) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Six daily series of forty days, and one day more of the last."""
    days = [date(2021, 1, 1) + timedelta(k) for k in range(40)]
    rows = [(f"s{i}", day, float(3 * i + day.day % 7)) for i in range(6) for day in days]
    rows.append(("s5", stretched, 5.0))
    measured = pa.table(
        dict(zip(("series", "period", "value"), zip(*rows, strict=True), strict=True))
    )
    promised = pa.table(
        {"commitment": ["K"], "series": ["s0"], "better": ["up"], "starts_on": [date(2021, 1, 20)],
         "due_on": [date(2021, 2, 8)], "baseline": [4.0], "alternative": [4.0], "target": [5.0],
         "pool": ["p"]}
    )  # fmt: skip
    pooled = pa.table({"pool": ["p"] * 5, "series": [f"s{i}" for i in range(1, 6)]})
    return measured, promised, pooled


@pytest.mark.parametrize("stretched", [date(1821, 1, 5), date(2199, 1, 5)])
def test_a_day_that_would_stretch_every_series_is_named(
    stretched: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Series are laid out side by side, so one day far off would take all memory there is."""
    tables = wide(stretched=stretched)
    assert assess(*tables).num_rows == 1
    monkeypatch.setattr(grid, "MOST_CELLS", 100_000)
    said = (
        rf"Row 242, period: {stretched} is so far from the others that 6 series would be laid out"
    )
    with pytest.raises(TableError, match=said):
        assess(*tables)
    typed = checked(dict(zip(("measurements", "commitments", "pools"),
                             wide(stretched=date(2021, 2, 10)), strict=True)))  # fmt: skip
    measured = from_arrow(tables[0], MEASUREMENTS)
    with pytest.raises(TableError, match=said):
        choose_pools(measured, typed.commitments, wish=Wish(2, 1))


def test_a_table_that_is_full_is_laid_out_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a tenth of the places or more are filled, the table itself takes as much."""
    monkeypatch.setattr(grid, "MOST_CELLS", 1)
    assert assess(*wide(stretched=date(2021, 2, 11))).num_rows == 1
