"""A portfolio's list of *delivered*, with its false discovery rate held down."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def portfolio_list(
    p_values: Floats, delivered: NDArray[np.bool_], *, fdr: float
) -> NDArray[np.bool_]:
    """Say which of the delivered may stand in the list, by Benjamini and Hochberg at `fdr`.

    `p_values` float64[C] are prediction-t p-values of *no added value* (NaN: not tested). A
    commitment not found delivered counts as p = 1, which keeps its p-value valid and the
    list among the delivered. Source: Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57.
    """
    tested = np.flatnonzero(~np.isnan(p_values))
    p = np.where(delivered[tested], p_values[tested], 1.0)
    order = np.argsort(p, kind="stable")
    line = fdr * np.arange(1, len(p) + 1) / max(len(p), 1)
    below = np.flatnonzero(p[order] <= line)
    out = np.zeros(len(p_values), dtype=np.bool_)
    if len(below):
        out[tested[order[: below[-1] + 1]]] = True
    return out & delivered
