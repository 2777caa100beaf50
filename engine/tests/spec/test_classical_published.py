"""The classical estimators give the answers that were published.

Three tools that analysts know: difference in differences, segmented regression and synthetic
control. Each says, with its answer, when not to trust it.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from causaldata import castle, organ_donations
from numpy.typing import NDArray

from makegood_engine.classical import (
    Panel,
    difference_in_differences,
    panel_of,
    segmented,
    synthetic_control,
)

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def smoking(shared: Callable[[str], Path]) -> Panel:
    packs = pd.read_csv(shared("reference/causal") / "prop99_packs_synthdid.csv", sep=";")
    return panel_of(
        {
            "series": packs["State"].tolist(),
            "period": [f"{year}-01" for year in packs["Year"]],
            "value": packs["PacksPerCapita"].tolist(),
            "treated": [str(cell) for cell in packs["treated"]],
        }
    )


@pytest.fixture(scope="module")
def homicides() -> pd.DataFrame:
    found: pd.DataFrame = castle.load_pandas().data
    return found


def castle_panel(cases: pd.DataFrame) -> Panel:
    return panel_of(
        {
            "series": [str(state) for state in cases["sid"]],
            "period": [f"{year}-01" for year in cases["year"]],
            "value": np.log(cases["homicide"]).tolist(),
            "treated": [str(cell) for cell in cases["post"]],
            "weight": cases["popwt"].tolist(),
        }
    )


def test_proposition_99_by_difference_in_differences(smoking: Panel) -> None:
    """California's law of 1989 goes with 27.349 fewer packs a head, against all other states."""
    found = difference_in_differences(smoking)
    assert found.effect == pytest.approx(-27.34911, abs=1e-5)
    assert (found.values, found.series, found.treated_series) == (1209, 39, 1)


def test_one_treated_series_gets_no_clustered_error(smoking: Panel) -> None:
    """With one treated series no error is printed: its place among the others is."""
    found = difference_in_differences(smoking)
    assert found.standard_error is None
    assert found.lower is None
    assert found.p_placebo == pytest.approx(4 / 39)
    assert "10% moved as much or more" in found.sentence
    assert any("assess" in caution for caution in found.cautions)


def test_proposition_99_by_synthetic_control(smoking: Panel) -> None:
    """Against a blend of other states it is 19.51 packs fewer; Utah, Montana and Nevada lead."""
    found = synthetic_control(smoking)
    assert found.effect == pytest.approx(-19.51, abs=0.05)
    assert found.rmse_before == pytest.approx(1.66, abs=0.005)
    assert [name for name, _ in found.weights[:3]] == ["Utah", "Montana", "Nevada"]
    assert sum(weight for _, weight in found.weights) == pytest.approx(1, abs=0.005)
    assert len(found.placebos) == 38
    assert found.p_value == found.rank / 39


def test_castle_doctrine(homicides: pd.DataFrame) -> None:
    """Laws of self-defence go with 0.0755 more log homicide (standard error 0.0348)."""
    found = difference_in_differences(castle_panel(homicides))
    assert found.effect == pytest.approx(0.07553, abs=5e-6)
    assert found.standard_error == pytest.approx(0.03482, abs=5e-6)
    assert found.coefficients == 61
    assert "G/(G−1) × (N−1)/(N−K)" in found.convention
    assert any("Starts differ" in caution for caution in found.cautions)


def test_castle_doctrine_agrees_with_a_regression_on_dummies(homicides: pd.DataFrame) -> None:
    """Taking the levels out gives just what a regression with a column for each level gives."""
    dummies = pd.get_dummies(homicides[["sid", "year"]].astype(str), dtype=float)
    design = pd.concat([homicides["post"], dummies.drop(columns="year_2000")], axis=1)
    slow = sm.WLS(np.log(homicides["homicide"]), design, weights=homicides["popwt"]).fit(
        cov_type="cluster", cov_kwds={"groups": homicides["sid"]}
    )
    found = difference_in_differences(castle_panel(homicides))
    assert found.effect == pytest.approx(slow.params["post"], rel=1e-6)
    assert found.standard_error == pytest.approx(slow.bse["post"], rel=1e-6)


def test_organ_donations() -> None:
    """Asking for an active choice goes with 2.2 points fewer on California's donor list."""
    rates: pd.DataFrame = organ_donations.load_pandas().data
    late = rates["Quarter_Num"] > 3
    found = difference_in_differences(
        panel_of(
            {
                "series": rates["State"].tolist(),
                "period": [f"{2010 + n // 4}-{n % 4 * 3 + 1:02d}" for n in rates["Quarter_Num"]],
                "value": rates["Rate"].tolist(),
                "treated": [str(cell) for cell in (rates["State"] == "California") & late],
            }
        )
    )
    assert found.effect == pytest.approx(-0.02246, abs=5e-6)
    assert found.p_placebo is not None


def slow_quasi_poisson(
    counts: Floats, design: Floats, over: Floats
) -> tuple[Floats, Floats, float]:
    """Newton's steps by hand: estimates, errors grown by the dispersion, and that (Pearson's)."""
    beta: Floats = np.linalg.lstsq(design, np.log(counts / over), rcond=None)[0]
    for _ in range(50):
        mean = over * np.exp(design @ beta)
        information = design.T @ (mean[:, None] * design)
        beta += np.linalg.solve(information, design.T @ (counts - mean))
    spread = float(((counts - mean) ** 2 / mean).sum() / (len(counts) - design.shape[1]))
    errors: Floats = np.sqrt(spread * np.diag(np.linalg.inv(information)))
    return beta, errors, spread


@pytest.mark.parametrize("waves", [0, 1])
def test_segmented_counts_agree_with_arithmetic_by_hand(
    shared: Callable[[str], Path], waves: int
) -> None:
    """Real A&E breaches over attendances: estimates, errors and dispersion are quasi-Poisson's.

    No published case of segmented Poisson regression is at hand, so this is held against Newton's
    steps worked out beside it, and not against a paper. Nothing is known to have begun in April 2018.
    """
    visits = pd.read_csv(shared("data/indicators") / "NHSRdatasets_ae_attendances.csv")
    monthly = visits[visits["type"] == "1"].groupby("period")[["attendances", "breaches"]].sum()
    breaches, seen = (monthly[name].to_numpy(float) for name in ("breaches", "attendances"))
    start, time = list(monthly.index).index("2018-04-01"), np.arange(len(monthly))
    after, turn = (time >= start).astype(float), 2 * np.pi * time / 12
    season = [np.cos(turn), np.sin(turn)][: 2 * waves]
    design = np.column_stack([np.ones(len(time)), time, after, after * (time - start), *season])
    estimates, errors, spread = slow_quasi_poisson(breaches, design, seen)
    found = segmented(
        breaches, start=start, family="poisson", exposure=seen, season=12, waves=waves
    )
    names = ["level", "slope", "level change", "slope change"]
    names += ["season, cosine 1", "season, sine 1"][: 2 * waves]
    ours = [found.term(name) for name in names]
    assert len(monthly) == 36
    assert [one.estimate for one in ours] == pytest.approx(estimates, rel=1e-6)
    assert [one.standard_error for one in ours] == pytest.approx(errors, rel=1e-6)
    assert found.dispersion == pytest.approx(spread, rel=1e-6)
    assert spread > 100
