"""What was made elsewhere is brought in row by row, is said to be, and holds to every rule."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.articulate.models import Need, Programme, Promise, Proposal
from makegood.contract.actions import (
    answer_brought_in,
    bring_in_contracts,
    record_paper_signature,
    sign_contract,
)
from makegood.contract.forms import COLUMNS, NAMES, read_rows, told_contracts
from makegood.contract.models import Contract, ProviderWord
from makegood.contract.queries import Share, contracting_gap
from makegood.contract.states import BroughtInAnswer, ContractState, Fate, Side
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Notice, Organisation
from makegood.web.queries.desk import desk_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rooms.kernel.test_sheets import a_workbook, row, words
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
ROW = {
    "reference": "CC/2023/14",
    "title": "Home care, north",
    "provider": "Beck Care",
    "provider number": "GB-COH-09506232",
    "starts on": "01/04/2024",
    "ends on": "2026-03-31",
    "value": "90,000",
    "decided on": "15/01/2024",
    "for whom": "our staff",
    "what changes": "they are off sick less",
    "due on": "31/03/2025",
    "measure": "staff absence rate",
    "baseline": "5",
    "alternative": "5.2",
    "target": "4.5",
    "what became of it": "As promised",
}
LOST = ROW | {
    "what changes": "they stay longer",
    "measure": "",
    "baseline": "",
    "alternative": "",
    "target": "",
    "what became of it": "not contracted",
    "reason": "Too dear",
    "worth a year, from": "1000",
    "worth a year, to": "2000",
    "where the worth comes from": "The tender",
}
UNKNOWN = LOST | {"what changes": "they learn", "what became of it": "not known", "reason": ""}
CHANGED = ROW | {"what became of it": "changed", "reason": "Money", "target contracted": "4.9"}
Cells = Mapping[str, str]


def a_file(*rows: Cells) -> str:
    made = io.StringIO()
    table = csv.DictWriter(made, COLUMNS, restval="")
    table.writeheader()
    table.writerows(rows)
    return made.getvalue()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    loop.a_measure(cast)
    return loop.a_need(cast).programme


def bring_in(cast: Cast, programme: Programme, *rows: Cells, **more: Any) -> Any:
    return bring_in_contracts(
        told_contracts(read_rows(a_file(*rows))),
        commissioner=cast.commissioner,
        programme=programme,
        assessor=cast.assessors,
        by=cast.erin,
        **more,
    )


def signed_on_paper(contract: Contract, cast: Cast) -> Contract:
    for side in Side:
        paper = loop.a_paper(name=f"Signed {side}")
        record_paper_signature(contract, side=side, paper=paper, by=cast.erin)
        contract.refresh_from_db()
    return contract


# What it makes.


def test_it_becomes_what_was_made_elsewhere(cast: Cast, programme: Programme) -> None:
    [made] = bring_in(cast, programme, ROW, LOST, CHANGED | {"what changes": "they smile"})
    contract = made.contract
    assert (made.is_new, contract.state) == (True, ContractState.DRAFTING)
    assert (contract.is_brought_in, contract.brought_in_by) == (True, cast.erin)
    assert contract.proposal.state == "approved"
    assert contract.proposal.need.state == "closed"
    assert timezone.localdate(contract.proposal.decision.decided_at).isoformat() == "2024-01-15"
    fates = contract.dispositions.order_by("promise__position").values_list("fate", flat=True)
    assert list(fates) == [Fate.AS_PROMISED, Fate.NOT_CONTRACTED, Fate.CHANGED]
    assert contract.commitments.get(promise__position=3).target == 4.9
    assert verify().problems == []


def test_a_long_title_and_reference_are_kept_whole(cast: Cast, programme: Programme) -> None:
    title, reference = "A" * 120, "R" * 80
    [made] = bring_in(cast, programme, ROW | {"reference": reference, "title": title})
    proposal = made.contract.proposal
    for held in (proposal, proposal.need, proposal.need.versions.get(), proposal.versions.get()):
        assert held.title == f"{title} ({reference})"


def test_its_provider_is_entered_and_claimed_by_nobody(cast: Cast, programme: Programme) -> None:
    [made] = bring_in(cast, programme, ROW)
    assert made.contract.provider.name == "Beck Care"
    assert not made.contract.provider.memberships.exists()
    [again] = bring_in(cast, programme, ROW | {"reference": "2", "provider": "Beck Care Ltd"})
    assert again.contract.provider == made.contract.provider


def test_a_lost_promise_stands_in_the_gap_once_it_is_signed(
    cast: Cast, programme: Programme
) -> None:
    [made] = bring_in(cast, programme, ROW, LOST)
    gap = contracting_gap(now=timezone.now())
    assert gap[Share.OPEN].count == 2
    assert gap[Share.NEVER_CONTRACTED].count == 0
    contract = signed_on_paper(made.contract, cast)
    assert contract.state == ContractState.IN_FORCE
    gap = contracting_gap(now=timezone.now())
    assert (gap[Share.AS_PROMISED].count, gap[Share.NOT_CONTRACTED].count) == (1, 1)


def test_what_is_not_known_keeps_it_from_being_signed(cast: Cast, programme: Programme) -> None:
    [made] = bring_in(cast, programme, ROW, UNKNOWN)
    with refused("CON-01"):
        sign_contract(made.contract, side=Side.COMMISSIONER, by=cast.erin)


def test_the_same_file_twice_adds_nothing(cast: Cast, programme: Programme) -> None:
    for is_new in (True, False):
        [made] = bring_in(cast, programme, ROW, LOST)
        assert made.is_new is is_new
    assert Contract.objects.count() == 1
    assert Promise.objects.count() == 2
    assert Organisation.objects.filter(name="Beck Care").count() == 1


def test_a_rehearsal_keeps_nothing(cast: Cast, programme: Programme) -> None:
    [made] = bring_in(cast, programme, ROW, is_rehearsal=True)
    assert made.is_new
    assert not Contract.objects.exists()
    assert not Organisation.objects.filter(name="Beck Care").exists()


def test_only_who_writes_for_the_commissioner_brings_in(cast: Cast, programme: Programme) -> None:
    for person in (cast.alice, cast.bob, cast.frank, cast.grace, cast.dana):
        with pytest.raises(NotPermitted):
            bring_in_contracts(
                [loop.what_is_told(cast)],
                commissioner=cast.commissioner,
                programme=programme,
                assessor=cast.assessors,
                by=person,
            )


# What it refuses, with the reason.


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW | {"measure": "happiness"}, "no measure of the library"),
        (ROW | {"target": ""}, "measure"),
        (ROW | {"target": "400"}, "cannot be above"),
        (ROW | {"due on": "31/03/2024"}, "due date must be after"),
        (ROW | {"due on": "31/03/2027"}, "Line 2: It must be due by 31 March 2026"),
        (ROW | {"ends on": "01/01/2020"}, "must end after it starts"),
        (ROW | {"decided on": "01/01/2099"}, "to come"),
        (ROW | {"what became of it": "lost"}, "what became of it: write"),
        (ROW | {"starts on": "in spring"}, "starts on: write a day"),
        (ROW | {"value": "much"}, "value: "),
        (ROW | {"title": ""}, "title: it is empty"),
        (ROW | {"provider number": "nonsense"}, ""),
        (LOST | {"reason": ""}, "Give the reason"),
        (LOST | {"target": "14%"}, "target: it has a % sign, and its measure is not a percentage."),
        (ROW | {"target": "%"}, "is not a number"),
        (LOST | {"where the worth comes from": ""}, ""),
        (CHANGED | {"target contracted": ""}, "Nothing differs"),
    ],
)
def test_a_bad_row_says_why(cast: Cast, programme: Programme, row: Cells, said: str) -> None:
    rows = read_rows(a_file(row))
    told = told_contracts(rows)
    outcomes = bring_in_contracts(
        told,
        commissioner=cast.commissioner,
        programme=programme,
        assessor=cast.assessors,
        by=cast.erin,
    )
    [reason] = [row.reason for row in rows if row.reason] or [each.reason for each in outcomes]
    assert reason
    assert said in reason
    assert not Contract.objects.exists()
    assert not Proposal.objects.exists()


def test_a_percentage_is_read_with_its_sign(cast: Cast, programme: Programme) -> None:
    [made] = bring_in(cast, programme, ROW | {"baseline": "5%", "target": "4.5 %"})
    promise = Promise.objects.get(proposal=made.contract.proposal)
    assert (promise.baseline, promise.alternative, promise.target) == (5.0, 5.2, 4.5)


def test_a_contract_is_told_one_way(cast: Cast) -> None:
    rows = read_rows(a_file(ROW, LOST | {"value": "1"}))
    assert told_contracts(rows) == []
    assert "differ under value" in rows[0].reason
    assert "Another row" in rows[1].reason


cells = st.one_of(
    st.sampled_from(
        sorted({*ROW.values(), *LOST.values(), "-1", "1e999", "=1+1", "'", "٣", "31/02/2024"})
    ),
    st.text(max_size=30),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(COLUMNS), cells), st.sampled_from([ROW, LOST, CHANGED]))
def test_any_row_becomes_a_record_or_a_reason(
    cast: Cast, programme: Programme, odd: Cells, row: Cells
) -> None:
    text = a_file(dict(row) | dict(odd)).replace("\x00", "")
    with transaction.atomic():
        rows = read_rows(text)
        outcomes = bring_in_contracts(
            told_contracts(rows),
            commissioner=cast.commissioner,
            programme=programme,
            assessor=cast.assessors,
            by=cast.erin,
        )
        reasons = [each.reason for each in (*rows, *outcomes) if each.reason]
        assert reasons or all(each.contract for each in outcomes)
        transaction.set_rollback(True)


# The pages.


def sent(client: Client, cast: Cast, programme: Programme, text: str, **more: str) -> HttpResponse:
    given = {
        "commissioner": cast.commissioner.slug,
        "programme": programme.slug,
        "assessor": cast.assessors.slug,
    }
    if more:
        return client.post(reverse("bring_in"), given | {"text": text} | more)
    file = SimpleUploadedFile("contracts.csv", text.encode())
    return client.post(reverse("bring_in"), given | {"file": file})


def test_it_is_checked_then_brought_in_and_the_rest_comes_back(
    cast: Cast, programme: Programme, client: Client
) -> None:
    sign_in(client, cast.erin)
    text = a_file(ROW, LOST, ROW | {"reference": "bad", "title": "=cmd()", "due on": "soon"})
    page = sent(client, cast, programme, text).content.decode()
    assert "1 contract can be brought in" in page
    assert "due on: write a day" in page
    assert not Contract.objects.exists()
    page = sent(client, cast, programme, text, bring_in="1").content.decode()
    assert "1 contract brought in" in page
    assert Contract.objects.get().title == "Home care, north"
    back = sent(client, cast, programme, text, rejected="1")
    [row] = csv.DictReader(io.StringIO(back.content.decode()))
    assert (row["reference"], row["title"], row["line"]) == ("bad", "'=cmd()", "4")
    assert "due on: write a day" in row["what is wrong"]
    mended = back.content.decode().replace("soon", "31/03/2025")
    page = sent(client, cast, programme, mended, bring_in="1").content.decode()
    assert "1 contract brought in" in page
    assert Contract.objects.filter(title="=cmd()").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"PK\x03\x04\x00", b"a,b\n1,2\n", b"reference,what changes\n"]
)
def test_what_is_no_table_is_refused(
    cast: Cast, programme: Programme, client: Client, content: bytes
) -> None:
    sign_in(client, cast.erin)
    given = {
        "commissioner": cast.commissioner.slug,
        "programme": programme.slug,
        "assessor": cast.assessors.slug,
        "file": SimpleUploadedFile("contracts.csv", content),
    }
    page = client.post(reverse("bring_in"), given)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert len(page.context["form"].errors["file"]) == 1


def test_the_check_says_which_provider_is_new_and_what_will_be_public(
    cast: Cast, programme: Programme, client: Client
) -> None:
    sign_in(client, cast.erin)
    known = LOST | {"reference": "2", "provider": cast.provider.name, "provider number": ""}
    page = sent(client, cast, programme, a_file(ROW, known)).content.decode()
    assert page.count("New provider: ") == 1
    assert "New provider: Beck Care. It was not found here, and will be added." in page
    assert "everyone can read at once who promised what" in page
    sent(client, cast, programme, a_file(ROW), bring_in="1")
    contract = Contract.objects.get()
    client.logout()
    promise = contract.proposal.promises.get()
    shown = client.get(reverse("promise", args=[promise.reference])).content.decode()
    assert "Brought in; its signatures are not recorded here yet." in shown
    assert "nothing is owed" not in shown
    assert client.get(reverse("contract", args=[contract.reference])).status_code == 404


def test_two_promises_are_typed_in_and_brought_in(
    cast: Cast, programme: Programme, client: Client
) -> None:
    sign_in(client, cast.erin)
    address = reverse("bring_in_by_form")
    houses = {
        "commissioner": cast.commissioner.slug,
        "programme": programme.slug,
        "assessor": cast.assessors.slug,
    }
    given = [ROW | {"what became of it": "as promised"}, LOST]
    first, second = (
        houses | {NAMES[column]: cell for column, cell in row.items()} for row in given
    )
    page = client.post(address, first | {"text": ""})
    assert "Choose a file" not in page.content.decode()
    assert "they are off sick less, as promised" in page.content.decode()
    assert page.context["row"]["title"].value() == ROW["title"]
    text = page.context["text"]
    bad = client.post(address, second | {"text": text, "due_on": "soon"})
    assert "There is a problem" in bad.content.decode()
    assert bad.context["text"] == text
    page = client.post(address, second | {"text": text})
    text = page.context["text"]
    blank = houses | {NAMES[c]: ROW[c] for c in ("reference", "title", "provider")}
    checked = client.post(address, blank | {"text": text, "check": "1"}).content.decode()
    assert "1 contract can be brought in" in checked
    assert not Contract.objects.exists()
    page = sent(client, cast, programme, text, bring_in="1").content.decode()
    assert "1 contract brought in" in page
    assert Promise.objects.count() == 2


def test_a_workbook_is_brought_in_like_the_table_in_it(
    cast: Cast, programme: Programme, client: Client
) -> None:
    sign_in(client, cast.erin)
    cells = [[*COLUMNS], [ROW.get(column, "") for column in COLUMNS]]
    book = a_workbook("".join(row(*map(words, line)) for line in cells))
    given = {
        "commissioner": cast.commissioner.slug,
        "programme": programme.slug,
        "assessor": cast.assessors.slug,
        "file": SimpleUploadedFile("contracts.ods", book),
    }
    assert (
        "1 contract can be brought in" in client.post(reverse("bring_in"), given).content.decode()
    )


def test_the_template_is_what_is_read(cast: Cast, client: Client) -> None:
    sign_in(client, cast.erin)
    [head] = csv.reader(io.StringIO(client.get(reverse("bring_in_template")).content.decode()))
    assert tuple(head) == COLUMNS


def test_it_is_said_wherever_it_is_shown(cast: Cast, client: Client) -> None:
    contract = signed_on_paper(loop.a_contract_brought_in(cast), cast)
    promise = contract.proposal.promises.get()
    for name, parts in (("contract", contract.reference), ("promise", promise.reference)):
        assert "Brought in." in client.get(reverse(name, args=[parts])).content.decode()
    assert "rought in" in client.get(reverse("contracts")).content.decode()
    proposal = client.get(reverse("proposal", args=[contract.proposal.code])).content.decode()
    assert "Brought in by" in proposal
    assert Need.objects.get(pk=contract.proposal.need_id).description.startswith("Brought in by")


def test_it_is_found_by_where_it_was_made(cast: Cast, client: Client) -> None:
    contract = signed_on_paper(loop.a_contract_brought_in(cast), cast)
    for origin, found in (("elsewhere", [contract]), ("here", [])):
        page = client.get(reverse("contracts"), {"origin": origin})
        assert [line.contract for line in page.context["lines"]] == found
    assert client.get(reverse("contracts"), {"q": "CC/2023/14"}).context["lines"]


# The provider confirms or disputes.


def test_the_provider_is_told_and_says_whether_it_is_right(cast: Cast, client: Client) -> None:
    contract = loop.a_contract_brought_in(cast)
    assert Notice.objects.filter(person=cast.alice, words__contains="Confirm or dispute").exists()
    today = timezone.localdate()
    tasks = [task.title for task in desk_of(cast.alice, today=today).now()]
    assert "Confirm or dispute “Home care, north”" in tasks
    sign_in(client, cast.alice)
    path = reverse("answer_brought_in", args=[contract.reference])
    page = client.post(path, {"answer": "disputed", "words": ""}).content.decode()
    assert "Say what is wrong" in page
    words = "Nobody ever said that it was too dear"
    page = client.post(path, {"answer": "disputed", "words": words}, follow=True).content.decode()
    assert words in page
    assert "Confirm or dispute “Home" not in str(desk_of(cast.alice, today=today).now())


def test_what_was_said_stays_beside_what_is_said_later(cast: Cast) -> None:
    contract = loop.a_contract_brought_in(cast)
    for _ in range(2):
        answer_brought_in(
            contract, answer=BroughtInAnswer.DISPUTED, words="The year is wrong", by=cast.alice
        )
    answer_brought_in(contract, answer=BroughtInAnswer.CONFIRMED, by=cast.alice)
    assert list(ProviderWord.objects.values_list("answer", flat=True)) == ["disputed", "confirmed"]
    assert verify().problems == []


def test_what_was_made_here_is_not_confirmed(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    with refused("CON-31"):
        answer_brought_in(contract, answer=BroughtInAnswer.CONFIRMED, by=cast.alice)
    with pytest.raises(Error, match="CON-31"), transaction.atomic():
        ProviderWord.objects.create(
            contract=contract, answer="confirmed", said_by=cast.alice, said_at=timezone.now()
        )


@pytest.mark.parametrize(
    "change",
    ["their_reference = 'x'", "brought_in_by_id = drafted_by_id + 1", "brought_in_at = NULL"],
)
def test_the_database_keeps_that_it_was_brought_in(cast: Cast, change: str) -> None:
    loop.a_contract_brought_in(cast)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE contract_contract SET {change}")
