"""Effect: what changed beyond what the comparators would lead us to expect.

`windows` fixes which periods are compared; `pool` says who may serve as a comparator, and
chooses; `placebo` judges one provider against its comparators; `measure` does it for many.
"""

from makegood_engine.effect.measure import Cases, Effects, measure
from makegood_engine.effect.pool import Choice, choose
from makegood_engine.effect.windows import Calendar, Windows, windows_for

__all__ = ["Calendar", "Cases", "Choice", "Effects", "Windows", "choose", "measure", "windows_for"]
