"""Value: what came of it is worth, over what it cost, and how sure that is (SROI).

`read_model` reads a `model.toml`; `appraise` draws its ranges and gives the ratio with its
interval, the tornado, and the share of the uncertainty due to each input. A ratio never stands
alone. Rates and values of others are dated data (`shipped`), never constants.
"""

from makegood_engine.value.appraise import Appraisal, appraise
from makegood_engine.value.dated import BANK, Bank, Rate, Worth, read_bank, shipped
from makegood_engine.value.model import Cost, Model, Outcome
from makegood_engine.value.ranges import Range, fixed
from makegood_engine.value.reading import example_model, read_model

__all__ = [
    "BANK",
    "Appraisal",
    "Bank",
    "Cost",
    "Model",
    "Outcome",
    "Range",
    "Rate",
    "Worth",
    "appraise",
    "example_model",
    "fixed",
    "read_bank",
    "read_model",
    "shipped",
]
