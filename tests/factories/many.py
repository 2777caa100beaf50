"""Many of everything at every stage, through the platform's own actions, under one need.

many = Many.of(cast); many.grow(2)          two proposals at each stage
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    publish_need,
    start_programme,
    start_proposal,
    submit_proposal,
    write_need,
)
from makegood.articulate.models import Need, Promise, Proposal
from makegood.assess.actions import (
    Judgement,
    publish_finding,
    reply_to_finding,
    send_finding,
    write_finding,
)
from makegood.assess.states import Conclusion
from makegood.capture.actions import (
    capture_measurement,
    name_safeguarding_person,
    open_story_link,
    tell_story,
)
from makegood.capture.states import Consent, ToldAs
from makegood.contract.actions import (
    decide_proposal,
    dispose_promise,
    draft_contract,
    sign_contract,
)
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Fate, Outcome, Side
from makegood.kernel.period import add_months
from makegood.measures.actions import define_measure
from makegood.measures.models import Measure
from makegood.measures.states import Better, MeasureKind
from makegood.people.actions import register_organisation
from makegood.people.models import Organisation
from makegood.people.states import Kind
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.terms import terms_alone

STAGES = ("draft", "submitted", "approved", "settling", "signing", "in_force", "found", "published")


@dataclass(kw_only=True)
class Many:
    """A need that more and more proposals answer, each from a provider of Alice's own."""

    cast: Cast
    need: Need
    name: str
    grown: int = 0
    promises: int = 1
    at: dict[str, list[Proposal]] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast, *, promises: int = 1, name: str = "Many") -> Many:
        """Begin with a programme and a published need, both called ``name``."""
        programme = start_programme(name=name, summary="", run_by=cast.support_unit, by=cast.frank)
        need = write_need(
            programme=programme,
            commissioner=cast.commissioner,
            title=name,
            description="Care",
            alternative="None",
            by=cast.erin,
        )
        publish_need(need, by=cast.erin)
        return cls(cast=cast, need=Need.objects.get(pk=need.pk), promises=promises, name=name)

    def grow(self, count: int) -> None:
        """Add ``count`` proposals at each stage, needs, measures and organisations."""
        for _ in range(count):
            self.grown += 1
            self._spread()
            for stage in STAGES:
                self.at.setdefault(stage, []).append(self.proposal(stage))

    def proposal(self, stage: str) -> Proposal:
        """Take one proposal as far as ``stage``."""
        alice, erin, reached = self.cast.alice, self.cast.erin, STAGES.index(stage)
        number = f"{self.name} {stage} {self.grown}"
        provider = self._organisation(f"Provider {number}", kind=Kind.PROVIDER)
        proposal = start_proposal(
            need=self.need, provider=provider, title=number, summary="A team", by=alice
        )
        measure = self._measure(f"Absence {number}", keeper=provider)
        for place in range(1, self.promises + 1):
            add_promise(proposal, terms=_terms(measure, place=place), by=alice)
        if reached >= STAGES.index("submitted"):
            proposal = submit_proposal(proposal, by=alice)
        if reached >= STAGES.index("approved"):
            decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=erin)
            proposal = Proposal.objects.get(pk=proposal.pk)
        if reached >= STAGES.index("settling"):
            self._contract(proposal, reached=reached)
        return proposal

    def _contract(self, proposal: Proposal, *, reached: int) -> None:
        contract = draft_contract(
            proposal,
            assessor=self.cast.assessors,
            starts_on=loop.STARTS_ON,
            ends_on=date(2026, 3, 31),
            by=self.cast.erin,
        )
        if reached < STAGES.index("signing"):
            return
        for promise in Promise.objects.filter(proposal=proposal):
            dispose_promise(
                promise,
                contract=contract,
                fate=Fate.AS_PROMISED,
                terms=terms_alone(promise),
                by=self.cast.erin,
            )
        if reached < STAGES.index("in_force"):
            return
        sign_contract(contract, side=Side.COMMISSIONER, by=self.cast.erin)
        sign_contract(contract, side=Side.PROVIDER, by=self.cast.alice)
        for commitment in Commitment.objects.filter(contract=contract):
            self.record(commitment, months=1)
            if reached >= STAGES.index("found"):
                self._find(commitment, is_published=reached >= STAGES.index("published"))

    def record(self, commitment: Commitment, *, months: int) -> None:
        """Capture a figure and a story for each of so many months more."""
        held = commitment.series.measurements.count()
        alice = self.cast.alice
        name_safeguarding_person(commitment.contract.provider, person=alice, by=alice)
        link = open_story_link(commitment, label="A card", by=alice)
        for month in range(held, held + months):
            period = add_months(loop.STARTS_ON, month - 24)
            capture_measurement(
                commitment, period=period, value=4.0 + month % 3, by=self.cast.alice
            )
            tell_story(
                link, words=f"Better {month}", told_as=ToldAs.USER, consent=Consent.ANONYMOUS
            )

    def _find(self, commitment: Commitment, *, is_published: bool) -> None:
        dana, stories = self.cast.dana, list(commitment.stories.all())
        judgement = Judgement(conclusion=Conclusion.DELIVERED, reasons="So it is", stories=stories)
        finding = send_finding(write_finding(commitment, judgement=judgement, by=dana), by=dana)
        if is_published:
            reply_to_finding(finding, words="Thank you", by=self.cast.alice)
            publish_finding(finding, by=dana)

    def contract_at(self, stage: str) -> Contract:
        return Contract.objects.get(proposal=self.at[stage][0])

    def _spread(self) -> None:
        erin = self.cast.erin
        need = write_need(
            programme=self.need.programme,
            commissioner=self._organisation(
                f"Council {self.name} {self.grown}", kind=Kind.COMMISSIONER
            ),
            title=f"Need {self.grown}",
            description="Care",
            alternative="None",
            by=erin,
        )
        if self.grown % 2:
            publish_need(need, by=erin)

    def _organisation(self, name: str, *, kind: Kind) -> Organisation:
        owner = self.cast.alice if kind == Kind.PROVIDER else self.cast.erin
        return register_organisation(name=name, kind=kind, by=owner)

    def _measure(self, name: str, *, keeper: Organisation) -> Measure:
        return define_measure(
            name=name,
            unit="%",
            kind=MeasureKind.PERCENTAGE,
            better=Better.DOWN,
            definition="Days lost",
            source="ours",
            keeper=keeper,
            by=self.cast.alice,
        )


def _terms(measure: Measure, *, place: int) -> PromiseTerms:
    return PromiseTerms(
        for_whom="our staff",
        what_changes=f"fewer days lost, {place}",
        starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON,
        why_believed="It worked",
        measure=measure,
        baseline=5.0,
        alternative=5.2,
        target=4.5,
    )
