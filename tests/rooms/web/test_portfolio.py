"""The gap, in all and by every side of it: the database counts what plain reading counts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from makegood.articulate.actions import (
    AimWords,
    PromiseTerms,
    add_promise,
    start_proposal,
    submit_proposal,
    write_aim,
)
from makegood.articulate.models import Aim, Need, Promise, Proposal
from makegood.articulate.queries import promises_visible_to
from makegood.capture.actions import capture_measurement
from makegood.contract.actions import (
    decide_proposal,
    dispose_promise,
    draft_contract,
    sign_contract,
)
from makegood.contract.models import Commitment, Contract
from makegood.contract.queries import NEVER_AFTER, Share
from makegood.contract.states import Fate, Outcome, Side
from makegood.measures.actions import define_measure
from makegood.measures.models import Measure
from makegood.measures.states import Better, MeasureKind
from makegood.web.queries import gap as gaps
from makegood.web.queries.gap import REACHED, Step, gap_by, gap_today, with_progress
from makegood.web.queries.promises import PromisesSought, promises_found
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.terms import terms_alone

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Told:
    """One promise of a made-up world: what is drawn, from which the truth follows without a database."""

    better: Better
    decided: str
    contract: str
    fate: Fate
    owed: float
    is_late: bool
    worth: int | None
    has_aim: bool
    is_measured: bool

    @property
    def share(self) -> Share | None:
        if self.decided == "declined":
            return None
        if self.contract != "signed":
            is_old = self.decided == "long ago"
            return Share.NEVER_CONTRACTED if is_old else Share.OPEN
        if self.fate is not Fate.CHANGED:
            lost = self.fate is Fate.NOT_CONTRACTED
            return Share.NOT_CONTRACTED if lost else Share.AS_PROMISED
        is_less = {
            Better.UP: self.owed < 0,
            Better.DOWN: self.owed > 0,
            Better.NEUTRAL: self.owed != 0,
        }[self.better]
        return Share.WEAKENED if is_less or self.is_late else Share.CHANGED

    @property
    def steps(self) -> set[Step]:
        share = self.share
        if share is None:
            return set()
        owed = share in {Share.AS_PROMISED, Share.CHANGED, Share.WEAKENED}
        return {
            Step.PROMISED,
            *([Step.CONTRACTED] if owed and share is not Share.WEAKENED else []),
            *([Step.WEAKENED] if share is Share.WEAKENED else []),
            *([Step.LOST] if share in {Share.NOT_CONTRACTED, Share.NEVER_CONTRACTED} else []),
            *([Step.UNSIGNED] if share is Share.OPEN else []),
            *([Step.CAPTURED] if owed and self.is_measured else []),
        }


TOLD = st.builds(
    Told,
    better=st.sampled_from(Better),
    decided=st.sampled_from(["lately", "long ago", "declined"]),
    contract=st.sampled_from(["none", "drafted", "signed", "signed", "signed"]),
    fate=st.sampled_from(Fate),
    owed=st.sampled_from([-1.0, 0.0, 1.0]),
    is_late=st.booleans(),
    worth=st.none() | st.integers(1, 1000),
    has_aim=st.booleans(),
    is_measured=st.booleans(),
).filter(lambda t: t.fate is not Fate.CHANGED or t.owed != 0 or t.is_late)


class World:
    """A programme with an aim, and the promises told of."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.need = Need.objects.first() or loop.a_published_need(cast)
        words = AimWords(
            name="More points",
            purpose="People have more",
            objective="Points for all",
            objective_of="The department",
            objective_source="Its plan",
        )
        self.aim = write_aim(self.need.programme, words=words, by=cast.frank)

    def _measure(self, better: Better, *, number: int) -> Measure:
        """Return a measure of its own, so that no figure counts for two promises."""
        return define_measure(
            name=f"Points {number}",
            unit="points",
            kind=MeasureKind.AVERAGE,
            better=better,
            definition="Points",
            source="Ours",
            keeper=self.cast.provider,
            by=self.cast.alice,
        )

    def hold(self, told: Told, *, number: int) -> Promise:
        """Take one promise as far as it is told to have come."""
        alice, erin = self.cast.alice, self.cast.erin
        proposal = start_proposal(
            need=self.need, provider=self.cast.provider, title=f"{number}", summary="A", by=alice
        )
        promise = add_promise(proposal, terms=self._terms(told, number=number), by=alice)
        proposal = submit_proposal(proposal, by=alice)
        decide_proposal(
            proposal,
            outcome=Outcome.DECLINED if told.decided == "declined" else Outcome.APPROVED,
            reasons="So it is",
            by=erin,
            now=NOW - NEVER_AFTER - MONTH if told.decided == "long ago" else NOW - MONTH,
        )
        if told.contract != "none" and told.decided != "declined":
            self._contract(Proposal.objects.get(pk=proposal.pk), promise=promise, told=told)
        return promise

    def _terms(self, told: Told, *, number: int) -> PromiseTerms:
        return PromiseTerms(
            for_whom="people",
            what_changes="more points",
            starts_on=loop.STARTS_ON,
            due_on=loop.DUE_ON,
            why_believed="It was so elsewhere",
            measure=self._measure(told.better, number=number),
            baseline=10.0,
            alternative=10.0,
            target=12.0,
            worth_low=told.worth and Decimal(told.worth),
            worth_high=told.worth and Decimal(told.worth * 2),
            worth_source="A study" if told.worth else "",
            aims=(self.aim,) if told.has_aim else (),
        )

    def _contract(self, proposal: Proposal, *, promise: Promise, told: Told) -> None:
        alice, erin = self.cast.alice, self.cast.erin
        contract = draft_contract(
            proposal,
            assessor=self.cast.assessors,
            starts_on=loop.STARTS_ON,
            ends_on=date(2026, 3, 31),
            by=erin,
        )
        if told.contract == "drafted":
            return
        terms = terms_alone(promise)
        changed = replace(
            terms,
            target=12.0 + told.owed,
            due_on=loop.DUE_ON + MONTH if told.is_late else loop.DUE_ON,
        )
        dispose_promise(
            promise,
            contract=contract,
            fate=told.fate,
            reason="" if told.fate is Fate.AS_PROMISED else "Money",
            terms=changed if told.fate is Fate.CHANGED else terms,
            by=erin,
        )
        sign_contract(contract, side=Side.COMMISSIONER, by=erin)
        sign_contract(Contract.objects.get(pk=contract.pk), side=Side.PROVIDER, by=alice)
        held = Commitment.objects.filter(contract=contract, is_dropped=False).first()
        if told.is_measured and held:
            capture_measurement(held, period=date(2024, 5, 1), value=11.0, by=alice)


