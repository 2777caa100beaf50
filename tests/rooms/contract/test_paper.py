"""A signature on paper counts like any other: same terms, two people, and the database holds to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract.actions import (
    dispose_promise,
    erase_old_papers,
    erase_paper,
    record_paper_signature,
    reopen_contract,
    sign_contract,
)
from makegood.contract.models import Contract, PaperSigner, Signature
from makegood.contract.states import ContractState, Fate, Side
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Notice
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.factories.terms import terms_alone
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
BUYER, PROVIDER = Side.COMMISSIONER, Side.PROVIDER


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def on_paper(contract: Contract, cast: Cast, *, side: Side, name: str = "Pat Poole") -> Signature:
    """Record that a side signed on paper, each by one of its own: nobody records both (CON-35)."""
    by = cast.erin if side is BUYER else cast.alice
    return record_paper_signature(contract, side=side, paper=loop.a_paper(name=name), by=by)


# What it does.


def test_two_papers_put_a_contract_in_force(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER, name="Lee Ash")
    contract.refresh_from_db()
    assert contract.state == ContractState.PART_SIGNED
    on_paper(contract, cast, side=PROVIDER)
    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE
    assert verify().problems == []


def test_a_paper_and_an_account_do_too_and_the_party_is_told(cast: Cast) -> None:
    contract = loop.a_contract_on_paper(cast)
    assert contract.state == ContractState.IN_FORCE
    told = Notice.objects.filter(person=cast.alice).values_list("words", flat=True)
    assert any("on paper. Say so if that is wrong." in words for words in told)


def test_the_ledger_holds_the_digest_and_no_name(cast: Cast) -> None:
    contract = loop.a_contract_on_paper(cast)
    signature = contract.signatures.get(side=PROVIDER)
    entry = Entry.objects.get(act="record_paper_signature")
    assert entry.digest == signature.ledger_digest()
    assert signature.scan_digest == signature.paper.scan.digest
    assert "Pat" not in entry.canonical().decode()


def test_a_changed_name_is_found(cast: Cast) -> None:
    signature = loop.a_contract_on_paper(cast).signatures.get(side=PROVIDER)
    signature.paper.name = "Somebody else"
    assert signature.paper.digest() != signature.paper_digest
    assert signature.ledger_fault() is None


# What it refuses.


def test_a_lost_promise_keeps_paper_from_counting(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    with refused("CON-01"):
        on_paper(contract, cast, side=BUYER)
    assert not Signature.objects.exists()


def test_a_side_signs_once_by_whatever_way(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=BUYER, by=cast.erin)
    with refused("CON-04"):
        on_paper(contract, cast, side=BUYER)


@pytest.mark.parametrize("name", ["Pat Poole", " pat  POOLE "])
def test_one_name_does_not_stand_for_both_sides(cast: Cast, name: str) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER)
    with refused("CON-22"):
        on_paper(contract, cast, side=PROVIDER, name=name)


def test_nobody_records_the_paper_of_both_sides(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER)
    contract.refresh_from_db()
    with refused("CON-35"):
        record_paper_signature(
            contract, side=PROVIDER, paper=loop.a_paper(name="Lee"), by=cast.erin
        )
    path = reverse("record_paper_signature", args=[contract.reference, "provider"])
    for person, is_asked in ((cast.erin, False), (cast.alice, True)):
        sign_in(client, person)
        assert (path in page(client, contract)) is is_asked
    on_paper(contract, cast, side=PROVIDER, name="Lee")
    assert Contract.objects.get().state == ContractState.IN_FORCE


def test_who_signed_by_account_does_not_sign_the_other_paper(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=BUYER, by=cast.erin)
    with refused("CON-22"):
        on_paper(contract, cast, side=PROVIDER, name=cast.erin.name)


def test_who_signed_on_paper_does_not_sign_by_account_for_the_other(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER, name=cast.alice.name)
    contract.refresh_from_db()
    with refused("CON-22"):
        sign_contract(contract, side=PROVIDER, by=cast.alice)


def test_the_paper_says_the_terms_that_were_read(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    with refused("CON-15"):
        record_paper_signature(
            contract, side=BUYER, paper=loop.a_paper(), terms_read="0" * 64, by=cast.erin
        )


@pytest.mark.parametrize("scan", [b"", b"<html>", b"MZ %PDF-"])
def test_a_scan_is_known_by_what_it_holds(cast: Cast, scan: bytes) -> None:
    with refused("CON-24"):
        record_paper_signature(
            loop.a_settled_contract(cast), side=BUYER, paper=loop.a_paper(scan=scan), by=cast.erin
        )


def test_a_side_records_its_own_paper_and_not_the_other(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    with pytest.raises(NotPermitted):
        record_paper_signature(contract, side=BUYER, paper=loop.a_paper(), by=cast.alice)
    record_paper_signature(contract, side=PROVIDER, paper=loop.a_paper(), by=cast.alice)
    for person in (cast.bob, cast.charlie, cast.grace, cast.frank):
        with pytest.raises(NotPermitted):
            record_paper_signature(contract, side=BUYER, paper=loop.a_paper(), by=person)


# What the database itself refuses.


def test_the_database_refuses_two_papers_of_one_recorder(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER)
    given = {"signed_at": timezone.now(), "signed_on": timezone.localdate()}
    given |= {"terms_digest": "0" * 64, "scan_digest": "1" * 64, "paper_digest": "2" * 64}
    with pytest.raises(Error, match="CON-35"), transaction.atomic():
        Signature.objects.create(
            contract=contract, side=PROVIDER, signing_round=1, recorded_by=cast.erin, **given
        )


def test_whoever_brings_a_contract_in_records_the_paper_of_both_sides(
    cast: Cast, client: Client
) -> None:
    contract = loop.a_contract_brought_in(cast)
    on_paper(contract, cast, side=BUYER)
    sign_in(client, cast.erin)
    path = reverse("record_paper_signature", args=[contract.reference, "provider"])
    assert path in page(client, contract)
    record_paper_signature(contract, side=PROVIDER, paper=loop.a_paper(name="Lee"), by=cast.erin)
    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE


def test_the_database_refuses_a_paper_without_who_signed(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    for side, by in ((BUYER, cast.erin), (PROVIDER, cast.alice)):
        Signature.objects.create(
            contract=contract,
            side=side,
            signing_round=1,
            recorded_by=by,
            signed_at=timezone.now(),
            signed_on=timezone.localdate(),
            terms_digest="0" * 64,
            scan_digest="1" * 64,
            paper_digest="2" * 64,
        )
    with pytest.raises(Error, match="CON-25"):
        run("UPDATE contract_contract SET state = 'in_force' WHERE id = %s", contract.pk)


def test_the_database_refuses_neither_and_both(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    given = {"contract": contract, "side": BUYER, "signing_round": 1, "terms_digest": "0" * 64}
    for who in ({}, {"signed_by": cast.erin, "recorded_by": cast.erin}, {"recorded_by": cast.erin}):
        with pytest.raises(Error, match="con_25"), transaction.atomic():
            Signature.objects.create(**given, **who, signed_at=timezone.now())


def test_the_database_refuses_one_name_for_both(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    held = on_paper(contract, cast, side=BUYER).paper
    other = Signature.objects.create(
        contract=contract,
        side=PROVIDER,
        signing_round=1,
        recorded_by=cast.alice,
        signed_at=timezone.now(),
        signed_on=timezone.localdate(),
        terms_digest="0" * 64,
        scan_digest="1" * 64,
        paper_digest="2" * 64,
    )
    scan = loop.a_kept_scan()
    with pytest.raises(Error, match="CON-22"), transaction.atomic():
        PaperSigner.objects.create(signature=other, name="PAT POOLE", role="Chair", scan=scan)
    PaperSigner.objects.create(signature=other, name="Lee", role="Chair", scan=scan)
    assert held.name == "Pat Poole"


def test_the_database_refuses_an_account_of_the_name_on_the_other_paper(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER, name=cast.alice.name.upper())
    with pytest.raises(Error, match="CON-22"), transaction.atomic():
        Signature.objects.create(
            contract=contract,
            side=PROVIDER,
            signing_round=1,
            signed_by=cast.alice,
            signed_at=timezone.now(),
            terms_digest="0" * 64,
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contract_papersigner SET name = 'Lee'",
        "UPDATE contract_papersigner SET name = '', role = '', salt = ''",
        "DELETE FROM contract_papersigner",
        "UPDATE contract_signature SET signed_on = '2020-01-01'",
    ],
)
def test_the_database_refuses_to_change_who_signed(cast: Cast, sql: str) -> None:
    loop.a_contract_on_paper(cast)
    with pytest.raises(Error):
        run(sql)
    assert PaperSigner.objects.get().name == "Pat Poole"


# Who reads it, and when it goes.


def page(client: Client, contract: Contract) -> str:
    return client.get(reverse("contract", args=[contract.reference])).content.decode()


def test_everyone_reads_that_and_those_inside_read_who(cast: Cast, client: Client) -> None:
    contract = loop.a_contract_on_paper(cast)
    assert "Signed on paper for the provider on 20 March 2024" in page(client, contract)
    for person, is_inside in ((None, False), (cast.charlie, False), (cast.bob, True)):
        if person:
            sign_in(client, person)
        assert ("Pat Poole" in page(client, contract)) is is_inside


def test_the_scan_is_given_to_keep(cast: Cast, client: Client) -> None:
    contract = loop.a_contract_on_paper(cast)
    sign_in(client, cast.bob)
    answer = client.get(reverse("scan", args=[contract.reference, "provider"]))
    assert answer.content == loop.A_SCAN
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    for side in ("commissioner", "nobody"):
        path = reverse("scan", args=[contract.reference, side])
        assert client.get(path).status_code == 404


def test_a_scan_whose_file_is_gone_is_not_found(cast: Cast, client: Client) -> None:
    contract = loop.a_contract_on_paper(cast)
    default_storage.delete(PaperSigner.objects.get().scan.content.name)
    sign_in(client, cast.bob)
    path = reverse("scan", args=[contract.reference, "provider"])
    assert client.get(path).status_code == 404


def test_it_is_recorded_on_a_page(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    sign_in(client, cast.erin)
    path = reverse("record_paper_signature", args=[contract.reference, "provider"])
    assert path in page(client, contract)
    terms = client.get(path).context["form"].initial["terms_read"]
    given = {
        "name": "Pat Poole",
        "role": "Chair",
        "signed_on_day": "20",
        "signed_on_month": "3",
        "signed_on_year": "2024",
        "terms_read": terms,
        "agrees": "on",
    }
    wrong = SimpleUploadedFile("scan.pdf", b"no scan")
    said = client.post(path, given | {"scan": wrong}).content.decode()
    assert "PDF, PNG or JPEG" in said
    assert 'value="Pat Poole"' in said
    right = SimpleUploadedFile("<b>.html", loop.A_SCAN)
    answer = client.post(path, given | {"scan": right}, follow=True).content.decode()
    assert "Signed on paper for the provider on 20 March 2024" in answer
    assert path not in page(client, contract)


def test_a_scan_that_is_too_large_is_refused(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    sign_in(client, cast.erin)
    path = reverse("record_paper_signature", args=[contract.reference, "provider"])
    large = SimpleUploadedFile("scan.pdf", loop.A_SCAN.ljust(settings.UPLOAD_MAX_BYTES + 1))
    assert "larger than 10 MB" in client.post(path, {"scan": large}).content.decode()


def test_who_signed_is_erased_and_the_ledger_still_holds(cast: Cast) -> None:
    contract = loop.a_contract_on_paper(cast)
    signature = contract.signatures.get(side=PROVIDER)
    erase_paper(signature, by=cast.erin)
    erase_paper(signature, by=cast.erin)
    paper = PaperSigner.objects.get()
    assert (paper.name, paper.role, paper.salt, paper.scan.content.name) == ("", "", "", "")
    assert Entry.objects.filter(act="erase_paper").count() == 1
    assert verify().problems == []


def test_who_signed_stays_while_the_other_side_is_awaited(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    signature = on_paper(contract, cast, side=BUYER)
    signature.refresh_from_db()
    with refused("CON-26"):
        erase_paper(signature, by=cast.erin)
    with pytest.raises(NotPermitted):
        erase_paper(signature, by=cast.alice)


def test_it_goes_by_itself_years_after_the_contract(cast: Cast) -> None:
    contract = loop.a_contract_on_paper(cast)
    over = timezone.now().replace(year=contract.ends_on.year + settings.KEEP_SCANS_YEARS)
    assert erase_old_papers(now=over.replace(month=1, day=1)) == 0
    later = over + timedelta(days=400)
    assert (erase_old_papers(now=later), erase_old_papers(now=later)) == (1, 0)
    assert PaperSigner.objects.get().name == ""


def test_a_paper_of_a_round_that_was_reopened_does_not_count(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    on_paper(contract, cast, side=BUYER)
    reopen_contract(contract, reason="A slip", by=cast.erin)
    contract.refresh_from_db()
    promise = contract.proposal.promises.get()
    terms = terms_alone(promise)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin)
    on_paper(contract, cast, side=PROVIDER)
    contract.refresh_from_db()
    assert contract.state == ContractState.PART_SIGNED
