"""What the answers to the DPULO tests come to (PEO-29)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.people.dpulo import DpuloAnswers, dpulo_outcome
from makegood.people.states import DpuloResult, DpuloTest

NEEDED = {"board": 75, "staff": 50, "volunteers": 50}
SOON = date(2027, 4, 1)
Share = tuple[int, int, date | None]


def answered(board: Share, staff: Share, volunteers: Share) -> list[DpuloAnswers]:
    shares = zip(DpuloTest, (board, staff, volunteers), strict=True)
    return [
        DpuloAnswers(test=test, disabled=disabled, people=people, towards_on=day)
        for test, (disabled, people, day) in shares
    ]


@pytest.mark.parametrize(
    ("answers", "result", "saying"),
    [
        (
            answered((6, 8, None), (1, 2, None), (5, 9, None)),
            DpuloResult.IS,
            "at least 75% of the board",
        ),
        (answered((3, 4, None), (0, 0, None), (0, 0, None)), DpuloResult.IS, "50% of volunteers"),
        (
            answered((5, 7, None), (1, 2, None), (1, 1, None)),
            DpuloResult.NOT,
            "Of the board, 5 of 7 (71%) are disabled people; 75% are needed.",
        ),
        (
            answered((5, 7, SOON), (1, 2, None), (1, 1, None)),
            DpuloResult.TOWARDS,
            "75% are needed, which you will reach by 1 April 2027.",
        ),
        (
            answered((5, 7, SOON), (1, 3, None), (1, 1, None)),
            DpuloResult.NOT,
            "Of the staff, 1 of 3",
        ),
        (
            answered((5, 7, SOON), (1, 3, SOON), (0, 9, SOON)),
            DpuloResult.TOWARDS,
            "Of volunteers, 0",
        ),
    ],
)
def test_the_result_comes_with_its_reason(
    answers: list[DpuloAnswers], result: DpuloResult, saying: str
) -> None:
    found, reason = dpulo_outcome(answers, needed=NEEDED)
    assert found == result
    assert saying in reason


def test_how_many_are_enough_are_settings() -> None:
    answers = answered((1, 2, None), (1, 2, None), (1, 2, None))
    assert dpulo_outcome(answers, needed=NEEDED)[0] == DpuloResult.NOT
    assert dpulo_outcome(answers, needed=NEEDED | {"board": 50})[0] == DpuloResult.IS


@given(people=st.integers(1, 10**6), needed=st.integers(0, 100))
def test_a_share_is_counted_in_whole_people(people: int, needed: int) -> None:
    least = -(-needed * people // 100)
    enough = DpuloAnswers(test=DpuloTest.STAFF, people=people, disabled=least)
    assert enough.reaches(needed)
    if least:
        fewer = DpuloAnswers(test=DpuloTest.STAFF, people=people, disabled=least - 1)
        assert not fewer.reaches(needed)
