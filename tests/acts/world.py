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
from makegood.contract.models import Contract
from makegood.contract.states import HandoverSide, Side
from makegood.measures.models import Measure
from makegood.people.actions import register_organisation
from makegood.people.models import Organisation, Person
from makegood.people.states import RIGHTS, Kind, Right, Role
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
    *("dana", "frank", "grace", "nia", "tess", "rae"),
)
"""Alice owns a provider; Bob reads for it and Sam signs. Charlie owns a rival; Eve edits for it. Erin
owns the commissioner; Ed edits for it and Cy signs. Hattie owns the rival and signs for the commissioner.
Dana assesses, Frank runs the support unit, Grace audits, Nia belongs nowhere. Tess owns a third provider,
which proposes nothing, but takes over. Rae reviews for the support unit, and edits for the rival."""


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
    asked: dict[int, str] = field(default_factory=dict)
    """Who was asked to write a draft, by invitation."""
    writers: dict[int, tuple[int, str]] = field(default_factory=dict)
    """The proposal that somebody writes beside its provider, and their name, by invitation."""
    seats: dict[tuple[int, str], bool | None] = field(default_factory=dict)
    """Whether who sits on the panel of a need has an interest; None while they have not said."""
    handovers: dict[int, Row] = field(default_factory=dict)
    """What each handover says, by its key."""
    handed: dict[int, dict[str, str]] = field(default_factory=dict)
    """The digest each of those who sign a handover signed, by handover and side."""
    in_force: list[int] = field(default_factory=list)
    """The handovers that all have signed and whose day has come, the first first."""

    def insiders(self, proposal: int) -> set[str]:
        """Return who was let write a proposal beside those of its provider, and still may."""
        return {name for of, name in self.writers.values() if of == proposal}

    def delivers(self, contract: int) -> int | None:
        """Return who took a contract over last, by key; nobody while whoever promised delivers."""
        taken = [self.handovers[each] for each in self.in_force]
        of = [each["successor_id"] for each in taken if each["contract_id"] == contract]
        return of[-1] if of else None


@dataclass(kw_only=True)
class World:
    """The people, three needs, and all that was said so far."""

    cast: Cast
    people: dict[str, Person]
    roles: dict[tuple[str, int], Role]
    needs: list[Need]
    heirs: Organisation
    """A third provider."""
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

    def deliverer(self, contract: Contract) -> Organisation:
        """Return who delivers a contract: who promised, or whom it was handed to by all it binds."""
        key = self.memory.delivers(contract.pk)
        houses = (self.cast.provider, self.cast.stranger, self.heirs)
        return next((each for each in houses if each.pk == key), contract.proposal.provider)

    def party(self, contract: Contract, *, side: str) -> Organisation:
        """Return who is on one side of a contract, as the world was told."""
        return self.deliverer(contract) if side == Side.PROVIDER else contract.commissioner

    def who_may(self, right: Right, *, organisation: Organisation) -> list[str]:
        """Return everybody whose role there carries ``right``."""
        return [name for name in NAMES if self.may(name, right, organisation=organisation)]

    def let_handovers_count(self) -> None:
        """Let what all have signed to the same words count, once its day has come."""
        for key, said in self.memory.handovers.items():
            signed = self.memory.handed.get(key, {})
            is_due = said["from_on"] <= timezone.localdate(self.now)
            if len(signed) == len(HandoverSide) and is_due and key not in self.memory.in_force:
                assert len(set(signed.values())) == 1, "they signed different handovers"
                self.memory.in_force.append(key)
                self.reach("a handover in force")

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
    """Whose members with the right alone get through; none where the act itself says who may."""
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
    people = _people(cast)
    heirs = register_organisation(name="The Heirs", kind=Kind.PROVIDER, by=people["tess"])
    roles = _roles(cast) | {("tess", heirs.pk): Role.OWNER}
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
        heirs=heirs,
        measure=loop.a_measure(cast),
        now=timezone.now() + timedelta(minutes=1),
    )


_NEW = ("sam", "eve", "hattie", "ed", "cy", "nia", "tess", "rae")


def _people(cast: Cast) -> dict[str, Person]:
    made = {name: newcomer(name) for name in _NEW}
    join(cast.provider, person=made["sam"], role=Role.SIGNATORY, by=cast.alice)
    join(cast.stranger, person=made["eve"], role=Role.EDITOR, by=cast.charlie)
    join(cast.stranger, person=made["hattie"], role=Role.OWNER, by=cast.charlie)
    join(cast.commissioner, person=made["hattie"], role=Role.SIGNATORY, by=cast.erin)
    join(cast.commissioner, person=made["ed"], role=Role.EDITOR, by=cast.erin)
    join(cast.commissioner, person=made["cy"], role=Role.SIGNATORY, by=cast.erin)
    join(cast.support_unit, person=cast.frank, role=Role.REVIEWER, by=cast.frank)
    join(cast.support_unit, person=made["rae"], role=Role.REVIEWER, by=cast.frank)
    join(cast.stranger, person=made["rae"], role=Role.EDITOR, by=cast.charlie)
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
        ("rae", cast.support_unit, Role.REVIEWER),
        ("rae", cast.stranger, Role.EDITOR),
    )
    return {(name, organisation.pk): role for name, organisation, role in held}
