"""Running many worlds, each of which begins as the last one did, and telling what was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from makegood.kernel.ledger.verify import verify
from tests.acts.playing import PRESS_ON, Step, steps, take
from tests.acts.world import World, begin
from tests.factories.cast import Cast

HEAD_STARTS = (0, 16, 32)
"""So many steps are taken straight ahead before anybody does as they like."""
MILESTONES = {
    "a proposal sent",
    "proposals decided together",
    "a standstill over",
    "a contract in force",
    "signed: as promised",
    "signed: changed",
    "signed: not contracted",
    "a changed commitment signed",
    "a variation in force",
    "a handover in force",
    "a successor records",
    "who handed over is refused",
    "a contract ended early",
    "scores sent",
    "a notice published",
    "not permitted",
    "refused by a rule",
    "a write refused by the database",
    "an owner reads a draft",
    "a rival looks while a proposal is draft",
    "addresses of a draft tried",
}
"""What a run has to come to, for it to show anything."""


def drive(
    cast: Cast, *, worlds: int, count: int, grounds: Sequence[int], is_drawn_anew: bool
) -> Counter[str]:
    """Take ``count`` drawn steps in each of so many worlds; return how often what was reached.

    Each of ``grounds`` is so many steps that are taken once, straight ahead, from the one before; so many
    worlds begin there. What was reached on the way counts, too.
    """
    first, reached = begin(cast), Counter[str]()
    for place, ground in enumerate(grounds):
        _play(first, [_ahead(100 * place + number) for number in range(ground)])
        reached += _from_there(first, worlds=worlds, count=count, is_drawn_anew=is_drawn_anew)
    return reached + first.reached


def _from_there(first: World, *, worlds: int, count: int, is_drawn_anew: bool) -> Counter[str]:
    reached = Counter[str]()

    @settings(
        max_examples=worlds,
        deadline=None,
        database=None,
        derandomize=not is_drawn_anew,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.normal if is_drawn_anew else Verbosity.quiet,
    )
    @given(st.sampled_from(HEAD_STARTS), steps(count))
    def run(ahead: int, drawn: list[Step]) -> None:
        with transaction.atomic():
            world = first.again()
            _play(world, [_ahead(world.luck.getrandbits(32)) for _ in range(ahead)] + drawn)
            reached.update(world.reached)
            transaction.set_rollback(True)

    run()
    return reached


def _ahead(number: int) -> Step:
    return Step(name=PRESS_ON, who="nia", luck=number)


def _play(world: World, drawn: list[Step]) -> None:
    try:
        for step in drawn:
            take(world, step)
        assert not (wrong := verify().problems), wrong[:3]
    except Exception as failed:
        failed.add_note("What happened:\n" + "\n".join(world.told[-60:]))
        raise
