"""Playing the script through the platform's own actions, each at its time in the past."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from makegood.articulate import actions as articulate
from makegood.articulate.models import Aim, Need, Programme, Promise, Proposal
from makegood.articulate.states import HowKnown
from makegood.assess import actions as assess
from makegood.assess.models import Finding
from makegood.capture.queries import figures_found_wrong
from makegood.contract import actions as contracts
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Fate, NoticeBy, Outcome, Side
from makegood.kernel.period import add_months, first_day
from makegood.measures import actions as measures
from makegood.measures.models import Measure, Pool, Series
from makegood.people.models import Person
from makegood.people.queries import example_persons
from makegood.web.demo.agreeing import add_what_was_not_promised, agree_whole
from makegood.web.demo.aims import AIMS, BY_MEASURE
from makegood.web.demo.brought_in import bring_in_one
from makegood.web.demo.building import build, say_more
from makegood.web.demo.cast import (
    Cast,
    ask_a_newcomer,
    gather,
    give_trust,
    leave_unclaimed,
    welcome_operator,
)
from makegood.web.demo.checking import (
    check_and_dispute,
    dispute_one,
    draw_one,
    give_documents,
    sample_one,
    sample_programme,
)
from makegood.web.demo.deciding import decide_between_three
from makegood.web.demo.descriptions import describe
from makegood.web.demo.endings import close_one
from makegood.web.demo.figures import history
from makegood.web.demo.files import send_files
from makegood.web.demo.formation import start_a_group
from makegood.web.demo.measures import CLEARER, MEASURES, REVISED
from makegood.web.demo.motives import say_why
from makegood.web.demo.needing import Ground, write_example
from makegood.web.demo.needs import NEEDS
from makegood.web.demo.noticing import publish_first, publish_one
from makegood.web.demo.papers import a_page
from makegood.web.demo.proposals import PROPOSALS
from makegood.web.demo.recording import record_as_it_came, record_month_by_month
from makegood.web.demo.script import FindingScript, PromiseScript, ProposalScript
from makegood.web.demo.telling import tell
from makegood.web.demo.varying import end_one, hand_one_over, propose_one, vary_one
from makegood.web.demo.writing import clarify, write_case

YEARS = 5
COMPARATORS = 24
DETAILS = contracts.Details(
    procedure="Open procedure",
    manager_role="Commissioning manager, adults",
    extensions=1,
    extension_months=12,
    notice_months=6,
    notice_by=NoticeBy.EITHER,
)
"""How the contracts of the example go on and end."""
HANDED_OVER = ("Home, and steady on your feet", 6)
"""Which contract another provider took over, so many months ago."""
ALONE = "Too few places publish this figure in the same way to compare with."


@dataclass(kw_only=True)
class Stage:
    """What has been made so far."""

    cast: Cast
    today: date
    programme: Programme
    operator: Person
    measures: dict[str, Measure] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    aims: dict[str, Aim] = field(default_factory=dict)
    findings: list[tuple[FindingScript, Commitment]] = field(default_factory=list)
    since: dict[int, dict[date, float]] = field(default_factory=dict)
    """What is recorded of commitments, by key, by who took over."""

    def at(self, months: int, *, days: int = 0) -> datetime:
        """Return nine in the morning, ``months`` before this month, ``days`` later."""
        day = add_months(first_day(self.today), -months) + timedelta(days=days)
        return datetime.combine(min(day, self.today), time(9), tzinfo=UTC)

    def after(self, month: date, days: int) -> datetime:
        """Return nine in the morning, so many days after the month that begins on a day."""
        day = add_months(month, 1) + timedelta(days=days)
        return datetime.combine(min(day, self.today), time(9), tzinfo=UTC)


def is_loaded() -> bool:
    """Return whether the example programme is there."""
    return example_persons().exists()


@transaction.atomic
def play() -> None:
    """Make the whole example programme, as if it had grown over five years."""
    stage = _set_stage(today=timezone.localdate())
    for script in PROPOSALS:
        _play_proposal(script, stage=stage)
    _change_since(stage)
    assess.analyse_commitments()
    for finding, commitment in stage.findings:
        _play_finding(finding, commitment=commitment, stage=stage)
    close_one(stage.cast, began=stage.at(40), ended=stage.at(6))
    bring_in_one(stage.cast, programme=stage.programme, today=stage.today, now=stage.at(1))
    give_trust(stage.cast, by=stage.operator, now=stage.at(1))
    _revise_one(stage)
    decide_between_three(
        stage.cast,
        programme=stage.programme,
        measure=stage.measures["volunteering"],
        today=stage.today,
        at=lambda months, days: stage.at(months, days=days),
    )
    say_why(stage.cast, start=stage.at(30), later=stage.at(16))
    start_a_group(stage.cast, today=stage.today, now=stage.at(3))
    ask_a_newcomer(stage.cast, now=timezone.now())
    leave_unclaimed(stage.cast, by=stage.operator, now=timezone.now())
    send_files(
        stage.cast, measure=stage.measures["sickness"], today=stage.today, now=timezone.now()
    )


def _set_stage(*, today: date) -> Stage:
    began = datetime.combine(add_months(first_day(today), -12 * YEARS), time(9), tzinfo=UTC)
    cast = gather(now=began)
    describe(cast, now=began)
    unit, frank = cast.organisations["unit"], cast.people["Frank"]
    programme = articulate.start_programme(
        name="Right to Provide (example)",
        summary="Helps staff and local people run the services they know best.",
        run_by=unit,
        by=frank,
        now=began,
    )
    operator = welcome_operator(now=began)
    measures.load_starter_measures(keeper=unit, by=operator, now=began)
    stage = Stage(cast=cast, today=today, programme=programme, operator=operator)
    for key, script in MEASURES.items():
        measure = Measure.objects.get(name=script.name)
        stage.measures[key] = measure
        if script.has_pool:
            stage.pools[key] = _make_pool(key, measure=measure, stage=stage, now=began)
    for key, words in AIMS.items():
        stage.aims[key] = articulate.write_aim(programme, words=words, by=frank, now=began)
    for need in NEEDS:
        ground = Ground(cast=cast, programme=programme, measures=stage.measures, today=today)
        stage.needs[need.key] = write_example(need, ground=ground, now=stage.at(need.opened))
    return stage


def _make_pool(key: str, *, measure: Measure, stage: Stage, now: datetime) -> Pool:
    unit, frank = stage.cast.organisations["unit"], stage.cast.people["Frank"]
    shape = MEASURES[key].shape
    found: list[Series] = []
    for number in range(1, COMPARATORS + 1):
        series = measures.open_series(
            measure=measure,
            keeper=unit,
            about=f"Comparator {number:02} (example)",
            source="made up for the example",
            by=frank,
            now=now,
        )
        seed = 1000 * list(MEASURES).index(key) + number
        level = shape.level * (0.88 + 0.01 * number)
        values = history(
            shape.at_level(level), start=first_day(now.date()), months=12 * YEARS, seed=seed
        )
        measures.import_history(
            series, values=values, source="comparators.csv", stream="measures", by=frank
        )
        found.append(series)
    return measures.form_pool(
        name=f"24 like services: {measure.name.lower()} (example)",
        measure=measure,
        series=found,
        keeper=unit,
        rule="All like services in the region with a whole history, chosen before anything began.",
        by=frank,
        now=now,
    )


def _play_proposal(script: ProposalScript, *, stage: Stage) -> None:
    owner = stage.cast.owner(script.provider)
    need = stage.needs[script.need]
    proposal = articulate.start_proposal(
        need=need,
        provider=stage.cast.organisations[script.provider],
        title=script.title,
        summary=script.summary,
        by=owner,
        now=stage.at(script.began + 5),
    )
    made = [
        (one, _make_promise(one, proposal=proposal, script=script, stage=stage))
        for one in script.promises
    ]
    write_case(proposal, by=owner, now=stage.at(script.began + 5, days=5))
    if not script.is_submitted:
        return
    proposal = articulate.submit_proposal(proposal, by=owner, now=stage.at(script.began + 4))
    buyer = stage.cast.owner(_buyer(script))
    if not script.decision:
        clarify(proposal, buyer=buyer, owner=owner, now=stage.at(script.began + 3))
        return
    contracts.decide_proposal(
        proposal,
        outcome=Outcome.APPROVED,
        reasons=script.decision,
        by=buyer,
        now=stage.at(script.began + 3),
    )
    if script.is_contracted:
        _make_contract(script, proposal=proposal, made=made, stage=stage)


def _make_promise(
    one: PromiseScript, *, proposal: Proposal, script: ProposalScript, stage: Stage
) -> Promise:
    measure = stage.measures.get(one.measure)
    baseline, alternative, target = one.figures if measure else (None, None, None)
    low, high, source = one.worth or (None, None, "")
    aim, codes = BY_MEASURE.get(one.measure, ("choice", ("sdg/10",)))
    terms = articulate.PromiseTerms(
        for_whom=one.for_whom,
        what_changes=one.what_changes,
        starts_on=add_months(first_day(stage.today), -script.began),
        due_on=add_months(first_day(stage.today), script.due) - timedelta(days=1),
        why_believed=one.why,
        how_known=_how_known(one, is_measured=measure is not None),
        measure=measure,
        baseline=baseline,
        alternative=alternative,
        target=target,
        worth_low=None if low is None else Decimal(low),
        worth_high=None if high is None else Decimal(high),
        worth_source=source,
        aims=(stage.aims[aim],),
        codes=codes,
    )
    by, now = stage.cast.owner(script.provider), stage.at(script.began + 5, days=3)
    terms = say_more(terms, script=one, told_on=now.date())
    promise = articulate.add_promise(proposal, terms=terms, by=by, now=now)
    build(promise, script=one, by=by, now=now)
    return promise


def _how_known(one: PromiseScript, *, is_measured: bool) -> HowKnown:
    if not is_measured:
        return HowKnown.STORIES
    return HowKnown.BOTH if one.stories else HowKnown.NUMBERS


def _make_contract(
    script: ProposalScript,
    *,
    proposal: Proposal,
    made: list[tuple[PromiseScript, Promise]],
    stage: Stage,
) -> None:
    buyer, owner = stage.cast.owner(_buyer(script)), stage.cast.owner(script.provider)
    starts_on = add_months(first_day(stage.today), -script.began)
    contract = contracts.draft_contract(
        Proposal.objects.get(pk=proposal.pk),
        assessor=stage.cast.organisations["assessors"],
        starts_on=starts_on,
        ends_on=add_months(first_day(stage.today), max(script.due, 0) + 12),
        value=Decimal(240_000 + 35_000 * len(made)),
        by=buyer,
        now=stage.at(script.began + 2),
    )
    contracts.describe_contract(contract, details=DETAILS, by=buyer, now=stage.at(script.began + 2))
    for one, promise in made:
        if one.fate:
            _dispose(one, promise=promise, contract=contract, stage=stage, script=script)
    drafted_at = stage.at(script.began + 2, days=6)
    agree_whole(contract, by=buyer, now=drafted_at)
    publish_first(contract, by=buyer, now=drafted_at)
    if any(one.fate is None for one, _ in made) or script is PROPOSALS[0]:
        add_what_was_not_promised(contract, by=buyer, now=drafted_at)
    if any(one.fate is None for one, _ in made):
        return
    signed_at = stage.at(script.began + 1)
    contracts.sign_contract(contract, side=Side.COMMISSIONER, by=buyer, now=signed_at)
    if script.signed_on_paper:
        _sign_on_paper(contract, script=script, by=buyer, now=signed_at)
    else:
        contracts.sign_contract(contract, side=Side.PROVIDER, by=owner, now=signed_at)
    for number, (one, promise) in enumerate(made):
        if one.fate != Fate.NOT_CONTRACTED:
            _capture(one, promise=promise, script=script, stage=stage, number=number)


def _change_since(stage: Stage) -> None:
    """Vary one contract, propose to extend another, hand a third over, and end a fourth early."""

    def held(provider: str, title: str) -> tuple[Contract, Person, Person]:
        house = stage.cast.organisations[provider]
        contract = Contract.objects.get(proposal__provider=house, proposal__title=title)
        [script] = [one for one in PROPOSALS if one.title == title]
        return contract, stage.cast.owner(_buyer(script)), stage.cast.owner(provider)

    contract, buyer, owner = held("independent", "Run by us, for us")
    vary_one(contract, buyer=buyer, owner=owner, now=stage.at(1))
    judge = stage.cast.people["Dana"]
    dispute_one(contract, buyer=buyer, now=stage.at(0))
    draw_one(contract, judge=judge, now=stage.at(0))
    contract, buyer, owner = held("moor", "Nurses who own their service")
    check_and_dispute(contract, buyer=buyer, owner=owner, judge=judge, now=stage.at(1))
    sample_one(contract, judge=judge, now=stage.at(1))
    give_documents(contract, owner=owner, buyer=buyer, judge=judge, now=stage.at(1))
    publish_one(contract, buyer=buyer, owner=owner, now=stage.at(1))
    propose_one(contract, buyer=buyer, now=stage.at(1, days=5))
    title, months = HANDED_OVER
    contract, buyer, owner = held("tees", title)
    taker = stage.cast.owner("northern")
    hand_one_over(
        contract,
        to=stage.cast.organisations["northern"],
        buyer=buyer,
        owner=owner,
        taker=taker,
        now=stage.at(months, days=2),
    )
    for key, values in stage.since.items():
        since = Commitment.objects.get(pk=key)
        record_month_by_month(since, values=values, by=taker, at=stage.after)
    contract, buyer, _ = held("harbour", "A room round the corner")
    end_one(contract, buyer=buyer, now=stage.at(1))
    programme = contract.proposal.need.programme
    sample_programme(programme, unit=stage.cast.owner("unit"), now=stage.at(0))


def _sign_on_paper(
    contract: Contract, *, script: ProposalScript, by: Person, now: datetime
) -> None:
    assert script.signed_on_paper
    name, role = script.signed_on_paper
    paper = contracts.Paper(
        name=name, role=role, signed_on=now.date(), scan=a_page(f"Example. Signed: {name}, {role}")
    )
    contracts.record_paper_signature(contract, side=Side.PROVIDER, paper=paper, by=by, now=now)


def _dispose(
    one: PromiseScript,
    *,
    promise: Promise,
    contract: Contract,
    script: ProposalScript,
    stage: Stage,
) -> None:
    pool = stage.pools.get(one.measure) if one.is_compared else None
    terms = contracts.Terms(
        baseline=promise.baseline,
        alternative=promise.alternative,
        target=promise.target if one.changed_target is None else one.changed_target,
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        pool=pool,
        no_pool_because="" if pool or promise.measure is None else ALONE,
    )
    contracts.dispose_promise(
        promise,
        contract=contract,
        fate=one.fate or Fate.AS_PROMISED,
        reason=one.reason,
        terms=terms,
        by=stage.cast.owner(_buyer(script)),
        now=stage.at(script.began + 2, days=4),
    )


def _capture(
    one: PromiseScript, *, promise: Promise, script: ProposalScript, stage: Stage, number: int
) -> None:
    commitment = Commitment.objects.get(promise=promise)
    owner = stage.cast.owner(script.provider)
    if commitment.series and one.shape:
        values = history(
            one.shape,
            start=add_months(first_day(stage.today), -12 * YEARS),
            months=12 * YEARS - one.months_owed,
            changes_on=commitment.starts_on,
            seed=20 + 100 * script.began + number,
        )
        title, months = HANDED_OVER
        if script.title == title:
            day = stage.at(months).date()
            stage.since[commitment.pk] = {on: value for on, value in values.items() if on >= day}
            values = {on: value for on, value in values.items() if on < day}
        record_as_it_came(commitment, values=values, by=owner, at=stage.after)
    if one.stories:
        tell(
            one.stories,
            commitment=commitment,
            people=stage.cast.people,
            at=lambda months, days: stage.at(months, days=days),
            began=script.began,
        )
    if one.finding:
        stage.findings.append((one.finding, commitment))


HOLDS = "One of the figures was found wrong. Without it the others show the same."


def _play_finding(script: FindingScript, *, commitment: Commitment, stage: Stage) -> None:
    dana, owner = stage.cast.people["Dana"], commitment.contract.proposal.written_by
    finding: Finding = assess.write_finding(
        commitment,
        judgement=assess.Judgement(
            conclusion=script.conclusion,
            reasons=script.reasons,
            why_otherwise=HOLDS if figures_found_wrong(commitment) else "",
            stories=list(commitment.stories.filter(withdrawn_at__isnull=True)),
        ),
        by=dana,
        now=stage.at(1, days=5),
    )
    finding = assess.send_finding(finding, by=dana, now=stage.at(1, days=6))
    if script.reply:
        assess.reply_to_finding(finding, words=script.reply, by=owner, now=stage.at(1, days=12))
    if script.is_published:
        assess.publish_finding(finding, by=dana, now=stage.at(1, days=13))


def _revise_one(stage: Stage) -> None:
    """Say one measure more clearly, after promises were made with it: they keep what it said."""
    held = stage.measures[REVISED]
    measures.revise_measure(
        held,
        words=replace(measures.MeasureWords.of(held), definition=CLEARER),
        reason="Some counted the way there, and some did not.",
        read=1,
        by=stage.cast.people["Frank"],
        now=stage.at(1, days=2),
    )


def _buyer(script: ProposalScript) -> str:
    return next(need.commissioner for need in NEEDS if need.key == script.need)
