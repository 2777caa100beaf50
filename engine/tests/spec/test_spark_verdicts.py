"""Spark judges as one machine does: the same verdicts, the same portfolio list, the same refusals."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from test_assess import START, history, tables
from test_spark import session

from makegood_engine.cli import main
from makegood_engine.runners.spark_verdicts import assess_spark
from makegood_engine.tables import TableError
from makegood_engine.verdict import assess_files

__all__ = ["session"]

pytestmark = pytest.mark.skipif(
    which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java: make system"
)
Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], None]


def many(count: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Commitments of all sorts against two pools."""
    measurements, commitments, pools = tables()
    for i in range(count):
        name = f"series-{i}"
        part = history(900 + i, (-0.6, 0.0, 0.4)[i % 3])
        measurements["series"] += [name] * len(part)
        measurements["period"] += list(part)
        measurements["value"] += list(part.values())
        row = [f"M-{i:03d}", name, "down", START, date(2017, 12, 31), 4.5, None, 4.0, "all", "w"]
        for cells, cell in zip(commitments.values(), row, strict=True):
            cells.append(cell)
    commitments["pool"][-1] = "few"
    pools["pool"] += ["few"] * 8
    pools["series"] += pools["series"][:8]
    return measurements, commitments, pools


def written(folder: Path, parts: tuple[dict[str, Any], ...]) -> tuple[Path, Path, Path]:
    paths = tuple(folder / f"{name}.csv" for name in ("measurements", "commitments", "pools"))
    for path, part in zip(paths, parts, strict=True):
        pcsv.write_csv(pa.table(part), path)
    return paths[0], paths[1], paths[2]


def test_verdicts_are_the_same_row_by_row(session: SparkSession, tmp_path: Path) -> None:
    """Judged in blocks over a cluster, every verdict is that of one machine, the list too."""
    paths = written(tmp_path, many(21))
    here = assess_files(*paths).to_pylist()
    tally = assess_spark(
        str(paths[0]), *paths[1:], verdicts=str(tmp_path / "there"), block=7, session=session
    )
    there = pq.read_table(tmp_path / "there").to_pylist()
    assert sorted(there, key=lambda row: row["commitment"]) == sorted(
        here, key=lambda row: row["commitment"]
    )
    assert tally.pop("") == sum(row["in_portfolio_list"] for row in here) > 5
    assert sum(tally.values()) == len(here)
    assert not list(tmp_path.glob("*.makegood*"))


def _bad_value(measurements: dict[str, Any], *_: dict[str, Any]) -> None:
    measurements["value"] = [str(value) for value in measurements["value"]]
    measurements["value"][5] = "4,9"


def _twice(measurements: dict[str, Any], *_: dict[str, Any]) -> None:
    for cells in measurements.values():
        cells.append(cells[3])


def _mid_month(measurements: dict[str, Any], *_: dict[str, Any]) -> None:
    measurements["period"][7] = date(2014, 8, 15)


def _no_series(_: dict[str, Any], commitments: dict[str, Any], __: dict[str, Any]) -> None:
    commitments["series"][1] = "typo"


def _no_pool(_: dict[str, Any], commitments: dict[str, Any], __: dict[str, Any]) -> None:
    commitments["pool"][0] = "nobody"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_bad_value, "series c0, period 2014-06-01, value: “4,9” has a comma"),
        (_twice, "is there twice"),
        (_mid_month, "is not the first of a month"),
        (_no_series, "commitments.csv: Row 3, series: “typo” has no rows among the measurements."),
        (_no_pool, "commitments.csv: Row 2, pool: “nobody” has no rows among the pools."),
    ],
)
def test_bad_input_is_refused_with_its_place(
    change: Change, said: str, session: SparkSession, tmp_path: Path
) -> None:
    """A bad cell is named by file, series, period and column, and no verdict is written."""
    parts = tables()
    change(*parts)
    paths = written(tmp_path, parts)
    with pytest.raises(TableError) as caught:
        assess_spark(str(paths[0]), *paths[1:], verdicts=str(tmp_path / "out"), session=session)
    assert said in str(caught.value)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob("*.makegood*"))


def test_leaving_each_out_is_for_one_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what a cluster does not do."""
    paths = written(tmp_path, tables())
    names = ("measurements", "commitments", "pools")
    options = [
        word for name, path in zip(names, paths, strict=True) for word in (f"--{name}", str(path))
    ]
    more = ["--verdicts", str(tmp_path / "v"), "--left-out", str(tmp_path / "l.csv")]
    assert main(["assess", *options, *more, "--engine", "spark"]) == 2
    assert "there is no --left-out" in capsys.readouterr().err
