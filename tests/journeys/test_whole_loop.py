"""One promise from first word to finding, by four people, a teller of a story and a stranger."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from makegood.assess.models import Analysis
from makegood.kernel.ledger.verify import verify
from tests.absent_data import SharedData
from tests.factories.cast import Cast
from tests.journeys import walk
from tests.journeys.figures import Figures, made_up_figures, real_figures, verdict_by_command
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


def walk_the_loop(visitor: Arrive, cast: Cast, *, figures: Figures, folder: Path) -> walk.Loop:
    """Walk from need to published finding, each person at a browser of their own."""
    loop = walk.set_the_stage(cast, figures=figures)
    erin, alice, dana = visitor(), visitor(), visitor()
    walk.sign_in(erin, cast.erin)
    walk.publish_a_need(erin)
    walk.sign_in(alice, cast.alice)
    walk.promise(alice, loop)
    walk.contract(erin, loop)
    walk.sign_for_the_provider(alice)
    walk.upload(alice, loop, file=figures.write_csv(folder / "figures.csv"))
    walk.open_a_story_link(alice, loop)
    walk.tell(visitor(), loop)
    walk.sign_in(dana, cast.dana)
    walk.judge(dana, loop, conclusion="Partly delivered")
    walk.reply(alice, loop)
    walk.publish(dana, loop)
    stranger = visitor()
    walk.read(stranger, loop)
    stranger.screenshot("thread-published")
    return loop


def figures_said(said: dict[str, str]) -> list[str]:
    """Return the command line's answer as a page shows it."""
    names = ("promised_added", "effect", "lower", "upper")
    shown = {name: figure(said[name], places=2) for name in names}
    return [
        f"{shown['promised_added']} percentage points",
        f"{shown['effect']} percentage points; 90% interval {shown['lower']} to {shown['upper']}",
        figure(said["p_added"], places=3),
        f"{said['n_before']} and {said['n_after']}",
        said["n_comparators"],
    ]


def figure(text: str, *, places: int) -> str:
    """Return a figure as people write it, with a real minus."""
    return f"{round(float(text), places):g}".replace("-", "−")


def numbers(sentence: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", sentence)


def hold_against_the_command(loop: walk.Loop, *, folder: Path) -> None:
    """Fail unless what Dana read is what the command line says of the same figures."""
    said = verdict_by_command(loop.figures, folder=folder)
    verdict, *shown, method = loop.answers
    assert said["verdict"] in verdict.lower()
    assert numbers(verdict) == numbers(said["reason"])
    assert shown == figures_said(said)
    assert said["method"] in method
    kept = Analysis.objects.latest("pk")
    for name in ("promised_added", "effect", "lower", "upper", "p_added"):
        assert getattr(kept, name) == pytest.approx(float(said[name]), abs=1e-9), name


def test_a_promise_on_real_figures_reaches_its_finding(
    visitor: Arrive, cast: Cast, shared: SharedData, tmp_path: Path
) -> None:
    loop = walk_the_loop(visitor, cast, figures=real_figures(shared), folder=tmp_path)
    hold_against_the_command(loop, folder=tmp_path)
    assert verify().problems == []


def test_the_same_without_scripts(visitor: Arrive, cast: Cast, tmp_path: Path) -> None:
    def plain() -> Visitor:
        return visitor(scripts=False)

    loop = walk_the_loop(plain, cast, figures=made_up_figures(), folder=tmp_path)
    assert "Delivered" in loop.answers[0]
    hold_against_the_command(loop, folder=tmp_path)
    assert verify().problems == []
