"""A small world in which anybody tries anything, and which remembers what was promised and signed.

What it remembers it was told by those who acted, and never reads back from the rows it is compared
with: only what somebody signs is looked up, at the moment of the first signature, as that side reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.utils import timezone

from makegood.articulate.actions import publish_need, start_programme, write_need
from makegood.articulate.models import Need, Proposal
from makegood.measures.models import Measure
from makegood.people.models import Organisation, Person
from makegood.people.states import RIGHTS, Right, Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join

T = TypeVar("T")
LEFT_OPEN = "Days at home"
Houses = tuple[Organisation, ...]
Row = dict[str, Any]
"""The columns of a row by name."""
NAMES = (
    *("alice", "bob", "sam", "charlie", "eve", "hattie", "erin", "ed", "cy"),
    *("dana", "frank", "grace", "nia"),
)
"""Alice owns a provider; Bob reads for it and Sam signs. Charlie owns a rival; Eve edits for it. Erin
owns the commissioner; Ed edits for it and Cy signs. Hattie owns the rival and signs for the commissioner.
Dana assesses, Frank runs the support unit, Grace audits, Nia belongs nowhere."""


class LetBe(Exception):
    """Somebody thought better of it, and tried nothing."""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What stood in a contract when a side read it: its frame, each commitment, and each fate."""

    frame: Row
    commitments: dict[str, Row]
    fates: dict[str, Row]


@dataclass(kw_only=True)
class Memory:
    """What the world was told, by the keys of the rows it was told of."""

    written: dict[int, dict[str, Row]] = field(default_factory=dict)
    """What each draft promises, by the references of its promises."""
    sent: dict[int, dict[str, Row]] = field(default_factory=dict)
    """What each proposal promised when it was sent."""
    read: dict[tuple[int, int], Signed] = field(default_factory=dict)
    """What stood when the first side signed, by contract and round."""
    owed: dict[int, Signed] = field(default_factory=dict)
    """What both sides signed, with what both signed since."""
    frames: dict[int, Row] = field(default_factory=dict)
    """What changes in the contract itself, by variation."""
    changes: dict[int, dict[str, Row]] = field(default_factory=dict)
    """What changes in each commitment, by variation and by the references of commitments."""
    signatures: set[tuple[int, int, str]] = field(default_factory=set)
    """Contract, round and side of everything that was signed."""
    insiders: dict[int, set[str]] = field(default_factory=dict)
    """Who was let write a draft beside those of its provider, by proposal."""