def test_the_database_counts_what_plain_reading_counts(cast: Cast) -> None:
    world, numbers = World(cast), count()

    @given(st.lists(TOLD, min_size=1, max_size=6))
    @settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
    def holds(told: list[Told]) -> None:
        held = {world.hold(each, number=next(numbers)).pk: each for each in told}
        counts_as_told(Promise.objects.filter(pk__in=held), told=told, aim=world.aim)

    holds()


def counts_as_told(among: QuerySet[Promise], *, told: list[Told], aim: Aim) -> None:
    gap = gap_today(among, now=NOW)
    for step in Step:
        at = [each for each in told if step in each.steps]
        assert gap[step].count == len(at), step
        assert gap[step].low == sum(each.worth or 0 for each in at), step
        assert gap[step].high == sum(2 * (each.worth or 0) for each in at), step
        assert gap[step].unvalued == sum(each.worth is None for each in at), step
    parts = {part.key: part.gap for part in gap_by(gaps.Side.AIM, among=among, now=NOW)}
    with_aim = Counter(each.has_aim for each in told if each.share)
    assert {key: part[Step.PROMISED].count for key, part in parts.items()} == {
        (aim.reference if has_aim else ""): many for has_aim, many in with_aim.items()
    }


def test_every_bar_opens_the_promises_in_it(every_stage: Cast) -> None:
    gap = gap_today(now=NOW)
    assert gap[Step.FOUND_OTHERWISE].count
    assert gap[Step.LOST].count
    for step in Step:
        found = promises_found(promises_visible_to(None), sought=PromisesSought(step=step), now=NOW)
        assert found.count() == gap[step].count, step


