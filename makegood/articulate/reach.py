"""How far somebody reaches: for which organisations, in which programmes, and as what."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import FilteredRelation, Q

from makegood.people.models import Organisation, Person
from makegood.people.queries import memberships_of
from makegood.people.states import OUTLASTS_MERGING, RIGHTS, STAYS_WHEN_CLOSED, Right, Role

EVERYTHING = ~Q(pk__in=())


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A role somebody holds in an organisation: in these programmes, or in all if there are none."""

    organisation: int
    role: Role
    is_closed: bool
    merged: frozenset[int]
    """What was merged into the organisation: it is read with it, and what it owed is done for it."""
    programmes: frozenset[int]
    signing_limit: Decimal | None = None

    @property
    def houses(self) -> frozenset[int]:
        """Return the organisations whose matters it reads."""
        return self.merged | {self.organisation}

    def acts_for(self, right: Right) -> frozenset[int]:
        """Return the organisations for which it does what ``right`` says."""
        return self.houses if right in OUTLASTS_MERGING else frozenset({self.organisation})

    def holds_in(self, programme: int | None) -> bool:
        """Return whether it holds in ``programme``; ``None`` is one that does not exist yet."""
        return not self.programmes or programme in self.programmes

    def carries(self, right: Right) -> bool:
        """Return whether the role carries ``right``; a closed organisation's only ends what it began."""
        return right in RIGHTS[self.role] and (not self.is_closed or right in STAYS_WHEN_CLOSED)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """All that somebody holds. Whatever a role is worth in a programme's matters is asked here."""

    holdings: tuple[Holding, ...] = ()

    def rows(self, party: str, *, programme: str) -> Q:
        """Keep rows whose ``party`` is an organisation of theirs, in a programme where they hold."""
        return _either(
            Q(**{f"{party}__in": held.houses}) & _in(held, programme=programme)
            for held in self.holdings
        )

    def audited(self, *, programme: str) -> Q:
        """Keep rows of the programmes that they read as an auditor."""
        return _either(_in(held, programme=programme) for held in self._audits())

    def audits(self, programme: int) -> bool:
        """Return whether they read ``programme`` as an auditor."""
        return any(held.holds_in(programme) for held in self._audits())

    def belongs(self, organisation: int, *, programme: int) -> bool:
        """Return whether they hold any role of ``organisation`` in ``programme``."""
        found = (held for held in self.holdings if organisation in held.houses)
        return any(held.holds_in(programme) for held in found)

    def is_of(self, organisations: Iterable[int]) -> bool:
        """Return whether they hold any role of any of ``organisations``, in whatever programme."""
        theirs = frozenset().union(*(held.houses for held in self.holdings))
        return not theirs.isdisjoint(organisations)

    def is_inside(self, organisations: Iterable[int], *, programme: int) -> bool:
        """Return whether they hold a role of any of ``organisations`` in ``programme``, or audit it."""
        inside = (self.belongs(each, programme=programme) for each in organisations)
        return self.audits(programme) or any(inside)

    def may(self, right: Right, *, organisation: int, programme: int | None) -> bool:
        """Return whether a role that carries ``right`` for ``organisation`` holds in ``programme``."""
        return bool(self._worth(right, organisation=organisation, programme=programme))

    def signing_limit(self, *, organisation: int, programme: int) -> Decimal | None:
        """Return the most that they, who sign there for ``organisation``, may sign for; None: anything."""
        found = self._worth(Right.SIGN, organisation=organisation, programme=programme)
        limits = [held.signing_limit for held in found]
        bounds = [limit for limit in limits if limit is not None]
        return max(bounds) if bounds and len(bounds) == len(limits) else None

    def where(self, right: Right, *, houses: Iterable[Organisation], programme: str) -> Q:
        """Keep rows of the programmes in which they hold ``right`` for one of ``houses``."""
        return _either(
            _in(held, programme=programme)
            for house in houses
            for held in self._carrying(right, organisation=house.pk)
        )

    def houses(self, right: Right, *, programme: int | None) -> frozenset[int]:
        """Return the organisations for which they hold ``right`` in ``programme``."""
        return frozenset(
            held.organisation
            for held in self.holdings
            if held.carries(right) and held.holds_in(programme)
        )

    def bounds(self, right: Right, *, organisation: int) -> frozenset[int]:
        """Return the programmes in which alone they hold ``right``; none where nothing bounds it."""
        found = [held.programmes for held in self._carrying(right, organisation=organisation)]
        return frozenset().union(*found) if found and all(found) else frozenset()

    def _audits(self) -> Iterable[Holding]:
        return (held for held in self.holdings if held.role == Role.AUDITOR)

    def _worth(self, right: Right, *, organisation: int, programme: int | None) -> list[Holding]:
        found = self._carrying(right, organisation=organisation)
        return [held for held in found if held.holds_in(programme)]

    def _carrying(self, right: Right, *, organisation: int) -> list[Holding]:
        own = (held for held in self.holdings if organisation in held.acts_for(right))
        return [held for held in own if held.carries(right)]


def reach_of(person: Person | None) -> Reach:
    """Return how far ``person`` reaches, in one query; nobody reaches nowhere."""
    if person is None:
        return Reach()
    standing = FilteredRelation("programme_roles", condition=Q(programme_roles__ended_at=None))
    rows = (
        memberships_of(person)
        .annotate(standing=standing)
        .values_list(
            "pk",
            "organisation_id",
            "role",
            "signing_limit",
            "organisation__closed_on",
            "standing__programme",
            "organisation__merged__pk",
        )
    )
    held: dict[tuple[int, int, str, Decimal | None, bool], tuple[set[int], set[int]]] = {}
    for key, organisation, role, limit, closed_on, programme, other in rows:
        which = (key, organisation, role, limit, closed_on is not None)
        found = held.setdefault(which, (set(), set()))
        for kept, value in zip(found, (programme, other), strict=True):
            kept.update({value} - {None})
    return Reach(
        holdings=tuple(
            Holding(
                organisation=organisation,
                role=Role(role),
                is_closed=is_closed,
                merged=frozenset(merged),
                programmes=frozenset(programmes),
                signing_limit=limit,
            )
            for (_, organisation, role, limit, is_closed), (programmes, merged) in held.items()
        )
    )


def _in(held: Holding, *, programme: str) -> Q:
    return Q(**{f"{programme}__in": held.programmes}) if held.programmes else EVERYTHING


def _either(found: Iterable[Q]) -> Q:
    nothing = Q(pk__in=())
    for each in found:
        nothing |= each
    return nothing
