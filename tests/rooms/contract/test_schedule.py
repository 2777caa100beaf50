"""The schedule: one document for the page, PDF and Word; kept as it was signed, and read aloud."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from collections import Counter
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Promise
from makegood.contract.actions import (
    Consequences,
    Evidence,
    agree_on,
    sign_contract,
    withhold_part,
)
from makegood.contract.documents import schedule_pdf, schedule_word
from makegood.contract.models import Contract, Schedule
from makegood.contract.queries import compose_schedule, schedule_data, sentence_of
from makegood.contract.states import Part, Side
from makegood.kernel.documents.pdf import set_with
from makegood.kernel.documents.word import plain
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from tests.factories import contracting, loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.hostile.words import LEADS

pytestmark = pytest.mark.django_db
MARKUP = '#panic("x") *b* _i_ $x$ = h #include("/etc/passwd") \\ <l> @r `c` // c'
STRANGE = "漢字 😀 \u202e ﷽ ا é \x07"


def signed(contract: Contract, cast: Cast) -> Contract:
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    return Contract.objects.get(pk=contract.pk)


def full(cast: Cast) -> Contract:
    """Return a signed contract that asks for much, with something that nobody promised."""
    added = contracting.an_additional(cast)
    owed = added.contract.commitments.filter(promise__isnull=False).get()
    words = Evidence(stories_least=10, stories_from="staff", documents=MARKUP)
    agree_on(owed, agreed=words, by=cast.erin)
    agree_on(owed, agreed=Consequences(follows="plan", consequence="Within 30 days"), by=cast.erin)
    return signed(added.contract, cast)


def text_of(made: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(made))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags_of(made: bytes) -> Counter[str]:
    """Return how many of each tag the document has."""
    root = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    found: Counter[str] = Counter()
    todo: list[Any] = [root["/StructTreeRoot"]]
    while todo:
        each = todo.pop()
        if isinstance(each, pypdf.generic.IndirectObject):
            each = each.get_object()
        if isinstance(each, list):
            todo.extend(each)
        elif isinstance(each, dict):
            found[str(each.get("/S"))] += 1
            todo.append(each.get("/K"))
    return found


def words_in(data: object) -> list[str]:
    """Return every text in the data of a schedule that is meant to be read."""
    if isinstance(data, dict):
        hidden = {"mark", "dated", "parties", "part"}
        return [
            each for name, part in data.items() if name not in hidden for each in words_in(part)
        ]
    if isinstance(data, list):
        return [each for part in data for each in words_in(part)]
    return [data] if isinstance(data, str) else []


# What a screen reader finds. (PDF/UA-1 is checked by what sets it, which refuses anything else.)


def test_the_pdf_is_tagged_and_says_what_it_is(cast: Cast) -> None:
    contract = full(cast)
    made = schedule_pdf(schedule_data(contract, withheld={}))
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == f"Schedule of commitments: {contract.name}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tags = tags_of(made)
    assert tags["/Title"] == 1
    assert tags["/H2"] == 2
    assert tags["/THead"] == tags["/Table"] >= 4
    assert tags["/TH"] >= 2 * tags["/Table"]


def test_the_word_file_has_headings_and_header_rows(cast: Cast) -> None:
    contract = full(cast)
    document = docx.Document(io.BytesIO(schedule_word(schedule_data(contract, withheld={}))))
    assert document.core_properties.title == f"Schedule of commitments: {contract.name}"
    assert document.core_properties.language == "en-GB"
    styles = Counter(each.style.name for each in document.paragraphs if each.style)
    assert styles["Heading 2"] == 2
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)


# The same words and figures everywhere, and none of them markup.


def test_page_pdf_and_word_file_say_the_same(cast: Cast, client: Client) -> None:
    contract = full(cast)
    data = schedule_data(contract, withheld={})
    page = html.unescape(
        client.get(reverse("schedule", args=[contract.reference])).content.decode()
    )
    pdf = text_of(client.get(reverse("schedule_as_pdf", args=[contract.reference])).content)
    made = client.get(reverse("schedule_as_word", args=[contract.reference])).content
    document = docx.Document(io.BytesIO(made))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    word = " ".join([*(each.text for each in document.paragraphs), *cells])
    pages = (re.sub(r"[\s\u00ad-]", "", said) for said in (pdf, word))
    for said in pages:
        for words in words_in(data):
            assert re.sub(r"[\s-]", "", plain(words)) in said, words
    for each in data["promises"]:
        for _, words in each["said"]:
            assert words in page
    assert MARKUP in page


def test_the_sentence_is_that_of_the_page(cast: Cast, client: Client) -> None:
    contract = full(cast)
    promise = Promise.objects.select_related("measure").get()
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    said = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))
    assert sentence_of(promise) in said


@pytest.mark.parametrize("words", [MARKUP, STRANGE, *LEADS])
def test_words_are_never_read_as_markup(cast: Cast, words: str) -> None:
    data = compose_schedule(loop.a_settled_contract(cast))
    data["title"] = data["status"] = data["promises"][0]["said"][0][1] = words
    data["frame"][0]["words"] = data["overview"]["rows"][0][1] = words
    said = re.sub(r"\s", "", text_of(schedule_pdf(data)))
    if words == MARKUP:
        assert said.count(re.sub(r"\s", "", MARKUP)) >= 4
    if words == STRANGE:
        assert "[U+6F22][U+5B57]" in said
    assert schedule_word(data)


# Kept as it was signed.


def test_what_both_signed_is_kept_with_its_digests_in_the_ledger(
    cast: Cast, client: Client
) -> None:
    contract = full(cast)
    kept = Schedule.objects.get()
    entry = Entry.objects.get(act="keep_schedule")
    assert (entry.stream, entry.digest) == (contract.stream, kept.ledger_digest())
    assert kept.set_with == set_with()
    for name, expected in (("data", kept.data_digest), ("pdf", kept.pdf_digest)):
        taken = client.get(reverse(f"schedule_as_{name}", args=[contract.reference])).content
        assert hashlib.sha256(taken).hexdigest() == expected
    page = client.get(reverse("schedule", args=[contract.reference])).content.decode()
    assert kept.pdf_digest in page
    assert "sha256sum" in page
    assert verify().problems == []


def test_the_same_words_give_the_same_bytes(cast: Cast) -> None:
    data = compose_schedule(loop.a_settled_contract(cast))
    again = json.loads(json.dumps(dict(reversed(list(data.items())))))
    assert schedule_pdf(data) == schedule_pdf(again)
    assert digest(data) == digest(again)
    again["promises"][0]["said"][0][1] += "."
    assert schedule_pdf(data) != schedule_pdf(again)


def test_what_is_renamed_later_stays_as_it_was_signed(cast: Cast) -> None:
    contract = full(cast)
    before = schedule_data(contract, withheld={})
    cast.provider.name = "Another name"
    cast.provider.save()
    contract = Contract.objects.get()
    assert schedule_data(contract, withheld={}) == before
    assert compose_schedule(contract) != before


def test_a_draft_says_that_it_is_one_and_keeps_nothing(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    assert client.get(reverse("schedule", args=[contract.reference])).status_code == 404
    sign_in(client, cast.alice)
    page = client.get(reverse("schedule", args=[contract.reference])).content.decode()
    assert "nothing here is owed before both sides have signed" in page
    assert "Nobody has signed yet." in page
    assert not Schedule.objects.exists()


def test_whoever_signs_reads_exactly_the_document(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    sign_in(client, cast.alice)
    page = html.unescape(
        client.get(reverse("sign_contract", args=[contract.reference])).content.decode()
    )
    for each in compose_schedule(contract)["promises"]:
        for name, words in (*each["said"], *((one["name"], one["words"]) for one in each["lines"])):
            assert name in page
            assert words in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_schedule SET pdf_digest = 'x'",
        "DELETE FROM contract_schedule",
        (
            "INSERT INTO contract_schedule (salt, contract_id, number, data, data_digest, "
            "pdf_digest, set_with, kept_at) SELECT 'x', contract_id, 3, data, 'x', 'x', 'x', "
            "kept_at FROM contract_schedule"
        ),
    ],
)
def test_the_database_keeps_a_schedule_as_it_is(cast: Cast, statement: str) -> None:
    full(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_name_of_a_person_stands_in_it(cast: Cast) -> None:
    said = json.dumps(schedule_data(full(cast), withheld={}))
    assert not [name for name in (cast.erin.name, cast.alice.name) if f'"{name}' in said]


# What is withheld.


def test_what_is_withheld_is_said_to_be_in_every_copy(cast: Cast, client: Client) -> None:
    contract = full(cast)
    until = timezone.localdate() + timedelta(days=90)
    for part in (Part.EVIDENCE, Part.VALUE, Part.CONSEQUENCE):
        withhold_part(contract, part=part, reason="A tender is open", until_on=until, by=cast.erin)
    value = "£123,456"
    for name in ("schedule", "schedule_as_pdf", "schedule_as_word", "schedule_as_data"):
        address = reverse(name, args=[contract.reference])
        for person, reads in ((None, False), (cast.charlie, False), (cast.bob, True)):
            browser = Client()
            if person:
                sign_in(browser, person)
            made = browser.get(address).content
            said = read(made, name=name)
            assert (value in said) == reads, (name, person)
            assert ("Within 30 days" in said) == reads
            assert ("A tender is open" in said) != reads
            if name == "schedule_as_data":
                assert ("mark" in json.loads(made)) == reads
    page = client.get(reverse("schedule", args=[contract.reference])).content.decode()
    assert "Your copies leave out what is withheld" in page


def read(made: bytes, *, name: str) -> str:
    if name.endswith("pdf"):
        return text_of(made)
    if name.endswith("word"):
        document = docx.Document(io.BytesIO(made))
        return " ".join(
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        )
    if name.endswith("data"):
        return " ".join(words_in(json.loads(made)))
    return html.unescape(made.decode())
