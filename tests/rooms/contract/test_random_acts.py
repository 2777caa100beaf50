"""Whatever anybody tries, in whatever order: no promise is lost, nothing signed is changed by one side,
and no page shows a rival's draft."""

from __future__ import annotations

import pytest

from tests.acts.driving import MILESTONES, drive
from tests.factories.cast import Cast


@pytest.mark.django_db
def test_no_order_of_acts_loses_a_promise_or_changes_what_was_signed(cast: Cast) -> None:
    reached = drive(cast, worlds=10, count=55, grounds=(26, 34), is_drawn_anew=False)
    assert not MILESTONES - set(reached), sorted(MILESTONES - set(reached))
