"""A contract of the example that was made elsewhere: one of its promises was lost."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from makegood.articulate.models import Programme
from makegood.contract import actions as contracts
from makegood.contract.states import BroughtInAnswer, Fate, Side
from makegood.kernel.period import add_months, first_day
from makegood.web.demo.cast import Cast
from makegood.web.demo.papers import a_page

WORDS = "We did promise the volunteers. Nobody told us why they were left out."


def bring_in_one(cast: Cast, *, programme: Programme, today: date, now: datetime) -> None:
    """Bring in a contract of the city's with its provider, signed on paper, and let the provider answer."""
    start = add_months(first_day(today), -14)
    kept = contracts.ToldPromise(
        line=2,
        for_whom="people on the waiting list",
        what_changes="someone rings them every fortnight",
        due_on=add_months(start, 20),
        fate=Fate.AS_PROMISED,
    )
    lost = contracts.ToldPromise(
        line=3,
        for_whom="neighbours",
        what_changes="twenty of them are trained to run a group",
        due_on=add_months(start, 20),
        fate=Fate.NOT_CONTRACTED,
        reason="It was cut when the contract was written",
        worth_low=Decimal(8_000),
        worth_high=Decimal(15_000),
        worth_source="what training cost elsewhere, in the tender",
    )
    told = contracts.ToldContract(
        reference="HC/2024/031",
        title="Waiting well",
        provider=cast.organisations["harbour"].name,
        number="",
        starts_on=start,
        ends_on=add_months(start, 30),
        value=Decimal(84_000),
        decided_on=start - timedelta(days=60),
        promises=(kept, lost),
    )
    buyer = cast.owner("city")
    [made] = contracts.bring_in_contracts(
        [told],
        commissioner=cast.organisations["city"],
        programme=programme,
        assessor=cast.organisations["assessors"],
        by=buyer,
        now=now,
    )
    assert made.contract, made.reason
    provider = cast.owner("harbour")
    by_whom = {"Ruth Adeyemi": buyer, "Tom Sayle": provider}
    for side, (name, by) in zip(Side, by_whom.items(), strict=True):
        paper = contracts.Paper(
            name=name,
            role="Director",
            signed_on=min(start - timedelta(days=30), now.date()),
            scan=a_page(f"Example. Signed: {name}, Director"),
        )
        contracts.record_paper_signature(made.contract, side=side, paper=paper, by=by, now=now)
    contracts.answer_brought_in(
        made.contract,
        answer=BroughtInAnswer.DISPUTED,
        words=WORDS,
        by=provider,
        now=datetime.combine(now.date(), time(15), tzinfo=now.tzinfo),
    )
