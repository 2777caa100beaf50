"""CON: what must be true of what is agreed in a commitment, and how it differs from its promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.contract import rules
from makegood.contract.rules import Owed
from makegood.contract.states import Consequence, Mark, Verification, Whom
from makegood.kernel.period import Frequency
from tests.rules.refusing import refused

START, DUE = date(2025, 4, 1), date(2027, 3, 31)
PROMISED = Owed(
    for_whom="our staff",
    starts_on=START,
    due_on=DUE,
    better="down",
    unit="%",
    version=1,
    baseline=4.9,
    alternative=4.8,
    target=4.2,
)
figures = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


def marks(**changes: object) -> list[Mark]:
    agreed = Owed(**{name: getattr(PROMISED, name) for name in vars(PROMISED)} | changes)  # type: ignore[arg-type]
    return [each.mark for each in rules.differences(PROMISED, agreed=agreed)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"target": 4.5}, [Mark.WEAKER]),
        ({"target": 4.0}, [Mark.STRONGER]),
        ({"due_on": date(2028, 3, 31)}, [Mark.LATER]),
        ({"due_on": date(2027, 3, 30)}, [Mark.EARLIER]),
        ({"starts_on": date(2025, 5, 1)}, [Mark.OTHER_FIGURES]),
        ({"alternative": 4.5}, [Mark.WEAKER]),
        ({"alternative": 5.5}, [Mark.OTHER_FIGURES]),
        ({"alternative": None, "baseline": 4.3}, [Mark.WEAKER]),
        ({"baseline": 5.0}, [Mark.OTHER_FIGURES]),
        ({"version": 2}, [Mark.OTHER_WORDS]),
        ({"for_whom": "nurses", "whom": Whom.FEWER}, [Mark.FEWER]),
        ({"for_whom": "everybody", "whom": Whom.MORE}, [Mark.MORE]),
        ({"for_whom": "volunteers", "whom": Whom.OTHERS}, [Mark.OTHERS]),
        ({"for_whom": "volunteers"}, [Mark.OTHERS]),
        ({"target": 4.0, "due_on": date(2028, 1, 1)}, [Mark.LATER, Mark.STRONGER]),
    ],
)
def test_what_changed_is_marked(changes: dict[str, object], expected: list[Mark]) -> None:
    assert marks(**changes) == expected


@pytest.mark.parametrize(
    ("least", "expected"),
    [(20, []), (25, [Mark.STRONGER]), (10, [Mark.WEAKER]), (None, [Mark.WEAKER])],
)
def test_fewer_stories_than_promised_are_weaker(least: int | None, expected: list[Mark]) -> None:
    promised = Owed(for_whom="all", starts_on=START, due_on=DUE, stories_least=20)
    agreed = Owed(for_whom="all", starts_on=START, due_on=DUE, stories_least=least)
    assert [each.mark for each in rules.differences(promised, agreed=agreed)] == expected
    said = [each.words for each in rules.differences(promised, agreed=agreed)]
    assert all("instead of at least 20" in words for words in said)


def test_stories_are_as_many_as_promised() -> None:
    for least in (19, None):
        with refused("CON-67"):
            rules.check_stories_are_as_many_as_promised(promised=20, least=least)
    for promised, least in ((20, 20), (20, 30), (None, None)):
        rules.check_stories_are_as_many_as_promised(promised=promised, least=least)


def test_a_difference_is_said_in_words() -> None:
    agreed = Owed(**{**vars(PROMISED), "target": 4.5, "due_on": date(2028, 3, 31)})
    said = [each.words for each in rules.differences(PROMISED, agreed=agreed)]
    assert said == ["Target 4.5% instead of 4.2%", "Due 31 March 2028 instead of 31 March 2027"]


def test_what_is_not_measured_has_no_weaker_target() -> None:
    told = Owed(for_whom="all", starts_on=START, due_on=DUE)
    assert rules.differences(told, agreed=told) == []
    assert not rules.is_weaker(told, agreed=told)


def test_where_neither_way_is_better_another_target_counts_as_weaker() -> None:
    neutral = Owed(**{**vars(PROMISED), "better": "neutral"})
    for target in (4.0, 4.5):
        assert rules.is_weaker(neutral, agreed=Owed(**{**vars(neutral), "target": target}))


@given(figures, figures, st.sampled_from(["up", "down"]))
def test_the_one_is_weaker_where_the_other_is_stronger(was: float, now: float, better: str) -> None:
    one, other = (
        Owed(for_whom="all", starts_on=START, due_on=DUE, better=better, target=target)
        for target in (was, now)
    )
    there = [each.mark for each in rules.differences(one, agreed=other)]
    back = [each.mark for each in rules.differences(other, agreed=one)]
    turned = {Mark.WEAKER: Mark.STRONGER, Mark.STRONGER: Mark.WEAKER}
    assert [turned[mark] for mark in there] == back
    assert rules.is_weaker(one, agreed=other) == (Mark.WEAKER in there)


def test_every_mark_has_a_shape_of_its_meaning() -> None:
    for mark in Mark:
        assert mark.sign
        assert (mark.kind == "lost") == mark.weakens


def test_con_53_a_commitment_in_numbers_says_with_whom_it_is_compared() -> None:
    """CON-53"""
    rules.check_commitments_say_who_they_are_compared_with([])
    with refused("CON-53", saying="P-7K3M-01, P-7K3M-02"):
        rules.check_commitments_say_who_they_are_compared_with(["P-7K3M-02", "P-7K3M-01"])


def test_con_54_a_baseline_has_period_and_source() -> None:
    """CON-54"""
    for both in ("", "there"):
        rules.check_baseline_has_its_source(period=both, source=both)
    for period, source in (("2024", ""), ("", "Payroll"), ("2024", "  ")):
        with refused("CON-54"):
            rules.check_baseline_has_its_source(period=period, source=source)


def test_con_55_figures_have_their_day() -> None:
    """CON-55"""
    check = rules.check_figures_have_their_day
    check(frequency="", within_days=None)
    check(frequency=Frequency.QUARTER, within_days=20, measured=Frequency.MONTH)
    for frequency, days in ((Frequency.MONTH, None), ("", 20), ("month", 0), ("month", 181)):
        with refused("CON-55"):
            check(frequency=frequency, within_days=days)
    with refused("CON-55", saying="yearly"):
        check(frequency=Frequency.MONTH, within_days=20, measured=Frequency.YEAR)


def test_con_56_steps_lead_to_the_target() -> None:
    """CON-56"""
    check = rules.check_steps_lead_to_the_target
    check([], starts_on=START, due_on=DUE)
    check([date(2026, 3, 31), date(2026, 9, 30)], starts_on=START, due_on=DUE)
    middle = date(2026, 3, 31)
    for wrong in ([START], [DUE], [middle, middle], [date(2026, 9, 30), middle]):
        with refused("CON-56"):
            check(wrong, starts_on=START, due_on=DUE)
    with refused("CON-56", saying="at most 1"):
        check([middle, date(2026, 9, 30)], starts_on=START, due_on=DUE, most=1)


def test_con_57_looks_lie_between_start_and_due_date() -> None:
    """CON-57"""
    check = rules.check_looks_lie_within
    check([], starts_on=START, due_on=DUE)
    middle = date(2026, 3, 31)
    check([middle], starts_on=START, due_on=DUE)
    for wrong in ([START], [DUE], [middle, middle]):
        with refused("CON-57"):
            check(wrong, starts_on=START, due_on=DUE)
    with refused("CON-57", saying="The more looks"):
        check([middle, date(2026, 9, 30)], starts_on=START, due_on=DUE, most=1)


@given(st.integers(1, 60))
def test_looks_every_so_many_months_always_lie_within(months: int) -> None:
    days = rules.every_so_many_months(months, starts_on=START, due_on=DUE)
    rules.check_looks_lie_within(days, starts_on=START, due_on=DUE)
    assert bool(days) == (months < 24)
    assert rules.every_so_many_months(0, starts_on=START, due_on=DUE) == []


def test_con_58_stories_say_how_many_and_from_whom() -> None:
    """CON-58"""
    check = rules.check_stories_say_how_many_and_from_whom
    check(least=None, whom="")
    check(least=10, whom="people who use the service")
    for least, whom in ((10, ""), (None, "carers"), (0, "carers")):
        with refused("CON-58"):
            check(least=least, whom=whom)


def test_con_59_a_sample_is_drawn_to_be_verified() -> None:
    """CON-59"""
    check = rules.check_sample_is_verified
    check(verification="", sample=None)
    check(verification=Verification.VERIFIED, sample=20)
    for verification, sample in (("", 20), (Verification.CORROBORATED, 20), ("verified", 0)):
        with refused("CON-59"):
            check(verification=verification, sample=sample)


def test_con_60_a_consequence_is_whole() -> None:
    """CON-60"""
    check = rules.check_consequence_is_whole
    check(follows="", share=None, pounds=None)
    check(follows=Consequence.PLAN, share=None, pounds=None)
    check(follows=Consequence.SHARE, share=Decimal(5), pounds=None)
    check(follows=Consequence.POUNDS, share=None, pounds=Decimal(500))
    for follows, share, pounds in (
        ("share", None, None),
        ("plan", Decimal(5), None),
        ("share", Decimal(101), None),
        ("share", Decimal(0), None),
        ("pounds", None, None),
        ("plan", None, Decimal(5)),
        ("pounds", None, Decimal(0)),
    ):
        with refused("CON-60"):
            check(follows=follows, share=share, pounds=pounds)


def test_con_61_for_others_means_said_so() -> None:
    """CON-61"""
    rules.check_others_are_named(differs=False, whom="")
    rules.check_others_are_named(differs=True, whom=Whom.FEWER)
    for differs, whom in ((True, ""), (False, Whom.MORE)):
        with refused("CON-61"):
            rules.check_others_are_named(differs=differs, whom=whom)


@pytest.mark.parametrize(
    ("number", "check", "wrong"),
    [
        ("CON-62", rules.check_additional_was_not_promised, {"was_promised": True}),
        ("CON-63", rules.check_additional_is_there_once, {"exists": True}),
        ("CON-64", rules.check_commitment_stands, {"is_dropped": True}),
        ("CON-65", rules.check_it_is_additional, {"is_additional": False}),
    ],
)
def test_what_is_additional_is_marked_and_there_once(
    number: str, check: object, wrong: dict[str, bool]
) -> None:
    """CON-62 CON-63 CON-64 CON-65"""
    assert callable(check)
    check(**{name: not value for name, value in wrong.items()})
    with refused(number):
        check(**wrong)


def test_con_69_it_is_compared_or_not() -> None:
    """CON-69"""
    check = rules.check_it_is_compared_or_not
    for has_pool, because in ((True, ""), (False, ""), (False, "Nobody is like us")):
        check(has_pool=has_pool, no_pool_because=because)
    with refused("CON-69"):
        check(has_pool=True, no_pool_because="Nobody is like us")


def test_con_66_a_schedule_is_kept_once() -> None:
    """CON-66"""
    rules.check_schedule_follows_the_last(number=1, kept=0)
    for number, kept in ((1, 1), (3, 1)):
        with refused("CON-66"):
            rules.check_schedule_follows_the_last(number=number, kept=kept)
