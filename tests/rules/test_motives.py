"""PEO-85 to PEO-89: why people want an organisation, and what everyone is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.people import rules
from makegood.people.rules.motives import FEWEST, FIGURES, Tally, figures_shown
from makegood.people.states import Kind, Moment, Motive
from tests.rules.refusing import refused

GROUPS = tuple(product((0, 1), repeat=6))
WHOLE = ((0,) * 4, (1,) * 4)
few = st.integers(0, 7)


def test_peo_85_providers_say_why() -> None:
    """PEO-85"""
    rules.check_a_provider_says_why(Kind.PROVIDER)
    with refused("PEO-85", saying="support unit"):
        rules.check_a_provider_says_why(Kind.SUPPORT_UNIT)


def test_peo_86_an_answer_names_a_motive() -> None:
    """PEO-86"""
    rules.check_an_answer_names_a_motive(named=["autonomy", "least worst"])
    with refused("PEO-86", saying="at least one"):
        rules.check_an_answer_names_a_motive(named=[])
    with refused("PEO-86", saying="once"):
        rules.check_an_answer_names_a_motive(named=["autonomy", "autonomy"])


def test_peo_87_what_matters_most_is_among_what_matters() -> None:
    """PEO-87"""
    rules.check_the_main_motive_is_named("", named=["autonomy"])
    rules.check_the_main_motive_is_named("autonomy", named=["autonomy"])
    with refused("PEO-87"):
        rules.check_the_main_motive_is_named("new money", named=["autonomy"])


@pytest.mark.parametrize(
    ("first_on", "moment"),
    [
        (None, Moment.START),
        (date(2026, 11, 22), Moment.START),
        (date(2025, 11, 23), Moment.START),
        (date(2025, 11, 22), Moment.YEAR_AFTER),
        (date(2020, 1, 1), Moment.YEAR_AFTER),
    ],
)
def test_peo_88_what_was_said_at_the_start_stays(first_on: date | None, moment: Moment) -> None:
    """PEO-88"""
    assert rules.moment_of_answer(first_on=first_on, today=date(2026, 11, 22)) == moment


@pytest.mark.parametrize(
    ("tally", "shown"),
    [
        (Tally(kept=6, came=6, went=6, neither=6), (12, 12, 6, 6, 6)),
        (Tally(kept=5, came=5, went=5, neither=5), (10, 10, 5, 5, 5)),
        (Tally(kept=6, came=6, went=6, neither=4), (12, 12, None, None, None)),
        (Tally(kept=17, went=1, neither=6), (18, 17, None, None, None)),
        (Tally(kept=4, came=8, neither=12), (None, 12, None, None, None)),
        (Tally(kept=6, came=6, went=6, neither=6, named=2, unnamed=9), (14, 12, 6, 6, None)),
        (Tally(kept=20), (None,) * 5),
        (Tally(), (None,) * 5),
    ],
)
def test_peo_89_nothing_is_told_of_fewer_than_five(
    tally: Tally, shown: tuple[int | None, ...]
) -> None:
    """PEO-89"""
    assert tuple(figures_shown(tally).values()) == shown


def worlds(tally: Tally) -> Iterator[Tally]:
    """Yield every way things could be, to one who knows the two bases alone."""
    both, once = sum(tally.parts[:4]), sum(tally.parts[4:])
    for kept, came, went, named in product(*(range(both + 1),) * 3, range(once + 1)):
        if (neither := both - kept - came - went) >= 0:
            yield Tally(
                kept=kept,
                came=came,
                went=went,
                neither=neither,
                named=named,
                unnamed=once - named,
            )


def counted(parts: tuple[int, ...], tally: Tally) -> int:
    return sum(n for n, counts in zip(tally.parts, parts, strict=True) if counts)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(few, few, few, few, st.sampled_from([0, 1, 6]), st.sampled_from([0, 2, 6])))
def test_peo_89_nothing_can_be_worked_out(parts: tuple[int, ...]) -> None:
    """PEO-89: with what is shown, the number of no small group is certain."""
    kept, came, went, neither, named, unnamed = parts
    tally = Tally(kept=kept, came=came, went=went, neither=neither, named=named, unnamed=unnamed)
    shown = {name: n for name, n in figures_shown(tally).items() if n is not None}
    possible = [
        w for w in worlds(tally) if all(counted(FIGURES[k], w) == n for k, n in shown.items())
    ]
    small = [
        group for group in GROUPS if counted(group, tally) < FEWEST and not _is_whole(group, tally)
    ]
    assert all(len({counted(group, world) for world in possible}) > 1 for group in small)


def _is_whole(group: tuple[int, ...], tally: Tally) -> bool:
    """Return whether a group is all or none of those who answered, of whom nothing is hidden."""
    first = group[:4] in WHOLE or not sum(tally.parts[:4])
    return first and (len(set(group[4:])) == 1 or not sum(tally.parts[4:]))


def test_every_motive_has_its_words() -> None:
    assert all(motive.words for motive in Motive)
