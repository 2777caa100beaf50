"""The quick digest of an uploaded figure is the slow one, whatever the figure holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from makegood.kernel.ledger.canonical import canonical
from makegood.measures.models.digests import DIGESTED, canonical_row, number
from makegood.measures.states import Standing

NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(
    min_value=datetime(1980, 1, 1),  # noqa: DTZ001  # Hypothesis asks for it so
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))]),
)
ROWS = st.fixed_dictionaries(
    {
        "denominator": NUMBERS,
        "note": st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
        "numerator": NUMBERS,
        "period": st.dates(min_value=date(1800, 1, 1)),
        "recorded_at": MOMENTS,
        "recorded_by": st.integers(1, 10**9),
        "salt": st.text("0123456789abcdef", min_size=32, max_size=32),
        "series": st.integers(1, 10**9),
        "standing": st.sampled_from([str(each) for each in Standing]),
        "upload": st.integers(1, 10**9),
        "value": NUMBERS,
        "version": st.integers(1, 99),
    }
)


@given(ROWS)
def test_the_quick_digest_is_the_slow_one(held: dict[str, object]) -> None:
    row = [held[column.removesuffix("_id")] for column in DIGESTED]
    told = {name: value for name, value in held.items() if value not in {None, ""}}
    told["subject"] = "measures.measurement:{series}/{period}/{version}".format(**held)
    assert canonical_row(row).encode() == canonical(told)
    as_text = [str(cell) if isinstance(cell, date) and column == "period" else cell
               for column, cell in zip(DIGESTED, row, strict=True)]  # fmt: skip
    assert canonical_row(as_text) == canonical_row(row), "whichever way the database gives a day"


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.0)
@example(1e15)
@example(1e16)
@example(123456789012345680.0)
@example(1e21)
@example(1e-7)
@example(5e-324)
def test_a_number_is_written_as_everywhere_else(value: float) -> None:
    assert number(value).encode() == canonical({"n": value})[5:-1]
