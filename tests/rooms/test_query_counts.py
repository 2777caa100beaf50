"""No page asks the database more for seven things than for two, and none more than it should."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from makegood.articulate.actions import close_need
from makegood.articulate.models import Need
from makegood.contract import actions
from makegood.contract.actions import CriterionSaid
from makegood.contract.models import Contract
from makegood.contract.states import Side
from makegood.people.models import Person
from makegood.people.queries import hats_of
from makegood.people.states import Role
from tests.architecture.breaches import none_of
from tests.factories import handing_over, loop, noticing, telling, varying
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.deciding import marks
from tests.factories.joining import join
from tests.factories.many import Many

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 7
DESKS = ("alice", "bob", "dana", "erin", "frank", "grace")
WEIGHING = {
    "panel": 12,
    "scores": 11,
    "compare": 15,
    "compare_table": 11,
    "decide_need": 17,
    "need": 14,
    "need_versions": 6,
}
"""How often each page of a need that a panel weighs may ask; five of them say who asks, and which need.

Two or three of a decision hold organisations still: only within a transaction, as a test is.
"""
MOST = {("grace", "contracts"): 13, ("alice", "give_figures"): 13} | {
    (who, "desk"): 14 for who in DESKS
}
"""What asks more than 12: what an auditor reads is written down, and a desk is no list.

