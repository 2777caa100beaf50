"""One promise at each stage of its life, made through the platform's own actions.

promise = an_approved_promise(cast)          and so on down the file: each stage makes those before it
contract = a_signed_contract(cast)
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from makegood.articulate.actions import (
    AimWords,
    AlternativeFigures,
    PromiseTerms,
    add_promise,
    ask_question,
    measure_alternative,
    publish_need,
    start_programme,
    start_proposal,
    submit_proposal,
    withhold_proposal_part,
    write_aim,
    write_need,
)
from makegood.articulate.models import (
    Aim,
    MeasuredAlternative,
    Need,
    Promise,
    Proposal,
    ProposalWithholding,
    Question,
)
from makegood.articulate.states import ProposalPart
from makegood.assess.actions import (
    Judgement,
    publish_finding,
    reply_to_finding,
    send_finding,
    write_finding,
)
from makegood.assess.models import Finding
from makegood.assess.states import Conclusion
from makegood.capture.actions import (
    name_safeguarding_person,
    open_story_link,
    prepare_publication,
    publish_story,
    tell_story,
)
from makegood.capture.models import Story, StoryLink
from makegood.capture.states import Consent, ToldAs
from makegood.contract.actions import (
    Paper,
    ToldContract,
    ToldPromise,
    bring_in_contracts,
    decide_proposal,
    dispose_promise,
    draft_contract,
    record_paper_signature,
    sign_contract,
    withhold_part,
)
from makegood.contract.models import Commitment, Contract, Withholding
from makegood.contract.states import Fate, Outcome, Part, Side
from makegood.kernel.files.keep import keep_file
from makegood.kernel.files.kinds import FileKind
from makegood.kernel.files.models import KeptFile
from makegood.measures.actions import define_measure, preview_measures, retire_measure
from makegood.measures.models import Measure, MeasureFile
from makegood.measures.states import Better, MeasureKind
from tests.factories.cast import Cast
from tests.factories.terms import terms_alone

STARTS_ON = date(2024, 4, 1)
DUE_ON = date(2025, 3, 31)


def a_measure(cast: Cast) -> Measure:
    return define_measure(
        name="Staff absence rate",
        unit="%",
        kind=MeasureKind.PERCENTAGE,
        better=Better.DOWN,
        definition="Days lost to sickness, of the days staff were due to work",
        source="the provider's own payroll",
        lowest=0,
        highest=100,
        keeper=cast.provider,
        by=cast.alice,
    )


def a_retired_measure(cast: Cast) -> Measure:
    return retire_measure(a_measure(cast), reason="Nobody counts it", by=cast.alice)


def a_measure_file(cast: Cast) -> MeasureFile:
    """Return a file of two measures, one of which can be kept."""
    rows = b"name,definition,unit,kind,better,source\nPlay,Hours,hours,count,up,Ours\nRest,,h,,,\n"
    return preview_measures(data=rows, file_name="m.csv", keeper=cast.provider, by=cast.alice)


def a_need(cast: Cast) -> Need:
    programme = start_programme(
        name="Right by People", summary="", run_by=cast.support_unit, by=cast.frank
    )
    return write_need(
        programme=programme,
        commissioner=cast.commissioner,
        title="Care at home in the valley",
        description="Care for 200 people",
        alternative="The service stays as it is",
        by=cast.erin,
    )


def a_published_need(cast: Cast) -> Need:
    need = a_need(cast)
    publish_need(need, by=cast.erin)
    need.refresh_from_db()
    return need


def an_aim(cast: Cast) -> Aim:
    """Return an aim of the programme of every need here."""
    words = AimWords(
        name="People stay well at home",
        purpose="Fewer people go into hospital",
        objective="Care closer to home",
        objective_of="The department",
        objective_source="Its plan for ten years",
    )
    return write_aim(a_published_need(cast).programme, words=words, by=cast.frank)


def a_measured_alternative(cast: Cast) -> MeasuredAlternative:
    """Return how the alternative to a published need does by staff absence."""
    figures = AlternativeFigures(
        measure=a_measure(cast),
        baseline=5.0,
        reaches=5.2,
        by_on=DUE_ON,
        source="The payroll of the trust",
    )
    need = a_published_need(cast)
    return measure_alternative(need, figures=figures, reason="It was left out", by=cast.erin)


def a_question(cast: Cast) -> Question:
    """Return what Alice asked about a published need."""
    need = a_published_need(cast)
    words = "May two of us propose together?"
    return ask_question(need, provider=cast.provider, words=words, by=cast.alice)


def a_draft_promise(cast: Cast) -> Promise:
    proposal = start_proposal(
        need=a_published_need(cast),
        provider=cast.provider,
        title="Care by people you know",
        summary="A team of ten",
        by=cast.alice,
    )
    terms = PromiseTerms(
        for_whom="our staff",
        what_changes="fewer days lost to sickness",
        starts_on=STARTS_ON,
        due_on=DUE_ON,
        why_believed="A calmer rota did it for our night team",
        measure=a_measure(cast),
        baseline=5.0,
        alternative=5.2,
        target=4.5,
    )
    return add_promise(proposal, terms=terms, by=cast.alice)


def a_submitted_proposal(cast: Cast) -> Proposal:
    return submit_proposal(a_draft_promise(cast).proposal, by=cast.alice)


def an_approved_promise(cast: Cast) -> Promise:
    proposal = a_submitted_proposal(cast)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="It answers the need", by=cast.erin)
    return Promise.objects.get(proposal=proposal)


def a_withheld_summary(cast: Cast) -> ProposalWithholding:
    """Return a withholding of the summary of an approved proposal, for a year from now."""
    return withhold_proposal_part(
        an_approved_promise(cast).proposal,
        part=ProposalPart.SUMMARY,
        reason="It is how we work",
        until_on=timezone.localdate() + timedelta(days=365),
        by=cast.erin,
    )


def a_draft_contract(cast: Cast) -> Contract:
    promise = an_approved_promise(cast)
    return draft_contract(
        promise.proposal,
        assessor=cast.assessors,
        starts_on=STARTS_ON,
        ends_on=date(2026, 3, 31),
        value=Decimal("123456"),
        by=cast.erin,
    )


def a_settled_contract(cast: Cast) -> Contract:
    contract = a_draft_contract(cast)
    promise = Promise.objects.get(proposal=contract.proposal)
    terms = terms_alone(promise)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin)
    return contract


def a_signed_contract(cast: Cast) -> Contract:
    contract = a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    contract.refresh_from_db()
    sign_contract(contract, side=Side.PROVIDER, by=cast.alice)
    contract.refresh_from_db()
    return contract


def what_is_told(cast: Cast, *promises: ToldPromise, reference: str = "CC/2023/14") -> ToldContract:
    """Return a contract with Alice's provider as a file tells it: without promises, of one that was lost."""
    lost = ToldPromise(
        line=2,
        for_whom="our staff",
        what_changes="they stay longer",
        due_on=DUE_ON,
        fate=Fate.NOT_CONTRACTED,
        reason="Nobody asked for it in the end",
    )
    return ToldContract(
        reference=reference,
        title="Home care, north",
        provider=cast.provider.name,
        number="",
        starts_on=STARTS_ON,
        ends_on=date(2026, 3, 31),
        value=Decimal(90_000),
        decided_on=date(2024, 1, 15),
        promises=promises or (lost,),
    )


