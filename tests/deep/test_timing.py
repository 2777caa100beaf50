"""How long an answer takes does not tell who has an account.

A thousand pairs for each way in: one answer for an address we know, one for an address we do not,
in an order thrown anew each time, measured inside the process, where no network hides anything.
The two thousand times are compared by the Mann-Whitney test at the level of 0.001.

What it could detect: with a thousand pairs, nine times in ten, that of a known and an unknown
address taken at random the one is later 56 times in 100 instead of 50. Answers at an even pace
spread over less than half a millisecond on a quiet machine, so that is a difference of about a
tenth of a millisecond. The last test shows that the same comparison tells the two at once where
answers do not wait.

A step hides what takes less than a step. So that ten thousand answers take minutes, the hash is
Argon2 made light and the step is shorter than ours, four times what an answer takes on a quiet
machine; a busy one does not hold it, and the test says so.
"""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from scipy.stats import mannwhitneyu

from tests.factories.cast import PASSWORD, Cast
from tests.rooms.web.test_who_has_an_account import WAYS, given

PAIRS, WARMING_UP = 1_000, 20
LEVEL = 0.001
STEP = 0.1


class LightArgon2(Argon2PasswordHasher):
    """Argon2 in ten milliseconds."""

    time_cost = 1
    memory_cost = 4_096
    parallelism = 1


@pytest.fixture
def known(cast: Cast, settings: Any) -> str:
    """An address with an account whose password is hashed as those of today are; no try is counted."""
    settings.PASSWORD_HASHERS = [f"{__name__}.LightArgon2"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.SIGN_IN_STEP = STEP
    cast.alice.set_password(PASSWORD)
    cast.alice.save()
    return cast.alice.email


def taken(way: str, email: str) -> float:
    """Return the seconds that one answer takes."""
    client, answer = Client(), given(email)
    began = time.perf_counter()
    client.post(reverse(way), answer)
    took = time.perf_counter() - began
    mail.outbox.clear()
    return took


def chance_of_being_alike(way: str, known: str) -> float:
    """Return the p-value of the times for the known address against those for unknown ones.

    Fails where the machine is too busy to measure: 1 answer in 20 does not fit into a step.
    """
    order = random.Random(way)
    times: dict[bool, list[float]] = {True: [], False: []}
    for pair in range(PAIRS + WARMING_UP):
        for is_known in order.sample([True, False], 2):
            email = known if is_known else f"nobody{pair}@example.org"
            times[is_known].append(taken(way, email))
    ours, others = times[True][WARMING_UP:], times[False][WARMING_UP:]
    late = sum(took > 1.5 * STEP for took in ours + others)
    assert late < len(ours + others) / 20, f"the machine is too busy: {late} answers took two steps"
    return float(mannwhitneyu(ours, others).pvalue)


@pytest.mark.parametrize("way", WAYS)
def test_how_long_it_takes_does_not_tell(known: str, way: str) -> None:
    assert chance_of_being_alike(way, known) > LEVEL


def test_the_comparison_tells_them_apart_where_answers_do_not_wait(
    known: str, settings: Any
) -> None:
    settings.SIGN_IN_STEP = 0
    assert chance_of_being_alike("account_reset_password", known) < LEVEL
