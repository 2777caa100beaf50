"""Classical estimators, for the analyst: tested tools, each with the case against trusting it.

`difference_in_differences` compares treated and untreated series over time; `segmented` looks
for a break in one series; `synthetic_control` weights untreated series to stand in for one
treated. `read_panel` and `panel_of` bring the first and last their panel.

They are watched with care: with nothing done at all, a plain interrupted time series finds a
change in 17 to 55 of 100 real series (`python -m benchmarks.figures_said interrupted`).
`verdict.assess` is what judges a promise.
"""

from makegood_engine.classical.did import DidFound, difference_in_differences
from makegood_engine.classical.panel import PANEL, Panel, panel_of, read_panel
from makegood_engine.classical.segmented import Segments, Term, segmented
from makegood_engine.classical.synthetic import Placebo, SyntheticFound, synthetic_control

__all__ = [
    "PANEL",
    "DidFound",
    "Panel",
    "Placebo",
    "Segments",
    "SyntheticFound",
    "Term",
    "difference_in_differences",
    "panel_of",
    "read_panel",
    "segmented",
    "synthetic_control",
]
