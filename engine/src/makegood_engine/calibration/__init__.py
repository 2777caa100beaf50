"""Calibration: how often verdicts are wrong, simulated and on real figures, and published.

`plan` holds the grid, the seeds and the thresholds, fixed before any result; `run` carries it
out; `real` judges real figures where nothing was promised; `table` writes what was found, cells
that fail included.
"""

from makegood_engine.calibration.plan import PLAN, Plan, Threshold
from makegood_engine.calibration.run import calibrate
from makegood_engine.calibration.table import markdown
from makegood_engine.calibration.tally import Cell

__all__ = ["PLAN", "Cell", "Plan", "Threshold", "calibrate", "markdown"]