def a_contract_brought_in(cast: Cast) -> Contract:
    """Return a draft of a contract that Erin brought in, with one promise that was lost."""
    [made] = bring_in_contracts(
        [what_is_told(cast)],
        commissioner=cast.commissioner,
        programme=a_need(cast).programme,
        assessor=cast.assessors,
        by=cast.erin,
    )
    assert made.contract, made.reason
    return made.contract


A_SCAN = b"%PDF-1.7 a page with a signature"


def a_paper(*, name: str = "Pat Poole", scan: bytes = A_SCAN) -> Paper:
    return Paper(name=name, role="Chair", signed_on=date(2024, 3, 20), scan=scan)


def a_kept_scan() -> KeptFile:
    return keep_file(A_SCAN, kind=FileKind.PDF, now=timezone.now())


def a_contract_on_paper(cast: Cast) -> Contract:
    """Return a contract that the commissioner signed by account, and the provider on paper."""
    contract = a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    contract.refresh_from_db()
    record_paper_signature(contract, side=Side.PROVIDER, paper=a_paper(), by=cast.erin)
    contract.refresh_from_db()
    return contract


def a_withholding(cast: Cast) -> Withholding:
    """Return a withholding of the value of a signed contract, for a year from now."""
    return withhold_part(
        a_signed_contract(cast),
        part=Part.VALUE,
        reason="The next tender is open",
        until_on=timezone.localdate() + timedelta(days=365),
        by=cast.erin,
    )


def a_commitment(cast: Cast) -> Commitment:
    return Commitment.objects.get(contract=a_signed_contract(cast))


def a_story_link(cast: Cast) -> StoryLink:
    """Return a link for stories, once Alice and Erin are told when somebody may be harmed."""
    commitment = a_commitment(cast)
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    name_safeguarding_person(cast.commissioner, person=cast.erin, by=cast.erin)
    return open_story_link(commitment, label="People we visit", by=cast.alice)


def a_story(cast: Cast) -> tuple[Story, str]:
    """Return a story and the secret by which its teller finds it again."""
    return tell_story(
        a_story_link(cast),
        words="I sleep at night now",
        told_as=ToldAs.USER,
        consent=Consent.ANONYMOUS,
    )


def a_shown_story(cast: Cast) -> tuple[Story, str]:
    """Return a story that is published, and the secret of its teller."""
    story, secret = a_story(cast)
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    return story, secret


def a_draft_finding(cast: Cast) -> Finding:
    story, _ = a_story(cast)
    judgement = Judgement(
        conclusion=Conclusion.PARTLY, reasons="One person says so", stories=[story]
    )
    return write_finding(story.link.commitment, judgement=judgement, by=cast.dana)


def a_sent_finding(cast: Cast) -> Finding:
    return send_finding(a_draft_finding(cast), by=cast.dana)


def a_published_finding(cast: Cast) -> Finding:
    finding = a_sent_finding(cast)
    reply_to_finding(finding, words="We agree", by=cast.alice)
    finding.refresh_from_db()
    return publish_finding(finding, by=cast.dana)
