"""What must be true of why people want an organisation, and of what everyone is told about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product

from makegood.kernel.refusal import RuleBroken
from makegood.people.states import A_YEAR, Kind, Moment

FEWEST = 5
"""Of fewer organisations than this nothing is told."""
Vector = tuple[int, ...]


def check_a_provider_says_why(kind: Kind) -> None:
    """PEO-85 Providers say why: whoever buys, supports or judges is not asked for motives."""
    if kind != Kind.PROVIDER:
        raise RuleBroken("PEO-85", f"Only providers are asked why. Yours is a {kind.words}.")


def check_an_answer_names_a_motive(*, named: Collection[str]) -> None:
    """PEO-86 An answer names a motive: one at least, each once."""
    if not named:
        raise RuleBroken("PEO-86", "Choose at least one reason.")
    if len(set(named)) < len(named):
        raise RuleBroken("PEO-86", "Choose each reason once.")


def check_the_main_motive_is_named(main: str, *, named: Collection[str]) -> None:
    """PEO-87 What matters most is among what matters: the main motive is one of those named."""
    if main and main not in named:
        raise RuleBroken("PEO-87", "The most important reason is one of those you chose.")


def moment_of_answer(*, first_on: date | None, today: date) -> Moment:
    """PEO-88 What was said at the start stays: a year after the first answer, any other is the second.

    ``first_on`` is the day of the first answer of all, None where there is none.
    """
    is_late = first_on is not None and today >= first_on + A_YEAR
    return Moment.YEAR_AFTER if is_late else Moment.START


def whole_fives(organisations: Sequence[int]) -> Sequence[int]:
    """Return those that are counted, of those that answered in this order: five more, or none more.

    So the figures of two days differ by the answers of five, never by those of one.
    """
    return organisations[: len(organisations) // FEWEST * FEWEST]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many organisations stand how to one motive.

    Of those who answered both times: it was ``kept``, ``came``, ``went``, or ``neither`` time named.
    Of those who answered only at the start: ``named`` or ``unnamed``.
    """

    kept: int = 0
    came: int = 0
    went: int = 0
    neither: int = 0
    named: int = 0
    unnamed: int = 0

    @property
    def parts(self) -> Vector:
        """Return the six counts, in the order of the vectors in ``FIGURES``."""
        return (self.kept, self.came, self.went, self.neither, self.named, self.unnamed)


FIGURES: Mapping[str, Vector] = {
    "start": (1, 0, 1, 0, 1, 0),
    "year": (1, 1, 0, 0, 0, 0),
    "kept": (1, 0, 0, 0, 0, 0),
    "came": (0, 1, 0, 0, 0, 0),
    "went": (0, 0, 1, 0, 0, 0),
}
"""Which parts of a tally each figure adds up; the first are the most wanted."""
BASES: tuple[Vector, ...] = ((1, 1, 1, 1, 0, 0), (0, 0, 0, 0, 1, 1))
"""What is always told: how many answered both times, and how many only at the start."""


def figures_shown(tally: Tally) -> dict[str, int | None]:
    """PEO-89 Nothing is told of fewer than five: not by a figure, nor by what can be worked out.

    A figure is hidden (None) if it, its rest to the base, or any sum or difference of what is told
    would count one to four organisations, or that it is none of them.
    """
    shown: list[str] = []
    for name in FIGURES:
        told = _groups_told(frozenset([*shown, name]), all_answered_twice=not sum(tally.parts[4:]))
        if all(_total(group, tally) >= FEWEST for group in told):
            shown.append(name)
    return {
        name: _total(vector, tally) if name in shown else None for name, vector in FIGURES.items()
    }


def _total(vector: Vector, tally: Tally) -> int:
    return sum(part for part, counts in zip(tally.parts, vector, strict=True) if counts)


@cache
def _groups_told(names: frozenset[str], *, all_answered_twice: bool) -> tuple[Vector, ...]:
    """Return each group of organisations whose number follows from these figures and the bases."""
    known: list[Vector] = [*BASES, *(FIGURES[name] for name in names)]
    if all_answered_twice:  # then it is known that nobody answered only once
        known += [(0, 0, 0, 0, 1, 0), (0, 0, 0, 0, 0, 1)]
    own = 4 if all_answered_twice else 6
    every = (parts + (0,) * (6 - own) for parts in product((0, 1), repeat=own))
    rank = _rank(known)
    whole = {(0,) * 6, *BASES, tuple(map(sum, zip(*BASES, strict=True)))}
    return tuple(group for group in every if group not in whole and _rank([*known, group]) == rank)


def _rank(rows: list[Vector]) -> int:
    left = [[Fraction(cell) for cell in row] for row in rows]
    rank = 0
    for column in range(6):
        lead = next((row for row in left[rank:] if row[column]), None)
        if lead is None:
            continue
        left.remove(lead)
        left.insert(rank, lead)
        for row in left[rank + 1 :]:
            times = row[column] / lead[column]
            row[:] = [cell - times * first for cell, first in zip(row, lead, strict=True)]
        rank += 1
    return rank
