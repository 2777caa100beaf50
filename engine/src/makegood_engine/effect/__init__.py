"""Effect: what changed beyond what the comparators would lead us to expect.

`windows` fixes which periods are compared; `pool` says who may serve as a comparator, and
chooses; `placebo` judges one provider against its comparators; `measure` does it for many
(`cases` names what it takes and finds); `unlike` says where a provider is no match for them;
`looks` spends the error over looks agreed beforehand.
"""

from makegood_engine.effect.cases import Cases, Effects
from makegood_engine.effect.looks import Look, agreed_looks, schedule
from makegood_engine.effect.measure import ALPHA, SLACK, measure
from makegood_engine.effect.pool import Choice, choose
from makegood_engine.effect.windows import Calendar, Windows, pace_of, windows_for

__all__ = [
    "ALPHA",
    "SLACK",
    "Calendar",
    "Cases",
    "Choice",
    "Effects",
    "Look",
    "Windows",
    "agreed_looks",
    "choose",
    "measure",
    "pace_of",
    "schedule",
    "windows_for",
]
