"""On a scale, better stands further right, whatever the figures are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.web.components.scale.places import EDGE, scale_places

FIGURES = st.floats(-1e9, 1e9, allow_nan=False)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"baseline": FIGURES, "target": FIGURES, "alternative": st.none() | FIGURES}
    ),
    min_size=1,
    max_size=6,
)


@given(ROWS, st.sampled_from(["up", "down", "neutral"]))
def test_better_is_to_the_right(rows: list[dict[str, float | None]], better: str) -> None:
    sign = -1 if better == "down" else 1
    marks = [
        (sign * row[mark], row[f"{mark}_at"])
        for row in scale_places(rows, better=better)
        for mark in ("baseline", "alternative", "target")
        if row[mark] is not None
    ]
    marks.sort()
    places = [place for _, place in marks]
    assert places == sorted(places)
    assert all(EDGE <= place <= 100 - EDGE for place in places)


@given(ROWS)
def test_the_order_of_rows_moves_no_mark(rows: list[dict[str, float | None]]) -> None:
    there = scale_places(rows, better="up")
    back = scale_places(reversed(rows), better="up")
    assert there == back[::-1]


@pytest.mark.parametrize(
    ("better", "target", "is_short", "has_width"),
    [
        ("up", 8.0, False, True),
        ("up", 2.0, True, True),
        ("down", 2.0, False, True),
        ("neutral", 8.0, False, False),
    ],
)
def test_what_is_added_lies_between_the_alternative_and_the_promise(
    better: str, target: float, is_short: bool, has_width: bool
) -> None:
    [row] = scale_places([{"baseline": 0.0, "alternative": 5.0, "target": target}], better=better)
    assert row["is_short"] is is_short
    assert bool(row["added_width"]) is has_width
    assert row["added_from"] == min(row["alternative_at"], row["target_at"])


def test_nothing_said_and_nothing_to_tell_apart() -> None:
    [row] = scale_places([{"baseline": None, "target": None}], better="up")
    assert row["target_at"] is None
    [row] = scale_places([{"baseline": 3.0, "target": 3.0}], better="up")
    assert (row["baseline_at"], row["target_at"], row["added_width"]) == (50.0, 50.0, 0.0)
