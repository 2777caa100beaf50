"""How the evidence of the example is checked: some of it is corroborated, verified and disputed."""

from datetime import datetime

from django.core.files.base import ContentFile

from makegood.articulate.models import Programme
from makegood.capture import actions as capture
from makegood.capture.models import Dispute, Document, Sample
from makegood.capture.queries import items_of
from makegood.capture.states import DisputeOutcome, Found, Level, Readers
from makegood.contract.models import Commitment, Contract
from makegood.measures.models import Measurement
from makegood.measures.queries import current_measurements
from makegood.people.models import Person
from makegood.web.demo.papers import a_page

PAYROLL = "The payroll of the month, of all who were employed."
ASKED = "We asked twelve of the staff for the days they were away, and added them up."
LEFT_OUT = "Staff who joined from the other trust in this month seem to be left out."
COUNTED = "They are counted from the month after, as the measure says."
DRAWN = 12
FOLLOWED = "We followed it for the last three months, with the records it names, and came to the same days."
NOT_NIGHTS = "It seems to leave out those who work nights. How many of them were asked?"
COUNTED_HOW = capture.DocumentSaid(
    title="How the days away were counted",
    summary="Which records were used, who was counted and who was not, and who added them up.",
    readers=Readers.EVERYONE,
)
ASKED_STAFF = capture.DocumentSaid(
    title="What staff said of their rota",
    summary="Forty of the staff were asked whether they could plan their weeks. Thirty-one could.",
    readers=Readers.PARTIES,
)
OVER_ALL = 24
AGREED = "The measure says so. The figure stays as it is."


def check_and_dispute(
    contract: Contract, *, buyer: Person, owner: Person, judge: Person, now: datetime
) -> None:
    """Check a few figures of a contract; dispute one and settle it, and dispute another."""
    commitment = _in_numbers(contract)
    *_, disputed, older, verified, corroborated = _figures(commitment)
    for figure, level, how, house, by in (
        (corroborated, Level.CORROBORATED, ASKED, contract.commissioner, buyer),
        (verified, Level.VERIFIED, PAYROLL, contract.assessor, judge),
        (older, Level.VERIFIED, PAYROLL, contract.assessor, judge),
    ):
        capture.check_figure(
            commitment, measurement=figure, level=level, how=how, house=house, by=by, now=now
        )
    settled = _dispute(commitment, figure=disputed, by=buyer, now=now)
    settled = capture.answer_dispute(settled, words=COUNTED, by=owner, now=now)
    outcome = DisputeOutcome.STANDS
    capture.resolve_dispute(settled, outcome=outcome, why=AGREED, by=buyer, now=now)


def dispute_one(contract: Contract, *, buyer: Person, now: datetime) -> None:
    """Dispute the newest figure of a contract; it waits for the provider’s answer."""
    commitment = _in_numbers(contract)
    _dispute(commitment, figure=_figures(commitment)[-1], by=buyer, now=now)


def give_documents(
    contract: Contract, *, owner: Person, buyer: Person, judge: Person, now: datetime
) -> None:
    """Give two documents as evidence: one is verified, and the other disputed and waits for an answer."""
    commitment, judging = _in_numbers(contract), contract.assessor
    counted = _give(
        commitment, COUNTED_HOW, pdf="How the days away were counted", by=owner, now=now
    )
    capture.check_document(
        counted, level=Level.VERIFIED, how=FOLLOWED, house=judging, by=judge, now=now
    )
    asked = _give(commitment, ASKED_STAFF, pdf="What staff said of their rota", by=owner, now=now)
    house = contract.commissioner
    capture.dispute_document(asked, reason=NOT_NIGHTS, house=house, by=buyer, now=now)


def _give(
    commitment: Commitment, said: capture.DocumentSaid, *, pdf: str, by: Person, now: datetime
) -> Document:
    file = ContentFile(a_page(f"Example. {pdf}"), name="given.pdf")
    return capture.add_document(commitment, file=file, said=said, by=by, now=now)


def draw_one(contract: Contract, *, judge: Person, now: datetime, size: int = 3) -> Sample:
    """Draw a few figures of a contract, to be looked at."""
    house = contract.assessor
    sample = capture.announce_sample(contract, size=size, house=house, by=judge, now=now)
    return capture.draw_sample(sample, by=judge, now=now)


def sample_programme(programme: Programme, *, unit: Person, now: datetime) -> None:
    """Draw a sample over a whole programme, look through it and close it: one figure of it is wrong."""
    sample = capture.announce_sample(
        programme, size=OVER_ALL, house=programme.run_by, by=unit, now=now
    )
    _look_through(capture.draw_sample(sample, by=unit, now=now), by=unit, now=now)


def sample_one(contract: Contract, *, judge: Person, now: datetime) -> None:
    """Draw a sample, look through it, and close it: one figure of it is wrong."""
    sample = draw_one(contract, judge=judge, now=now, size=DRAWN)
    _look_through(sample, by=judge, now=now)


def _look_through(sample: Sample, *, by: Person, now: datetime) -> None:
    """Find the first figure of a sample wrong and the others right, and close it."""
    first, *others = items_of(sample)
    capture.answer_item(
        first,
        found=Found.WRONG,
        true_value=round((first.measurement.value or 0) + 0.4, 1),
        note="One team was left out of the payroll of this month.",
        by=by,
        now=now,
    )
    for item in others:
        capture.answer_item(item, found=Found.RIGHT, by=by, now=now)
    capture.close_sample(sample, by=by, now=now)


def _dispute(commitment: Commitment, *, figure: Measurement, by: Person, now: datetime) -> Dispute:
    house = commitment.contract.commissioner
    return capture.open_dispute(
        commitment, measurement=figure, reason=LEFT_OUT, house=house, by=by, now=now
    )


def _in_numbers(contract: Contract) -> Commitment:
    found = Commitment.objects.filter(contract=contract, series__isnull=False)
    return found.order_by("reference")[0]


def _figures(commitment: Commitment) -> list[Measurement]:
    assert commitment.series
    since = current_measurements(commitment.series).filter(
        period__gte=commitment.starts_on, value__isnull=False
    )
    return list(since.order_by("period"))
