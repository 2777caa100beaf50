"""A proposal is written over weeks, part by part; each page is kept at once, and none is lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import revise_proposal, submit_proposal, write_part
from makegood.articulate.models import Proposal, WrittenPart
from makegood.articulate.parts import empty, missing_in
from makegood.articulate.queries import part_digest, part_of, parts_of, whole_digest, words_digest
from makegood.articulate.states import CASE, PartStanding, ProposalPart, ProposalState
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import MotivesSaid, state_motives
from makegood.people.models import MotiveAnswer, Person
from makegood.people.states import Motive
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_whole_draft, fill, filled
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
RISKS = ProposalPart.RISKS


@pytest.fixture
def draft(cast: Cast) -> Proposal:
    return loop.a_draft_promise(cast).proposal


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def a_risk(what: str = "Nobody applies") -> dict[str, Any]:
    return {"answers": {}, "rows": [{"what": what}]}


def test_a_part_may_be_half_done_and_says_how_far_it_is(cast: Cast, draft: Proposal) -> None:
    assert part_of(draft, part=RISKS).standing == PartStanding.NOT_STARTED
    write_part(draft, part=RISKS, piece=a_risk(), by=cast.alice)
    assert part_of(draft, part=RISKS).standing == PartStanding.BEGUN
    with refused("ART-41"):
        write_part(draft, part=RISKS, piece=a_risk(), is_done=True, by=cast.alice)
    write_part(draft, part=RISKS, piece=filled(RISKS), is_done=True, by=cast.alice)
    assert part_of(draft, part=RISKS).standing == PartStanding.DONE
    write_part(draft, part=RISKS, piece={"answers": {}, "rows": []}, is_done=False, by=cast.alice)
    assert part_of(draft, part=RISKS).standing == PartStanding.NOT_STARTED
    assert not verify().problems


def test_options_begin_with_what_is_always_weighed(cast: Cast, draft: Proposal) -> None:
    part = ProposalPart.OPTIONS
    assert part_of(draft, part=part).standing == PartStanding.NOT_STARTED
    row = empty(part)["rows"][1] | {"cost": "100.00"}
    write_part(draft, part=part, piece={"row": row}, place=2, by=cast.alice)
    held = part_of(draft, part=part)
    assert held.standing == PartStanding.BEGUN
    assert [each["name"] for each in held.content["rows"]] == [
        "Do nothing", "The alternative", "This proposal",
    ]  # fmt: skip
    assert "Do nothing: What does it cost a year?" in missing_in(part, held.content)


def test_an_option_that_is_changed_is_done_no_more_where_something_is_missing(
    cast: Cast, draft: Proposal
) -> None:
    part = ProposalPart.OPTIONS
    fill(draft, by=cast.alice)
    criteria = part_of(draft, part=part).content["answers"] | {"criterion_5": "Kind"}
    write_part(draft, part=part, piece={"answers": criteria}, place="answers", by=cast.alice)
    assert part_of(draft, part=part).standing == PartStanding.BEGUN


def test_who_writes_second_is_told_what_changed_and_keeps_their_words(
    cast: Cast, draft: Proposal
) -> None:
    client, path = browser(cast.alice), reverse("write_risks", args=[draft.code])
    read_as = client.get(path).context["read_as"]
    write_part(draft, part=RISKS, piece=a_risk("Rent doubles"), by=cast.alice)
    mine = {"what-1": "Nobody applies", "what-2": "Snow", "read_as": read_as}
    told = client.post(path, mine)
    page = html.unescape(told.content.decode())
    assert told.status_code == 200
    assert part_of(draft, part=RISKS).content == a_risk("Rent doubles")
    for words in ("Somebody else changed this while you wrote", "Rent", "doubles", "They wrote"):
        assert words in page
    form = told.context["form"]
    assert (form["what-1"].value(), form["what-2"].value()) == ("Nobody applies", "Snow")
    kept = client.post(path, mine | {"read_as": told.context["read_as"]})
    assert kept.status_code == 302
    rows = part_of(draft, part=RISKS).content["rows"]
    assert rows == [{"what": "Nobody applies"}, {"what": "Snow"}]


def test_two_who_weigh_different_options_do_not_meet(cast: Cast, draft: Proposal) -> None:
    part = ProposalPart.OPTIONS
    seen = part_of(draft, part=part).content
    for place in (1, 2):
        read = part_digest(seen, place=place)
        row = seen["rows"][place - 1] | {"cost": f"{place}.00"}
        write_part(draft, part=part, piece={"row": row}, place=place, read_as=read, by=cast.alice)
    costs = [row.get("cost") for row in part_of(draft, part=part).content["rows"]]
    assert costs == ["1.00", "2.00", None]


def test_the_title_and_summary_are_held_to_the_same(cast: Cast, draft: Proposal) -> None:
    read = words_digest(draft)
    revise_proposal(draft, title="Theirs", summary="A team", read_as=read, by=cast.alice)
    client, path = browser(cast.alice), reverse("revise_proposal", args=[draft.code])
    told = client.post(path, {"title": "Mine", "summary": "Two teams", "read_as": read})
    assert "Theirs" in html.unescape(told.content.decode())
    assert told.context["form"]["title"].value() == "Mine"
    assert Proposal.objects.get().title == "Theirs"


def test_a_second_press_keeps_it_once(cast: Cast, draft: Proposal) -> None:
    client, path = browser(cast.alice), reverse("write_risks", args=[draft.code])
    given = {"what-1": "Snow", "read_as": client.get(path).context["read_as"]}
    assert [client.post(path, given).status_code for _ in range(2)] == [302, 302]
    assert WrittenPart.objects.count() == 1


def test_more_room_is_made_without_losing_a_word(cast: Cast, draft: Proposal) -> None:
    client, path = browser(cast.alice), reverse("write_costs", args=[draft.code])
    given = {"what-1": "Staff", "year_1-1": "£1,200", "what-2": "Rooms", "more": "1"}
    assert client.post(path, given)["Location"] == path
    form = client.get(path).context["form"]
    assert len(form.groups) == 4
    assert part_of(draft, part=ProposalPart.COSTS).content["rows"] == [
        {"what": "Staff", "year_1": "1200.00"}, {"what": "Rooms"},
    ]  # fmt: skip


def test_a_wrong_amount_is_told_and_every_entry_kept(cast: Cast, draft: Proposal) -> None:
    client, path = browser(cast.alice), reverse("write_costs", args=[draft.code])
    told = client.post(path, {"what-1": "Staff", "year_1-1": "a lot", "begins": "May"})
    assert "“a lot” is not an amount" in html.unescape(told.content.decode())
    assert told.context["form"]["what-1"].value() == "Staff"
    assert not WrittenPart.objects.exists()


def test_every_part_is_written_by_its_page(cast: Cast, draft: Proposal) -> None:
    client = browser(cast.alice)
    answers = {
        "write_motives": {"motives": ["autonomy"], "words": "To decide"},
        "write_governance": {"decides": "The board"},
        "write_staff": {"origin": "staff", "many": "Eleven"},
        "write_users": {"origin": "people who use the service"},
    }
    for name, given in answers.items():
        assert client.post(reverse(name, args=[draft.code]), given).status_code == 302
    begun = [part for part, read in parts_of(draft).items() if read.is_begun]
    assert begun == [
        ProposalPart.MOTIVES, ProposalPart.GOVERNANCE, ProposalPart.STAFF, ProposalPart.USERS,
    ]  # fmt: skip
    page = html.unescape(client.get(reverse("proposal", args=[draft.code])).content.decode())
    assert page.count("Begun") == 4


def test_motives_are_taken_over_where_they_were_given_and_kept_where_they_were_not(
    cast: Cast, draft: Proposal
) -> None:
    client, path = browser(cast.alice), reverse("write_motives", args=[draft.code])
    given = {"motives": ["autonomy"], "main": "autonomy", "is_ours_too": "on"}
    assert client.post(path, given).status_code == 302
    [answer] = MotiveAnswer.objects.all()
    assert [named.motive for named in answer.motives.all()] == [Motive.AUTONOMY]
    WrittenPart.objects.filter(proposal=draft).update(content=empty(ProposalPart.MOTIVES))
    state_motives(
        draft.provider, said=MotivesSaid(motives=[Motive.NEW_MONEY], words="Ours"), by=cast.alice
    )
    form = client.get(path).context["form"]
    assert form["motives"].value() == [Motive.NEW_MONEY]
    assert not form["words"].value()
    assert "is_ours_too" not in form.fields


def test_options_are_added_weighed_and_left_out(cast: Cast, draft: Proposal) -> None:
    client = browser(cast.alice)
    path = reverse("weigh_option", args=[draft.code, 4])
    assert client.post(path, {"name": "Merge", "score_1": "3"}).status_code == 302
    page = html.unescape(client.get(reverse("weigh_options", args=[draft.code])).content.decode())
    assert "Merge" in page
    assert client.post(path, {"name": ""}).status_code == 302
    assert len(part_of(draft, part=ProposalPart.OPTIONS).content["rows"]) == 3
    assert client.get(reverse("weigh_option", args=[draft.code, 5])).status_code == 404
    told = client.post(reverse("weigh_options", args=[draft.code]), {"is_done": "on"})
    assert "This part is not done yet" in html.unescape(told.content.decode())
    first = reverse("weigh_option", args=[draft.code, 1])
    assert client.post(first, {"cost": "10", "name": "Another name"}).status_code == 302
    assert part_of(draft, part=ProposalPart.OPTIONS).content["rows"][0]["name"] == "Do nothing"


def test_nothing_is_sent_half_done_unread_or_undeclared(cast: Cast, draft: Proposal) -> None:
    read = whole_digest(draft)
    write_part(draft, part=RISKS, piece=a_risk(), by=cast.alice)
    with refused("ART-42", saying="What could go wrong"):
        submit_proposal(draft, by=cast.alice)
    write_part(draft, part=RISKS, piece=filled(RISKS), is_done=True, by=cast.alice)
    with refused("ART-44"):
        submit_proposal(draft, read_as=read, by=cast.alice)
    client, path = browser(cast.alice), reverse("submit_proposal", args=[draft.code])
    told = html.unescape(client.post(path, {"read_as": ""}).content.decode())
    assert "Read it through, then tick the box." in told
    revise_proposal(draft, title="T", summary="", by=cast.alice)
    draft.refresh_from_db()
    with refused("ART-43"):
        submit_proposal(draft, by=cast.alice)


def test_a_whole_proposal_is_checked_sent_and_read(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    client, path = browser(cast.alice), reverse("submit_proposal", args=[draft.code])
    shown = client.get(path)
    page = html.unescape(shown.content.decode())
    assert all(part.about.title in page for part in parts_of(draft).values())
    answer = {"agrees": "on", "read_as": shown.context["read_as"]}
    assert client.post(path, answer).status_code == 302
    assert Proposal.objects.get().state == ProposalState.PROPOSED
    read = html.unescape(
        browser(cast.erin).get(reverse("proposal", args=[draft.code])).content.decode()
    )
    assert "Our answer to liable" in read
    assert "Added up" in read
    assert client.post(reverse("write_risks", args=[draft.code]), {}).status_code == 409


def test_the_database_keeps_what_was_sent(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    submit_proposal(draft, by=cast.alice)
    row = WrittenPart.objects.get(part=RISKS)
    acts = (
        lambda: WrittenPart.objects.filter(pk=row.pk).update(content={}),
        lambda: WrittenPart.objects.filter(pk=row.pk).delete(),
        lambda: Proposal.objects.update(summary="Another"),
        lambda: Proposal.objects.update(title="Another"),
    )
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_only_its_own_write_it(cast: Cast, draft: Proposal) -> None:
    for person in (cast.bob, cast.charlie, cast.erin, cast.frank, cast.grace):
        with pytest.raises(NotPermitted):
            write_part(draft, part=RISKS, piece=a_risk(), by=person)


def test_all_parts_have_a_page(draft: Proposal, cast: Cast) -> None:
    client = browser(cast.alice)
    tasks = client.get(reverse("proposal", args=[draft.code])).context["tasks"]
    assert len(tasks) >= len(CASE) + 2
    pages = [str(task["href"]) for task in tasks if not str(task["href"]).startswith("#")]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
