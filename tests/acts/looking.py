"""Looking at pages as somebody, for words that are not theirs to read yet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from makegood.articulate.models import Need, Promise, Proposal
from makegood.articulate.states import ProposalState
from makegood.kernel.ledger.models import Entry
from tests.acts.proposing import is_rival, titled
from tests.acts.world import NAMES, World
from tests.guard_table import rows

LISTS = (
    *("home", "needs", "needs_table", "promises", "promises_table", "portfolio"),
    *("portfolio_table", "contracts", "contracts_table", "organisations", "organisations_table"),
    *("measures", "measures_table", "programmes", "motives", "ledger", "desk", "proposals"),
    *("proposals_table", "notices"),
)
SOUGHT = ("needs", "promises", "proposals", "contracts", "organisations", "measures")
OF_NEED = (
    *("need", "compare", "compare_table", "need_versions", "need_form", "decide_need", "panel"),
    *("scores", "need_invitations", "ask_question", "start_proposal"),
)
VISITORS = (*NAMES, None)
PLACES = {"position": 1, "number": 1}
"""What stands in an address beside the code of a proposal, or the reference of its need."""


@cache
def addresses_of(code: str, reference: str) -> tuple[str, ...]:
    """Return every address that names a proposal, as the guard table knows them."""
    named = [{"code": code}, *({"code": code, name: at} for name, at in PLACES.items())]
    named.append({"reference": reference, "code": code})
    names = sorted({row.address for row in rows()})
    return tuple(path for name in names for key in named for path in _path(name, key))


def _path(name: str, key: dict[str, object]) -> Iterator[str]:
    try:
        yield reverse(name, kwargs=key)
    except NoReverseMatch:
        return


def insiders(world: World, proposal: Proposal, *, was_ever_sent: bool) -> set[str]:
    """Return who may read a proposal that is not public."""
    own = {name for name in NAMES if world.belongs(name, proposal.provider)}
    own |= world.memory.insiders(proposal.pk)
    if not was_ever_sent:
        return own
    bought = {name for name in NAMES if world.belongs(name, proposal.need.commissioner)}
    return own | bought | _weighing(world, proposal.need) | {"grace"}


def _weighing(world: World, need: Need) -> set[str]:
    """Return who sits on the panel now and may read: nobody who left, has an interest or is a rival."""
    seated = [
        name for (of, name), has in world.memory.seats.items() if of == need.pk and has is False
    ]
    return {name for name in seated if not is_rival(world, name, need=need)}


def hidden(world: World) -> list[tuple[Proposal, set[str]]]:
    """Return each proposal that is not public, with who may read it."""
    found = Proposal.objects.exclude(state=ProposalState.APPROVED).filter(pk__in=world.secrets)
    kept = found.select_related("provider", "need__commissioner", "need__programme").order_by("pk")
    return [
        (each, insiders(world, each, was_ever_sent=each.pk in world.memory.sent)) for each in kept
    ]


def _is_draft(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.DRAFT


def rivals(world: World, about: Proposal) -> list[str | None]:
    """Return who belongs to the other provider."""
    cast = world.cast
    house = cast.stranger if about.provider == cast.provider else cast.provider
    return [name for name in NAMES if world.belongs(name, house)]


def look(world: World) -> None:
    """Look at a few pages as somebody; nothing there says what is not theirs to read."""
    kept = hidden(world)
    if not kept:
        return
    about, inside = world.pick([each for each in kept if _is_draft(each[0])] or kept)
    who = world.pick(rivals(world, about) if world.happens(0.5) else VISITORS)
    world.told.append(f"a look round as {who}")
    client = Client()
    if who:
        client.force_login(world.people[who])
    unread = [(each, world.secrets[each.pk]) for each, inside in kept if who not in inside]
    unread += [  # of what was sent, the unit that runs the programme reads the title
        (each, titled(world.secrets[each.pk]))
        for each, inside in kept
        if who not in inside
        and not (world.belongs(who or "", world.cast.support_unit) and each.pk in world.memory.sent)
    ]
    if who in rivals(world, about) and who not in inside:
        world.reach(f"a rival looks while a proposal is {about.state}")
    for path in _walk(world, about):
        answer = client.get(path)
        assert answer.status_code < 500, f"{path} as {who}: {answer.status_code}"
        said = words_of(answer)
        told = [str(each.reference) for each, secret in unread if secret in said]
        assert not told, f"{path} tells {who} of {told}"


def directly(world: World) -> None:
    """Open the addresses of one proposal that is not public, as somebody who may not read it, or may."""
    kept = hidden(world)
    if not kept:
        return
    about, inside = world.pick([each for each in kept if _is_draft(each[0])] or kept)
    who = world.pick(VISITORS)
    world.told.append(f"the addresses of {about.reference} as {who}")
    client = Client()
    if who:
        client.force_login(world.people[who])
    paths = addresses_of(about.code, about.need.reference)
    if who in inside and about.pk not in world.memory.sent:
        own = reverse("proposal", args=[about.code])
        if world.belongs(who or "", about.provider):
            assert world.secrets[about.pk] in words_of(client.get(own)), f"{own} as {who}"
            world.reach("an owner reads a draft")
        return
    if who in inside:
        return
    for path in world.luck.sample(paths, min(6, len(paths))):
        answer = client.get(path)
        assert answer.status_code in {302, 403, 404, 405}, f"{path} as {who}: {answer.status_code}"
        said, secret = words_of(answer), world.secrets[about.pk]
        assert secret not in said, f"{path} tells {who}"
        assert titled(secret) not in said, f"{path} names it to {who}"
    world.reach("addresses of a draft tried")


def _walk(world: World, about: Proposal) -> Sequence[str]:
    """Return a few of the pages on which a proposal could be told of."""
    need, secret = about.need, world.secrets[about.pk]
    paths = [reverse(name) for name in world.luck.sample(LISTS, 3)]
    sought = urlencode({"q": secret.upper()})  # a page that says again what was asked is told apart
    paths += [f"{reverse(name)}?{sought}" for name in world.luck.sample(SOUGHT, 1)]
    paths += [reverse(name, args=[need.reference]) for name in world.luck.sample(OF_NEED, 2)]
    paths.append(world.pick(list(_beside(about, need))))
    entry = world.pick(Entry.objects.order_by("-pk")[:12])
    paths.append(reverse("entry", args=[entry.stream, entry.seq]))
    return paths


def _beside(about: Proposal, need: Need) -> Iterator[str]:
    yield reverse("organisation", args=[about.provider.slug])
    for name in ("programme", "workbench", "workbench_table"):
        yield reverse(name, args=[need.programme.slug])
    for promise in Promise.objects.filter(proposal=about).select_related("measure")[:2]:
        yield reverse("promise", args=[promise.reference])
        if promise.measure:
            yield reverse("measure", args=[promise.measure.slug])
            yield reverse("measure_uses", args=[promise.measure.slug])
            yield reverse("promise_on", args=[promise.measure.slug])


def words_of(answer: HttpResponse) -> str:
    """Return what an answer says, looking into what is packed."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode(errors="ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())
