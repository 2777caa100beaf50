"""Means over a window: gaps made good by all units and periods fitted together."""

import numpy as np
import pytest

from makegood_engine.effect.window_means import window_means


def test_where_every_comparator_has_a_gap_units_and_periods_are_fitted_together() -> None:
    """Levels far apart and gaps in the same winter: one turn would not do, least squares is the judge."""
    draws = np.random.default_rng(2)
    units, months = 9, 12
    values = draws.normal(50, 20, (units, 1)) + 5 * np.cos(2 * np.pi * np.arange(months) / 12)
    values = values + draws.normal(0, 0.1, (units, months))
    for unit in range(units):
        values[unit, [unit % 3, (unit + 1) % 4]] = np.nan
    ones = np.ones((1, 1))
    found, known = window_means(values, ones, False, np.arange(units), np.array([0, months]), 1)
    at = np.argwhere(~np.isnan(values[1:]))
    design = np.zeros((len(at), units - 1 + months))
    design[np.arange(len(at)), at[:, 0]] = 1
    design[np.arange(len(at)), units - 1 + at[:, 1]] = 1
    effects = np.linalg.lstsq(design, values[1:][tuple(at.T)], rcond=None)[0][units - 1 :]
    effects -= effects.mean()
    expected = np.nanmean(values - effects, axis=1)
    assert known == np.isfinite(values[0]).sum()
    assert found == pytest.approx(expected, abs=1e-6)
