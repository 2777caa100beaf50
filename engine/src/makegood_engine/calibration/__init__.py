"""Calibration: how often verdicts are wrong, simulated and on real figures, and published.

`plan` holds the grid, the seeds and the thresholds, fixed before any result; `run` carries it
out; `real` judges real figures where nothing was promised; `table` writes what was found, cells
that fail included. `whole_plan` is a second plan, whose contracts go through all of `assess`, and
`hard_plan` a third, of figures that are hard to judge.
"""

from makegood_engine.calibration.hard_plan import HARD_PLAN
from makegood_engine.calibration.plan import PLAN, Plan, Threshold
from makegood_engine.calibration.run import calibrate, calibrate_hard, calibrate_whole
from makegood_engine.calibration.table import markdown, markdown_hard, markdown_whole
from makegood_engine.calibration.tally import Cell
from makegood_engine.calibration.whole_plan import WHOLE_PLAN, WholePlan

__all__ = [
    "HARD_PLAN",
    "PLAN",
    "WHOLE_PLAN",
    "Cell",
    "Plan",
    "Threshold",
    "WholePlan",
    "calibrate",
    "calibrate_hard",
    "calibrate_whole",
    "markdown",
    "markdown_hard",
    "markdown_whole",
]
