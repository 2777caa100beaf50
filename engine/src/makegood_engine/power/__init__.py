"""Power, before anything is signed: what could be told from noise, and after how long.

`power_of` answers from a measure's own history, or better from its comparators' too; `noise`
says how figures move by themselves, `spread` how far apart two windows fall, and `reach`
what the engine's own test would make of it.
"""

from makegood_engine.power.answer import Power, power_of
from makegood_engine.power.noise import Noise, noise_of
from makegood_engine.power.reach import chance_of, shift_needed
from makegood_engine.power.spread import Spread, restlessness, spread_of_noise, spread_of_pool

__all__ = [
    "Noise",
    "Power",
    "Spread",
    "chance_of",
    "noise_of",
    "power_of",
    "restlessness",
    "shift_needed",
    "spread_of_noise",
    "spread_of_pool",
]
