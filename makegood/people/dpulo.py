"""Whether an organisation is led by disabled people: a disabled people's user-led organisation, DPULO.

The shares that are needed are settings of the platform; what is answered is counted in people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from makegood.kernel.refusal import RuleBroken
from makegood.people.rules import check_enough_of_them_are_disabled_people
from makegood.people.states import DpuloResult, DpuloTest


@dataclass(frozen=True, kw_only=True)
class DpuloAnswers:
    """One test, answered: how many people there are, how many of them are disabled people.

    ``evidence`` says how that is known; ``towards_on`` is the day by which the share will be reached.
    """

    test: DpuloTest
    people: int
    disabled: int
    evidence: str = ""
    towards_on: date | None = None

    def reaches(self, needed: int) -> bool:
        """Return whether at least ``needed`` per cent are disabled people; of nobody, all are."""
        return self.disabled * 100 >= needed * self.people

    def falls_short(self, needed: int) -> str:
        """Return how far the share is from ``needed`` per cent, as a sentence."""
        share = f"{self.disabled} of {self.people} ({100 * self.disabled // self.people}%)"
        by = f", which you will reach by {self.towards_on:%-d %B %Y}" if self.towards_on else ""
        return f"Of {self.test.words}, {share} are disabled people; {needed}% are needed{by}."


def dpulo_outcome(
    answers: Sequence[DpuloAnswers], *, needed: Mapping[str, int]
) -> tuple[DpuloResult, str]:
    """Return what the answers come to, and why; ``needed`` is the share of each test in per cent."""
    short = [each for each in answers if not each.reaches(needed[each.test])]
    try:
        check_enough_of_them_are_disabled_people(
            short=[each.falls_short(needed[each.test]) for each in short]
        )
    except RuleBroken as broken:
        all_dated = all(each.towards_on for each in short)
        return (DpuloResult.TOWARDS if all_dated else DpuloResult.NOT), broken.sentence
    shares = ", ".join(f"{needed[each.test]}% of {each.test.words}" for each in answers)
    return DpuloResult.IS, f"Disabled people are at least {shares}."
