"""Files in, files out: the runner says what `analyse` says, whatever the order and format."""

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood_engine.runners import local, sorting
from makegood_engine.runners.local import run_spc
from makegood_engine.runners.output import table_files
from makegood_engine.spc import analyse
from makegood_engine.tables import TableError
from makegood_engine.tables.check import plain_text

WHOLE_DAYS = pa.schema([("series", pa.string()), ("period", pa.int32()), ("value", pa.float64())])
COLUMNS = [
    "series", "period", "value", "group", "mean", "lower", "upper", "outside", "side", "close",
    "special_cause", "point_type",
]  # fmt: skip
MONTHS = [date(2014 + m // 12, m % 12 + 1, 1) for m in range(48)]


def table(count: int = 7, gaps: bool = True) -> pa.Table:
    """Series of several lengths, from one point up, with a gap here and there."""
    draws = np.random.default_rng(5)
    rows = []
    for i in range(count):
        for k, day in enumerate(MONTHS[: 1 + 9 * i % 48]):
            value = None if gaps and (i + k) % 11 == 5 else float(draws.normal(50, 4))
            rows.append({"series": f"S{i:02d}", "period": day, "value": value, "ward": f"w{i % 3}"})
    return pa.Table.from_pylist(rows)


def run(folder: Path, measured: Path, **said: object) -> tuple[pa.Table, pa.Table, local.Done]:
    points, summary = folder / "p.parquet", folder / "s.parquet"
    done = run_spc(measured, points=points, summary=summary, **said)  # type: ignore[arg-type]  # options
    return pq.read_table(points), pq.read_table(summary), done


def parquet(folder: Path, rows: pa.Table, **said: object) -> Path:
    pq.write_table(rows, folder / "m.parquet", **said)
    return folder / "m.parquet"


def expect_analysed(points: pa.Table, summary: pa.Table, rows: pa.Table) -> None:
    assert points.schema.names == [*COLUMNS, "ward"]
    for name in sorted(set(rows["series"].to_pylist())):
        part = rows.filter(pa.compute.equal(rows["series"], name)).sort_by("period")
        mine = points.filter(pa.compute.equal(points["series"], name))
        said = analyse(part["value"].to_pylist())
        assert mine["special_cause"].to_pylist() == list(said.special_cause)
        assert mine["point_type"].to_pylist() == list(said.point_type)
        assert mine["value"].to_pylist() == part["value"].to_pylist()
        assert mine["ward"].to_pylist() == part["ward"].to_pylist()
        for column in ("mean", "lower", "upper"):
            wanted = [None if np.isnan(v) else v for v in getattr(said, column)]
            assert mine[column].to_pylist() == wanted
        gone = np.isnan(said.values)
        sides = [None if g else s for g, s in zip(gone, said.side.tolist(), strict=True)]
        assert mine["side"].to_pylist() == sides
        row = summary.filter(pa.compute.equal(summary["series"], name)).to_pylist()[0]
        assert row["n"] == int((~gone).sum())
        assert row["variation"] == said.variation
        assert row["notes"] == " ".join(said.notes)
        assert row["ruleset"] == "ptd-0.2.2"


@pytest.mark.parametrize("gaps", [True, False])
@pytest.mark.parametrize("piece", [3, 40, 1 << 20])
def test_parquet_in_order_streams_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int, gaps: bool
) -> None:
    monkeypatch.setattr("makegood_engine.tables.files.PIECE", piece)
    rows = table(gaps=gaps)
    points, summary, done = run(tmp_path, parquet(tmp_path, rows))
    expect_analysed(points, summary, rows)
    assert (done.points, done.series, done.sorted_first) == (rows.num_rows, 7, False)


@pytest.mark.parametrize("bucket", [1 << 20, 40, 1])
def test_rows_in_no_order_are_sorted_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucket: int
) -> None:
    """Rows in any order are dealt into buckets on disk, and each is sorted in memory."""
    monkeypatch.setattr("makegood_engine.tables.files.PIECE", 50)
    monkeypatch.setattr(sorting, "BUCKET", bucket)
    rows = table(12)
    shuffled = rows.take(np.random.default_rng(1).permutation(rows.num_rows))
    points, summary, done = run(tmp_path, parquet(tmp_path, shuffled))
    expect_analysed(points, summary, rows)
    assert done.sorted_first
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "m.parquet",
        "p.parquet",
        "s.parquet",
    ]


