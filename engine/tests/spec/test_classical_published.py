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

from makegood_engine.classical import (
    Panel,
    difference_in_differences,
    panel_of,
    synthetic_control,
)


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