@dataclass(kw_only=True)
class World:
    """The people, three needs, and all that was said so far."""

    cast: Cast
    people: dict[str, Person]
    roles: dict[tuple[str, int], Role]
    needs: list[Need]
    measure: Measure
    now: datetime
    luck: Random = field(default_factory=Random)
    memory: Memory = field(default_factory=Memory)
    secrets: dict[int, str] = field(default_factory=dict)
    """The word that stands in everything a proposal says, by its key."""
    told: list[str] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    made: int = 0

    def pick(self, among: Iterable[T]) -> T:
        """Return one of several, by luck."""
        return self.luck.choice(list(among))

    def mostly(self, *plain: T, odd: T) -> T:
        """Return one of those that fit, and now and then the one that does not."""
        return odd if self.happens(0.1) else self.pick(plain)

    def again(self) -> World:
        """Return the same world, to go on from as if nothing had come after."""
        more = {"memory": deepcopy(self.memory), "secrets": dict(self.secrets)}
        return replace(self, luck=Random(0), told=list(self.told), reached=Counter(), **more)

    def stays_open(self, need: Need) -> bool:
        """Return whether whoever takes things further leaves ``need`` alone, once it has its drafts."""
        return need.title == LEFT_OPEN

    def happens(self, share: float) -> bool:
        """Return whether something happens that happens so often."""
        return self.luck.random() < share

    def think_twice(self, share: float) -> None:
        """Let so many of those who are about to do something let it be."""
        if self.happens(share):
            raise LetBe

    def count(self) -> int:
        """Return a number that was never returned before."""
        self.made += 1
        return self.made

    def belongs(self, name: str, organisation: Organisation) -> bool:
        """Return whether somebody holds any role there."""
        return (name, organisation.pk) in self.roles

    def may(self, name: str, right: Right, *, organisation: Organisation) -> bool:
        """Return whether somebody's role there carries ``right``."""
        role = self.roles.get((name, organisation.pk))
        return role is not None and right in RIGHTS[role]

    def who_may(self, right: Right, *, organisation: Organisation) -> list[str]:
        """Return everybody whose role there carries ``right``."""
        return [name for name in NAMES if self.may(name, right, organisation=organisation)]

    def reach(self, milestone: str) -> None:
        """Remember that something worth trying really happened."""
        self.reached[milestone] += 1


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that can be tried on things of one kind."""

    name: str
    do: Callable[[World, Any, Person], None]
    among: Callable[[World], Sequence[Any]]
    of: Callable[[Any], Houses]
    """Whose members alone get through; none where others may, too."""
    right: Right
    weight: int
    when: Callable[[Any], bool]
    """Whether it can be done to this now, as far as its state says."""


def _always(row: Any) -> bool:
    return True


ACTS: dict[str, Act] = {}
Do = Callable[[World, Any, Person], None]


def act(
    among: Callable[[World], Sequence[Any]],
    *,
    of: Callable[[Any], Houses],
    right: Right = Right.WRITE,
    weight: int = 1,
    when: Callable[[Any], bool] = _always,
) -> Callable[[Do], Do]:
    """Declare something to be tried, by the name of its function."""

    def keep(do: Do) -> Do:
        name = do.__name__
        if name in ACTS:
            raise ValueError(f"Two acts are called {name}.")
        ACTS[name] = Act(
            name=name, do=do, among=among, of=of, right=right, weight=weight, when=when
        )
        return do

    return keep


def name_of(person: Person) -> str:
    """Return the name by which the world knows somebody."""
    return person.email.partition("@")[0]


def anybodys(row: Any) -> Houses:
    return ()


def provider_of(proposal: Proposal) -> Houses:
    return (proposal.provider,)


def buyer_of(need: Need) -> Houses:
    return (need.commissioner,)


def begin(cast: Cast) -> World:
    """Return a world with three published needs; what is chosen for the second stands still first.

    The third is left open by whoever takes things further, so that there are drafts at any time.
    """
    people, roles = _people(cast), _roles(cast)
    programme = start_programme(name="Homes", summary="", run_by=cast.support_unit, by=cast.frank)
    needs = []
    for days, title in ((None, "Care at home"), (8, "Nights at home"), (None, LEFT_OPEN)):
        need = write_need(
            programme=programme,
            commissioner=cast.commissioner,
            title=title,
            description="Care for 200 people",
            alternative="The service stays as it is",
            standstill_days=days,
            by=cast.erin,
        )
        publish_need(need, by=cast.erin)
        needs.append(need)
    return World(
        cast=cast,
        people=people,
        roles=roles,
        needs=needs,
        measure=loop.a_measure(cast),
        now=timezone.now() + timedelta(minutes=1),
    )


def _people(cast: Cast) -> dict[str, Person]:
    made = {name: newcomer(name) for name in ("sam", "eve", "hattie", "ed", "cy", "nia")}
    join(cast.provider, person=made["sam"], role=Role.SIGNATORY, by=cast.alice)
    join(cast.stranger, person=made["eve"], role=Role.EDITOR, by=cast.charlie)
    join(cast.stranger, person=made["hattie"], role=Role.OWNER, by=cast.charlie)
    join(cast.commissioner, person=made["hattie"], role=Role.SIGNATORY, by=cast.erin)
    join(cast.commissioner, person=made["ed"], role=Role.EDITOR, by=cast.erin)
    join(cast.commissioner, person=made["cy"], role=Role.SIGNATORY, by=cast.erin)
    join(cast.support_unit, person=cast.frank, role=Role.REVIEWER, by=cast.frank)
    return {name: made.get(name) or getattr(cast, name) for name in NAMES}


def _roles(cast: Cast) -> dict[tuple[str, int], Role]:
    held = (
        ("alice", cast.provider, Role.OWNER),
        ("bob", cast.provider, Role.READER),
        ("sam", cast.provider, Role.SIGNATORY),
        ("charlie", cast.stranger, Role.OWNER),
        ("eve", cast.stranger, Role.EDITOR),
        ("hattie", cast.stranger, Role.OWNER),
        ("hattie", cast.commissioner, Role.SIGNATORY),
        ("erin", cast.commissioner, Role.OWNER),
        ("ed", cast.commissioner, Role.EDITOR),
        ("cy", cast.commissioner, Role.SIGNATORY),
        ("dana", cast.assessors, Role.OWNER),
        ("frank", cast.support_unit, Role.OWNER),
        ("grace", cast.auditors, Role.AUDITOR),
    )
    return {(name, organisation.pk): role for name, organisation, role in held}
