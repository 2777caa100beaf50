"""What is agreed in a commitment before both sign, what was not promised, and the table of both."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Promise
from makegood.articulate.states import HowKnown
from makegood.assess.analysis import inputs_of
from makegood.contract import rules
from makegood.contract.actions import (
    Consequences,
    Evidence,
    Figures,
    Judging,
    Terms,
    add_commitment,
    agree_on,
    dispose_promise,
    drop_additional,
    revise_additional,
    sign_contract,
    withhold_part,
)
from makegood.contract.models import Commitment, Contract, Signature
from makegood.contract.queries import (
    Share,
    agreed_lines,
    contracting_gap,
    owed_by,
    reconcile,
    terms_digest,
    withheld_from,
)
from makegood.contract.states import Consequence, Fate, Mark, Part, Side, Verification, Whom
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.measures.actions import MeasureWords, revise_measure
from tests.factories import contracting, loop, varying
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.factories.terms import terms_alone
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
FIGURES = Figures(
    baseline_period="April 2023 to March 2024",
    baseline_source="our payroll",
    frequency="quarter",
    within_days=20,
    trajectory=[{"on": "2024-09-30", "target": 4.6}],
)
EVIDENCE = Evidence(
    stories_least=10,
    stories_from="staff",
    documents="the yearly report",
    verification=Verification.VERIFIED,
    sample=20,
)
CONSEQUENCE = Consequences(follows=Consequence.SHARE, payment_share=Decimal(5))


def lines(commitment: Commitment) -> dict[str, str]:
    return {line.name: line.words for line in agreed_lines(commitment, withheld={})}


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# What is agreed, part by part.


def test_every_part_that_is_agreed_can_be_read(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    look = date(2024, 9, 30).isoformat()
    alone = Judging(no_pool_because="Nobody is like us", looks_on=[look])
    for part in (FIGURES, EVIDENCE, CONSEQUENCE, alone):
        commitment = agree_on(commitment, agreed=part, by=cast.erin)
    unit = commitment.measure.unit
    gap = "" if unit == "%" else " "
    assert lines(Commitment.objects.get()) == {
        "Stands now at": f"5{gap}{unit} in April 2023 to March 2024, from our payroll",
        "On the way": f"4.6{gap}{unit} by 30 September 2024",
        "Figures": "Every quarter, within 20 days of its end",
        "Stories": "At least 10, from staff",
        "Documents": "the yearly report",
        "Checked": f"{Verification.VERIFIED.words}; 20 are drawn to be checked",
        "Compared with": "Nobody: only reached or not reached can be said. Nobody is like us",
        "Judged on": "30 September 2024, and on the day it is due",
        "If it is not met": "5% of the payment is kept back",
    }
    assert verify().problems == []


def test_what_is_agreed_is_part_of_what_is_signed(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    seen = {terms_digest(commitment.contract)}
    for part in (FIGURES, EVIDENCE, CONSEQUENCE):
        agree_on(commitment, agreed=part, by=cast.erin)
        seen.add(terms_digest(commitment.contract))
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("CON-54", replace(FIGURES, baseline_source="")),
        ("CON-55", replace(FIGURES, within_days=None)),
        ("CON-56", replace(FIGURES, trajectory=[{"on": "2030-01-01", "target": 4.6}])),
        ("CON-57", Judging(looks_on=["2030-01-01"])),
        ("CON-58", replace(EVIDENCE, stories_from="")),
        ("CON-59", replace(EVIDENCE, verification="")),
        ("CON-60", replace(CONSEQUENCE, payment_share=None)),
    ],
)
def test_half_of_it_is_not_agreed(cast: Cast, number: str, wrong: Figures) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    before = terms_digest(commitment.contract)
    with refused(number):
        agree_on(commitment, agreed=wrong, by=cast.erin)
    assert terms_digest(commitment.contract) == before


@pytest.mark.parametrize(
    "half",
    [
        "baseline_period = 'March'",
        "frequency = 'month'",
        "stories_least = 3",
        "sample = 3",
        "follows = 'share'",
        "payment_pounds = 5",
        "whom = 'nobody'",
    ],
)
def test_the_database_keeps_no_half(cast: Cast, half: str) -> None:
    contracting.a_drafted_commitment(cast)
    with pytest.raises(IntegrityError):
        run(f"UPDATE contract_commitment SET {half}")


def test_only_the_commissioner_drafts_and_only_a_draft(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    for other in (cast.alice, cast.bob, cast.dana, cast.charlie):
        with pytest.raises(NotPermitted):
            agree_on(commitment, agreed=FIGURES, by=other)
    sign_contract(commitment.contract, side=Side.COMMISSIONER, by=cast.erin)
    with refused("CON-03"):
        agree_on(commitment, agreed=FIGURES, by=cast.erin)
    with pytest.raises(IntegrityError, match="CON-03"):
        run("UPDATE contract_commitment SET frequency = 'month', within_days = 3")


def test_other_terms_leave_what_is_agreed_as_it_is(cast: Cast, client: Client) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    agree_on(commitment, agreed=replace(EVIDENCE, evidence_required="Diaries"), by=cast.erin)
    sign_in(client, cast.erin)
    address = reverse("dispose_promise", args=[commitment.contract.reference, 1])
    form = client.get(address).context["form"]
    given = {"fate": "changed", "reason": "Money", "target": "4.8", "baseline": "5"}
    given |= {f"due_on_{part}": getattr(loop.DUE_ON, part) for part in ("day", "month", "year")}
    assert form.initial["for_whom"] == commitment.for_whom
    assert client.post(address, given).status_code == 302
    held = Commitment.objects.get()
    assert (held.target, held.evidence_required, held.sample) == (4.8, "Diaries", 20)
    assert held.no_pool_because


def test_looks_agreed_beforehand_are_what_it_is_judged_by(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    inputs = inputs_of(commitment, now=date(2025, 1, 1))
    before = inputs.digest(commitment)
    commitment.looks_on = ["2024-09-30"]
    assert inputs.digest(commitment) != before


# With whom it is compared is said before anybody signs (CON-53).


def _uncompared(cast: Cast) -> Contract:
    contract = loop.a_draft_contract(cast)
    dispose_promise(Promise.objects.get(), contract=contract, fate=Fate.AS_PROMISED, by=cast.erin)
    return contract


def test_nobody_signs_before_it_is_said_with_whom_it_is_compared(
    cast: Cast, client: Client
) -> None:
    contract = _uncompared(cast)
    with refused("CON-53"):
        sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    sign_in(client, cast.erin)
    for name in ("contract", "reconciliation"):
        page = client.get(reverse(name, args=[contract.reference])).content.decode()
        assert "Read it once more and sign" not in page
        assert "Nobody can sign" in page
    answer = client.get(reverse("sign_contract", args=[contract.reference]), follow=True)
    assert "or why with nobody" in answer.content.decode()


def test_the_database_refuses_a_signature_before_that(cast: Cast) -> None:
    contract = _uncompared(cast)
    with pytest.raises(IntegrityError, match="CON-53"), transaction.atomic():
        Signature.objects.create(
            contract=contract,
            side=Side.COMMISSIONER,
            signing_round=1,
            signed_by=cast.erin,
            signed_at=timezone.now(),
            terms_digest="0" * 64,
        )
    with pytest.raises(IntegrityError, match=r"CON-53|CON-04"):
        run("UPDATE contract_contract SET state = 'part_signed'")


def test_a_reason_is_given_for_no_comparator(cast: Cast, client: Client) -> None:
    contract = _uncompared(cast)
    sign_in(client, cast.erin)
    commitment = contract.commitments.get()
    address = reverse("agree_judging", args=[contract.reference, commitment.reference])
    for given in ({"is_alone": "on"}, {"no_pool_because": "None"}):
        assert client.post(address, given).status_code == 200
    given = {"is_alone": "on", "no_pool_because": "Nobody publishes it", "every": "3"}
    assert client.post(address, given).status_code == 302
    held = Commitment.objects.get()
    assert held.no_pool_because == "Nobody publishes it"
    assert held.looks[0] == date(2024, 7, 1)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)


def test_of_what_was_made_elsewhere_nobody_asks_it(cast: Cast) -> None:
    contract = loop.a_contract_brought_in(cast)
    assert not reconcile(contract, withheld={}).open_rows


# The table.


def test_a_promise_that_was_weakened_since_is_not_said_to_be_as_promised(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    [row] = reconcile(variation.contract, withheld={}).promised
    assert row.became == ("as promised", "neutral")
    contract = varying.sign_both(variation, cast=cast).contract
    [row] = reconcile(contract, withheld={}).promised
    assert row.became == ("weakened since", "error")


def test_the_table_says_what_changed(cast: Cast, client: Client) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.get()
    terms = replace(terms_alone(promise), target=4.8, for_whom="nurses alone", whom=Whom.FEWER)
    fate, reason = Fate.CHANGED, "Too dear"
    dispose_promise(promise, contract=contract, fate=fate, reason=reason, terms=terms, by=cast.erin)
    [row] = reconcile(contract, withheld={}).promised
    assert [each.mark for each in row.differences] == [Mark.WEAKER, Mark.FEWER]
    assert not row.is_open
    sign_in(client, cast.alice)
    page = client.get(reverse("reconciliation", args=[contract.reference])).content.decode()
    for said in ("Weaker", "For fewer people", "nurses alone", reason, "1 of 1"):
        assert said in page
    table = client.get(reverse("reconciliation_table", args=[contract.reference]))
    [told] = csv.DictReader(io.StringIO(table.content.decode()))
    assert (told["what became of it"], told["reason"]) == ("changed", reason)
    assert told["what changed"].startswith("weaker: Target 4.8")


def test_for_fewer_people_counts_as_weaker_in_the_gap(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.get()
    with refused("CON-61"):
        terms = replace(terms_alone(promise), for_whom="nurses alone")
        dispose_promise(
            promise, contract=contract, fate=Fate.CHANGED, reason="x", terms=terms, by=cast.erin
        )
    terms = replace(terms, whom=Whom.FEWER)
    with refused("CON-13"):
        dispose_promise(
            promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin
        )
    dispose_promise(
        promise, contract=contract, fate=Fate.CHANGED, reason="x", terms=terms, by=cast.erin
    )
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    assert contracting_gap(now=timezone.now())[Share.WEAKENED].count == 1


def test_one_press_contracts_a_promise_as_it_was_made(cast: Cast, client: Client) -> None:
    contract = loop.a_draft_contract(cast)
    sign_in(client, cast.erin)
    page = client.get(reverse("reconciliation", args=[contract.reference]) + "?show=open")
    assert "Contract it as promised" in page.content.decode()
    address = reverse("dispose_promise", args=[contract.reference, 1])
    answer = client.post(address, {"fate": "as promised"}, follow=True)
    assert answer.status_code == 200
    held, promise = Commitment.objects.get(), Promise.objects.get()
    assert (held.target, held.due_on) == (promise.target, promise.due_on)
    assert "needed to sign" in answer.content.decode().lower()


def test_a_change_may_take_the_newest_words_of_the_measure(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.select_related("measure", "measure_version").get()
    measure = promise.measure
    assert measure
    words = MeasureWords(
        **{name: getattr(measure, name) for name in MeasureWords.__dataclass_fields__}
    )
    read = measure.version or 1
    words = replace(words, definition="As before, without leave")
    revise_measure(measure, words=words, read=read, reason="Clearer", by=cast.alice)
    promise = Promise.objects.select_related("measure", "measure_version").get()
    terms = replace(Terms.of(promise), takes_newest=True)
    with refused("CON-13"):
        dispose_promise(
            promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin
        )
    dispose_promise(
        promise, contract=contract, fate=Fate.CHANGED, reason="Clearer", terms=terms, by=cast.erin
    )
    [row] = reconcile(contract, withheld={}).promised
    assert [each.mark for each in row.differences] == [Mark.OTHER_WORDS]
    run("UPDATE contract_disposition SET fate = 'as promised'")
    with pytest.raises(IntegrityError, match="MEA-15"):
        run("UPDATE contract_commitment SET consequence = 'none'")


# What nobody promised.


def test_what_was_not_promised_is_marked_and_never_a_promise_kept(
    cast: Cast, client: Client
) -> None:
    added = contracting.an_additional(cast)
    contract = added.contract
    assert added.reference == f"K-{contract.proposal.code}-A1"
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    gap = contracting_gap(now=timezone.now())
    assert sum(tally.count for tally in gap.values()) == 1
    addresses = [
        reverse("contract", args=[contract.reference]),
        reverse("reconciliation", args=[contract.reference]),
        reverse("proposal", args=[contract.proposal.code]),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert added.reference in page
        assert "Additional" in page
    assert "that nobody had promised" in client.get(reverse("home")).content.decode()
    assert verify().problems == []


def test_what_was_promised_is_no_addition(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    promise = Promise.objects.get()
    said = {"for_whom": promise.for_whom.upper(), "what_changes": promise.what_changes}
    with refused("CON-62"):
        add_commitment(contract, terms=contracting.additional_terms(**said), by=cast.erin)


def test_an_addition_is_there_once(cast: Cast) -> None:
    added = contracting.an_additional(cast)
    with refused("CON-63"):
        contracting.an_additional(cast, contract=added.contract)
    drop_additional(added, by=cast.erin)
    with refused("CON-64"):
        agree_on(added, agreed=EVIDENCE, by=cast.erin)
    again = contracting.an_additional(cast, contract=added.contract)
    assert again.reference.endswith("-A2")
    with pytest.raises(IntegrityError):
        run("UPDATE contract_commitment SET is_dropped = false WHERE promise_id IS NULL")


def test_an_addition_in_numbers_is_measured_and_compared_like_any_other(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    measure = Promise.objects.get().measure
    told = contracting.additional_terms(how_known=HowKnown.NUMBERS)
    with refused("CON-09"):
        add_commitment(contract, terms=told, by=cast.erin)
    counted = replace(told, measure=measure, baseline=5.0, target=4.0)
    added = add_commitment(contract, terms=counted, by=cast.erin)
    assert added.series
    assert added.measure_version
    with refused("CON-53", saying=added.reference):
        sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    revised = revise_additional(added, terms=told_by_stories(counted), by=cast.erin)
    assert (revised.measure, revised.series, revised.target) == (None, None, None)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)


def told_by_stories(terms: object) -> object:
    return replace(terms, how_known=HowKnown.STORIES)  # type: ignore[type-var]


def test_a_promise_is_not_left_out_as_if_it_were_additional(cast: Cast) -> None:
    with refused("CON-65"):
        drop_additional(contracting.a_drafted_commitment(cast), by=cast.erin)


def test_what_is_withheld_of_the_evidence_is_so_in_every_part(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    agree_on(commitment, agreed=EVIDENCE, by=cast.erin)
    contract = commitment.contract
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    today = timezone.localdate()
    until = today + timedelta(days=90)
    contract = Contract.objects.get()
    withhold_part(contract, part=Part.EVIDENCE, reason="A tender", until_on=until, by=cast.erin)
    held = withheld_from(None, contract=contract, today=today)
    told = {line.name: line for line in agreed_lines(Commitment.objects.get(), withheld=held)}
    assert told["Stories"].is_withheld
    assert told["Documents"].is_withheld
    assert not told["Checked"].is_withheld


# The gap counts in the database what the rule says of one.


@pytest.mark.parametrize(
    "changes",
    [
        {"target": 4.8},
        {"target": 4.0},
        {"alternative": 4.7},
        {"alternative": 9.0},
        {"alternative": None, "baseline": 4.7},
        {"baseline": 9.0},
        {"due_on": loop.DUE_ON + timedelta(days=1)},
        {"due_on": loop.DUE_ON - timedelta(days=1)},
        {"for_whom": "others", "whom": Whom.OTHERS},
        {"for_whom": "all", "whom": Whom.MORE},
    ],
)
def test_the_gap_counts_as_weaker_what_the_rule_says_is(
    cast: Cast, changes: dict[str, object]
) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.select_related("measure", "measure_version").get()
    terms = replace(terms_alone(promise), **changes)  # type: ignore[arg-type]
    dispose_promise(
        promise, contract=contract, fate=Fate.CHANGED, reason="x", terms=terms, by=cast.erin
    )
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    says = rules.is_weaker(owed_by(promise), agreed=owed_by(Commitment.objects.get()))
    expected = Share.WEAKENED if says else Share.CHANGED
    assert contracting_gap(now=timezone.now())[expected].count == 1