One of giving figures holds the organisation still: only within a transaction, as a test is.
"""
Page = tuple[str, str, tuple[object, ...]]
LISTS: tuple[Page, ...] = (
    *((who, "home", ()) for who in ("nobody", "alice")),
    *((who, "promises", ()) for who in ("nobody", "alice", "grace")),
    *(("nobody", name, ()) for name in ("promises_table", "portfolio", "portfolio_table")),
    *((who, "needs", ()) for who in ("nobody", "erin")),
    ("nobody", "needs_table", ()),
    *(("alice", name, ()) for name in ("proposals", "proposals_table")),
    *((who, "desk", ()) for who in DESKS),
    *((who, "contracts", ()) for who in ("nobody", "erin", "grace")),
    ("nobody", "contracts_table", ()),
    ("nobody", "organisations", ()),
    ("nobody", "organisations_table", ()),
    ("nobody", "motives", ()),
    ("nobody", "measures", ()),
    ("nobody", "measures_table", ()),
    ("nobody", "ledger", ()),
    ("alice", "figure_files", ()),
)


def put_on_what_fits(client: Client, person: Person, *, address: str) -> None:
    """Sign ``person`` in, in the first hat of theirs in which the page opens."""
    client.force_login(person)
    hats = iter(hats_of(person))
    while client.get(address).status_code == 403 and (hat := next(hats, None)):
        client.post(reverse("choose_hat"), {"organisation": hat.slug})


def asked(pages: Iterable[Page], *, cast: Cast) -> dict[Page, list[str]]:
    """Return the queries each page makes, the second time it is opened."""
    found = {}
    for page in pages:
        who, name, arguments = page
        client, address = Client(), reverse(name, args=arguments)
        if who != "nobody":
            put_on_what_fits(client, getattr(cast, who), address=address)
        assert client.get(address).status_code == 200, (page, client.get(address).status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[page] = [query["sql"] for query in queries]
    return found


def grown(few: dict[Page, list[str]], many: dict[Page, list[str]]) -> Iterable[str]:
    """Yield each page that asks more for many than for few, with a query it repeats."""
    for page, queries in many.items():
        if len(queries) > len(few[page]):
            more = max(queries, key=lambda sql: sum(q[:200] == sql[:200] for q in queries))
            yield f"{page} asks {len(few[page])} for few, {len(queries)} for many: {more[:300]}"


def test_lists_do_not_ask_more_for_more(cast: Cast) -> None:
    many = Many.of(cast)
    many.grow(FEW)
    slug = many.need.programme.slug
    pages = [
        *LISTS,
        ("erin", "need", (many.need.reference,)),
        *(
            ("erin", name, (many.need.reference,))
            for name in ("compare", "compare_table", "decide_need")
        ),
        *(("frank", name, (slug,)) for name in ("workbench", "workbench_table")),
        *(
            ("nobody", name, (cast.commissioner.slug,))
            for name in ("organisation_figures", "organisation_figures_table")
        ),
    ]
    few = asked(pages, cast=cast)
    many.grow(MANY - FEW)
    none_of(grown(few, asked(pages, cast=cast)))


def test_no_list_asks_more_than_it_should(cast: Cast) -> None:
    many = Many.of(cast)
    many.grow(FEW)
    held = many.contract_at("in_force")
    lists = [
        *LISTS,
        ("nobody", "organisation_figures", (cast.commissioner.slug,)),
        ("nobody", "contract_figures", (held.reference,)),
        ("nobody", "samples", (held.reference,)),
        ("nobody", "programme_samples", (many.need.programme.slug,)),
        ("nobody", "programme", (many.need.programme.slug,)),
        ("nobody", "documents", (held.commitments.all()[0].reference,)),
        ("alice", "give_figures", (held.provider.slug,)),
    ]
    found = asked(lists, cast=cast)
    none_of(f"{page} asks {len(q)}" for page, q in found.items() if len(q) > MOST.get(page[:2], 12))


def test_the_desk_asks_no_more_for_more_handed_over_contracts_that_are_varied(cast: Cast) -> None:
    many = Many.of(cast)
    desk: list[Page] = [("erin", "desk", ())]
    found = []
    for count in (FEW, MANY - FEW):
        for _ in range(count):
            proposal = many.proposal("in_force")
            many.grown += 1
            contract = handing_over.a_handed_over_contract(cast, contract=proposal.contract)
            terms = varying.variation_terms(value=Decimal(5))
            varied = actions.begin_variation(
                contract, side=Side.PROVIDER, terms=terms, by=cast.charlie
            )
            actions.propose_variation(varied, by=cast.charlie)
        found.append(asked(desk, cast=cast))
    few, more = found
    none_of(grown(few, more))


def test_pages_of_one_thing_do_not_ask_more_for_more_in_it(cast: Cast) -> None:
    few, more = (_of_one_thing(count, cast=cast) for count in (FEW, MANY))
    none_of(grown(few, more))


def _of_one_thing(count: int, *, cast: Cast) -> dict[Page, list[str]]:
    """Return what the pages of one proposal ask that holds so many promises, figures, stories."""
    many = Many.of(cast, promises=count, name=f"With {count}")
    many.grow(1)
    signing, found = many.contract_at("signing"), many.contract_at("found")
    held = many.contract_at("in_force").commitments.first()
    assert held
    many.record(held, months=count)
    many.record(found.commitments.all()[0], months=count)
    varied = varying.all_varied(held.contract, cast=cast)
    pages: list[Page] = [
        ("alice", "proposal", (many.at["draft"][0].code,)),
        ("alice", "submit_proposal", (many.at["draft"][0].code,)),
        ("alice", "copy_promise", (many.at["draft"][0].code,)),
        ("alice", "read_promise", (many.at["draft"][0].code, 1)),
        ("alice", "add_promise", (many.at["draft"][0].code,)),
        ("alice", "promise_on", (found.commitments.all()[0].measure.slug,)),
        ("erin", "proposal_versions", (many.at["submitted"][0].code,)),
        ("alice", "print_proposal", (many.at["draft"][0].code,)),
        ("alice", "proposal_as_word", (many.at["draft"][0].code,)),
        ("erin", "decide_proposal", (many.at["submitted"][0].code,)),
        ("erin", "contract", (signing.reference,)),
        ("erin", "reconciliation", (signing.reference,)),
        ("erin", "schedule", (signing.reference,)),
        ("erin", "reconciliation_table", (signing.reference,)),
        ("alice", "sign_contract", (signing.reference,)),
        ("erin", "variation", (varied.contract.reference, varied.number)),
        ("nobody", "contract", (varied.contract.reference,)),
        ("erin", "begin_handover", (many.contract_at("found").reference,)),
        ("alice", "capture", (held.reference,)),
        ("alice", "give_figures", (held.contract.provider.slug,)),
        ("nobody", "contract_figures", (held.contract.reference,)),
        ("dana", "assess", (held.reference,)),
        ("nobody", "promise", (held.promise.reference,)),
        ("alice", "finding", (found.commitments.all()[0].finding.reference,)),
        ("nobody", "measure", (held.measure.slug,)),
        ("nobody", "measure_uses", (held.measure.slug,)),
        ("nobody", "organisation", (found.provider.slug,)),
    ]
    asked_for = asked(pages, cast=cast)
    return {(who, name, ()): asked_for[who, name, key] for who, name, key in pages}


def test_who_weighs_many_by_much_asks_no_more(cast: Cast) -> None:
    few, more = (_weighed(count, cast=cast) for count in (FEW, MANY))
    none_of(grown(few, more))
    none_of(f"{name} asks {len(q)}" for (_, name, _), q in more.items() if len(q) > WEIGHING[name])


def _weighed(count: int, *, cast: Cast) -> dict[Page, list[str]]:
    """Return what the pages of a need ask that has so many proposals, criteria and members of a panel."""
    many = Many.of(cast, name=f"Weighed {count}")
    need = many.need
    weights = [100 // count] * (count - 1)
    said = [
        CriterionSaid(name=f"Criterion {place}", weight=weight)
        for place, weight in enumerate([*weights, 100 - sum(weights)])
    ]
    actions.set_criteria(need, criteria=said, by=cast.erin)
    sent = []
    for _ in range(count):
        many.grown += 1
        sent.append(many.proposal("submitted"))
    close_need(need, by=cast.erin)
    need = Need.objects.get(pk=need.pk)
    panel = [cast.erin, *(newcomer(f"panel-{count}-{place}") for place in range(1, count))]
    for person in panel:
        if person != cast.erin:
            join(cast.commissioner, person=person, role=Role.READER, by=cast.erin)
        actions.name_panel_member(need, person=person, by=cast.erin)
    for place, person in enumerate(panel):
        actions.declare_interest(need, has_interest=False, by=person)
        for proposal in sent:
            actions.keep_scores(proposal, marks=marks(need, points=place % 5), by=person)
        actions.send_scores(need, by=person)
    pages: list[Page] = [("erin", name, (need.reference,)) for name in WEIGHING]
    found = asked(pages, cast=cast)
    return {(who, name, ()): found[who, name, key] for who, name, key in pages}


def test_a_contract_with_many_variations_and_notices_asks_no_more(cast: Cast) -> None:
    contract = noticing.with_indicator(cast)
    pages: list[Page] = [
        (who, name, (contract.reference,))
        for who in ("nobody", "alice", "erin")
        for name in ("contract", "reconciliation")
    ]
    _since(contract, count=FEW, cast=cast)
    few = asked(pages, cast=cast)
    _since(contract, count=MANY - FEW, cast=cast)
    none_of(grown(few, asked(pages, cast=cast)))


def test_stories_ask_no_more_for_more(cast: Cast) -> None:
    link = loop.a_story_link(cast)
    found = []
    for count in (FEW, MANY - FEW):
        secret = telling.told_at_every_stage(link, count=count, cast=cast)
        pages: list[Page] = [
            *((who, "stories_told", (link.commitment.reference,)) for who in ("nobody", "dana")),
            ("nobody", "tell_story", (link.token,)),
            ("nobody", "my_story", (secret,)),
            ("dana", "assess", (link.commitment.reference,)),
            ("alice", "desk", ()),
        ]
        asked_for = asked(pages, cast=cast)
        found.append({(who, name, ()): asked_for[who, name, key] for who, name, key in pages})
    few, more = found
    none_of(grown(few, more))
    most = {"desk": 18, "assess": 18, "stories_told": 12}
    none_of(f"{page} asks {len(q)}" for page, q in more.items() if len(q) > most.get(page[1], 12))


def _since(contract: Contract, *, count: int, cast: Cast) -> None:
    """Vary a contract so many times for the public, as often for the parties alone, and tell how it does."""
    for _ in range(count):
        varied = varying.all_varied(contract, cast=cast)
        changes = varying.varied_terms(contract.commitments.get(), target=4.0 + varied.number / 100)
        commitment = contract.commitments.get()
        actions.vary_commitment(varied, commitment=commitment, agreed=changes, by=cast.erin)
        varying.sign_both(actions.propose_variation(varied, by=cast.erin), cast=cast)
        actions.withdraw_variation(varying.all_varied(contract, cast=cast), by=cast.erin)
        first, last = noticing.FIRST, noticing.LAST
        notice = actions.begin_notice(contract, from_on=first, until_on=last, by=cast.erin)
        rating = notice.ratings.get()
        actions.rate_indicator(rating, chosen=rating.proposed, reason="It moved", by=cast.erin)
        sent = actions.send_notice(notice, by=cast.erin)
        actions.publish_notice(
            actions.reply_to_notice(sent, words="So it is", by=cast.alice), by=cast.erin
        )