def test_no_more_files_are_open_than_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A longer file is dealt into larger buckets, not into more."""
    monkeypatch.setattr(sorting, "BUCKET", 1)
    monkeypatch.setattr(sorting, "MOST_BUCKETS", 3)
    rows = table(12)
    points, summary, _ = run(tmp_path, parquet(tmp_path, rows.slice(20).take([*range(9)][::-1])))
    assert points["period"].to_pylist() == sorted(points["period"].to_pylist())
    reverse = rows.take(list(range(rows.num_rows))[::-1])
    points, summary, _ = run(tmp_path, parquet(tmp_path, reverse))
    expect_analysed(points, summary, rows)


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["b", "a", "B", "é", "a a", "10"]), st.integers(-40_000, 40_000)),
        max_size=80,
    ),
    bucket=st.integers(1, 30),
    piece=st.integers(1, 40),
)
def test_sorting_is_sorting(rows: list[tuple[str, int]], bucket: int, piece: int) -> None:
    """Whatever rows there are, they come out in order of series and period, none lost."""
    made = pa.table(
        {
            "series": pa.array([name for name, _ in rows], pa.string()),
            "period": pa.array([day for _, day in rows], pa.int32()).cast(pa.date32()),
            "value": pa.array([float(i) for i in range(len(rows))]),
        }
    )
    pieces = (made.slice(at, piece) for at in range(0, made.num_rows, piece))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "BUCKET", bucket)
        found = [plain_text(part) for part in sorting.sorted_pieces(pieces, Path(folder))]
    days = [row for part in found for row in part.cast(WHOLE_DAYS).to_pylist()]
    keys = [(row["series"].encode(), row["period"]) for row in days]
    assert keys == sorted((name.encode(), day) for name, day in rows)
    assert sorted(row["value"] for row in days) == [float(i) for i in range(len(rows))]


def test_buckets_are_much_of_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of the names parts the rows: no bucket is twice what it should be."""
    draws = np.random.default_rng(3)
    names = np.array([f"ward {k}" for k in range(500)])[draws.integers(0, 500, 40_000)]
    made = pa.table(
        {"series": names, "period": pa.array(draws.integers(0, 9_999, 40_000).astype(np.int32))}
    )
    made = made.set_column(1, "period", made["period"].cast(pa.date32()))
    monkeypatch.setattr(sorting, "BUCKET", 4_000)
    parts = (made.slice(at, 10_000) for at in range(0, 40_000, 10_000))
    sizes = [part.num_rows for part in sorting.sorted_pieces(parts, tmp_path)]
    assert sum(sizes) == 40_000
    assert len(sizes) == 11
    assert max(sizes) < 8_000


def test_csv_in_and_csv_out(tmp_path: Path) -> None:
    rows = table(3)
    pcsv.write_csv(rows, tmp_path / "m.csv")
    run_spc(tmp_path / "m.csv", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == [*COLUMNS, "ward"]
    assert [row["period"] for row in found] == [str(day) for day in rows["period"].to_pylist()]
    gap = rows["value"].to_pylist().index(None)
    assert (found[gap]["value"], found[gap]["side"]) == ("", "")
    assert found[0]["lower"] == ""


def test_definitions_say_how_each_series_is_watched(tmp_path: Path) -> None:
    values = [10.0, 11.0] * 12 + [20.0, 21.0] * 12
    rows = pa.table({"series": ["A"] * 48 + ["B"] * 48, "period": MONTHS * 2, "value": values * 2})
    (tmp_path / "d.csv").write_text(
        "series,better,target,rebases,fix_after,screen_outliers\n"
        "B,down,15,2016-01-01;1999-01-01,,\nZ,up,1,,,\n"
    )
    measured = parquet(tmp_path, rows)
    points, summary, _ = run(tmp_path, measured, definitions=tmp_path / "d.csv")
    first, second = summary.to_pylist()
    assert (first["assurance"], first["mean"]) == ("", pytest.approx(15.5))
    assert (second["assurance"], second["mean"]) == ("consistent_fail", pytest.approx(20.5))
    assert points["group"].to_pylist() == [0] * 48 + [0] * 24 + [1] * 24


def test_bad_definitions_are_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("series,fix_after\nA,5\n")
    with pytest.raises(TableError, match="Row 2, fix_after: 5 is too few points"):
        run(tmp_path, parquet(tmp_path, table(2)), definitions=tmp_path / "d.csv")


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0]])
def test_a_period_twice_is_named_and_nothing_is_written(tmp_path: Path, order: list[int]) -> None:
    rows = pa.table(
        {
            "series": ["A", "A", "A", "B"],
            "period": [MONTHS[0], MONTHS[1], MONTHS[1], MONTHS[0]],
            "value": [1.0, 2.0, 3.0, 4.0],
        }
    ).take(order)
    with pytest.raises(TableError, match="2014-02-01 for A is there twice"):
        run(tmp_path, parquet(tmp_path, rows))
    assert [path.name for path in tmp_path.iterdir()] == ["m.parquet"]


def test_all_faults_of_a_long_file_are_counted(tmp_path: Path) -> None:
    text = "series,period,value\n" + "".join(f"S{i:05d},2024-01-01,x\n" for i in range(5000))
    (tmp_path / "m.csv").write_text(text)
    with pytest.raises(TableError) as caught:
        run_spc(tmp_path / "m.csv", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    assert caught.value.total == 5000
    assert [path.name for path in tmp_path.iterdir()] == ["m.csv"]


@pytest.mark.parametrize(("name", "words"), [("p.txt", "must end in"), ("no/p.csv", "not exist")])
def test_an_output_that_cannot_be_is_refused_first(tmp_path: Path, name: str, words: str) -> None:
    measured = parquet(tmp_path, table(2))
    with pytest.raises(TableError, match=words):
        run_spc(measured, points=tmp_path / name, summary=tmp_path / "s.csv")


def test_an_old_answer_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("old")

    def fail_half_way() -> None:
        with table_files(path) as (file,):
            file.write(pa.table({"a": [1]}))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    assert path.read_text() == "old"
    assert [part.name for part in tmp_path.iterdir()] == ["p.csv"]
