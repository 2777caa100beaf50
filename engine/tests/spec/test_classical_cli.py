"""The classical estimators on the command line: tables in, an answer in words or JSON out."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.csv as pcsv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main


@pytest.fixture
def smoking(tmp_path: Path, shared: Callable[[str], Path]) -> Path:
    """Proposition 99 as a panel, without saying what was treated."""
    source = shared("reference/causal") / "prop99_packs_synthdid.csv"
    rows = [line.split(";") for line in source.read_text().splitlines()[1:]]
    lines = [f"{state},{year}-01,{packs}" for state, year, packs, _ in rows]
    path = tmp_path / "packs.csv"
    path.write_text("\n".join(["series,period,value", *lines]))
    return path


CALIFORNIA = ("--treated", "California", "--starts-on", "1989-01")


def answer(capsys: pytest.CaptureFixture[str], *asked: str) -> dict[str, object]:
    assert main([*asked, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_did_names_its_convention(smoking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`did` prints the effect, how its errors were made, and when not to trust it."""
    found = answer(capsys, "did", "--panel", str(smoking), *CALIFORNIA)
    assert found["effect"] == pytest.approx(-27.349, abs=5e-4)
    assert found["standard_error"] is None
    assert main(["did", "--panel", str(smoking), *CALIFORNIA]) == 0
    said = capsys.readouterr().out
    assert "27.3 lower" in said
    assert "Careful: It holds only if" in said
    assert "clustered by series" in said