@pytest.mark.parametrize("side", gaps.Side)
def test_the_parts_add_up_to_the_whole(side: gaps.Side, every_stage: Cast) -> None:
    whole, parts = gap_today(now=NOW), gap_by(side, now=NOW)
    for step in Step:
        assert sum(part.gap[step].count for part in parts) == whole[step].count, step


@pytest.fixture
def every_stage(cast: Cast) -> Cast:
    """Return a cast with a promise shown, one lost, one open and one never signed."""
    loop.a_published_finding(cast)
    world = World(cast)
    common = {"better": Better.UP, "owed": -1.0, "is_late": False, "worth": 9, "has_aim": True}
    common |= {"is_measured": True}
    stages = (
        ("lately", "signed", Fate.NOT_CONTRACTED),
        ("lately", "signed", Fate.CHANGED),
        ("lately", "drafted", Fate.AS_PROMISED),
        ("long ago", "none", Fate.AS_PROMISED),
        ("declined", "none", Fate.AS_PROMISED),
    )
    for number, (decided, contract, fate) in enumerate(stages):
        told = Told(decided=decided, contract=contract, fate=fate, **common)  # type: ignore[arg-type]
        world.hold(told, number=number)
    return cast


def rows_of(response: object) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(response.content.decode()))  # type: ignore[attr-defined]


def test_the_page_and_its_table_say_the_same(every_stage: Cast, client: Client) -> None:
    page = client.get(reverse("portfolio"), {"by": "provider"})
    [row] = page.context["rows"]
    [line] = rows_of(client.get(reverse("portfolio_table"), {"by": "provider"}))
    assert [cell["text"] for cell in row[1:-1]] == [
        line[f"{step}: promises"]
        for step in ("promised", "contracted", "weakened", "lost", "unsigned", "shown")
    ]
    for cell in row[1:-1]:
        if "href" in cell:
            assert client.get(cell["href"]).context["page"].paginator.count == int(cell["text"])


def test_a_lost_promise_says_why_and_a_draft_says_nothing(
    every_stage: Cast, client: Client
) -> None:
    page = client.get(reverse("promises"), {"step": "lost"})
    assert "<strong>Why:</strong> Money" in page.content.decode()
    contract = Contract.objects.exclude(state="in_force").get()
    promise = Promise.objects.get(proposal=contract.proposal)
    dispose_promise(
        promise, contract=contract, fate=Fate.NOT_CONTRACTED, reason="A secret", by=every_stage.erin
    )
    assert "A secret" not in client.get(reverse("promises")).content.decode()
    assert "A secret" not in client.get(reverse("promises_table")).content.decode()


def test_as_many_promises_are_listed_as_the_gap_counts_whoever_reads(
    every_stage: Cast, client: Client
) -> None:
    assert promises_visible_to(every_stage.alice).count() > promises_visible_to(None).count()
    gap = gap_today(now=timezone.now())
    for person in (None, every_stage.alice, every_stage.erin):
        if person:
            client.force_login(person)
        page = client.get(reverse("promises")).context["page"]
        assert page.paginator.count == gap[Step.PROMISED].count


def test_narrowed_to_nothing_it_says_so(every_stage: Cast, client: Client) -> None:
    page = client.get(reverse("portfolio"), {"q": "nothing holds this"})
    assert "No promise found" in page.content.decode()
    page = client.get(reverse("portfolio"), {"programme": "nowhere"})
    assert page.context["form"].left_out == ["Programme"]
    assert client.get(reverse("portfolio_table"), {"by": "shoe size"}).status_code == 400


def test_before_any_promise_it_says_so(cast: Cast, client: Client) -> None:
    assert "No promises yet" in client.get(reverse("portfolio")).content.decode()


def test_each_step_is_said_once(every_stage: Cast) -> None:
    found = with_progress(promises_visible_to(None), now=NOW)
    for step, reached in REACHED.items():
        assert found.filter(reached).count() == gap_today(now=NOW)[step].count, step
