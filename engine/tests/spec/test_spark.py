"""Spark runs the same kernel over a cluster: the same labels, to the last bit, as one machine."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from test_spc_reference import DIRECTION, by, rows

from makegood_engine.cli import main, on_spark
from makegood_engine.runners import cluster, spark
from makegood_engine.runners.local import Done, run_spc
from makegood_engine.spc import RULESETS
from makegood_engine.tables import TableError
from makegood_engine.tables.check import plain_text

pytestmark = pytest.mark.skipif(
    which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java: make system"
)
HEAD = "series,period,value\n"


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.driver.host", "127.0.0.1")
    for name, value in {**cluster.SETTINGS, "spark.sql.shuffle.partitions": "2"}.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


def whole(path: Path) -> pa.Table:
    keys = [(name, "ascending") for name in ("series", "period")]
    table = plain_text(pq.read_table(path))
    return table.sort_by([key for key in keys if key[0] in table.column_names])


def expect_the_same(
    folder: Path, measured: Path, session: SparkSession, ruleset: str = "ptd-0.2.2"
) -> pa.Table:
    """Run both, and hold every column of points and summary side by side."""
    definitions = folder / "d.csv" if (folder / "d.csv").exists() else None
    here = run_spc(
        measured, points=folder / "p.parquet", summary=folder / "s.parquet",
        definitions=definitions, ruleset=ruleset,
    )  # fmt: skip
    there = spark.run_spark(
        str(measured), points=str(folder / "p"), summary=str(folder / "s"),
        definitions=definitions, ruleset=ruleset, session=session,
    )  # fmt: skip
    assert (there.points, there.series, there.flagged) == (here.points, here.series, here.flagged)
    for name in ("p", "s"):
        ours, theirs = whole(folder / name), whole(folder / f"{name}.parquet")
        assert ours.column_names == theirs.column_names
        for column in theirs.column_names:
            assert ours[column].to_pylist() == theirs[column].to_pylist(), column
    assert not [path.name for path in folder.iterdir() if ".makegood-" in path.name]
    return whole(folder / "p")


def test_every_reference_series(tmp_path: Path, shared: object, session: SparkSession) -> None:
    """On every reference series both runners give the same labels and limits, to the last bit."""
    folder: Path = shared("reference/spc")  # type: ignore[operator]  # the fixture's function
    inputs = by("series_id", folder / "inputs.csv")
    lines, asked = [], []
    for row in rows(folder / "series.csv"):
        cells = inputs[row["series_id"]]
        lines += [f"{row['series_id']},{cell['date']},{blank(cell['value'])}" for cell in cells]
        at = blank(row["rebase_t"])
        day = cells[int(float(at)) - 1]["date"] if at else ""
        asked.append(
            f"{row['series_id']},{DIRECTION[row['improvement_direction']]},{blank(row['target'])},"
            f"{day},{blank(row['fix_after_n_points'])},{row['screen_outliers'].lower()}"
        )
    head = "series,better,target,rebases,fix_after,screen_outliers\n"
    (tmp_path / "m.csv").write_text(HEAD + "\n".join(lines) + "\n")
    (tmp_path / "d.csv").write_text(head + "\n".join(asked) + "\n")
    points = expect_the_same(tmp_path, tmp_path / "m.csv", session)
    wanted = by("series_id", folder / "expected_points.csv")
    for name in wanted:
        mine = points.filter(pa.compute.equal(points["series"], name))
        labels = [row["special_cause_type"] for row in wanted[name]]
        assert mine["special_cause"].to_pylist() == labels, name


def blank(cell: str) -> str:
    return "" if cell in {"NA", "NaN"} else cell


names = st.sampled_from(["A", "B b", "Ä", "z,z", "10", "A-"])
cells = st.one_of(st.none(), st.integers(0, 6), st.floats(-1e9, 1e9))
tables = st.dictionaries(st.tuples(names, st.integers(0, 30)), cells, min_size=1, max_size=60)


@settings(
    deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=tables, ruleset=st.sampled_from(sorted(RULESETS)), parquet=st.booleans())
def test_tables_of_any_kind(
    tmp_path: Path,
    session: SparkSession,
    made: dict[tuple[str, int], float | None],
    ruleset: str,
    parquet: bool,
) -> None:
    """Whatever the table, its order and its format, both runners say the same."""
    keys = list(made)
    table = pa.table(
        {
            "series": [name for name, _ in keys],
            "period": np.datetime64("2024-01-01") + np.array([day for _, day in keys]),
            "value": pa.array([made[key] for key in keys], pa.float64()),
            "ward": [f"w{day}" for _, day in keys],
        }
    )
    if parquet:
        pq.write_table(table, tmp_path / "m.parquet")
    else:
        pcsv.write_csv(table, tmp_path / "m.csv")
    expect_the_same(tmp_path, tmp_path / ("m.parquet" if parquet else "m.csv"), session, ruleset)


def test_p_and_u_charts_and_rebases(tmp_path: Path, session: SparkSession) -> None:
    """Rates, rebases and their reasons come through the cluster unchanged, from many files."""
    (tmp_path / "d.csv").write_text("series,chart,rebases\nP,p,2024-01-20 recount\nU,u,\n")
    counted = [("P", d, d % 7, 30 + d) for d in range(40)] + [("U", d, d, 9) for d in range(40)]
    table = pa.table(
        {
            "series": [row[0] for row in counted],
            "period": np.datetime64("2024-01-01") + np.array([row[1] for row in counted]),
            "value": pa.nulls(80, pa.float64()),
            "numerator": [row[2] for row in counted],
            "denominator": [row[3] for row in counted],
        }
    )
    pq.write_table(table, tmp_path / "m.parquet")
    points = expect_the_same(tmp_path, tmp_path / "m.parquet", session)
    (tmp_path / "many").mkdir()
    for i in range(4):
        pq.write_table(table.take(list(range(i, 80, 4))), tmp_path / "many" / f"{i}.parquet")
    again = spark.run_spark(
        str(tmp_path / "many"), points=str(tmp_path / "p"), summary=str(tmp_path / "s"),
        definitions=tmp_path / "d.csv", session=session,
    )  # fmt: skip
    assert again.points == 80
    assert whole(tmp_path / "p").equals(points)
    assert (tmp_path / "p" / "_SUCCESS").exists()


def refusal(folder: Path, measured: str, session: SparkSession) -> str:
    (folder / "m.csv").write_text(measured)
    there = {path.name for path in folder.iterdir()}
    with pytest.raises(TableError) as caught:
        spark.run_spark(
            str(folder / "m.csv"), points=str(folder / "p"), summary=str(folder / "s"),
            definitions=folder / "d.csv" if "d.csv" in there else None, session=session,
        )  # fmt: skip
    assert {path.name for path in folder.iterdir()} == there
    return str(caught.value)


def test_bad_cells_are_named_by_file_series_period_and_column(
    tmp_path: Path, session: SparkSession
) -> None:
    """A cluster knows no rows: a bad cell is named by its file, series, period and column."""
    said = refusal(
        tmp_path,
        HEAD + "A,2024-01-01,1\nA,2024-02-01,q\nB,31/02/2024,1\nB,2024-03-01,1,9\nB,,1\n"
        "C,2024-01-01,1\nC,2024-01,2\n",
        session,
    )
    assert "5 things are wrong" in said
    assert "m.csv, series A, period 2024-02-01, value: “q” is not a number." in said
    assert "m.csv, series B, period 31/02/2024, period: “31/02/2024” is not a date." in said
    assert "m.csv, series B, period 2024-03-01: The row has more or fewer cells" in said
    assert "2024-01-01 for C is there twice." in said


def test_figures_and_days_out_of_reach_are_named_too(tmp_path: Path, session: SparkSession) -> None:
    """What is too large, too small or centuries away is refused on a cluster in the same words."""
    cells = "A,2024-01-01,1\nA,2024-02-01,1e200\nB,0202-01-05,1\nB,2024-03-01,-5e-324\n"
    said = refusal(tmp_path, HEAD + cells, session)
    with pytest.raises(TableError) as here:
        run_spc(tmp_path / "m.csv", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    for place, fault in zip(
        ("A, period 2024-02-01, value", "B, period 0202-01-05, period", "B, period 2024-03-01, value"),
        here.value.faults, strict=True,
    ):  # fmt: skip
        assert f"m.csv, series {place}: {fault.message}" in said
    (tmp_path / "d.csv").write_text("series,chart\nA,u\n")
    head = "series,period,value,numerator,denominator\n"
    rate = refusal(tmp_path, head + "A,2024-01-01,,1,9\nA,2024-02-01,,1e80,1e-80\n", session)
    assert "A, period 2024-02-01, numerator: 1e+80 out of 1e-80: 1e+160 is too large" in rate


def test_faults_of_rates_are_named_too(tmp_path: Path, session: SparkSession) -> None:
    """What a p chart cannot hold is refused on a cluster as it is on one machine."""
    (tmp_path / "d.csv").write_text("series,chart\nP,p\n")
    head = "series,period,value,numerator,denominator\n"
    said = refusal(tmp_path, head + "P,2024-01-01,,3,\n", session)
    assert "series P, period 2024-01-01, denominator: This cell is empty." in said
    assert "the columns numerator and denominator" in refusal(
        tmp_path, HEAD + "P,2024-01-01,3\n", session
    )
    assert "The values of P are not" in refusal(tmp_path, head + "P,2024-01-01,7,1,4\n", session)


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        ("series,value\nA,1\n", "The column period cannot be found."),
        (HEAD, "a header but no rows"),
        ("\n", "The file is empty."),
        (HEAD + '"A\t",2024-01-01,1\n', "a tab or line break"),
    ],
)
def test_a_table_that_cannot_be_used(
    tmp_path: Path, session: SparkSession, measured: str, words: str
) -> None:
    """What is wrong with a table as a whole is said as it is on one machine."""
    assert words in refusal(tmp_path, measured, session)


def test_the_command_runs_on_spark(
    tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """`--engine spark` writes folders; a bad table exits with 2 and writes nothing."""
    monkeypatch.setattr(spark, "own_session", lambda: session)
    monkeypatch.setattr(SparkSession, "stop", lambda _self: None)
    files = {"measurements": "m.csv", "points": "p", "summary": "s"}
    options = [part for key, name in files.items() for part in (f"--{key}", str(tmp_path / name))]
    asked = ["spc", *options, "--engine", "spark", "--json"]
    assert main(asked) == 2
    assert "m.csv: There is no such file." in capsys.readouterr().err
    (tmp_path / "m.csv").write_text(HEAD + "A,2024-01-01,x\n")
    assert main(asked) == 2
    assert "series A, period 2024-01-01, value" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["m.csv"]
    (tmp_path / "m.csv").write_text(HEAD + "A,2024-01-01,1\n")
    assert main(asked) == 0
    assert '"engine": "spark"' in capsys.readouterr().out
    assert whole(tmp_path / "p").num_rows == 1


def test_outputs_that_cannot_be_are_refused(tmp_path: Path, session: SparkSession) -> None:
    """Points and summary need a folder each, and no file may stand there."""
    (tmp_path / "m.csv").write_text(HEAD + "A,2024-01-01,1\n")
    (tmp_path / "p").write_text("mine")
    for points, words in (("s", "a folder each"), ("p", "There is a file of that name")):
        with pytest.raises(TableError, match=words):
            spark.run_spark(
                str(tmp_path / "m.csv"), points=str(tmp_path / points),
                summary=str(tmp_path / "s"), session=session,
            )  # fmt: skip
    assert (tmp_path / "p").read_text() == "mine"


def test_without_java_or_spark_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where Spark or Java is missing, the command says how to get it, and exits with 2."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    options = [part for key in ("measurements", "points", "summary")
               for part in (f"--{key}", str(tmp_path / key))]  # fmt: skip
    assert main(["spc", *options, "--engine", "spark"]) == 2
    assert "there is no Java here" in capsys.readouterr().err

    def absent(_name: str) -> None:
        raise ModuleNotFoundError(name="pyspark.sql")

    monkeypatch.setattr(on_spark, "import_module", absent)
    assert main(["spc", *options, "--engine", "spark"]) == 2
    assert "pip install 'makegood-engine[spark]'" in capsys.readouterr().err


def test_object_storage_is_known_by_its_url() -> None:
    """Outputs may be URLs; s3a, as Spark says it, and s3 are the same store."""
    pytest.importorskip("pyarrow._s3fs", reason="this pyarrow knows no S3")
    store, path = cluster.store_of("s3a://bucket/folder?region=eu-west-2")
    assert store.type_name == "s3"
    assert path == "bucket/folder"
    assert cluster.last_of("s3a://bucket/folder/") == "folder"


def test_definitions_without_measurements_are_named(tmp_path: Path, session: SparkSession) -> None:
    """On a cluster too, a definition without measurements is named, and refused if all are so."""
    (tmp_path / "m.csv").write_text(f"{HEAD}one,2020-01-01,4\ntwo,2020-01-01,4\n")
    (tmp_path / "d.csv").write_text("series,target\none,3\ntow,3\n")
    done = run_spark(tmp_path, session)
    assert [str(fault) for fault in done.unused] == [
        "Row 3, series: “tow” has no rows among the measurements. Did you mean “two”?"
    ]
    (tmp_path / "d.csv").write_text("series,target\ntow,3\n")
    with pytest.raises(TableError, match=r"d\.csv: Row 2, series: “tow” has no rows"):
        run_spark(tmp_path, session)


def run_spark(folder: Path, session: SparkSession) -> Done:
    return spark.run_spark(
        str(folder / "m.csv"), points=str(folder / "p"), summary=str(folder / "s"),
        definitions=folder / "d.csv", session=session,
    )  # fmt: skip


def test_names_that_differ_in_capitals_or_spaces_are_said(
    tmp_path: Path, session: SparkSession
) -> None:
    """As on one machine: they are two series, wherever in the cluster they are."""
    names = ["Ward 1", "ward 1", "Ward  2", "ward 2", *(f"other {i}" for i in range(20))]
    rows = [f"{name},2024-{month:02d},5" for name in names for month in range(1, 4)]
    (tmp_path / "m.csv").write_text("\n".join([HEAD.strip(), *rows]) + "\n")
    found = spark.run_spark(
        str(tmp_path / "m.csv"), points=str(tmp_path / "p"), summary=str(tmp_path / "s"),
        session=session,
    )  # fmt: skip
    here = run_spc(tmp_path / "m.csv", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    assert {fault.message for fault in found.unused} == {fault.message for fault in here.unused}
    assert [fault.value for fault in found.unused] == ["ward 1", "ward 2"]
    assert {fault.name for fault in found.unused} == {"m.csv"}