def test_synthetic_writes_its_gaps(
    smoking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`synthetic` names who stands in, and writes observed, synthetic and gap by period."""
    out = tmp_path / "gaps.csv"
    asked = ("synthetic", "--panel", str(smoking), *CALIFORNIA, "--out", str(out))
    found = answer(capsys, *asked)
    assert found["effect"] == pytest.approx(-19.51, abs=0.05)
    weights = found["weights"]
    assert isinstance(weights, dict)
    assert list(weights)[:3] == ["Utah", "Montana", "Nevada"]
    gaps = pcsv.read_csv(out)
    assert gaps.num_rows == 31
    after = np.array(gaps["gap"].to_pylist()[19:])
    assert after.mean() == pytest.approx(found["effect"])
    assert main(list(asked)) == 0
    assert "Who stands in" in capsys.readouterr().out


def monthly(path: Path, *, counts: bool = False) -> Path:
    draws = np.random.default_rng(1)
    lines = ["series,period,value" + (",numerator,denominator" if counts else "")]
    for month in range(48):
        day = f"{2019 + month // 12}-{month % 12 + 1:02d}-01"
        seen = int(draws.poisson(60 if month < 24 else 30))
        cells = f",{seen},1000" if counts else ""
        lines.append(f"falls,{day},{seen / 10}{cells}")
    path.write_text("\n".join(lines))
    return path


def test_segmented_takes_figures_or_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`segmented` fits the value, or with `--family poisson` counts over the denominator."""
    path = monthly(tmp_path / "falls.csv", counts=True)
    asked = ("segmented", "--measurements", str(path), "--series", "falls",
             "--starts-on", "2021-01-01")  # fmt: skip
    figures = answer(capsys, *asked)
    assert figures["lags"] == 3
    counted = answer(capsys, *asked, "--family", "poisson", "--waves", "1")
    terms = counted["terms"]
    assert isinstance(terms, list)
    assert [term["name"] for term in terms][2] == "level change"
    assert terms[2]["ratio"] == pytest.approx(0.5, abs=0.12)
    assert len(terms) == 6
    assert main(list(asked)) == 0
    assert "no comparator" in capsys.readouterr().out
    assert main([*asked, "--family", "poisson"]) == 0
    assert "dispersion" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Nothing says what was treated"),
        (("--treated", "California"), "Give --starts-on too."),
        (("--treated", "Californa", "--starts-on", "1989-01"), "Did you mean “California”?"),
        (("--treated", "California", "--starts-on", "2030-01"), "no period from 2030-01-01"),
        (("--treated", "California", "--starts-on", "1970-01"), "no period before 1970-01-01"),
    ],
)
@pytest.mark.parametrize("command", ["did", "synthetic"])
def test_what_was_treated_must_be_told(
    smoking: Path, command: str, options: tuple[str, ...], words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A name or a date that leads nowhere is refused, with what may have been meant."""
    assert main([command, "--panel", str(smoking), *options]) == 2
    assert words in capsys.readouterr().err


BAD = {
    "value\nCalifornia,1989-01,4": "The columns series, period cannot be found.",
    "series,period,value,treated\na,2020-01,1,maybe": "Row 2, treated: “maybe”",
    "series,period,value,treated,weight\na,2020-01,1,1,0": "Row 2, weight: A weight must be above 0",
    "series,period,value,treated\na,2020-01,1,1\na,2020-01,2,1": "Row 3, period",
    "series,period,value,treated\na,2020-01,1,0\na,2020-02,,1\nb,2020-01,1,0\nb,2020-02,1,0": (
        "“a” has no value for 2020-02-01"
    ),
    "series,period,value,treated": "no rows",
}


@pytest.mark.parametrize("content", BAD)
def test_bad_panels_are_refused_by_their_place(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A panel that cannot be used is refused by row and column, and nothing is written."""
    path = tmp_path / "panel.csv"
    path.write_text(content)
    assert main(["synthetic", "--panel", str(path), "--out", str(tmp_path / "gaps.csv")]) == 2
    said = capsys.readouterr().err
    assert "panel.csv" in said
    assert BAD[content] in said
    assert [part.name for part in tmp_path.iterdir()] == ["panel.csv"]


def test_bad_series_are_refused_by_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stray date is named by its row, and a name misspelt by what may have been meant."""
    path = monthly(tmp_path / "falls.csv")
    path.write_text(path.read_text() + "\nfalls,2023-01-17,4\n")
    asked = ["segmented", "--measurements", str(path), "--starts-on", "2021-01-01", "--series"]
    assert main([*asked, "falls"]) == 2
    assert "Row 50, period: 2023-01-17 does not keep the pace" in capsys.readouterr().err
    assert main([*asked, "fals"]) == 2
    assert "Did you mean “falls”?" in capsys.readouterr().err
    assert main(["segmented", "--measurements", str(path), "--series", "falls",
                 "--starts-on", "2022-11-01"]) == 2  # fmt: skip


cells = st.sampled_from(
    ["", "a", "b", "1", "0", "-3.5", "1e400", "true", "2020-01", "2020-13", "é"]
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.lists(cells, min_size=5, max_size=5), max_size=6),
    command=st.sampled_from(["did", "synthetic"]),
)
def test_no_panel_ends_in_a_traceback(
    rows: list[list[str]], command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in the cells, the command answers or refuses; it never falls over."""
    path = tmp_path / "fuzz.csv"
    head = "series,period,value,treated,weight"
    path.write_text("\n".join([head, *(",".join(row) for row in rows)]))
    code = main([command, "--panel", str(path)])
    said = capsys.readouterr().err
    assert code in (0, 2), said
    assert (code == 0) or "fuzz.csv" in said


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.lists(st.sampled_from(["", "0", "7", "-2", "3.5", "1e200", "x", "9e15"]), min_size=1),
    family=st.sampled_from(["gaussian", "poisson"]),
    waves=st.integers(0, 8),
    start=st.integers(0, 40),
)
def test_no_series_ends_in_a_traceback(
    values: list[str],
    *,
    family: str,
    waves: int,
    start: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever the figures, `segmented` answers or refuses by file; it never falls over."""
    days = [f"{2000 + i // 12}-{i % 12 + 1:02d}" for i in range(max(len(values), start + 1))]
    lines = ["series,period,value", *(f"s,{d},{v}" for d, v in zip(days, values, strict=False))]
    path = tmp_path / "fuzz.csv"
    path.write_text("\n".join(lines))
    code = main(["segmented", "--measurements", str(path), "--series", "s", "--family", family,
                 "--starts-on", days[start], "--waves", str(waves)])  # fmt: skip
    said = capsys.readouterr().err
    assert code in (0, 2), said
    assert code == 0 or "fuzz.csv" in said


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(9, 60),
    family=st.sampled_from(["gaussian", "poisson"]),
    mean=st.sampled_from([0.2, 3.0, 1e4, 1e9]),
)
def test_any_series_of_counts_is_answered_or_refused(
    seed: int, n: int, *, family: str, mean: float, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Counts few or many, the command answers with an interval, or says why it cannot."""
    draws = np.random.default_rng(seed).poisson(mean, n)
    days = [f"{2000 + i // 12}-{i % 12 + 1:02d}" for i in range(n)]
    lines = ["series,period,value", *(f"s,{d},{v}" for d, v in zip(days, draws, strict=True))]
    path = tmp_path / "fuzz.csv"
    path.write_text("\n".join(lines))
    code = main(["segmented", "--measurements", str(path), "--series", "s", "--family", family,
                 "--starts-on", days[n // 2], "--json"])  # fmt: skip
    seen = capsys.readouterr()
    assert code in (0, 2), seen.err
    if code == 0:
        end = json.loads(seen.out)["at_end"]
        assert end["lower"] <= end["estimate"] <= end["upper"]
