"""Every label of the reference answers, but for the two its README names."""

import csv
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from makegood_engine.spc import Points, analyse

DIRECTION = {"increase": "up", "decrease": "down", "neutral": "neutral"}
CONSTANT = {"S076_allzero", "S077_const"}
"""A constant series: the reference has no limits, we have them at the mean."""
CRASHED = "S086_natrend"
"""A missing value inside a monotone run: the reference has no answer, we have."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(key: str, path: Path) -> dict[str, list[dict[str, str]]]:
    return {name: list(part) for name, part in groupby(rows(path), key=lambda row: row[key])}


def number(text: str) -> float | None:
    return None if text in {"", "NA", "NaN"} else float(text)


def analysed(folder: Path) -> Iterator[tuple[str, Points]]:
    inputs = by("series_id", folder / "inputs.csv")
    for row in rows(folder / "series.csv"):
        rebase, fix = number(row["rebase_t"]), number(row["fix_after_n_points"])
        yield (
            row["series_id"],
            analyse(
                [number(cell["value"]) for cell in inputs[row["series_id"]]],
                better=DIRECTION[row["improvement_direction"]],
                target=number(row["target"]),
                rebases=[int(rebase) - 1] if rebase else [],
                fix_after=int(fix) if fix else None,
                screen_outliers=row["screen_outliers"] == "TRUE",
            ),
        )


def same(ours: float, theirs: str) -> bool:
    expected = number(theirs)
    return np.isnan(ours) if expected is None else ours == pytest.approx(expected, rel=1e-12)


def test_every_point_of_every_series(shared: Callable[[str], Path]) -> None:
    folder = shared("reference/spc")
    expected = by("series_id", folder / "expected_points.csv")
    compared = 0
    for name, points in analysed(folder):
        if name == CRASHED:
            assert name not in expected
            continue
        wanted = expected[name]
        assert list(points.special_cause) == [row["special_cause_type"] for row in wanted], name
        assert list(points.point_type) == [row["point_type"] for row in wanted], name
        assert list(points.group) == [int(row["rebase_group"]) for row in wanted], name
        for i, row in enumerate(wanted):
            assert same(points.mean[i], row["mean"]), (name, i)
            if name not in CONSTANT:
                assert same(points.lower[i], row["lpl"]), (name, i)
                assert same(points.upper[i], row["upl"]), (name, i)
        compared += len(wanted)
    assert compared == sum(len(part) for part in expected.values()) > 2000


def test_every_icon(shared: Callable[[str], Path]) -> None:
    folder = shared("reference/spc")
    expected = {row["series_id"]: row for row in rows(folder / "expected_icons.csv")}
    for name, points in analysed(folder):
        if name == CRASHED:
            continue
        assert points.variation == expected[name]["variation_type"], name
        if name not in CONSTANT:
            assert points.assurance == expected[name]["assurance_type"], name


def test_real_accident_and_emergency_figures(shared: Callable[[str], Path]) -> None:
    folder = shared("reference/spc")
    source = shared("data/indicators") / "NHSRdatasets_ae_attendances.csv"
    seen = {
        (row["org_code"], row["period"]): 1 - float(row["breaches"]) / float(row["attendances"])
        for row in rows(source)
        if row["type"] == "1"
    }
    assurance = {row["series"]: row["assurance"] for row in rows(folder / "ae_type1_assurance.csv")}
    trusts = by("series", folder / "ae_type1_expected_points.csv")
    assert len(trusts) == 68
    for name, wanted in trusts.items():
        points = analyse([seen[name, row["period"]] for row in wanted], better="up", target=0.95)
        assert list(points.special_cause) == [row["special_cause_type"] for row in wanted], name
        assert list(points.point_type) == [row["point_type"] for row in wanted], name
        assert points.assurance == assurance[name], name
