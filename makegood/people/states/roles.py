"""The roles of members, what each carries, and how somebody is here."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from makegood.people.states.organisations import Kind


class Role(StrEnum):
    """What a member may do for an organisation."""

    OWNER = "owner"
    EDITOR = "editor"
    RECORDER = "recorder"
    SIGNATORY = "signatory"
    ASSESSOR = "assessor"
    REVIEWER = "reviewer"
    ADVISER = "adviser"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    AUDITOR = "auditor"
    READER = "reader"


class Right(StrEnum):
    """A kind of act, as words that follow “may”."""

    MANAGE = "manage members"
    WRITE = "write and decide"
    RECORD = "record what happened"
    SIGN = "sign contracts"
    ASSESS = "assess evidence"
    REVIEW = "review applications"
    ADVISE = "advise organisations"
    MODERATE = "moderate what is said"
    ORGANISE = "arrange events"
    SETTLE = "close it or say who follows it"
    ANSWER = "answer for what it promised and bought"


OUTLASTS_MERGING = frozenset({Right.RECORD, Right.ANSWER})
"""What is still done in the name of one that was merged: what is owed. Members of what stays do it."""
STAYS_WHEN_CLOSED = OUTLASTS_MERGING | {Right.MANAGE, Right.SETTLE}
"""What is still done for one that closed: its members come and go, its end is told, and what it owes."""
_BY_APPOINTMENT = {Right.ASSESS, Right.REVIEW}
"""What even an owner does only in a role of its own: judging."""
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(set(Right) - _BY_APPOINTMENT),
    Role.EDITOR: frozenset({Right.WRITE, Right.RECORD, Right.ANSWER}),
    Role.RECORDER: frozenset({Right.RECORD}),
    Role.SIGNATORY: frozenset({Right.SIGN}),
    Role.ASSESSOR: frozenset({Right.ASSESS}),
    Role.REVIEWER: frozenset({Right.REVIEW}),
    Role.ADVISER: frozenset({Right.ADVISE}),
    Role.MODERATOR: frozenset({Right.MODERATE}),
    Role.ORGANISER: frozenset({Right.ORGANISE}),
    Role.AUDITOR: frozenset(),
    Role.READER: frozenset(),
}
_WRITERS = (Role.OWNER, Role.EDITOR)
ROLES: dict[Kind, tuple[Role, ...]] = {
    Kind.PROVIDER: (*_WRITERS, Role.RECORDER, Role.SIGNATORY, Role.ORGANISER, Role.READER),
    Kind.COMMISSIONER: (*_WRITERS, Role.SIGNATORY, Role.REVIEWER, Role.ORGANISER, Role.READER),
    Kind.SUPPORT_UNIT: (
        *_WRITERS, Role.REVIEWER, Role.ADVISER, Role.MODERATOR, Role.ORGANISER, Role.READER,
    ),
    Kind.ASSESSOR: (*_WRITERS, Role.ASSESSOR, Role.READER),
    Kind.AUDITOR: (Role.OWNER, Role.AUDITOR, Role.READER),
}  # fmt: skip
"""The roles that make sense in each kind of organisation."""


def roles_with(right: Right) -> tuple[Role, ...]:
    """Return the roles that carry ``right``, in the order people know them."""
    return tuple(role for role, rights in RIGHTS.items() if right in rights)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """What somebody is made: a role, the most they may sign for in pounds, and their last day."""

    role: Role
    signing_limit: Decimal | None = None
    ends_on: date | None = None

    def covers(self, other: "Appointment") -> bool:
        """Return whether this is for as much and for as long as ``other``, of the same role."""
        limit, until = self.signing_limit, self.ends_on
        is_for_as_much = limit is None or (other.signing_limit or Decimal("Infinity")) <= limit
        return is_for_as_much and (until is None or (other.ends_on or date.max) <= until)


@dataclass(frozen=True, kw_only=True)
class Hat:
    """Whom somebody who belongs to several organisations acts for; ``None`` until they choose."""

    organisation: int | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """How somebody is here: whom they act for, and whether they read everything."""

    hat: Hat | None
    audits: bool


class HowOften(StrEnum):
    """How often somebody wishes to be written to about what happened."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


LONGEST_AUDIT = timedelta(days=366)
"""An auditor reads for a year at most; then they are appointed again."""
