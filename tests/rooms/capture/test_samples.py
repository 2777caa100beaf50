"""A sample is drawn by a seed that nobody chose, looked through, and says how many may be wrong."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    announce_sample,
    answer_item,
    capture_measurement,
    close_sample,
    correct_capture,
    draw_sample,
)
from makegood.capture.models import Check, Sample, SampleItem
from makegood.capture.queries import figures_to_draw, items_of, levels_of
from makegood.capture.states import Found, Level
from makegood.kernel.ledger.models import Leaf, TreeHead
from makegood.kernel.ledger.verify import verify
from makegood.kernel.period import add_months
from makegood.kernel.refusal import NotPermitted
from makegood.kernel.sheets import as_csv
from makegood.people.models import Notice
from makegood.people.states import Role
from makegood_engine.sampling import draw_sample as drawn_by_engine
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.sampling import (
    a_closed_sample,
    a_contract_with_figures,
    a_drawn_sample,
    an_announced_sample,
)
from tests.rules.refusing import refused


def names(sample: Sample) -> list[str]:
    return [item.name for item in items_of(sample)]


def test_the_seed_is_the_first_root_that_takes_in_what_was_announced(cast: Cast) -> None:
    announced = an_announced_sample(cast, figures=6, size=3)
    assert (announced.seed, announced.items.count()) == ("", 0)
    sample = draw_sample(announced, by=cast.dana)
    leaf = Leaf.objects.get(entry__subject=sample.ledger_subject, entry__act="announce_sample")
    head = TreeHead.objects.filter(size__gt=leaf.index).order_by("size")[0]
    assert (sample.seed, sample.tree_size) == (head.root, head.size)
    again = drawn_by_engine(sample.drawn_from, ["all"] * 6, seed=sample.seed, size=3)
    assert names(sample) == [one.item for one in again]


def test_nobody_draws_again(cast: Cast) -> None:
    sample = a_drawn_sample(cast)
    drawn = names(sample)
    assert names(draw_sample(sample, by=cast.dana)) == drawn
    same = {"house": cast.assessors, "by": cast.dana}
    assert announce_sample(sample.contract, size=2, **same) == sample
    with refused("CAP-48"):
        announce_sample(sample.contract, size=1, **same)
    with refused("CAP-48"):
        announce_sample(sample.contract, size=2, house=cast.commissioner, by=cast.erin)


@pytest.mark.parametrize("change", [{"seed": "0" * 64}, {"size": 3}, {"drawn_from": ["x"]}])
def test_the_database_keeps_what_was_drawn(cast: Cast, change: dict[str, object]) -> None:
    sample = a_drawn_sample(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SampleItem.objects.filter(sample=sample).update(name="another")
    with pytest.raises(DatabaseError), transaction.atomic():
        SampleItem.objects.filter(sample=sample)._raw_delete(SampleItem.objects.db)


def test_a_closed_sample_stays_as_it_is(cast: Cast) -> None:
    sample = a_closed_sample(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(sentence="All is well")
    with refused("CAP-50"):
        answer_item(items_of(sample)[0], found=Found.UNKNOWN, note="Lost", by=cast.dana)


def test_the_next_sample_is_of_what_came_since(cast: Cast) -> None:
    sample = a_closed_sample(cast)
    contract = sample.contract
    with refused("CAP-49"):
        announce_sample(contract, size=1, house=cast.assessors, by=cast.dana)
    commitment = contract.commitments.get()
    fourth = add_months(loop.STARTS_ON, 3)
    capture_measurement(commitment, period=fourth, value=5.0, by=cast.alice)
    correct_capture(commitment, period=loop.STARTS_ON, value=4.5, reason="A slip", by=cast.alice)
    new = [one.name for one in figures_to_draw(contract)]
    assert [name.rsplit("/", 2)[1:] for name in new] == [["2024-04", "2"], ["2024-07", "1"]]


@pytest.mark.parametrize("size", [0, 4])
def test_a_sample_is_no_larger_than_what_came(cast: Cast, size: int) -> None:
    contract = a_contract_with_figures(cast)
    with refused("CAP-49"):
        announce_sample(contract, size=size, house=cast.assessors, by=cast.dana)


def test_nobody_of_the_provider_draws_or_looks(cast: Cast) -> None:
    sample = a_drawn_sample(cast)
    join(cast.commissioner, person=cast.alice, role=Role.EDITOR, by=cast.erin)
    for by in (cast.alice, cast.charlie, cast.frank, cast.grace):
        with pytest.raises(NotPermitted):
            announce_sample(sample.contract, size=1, house=cast.commissioner, by=by)
        with pytest.raises(NotPermitted):
            answer_item(items_of(sample)[0], found=Found.RIGHT, by=by)


def test_what_is_found_is_whole(cast: Cast) -> None:
    [item, _] = items_of(a_drawn_sample(cast))
    with refused("CAP-51"):
        answer_item(item, found=Found.WRONG, by=cast.dana)
    with refused("CAP-51"):
        answer_item(item, found=Found.WRONG, true_value=item.measurement.value, by=cast.dana)
    with refused("CAP-51"):
        answer_item(item, found=Found.UNKNOWN, note=" ", by=cast.dana)
    answer_item(item, found=Found.WRONG, true_value=9.0, note="Ten teams", by=cast.dana)
    again = answer_item(item, found=Found.RIGHT, true_value=9.0, by=cast.dana)
    assert (again.found, again.true_value) == ("right", None)
    assert verify().problems == []


def test_what_it_shows_is_exact_and_what_is_right_is_verified(cast: Cast) -> None:
    sample = a_closed_sample(cast, figures=6, size=5)
    assert sample.sentence == (
        "None of 5 figures drawn was found wrong. Of all 6 figures, at most 1 is wrong, 95% sure."
    )
    assert (sample.wrong, sample.unknown, sample.most_wrong) == (0, 0, 1)
    levels = levels_of(sample.contract.commitments.get())
    assert list(levels.values()).count(Level.VERIFIED) == 5 == Check.objects.count()
    told = Notice.objects.filter(words__contains=sample.sentence)
    assert {notice.person for notice in told} == {cast.alice, cast.erin}
    assert verify().problems == []


def test_what_was_not_looked_at_counts_as_wrong(cast: Cast) -> None:
    sample = a_drawn_sample(cast, figures=4, size=3)
    first, second, _ = items_of(sample)
    answer_item(first, found=Found.RIGHT, by=cast.dana)
    answer_item(second, found=Found.UNKNOWN, note="The payroll is lost", by=cast.dana)
    with refused("CAP-52"):
        close_sample(sample, by=cast.dana)
    closed = close_sample(sample, why="The office was closed", by=cast.dana)
    assert (closed.wrong, closed.unknown) == (0, 2)
    assert closed.sentence.startswith("2 of 3 figures drawn were not found right. Of all 4 ")


def test_the_worksheet_keeps_what_is_right_and_asks_again_for_the_rest(
    cast: Cast, client: Client
) -> None:
    sample = a_drawn_sample(cast)
    client.force_login(cast.dana)
    address = reverse("worksheet", args=[sample.reference])
    page = client.post(address, {"item-1-found": "right", "item-2-found": "wrong"})
    assert "Give the true figure" in page.content.decode()
    assert [item.found for item in items_of(sample)] == ["right", ""]
    sent = {"item-2-found": "wrong", "item-2-true_value": "9.5", "item-2-note": "Ten teams"}
    assert client.post(address, sent).status_code == 302
    assert [item.true_value for item in items_of(sample)] == [None, 9.5]


def test_the_worksheet_is_taken_along_and_brought_back(cast: Cast, client: Client) -> None:
    sample = a_drawn_sample(cast)
    client.force_login(cast.dana)
    table = client.get(reverse("worksheet_table", args=[sample.reference])).content.decode()
    head, first, second = table.splitlines()
    assert head.startswith("item,promise,measure,period,figure,unit,found,true figure,note")
    rows = [head, f"{first.rsplit(',', 3)[0]},Right,,", f"{second.rsplit(',', 3)[0]},wrong,,"]
    address = reverse("bring_worksheet_back", args=[sample.reference])
    strange = [*rows, "nothing,,,,,,right,,"]
    page = client.post(address, {"file": _file(strange)}).content.decode()
    assert "What you found of 1 figure is kept" in page
    assert "Give the true figure" in page
    assert "It was not drawn, or is not yours to look at" in page
    rows[2] = f"{second.rsplit(',', 3)[0]},wrong,9.5,Ten teams"
    assert client.post(address, {"file": _file(rows)}).status_code == 302
    assert [item.found for item in items_of(sample)] == ["right", "wrong"]


def test_a_file_that_is_no_worksheet_is_refused(cast: Cast, client: Client) -> None:
    sample = a_drawn_sample(cast)
    client.force_login(cast.dana)
    address = reverse("bring_worksheet_back", args=[sample.reference])
    for rows in (["a,b", "1,2"], ["item,found,true figure,note", ",,,"]):
        page = client.post(address, {"file": _file(rows)}).content.decode()
        assert "govuk-error-summary" in page


def test_everyone_reads_what_a_sample_shows_and_can_draw_it_again(
    cast: Cast, client: Client
) -> None:
    sample = a_closed_sample(cast)
    contract = sample.contract.reference
    for name, args in (("samples", [contract]), ("contract", [contract]), ("sample", [sample])):
        assert sample.sentence in client.get(reverse(name, args=args)).content.decode(), name
    page = client.get(reverse("sample", args=[sample.reference])).content.decode()
    assert sample.seed in page
    items = client.get(reverse("sample_drawn_from", args=[sample.reference])).content.decode()
    assert items.split() == ["item", *sample.drawn_from]


def test_a_sample_is_drawn_and_closed_on_its_pages(cast: Cast, client: Client) -> None:
    contract = a_contract_with_figures(cast)
    client.force_login(cast.dana)
    address = reverse("announce_sample", args=[contract.reference])
    assert "3 figures" in client.get(address).content.decode()
    drawn = client.post(address, {"size": "3"})
    sample = Sample.objects.get()
    assert (drawn["Location"], sample.is_drawn) == (sample.get_absolute_url(), True)
    close = reverse("close_sample", args=[sample.reference])
    assert "3 figures are not looked at" in client.post(close).content.decode()
    assert client.post(close, {"why": "The contract ended"})["Location"] == drawn["Location"]
    assert "Not all was looked at" in client.get(drawn["Location"]).content.decode()


def _file(rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("worksheet.csv", "\n".join(rows).encode(), content_type="text/csv")


def test_the_worksheet_is_taken_along_as_a_workbook_too(cast: Cast, client: Client) -> None:
    sample = a_drawn_sample(cast)
    client.force_login(cast.dana)
    shown = client.get(reverse("worksheet", args=[sample.reference])).content.decode()
    where = reverse("worksheet_workbook", args=[sample.reference])
    assert where in shown
    rows = client.get(where).content
    table = client.get(reverse("worksheet_table", args=[sample.reference])).content.decode()
    assert as_csv(rows).splitlines()[:2] == table.splitlines()[:2]
    answer_item(items_of(sample)[0], found=Found.RIGHT, by=cast.dana)
    address = reverse("bring_worksheet_back", args=[sample.reference])
    filled = SimpleUploadedFile("worksheet.xlsx", client.get(where).content)
    assert client.post(address, {"file": filled}).status_code == 302
