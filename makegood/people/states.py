"""The kinds of organisation and the roles a member may hold."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from makegood.kernel.transition import Table, step


class Kind(StrEnum):
    """What an organisation is to the programme."""

    PROVIDER = "provider"
    COMMISSIONER = "commissioner"
    SUPPORT_UNIT = "support_unit"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return self.value.replace("_", " ")


class LegalForm(StrEnum):
    """What an organisation is in law; the value is what people call it."""

    CHARITY = "charity"
    CIO = "charitable incorporated organisation"
    CHARITABLE_COMPANY = "charitable company"
    TRUST = "trust"
    CIC = "community interest company"
    CIC_GUARANTEE = "community interest company limited by guarantee"
    CIC_SHARES = "community interest company limited by shares"
    COMMUNITY_BENEFIT = "community benefit society"
    COOPERATIVE = "co-operative society"
    COMPANY = "company"
    COMPANY_GUARANTEE = "company limited by guarantee"
    COMPANY_SHARES = "company limited by shares"
    LLP = "limited liability partnership"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole trader"
    UNINCORPORATED = "unincorporated association"
    IN_FORMATION = "in formation"
    COUNCIL = "council"
    COMBINED_AUTHORITY = "combined authority"
    NHS_TRUST = "NHS trust"
    FOUNDATION_TRUST = "NHS foundation trust"
    ICB = "integrated care board"
    HEALTH_BOARD = "health board"
    DEPARTMENT = "government department"
    PUBLIC_BODY = "public body"


LEGAL_FORMS: dict[str, tuple[LegalForm, ...]] = {
    "Charities": (
        LegalForm.CHARITY, LegalForm.CIO, LegalForm.CHARITABLE_COMPANY, LegalForm.TRUST,
    ),
    "Community interest companies": (
        LegalForm.CIC_GUARANTEE, LegalForm.CIC_SHARES, LegalForm.CIC,
    ),
    "Societies": (LegalForm.COMMUNITY_BENEFIT, LegalForm.COOPERATIVE),
    "Companies and partnerships": (
        LegalForm.COMPANY_GUARANTEE, LegalForm.COMPANY_SHARES, LegalForm.COMPANY,
        LegalForm.LLP, LegalForm.PARTNERSHIP, LegalForm.SOLE_TRADER,
    ),
    "Without a body in law, or not yet": (LegalForm.UNINCORPORATED, LegalForm.IN_FORMATION),
    "Public bodies": (
        LegalForm.COUNCIL, LegalForm.COMBINED_AUTHORITY, LegalForm.NHS_TRUST,
        LegalForm.FOUNDATION_TRUST, LegalForm.ICB, LegalForm.HEALTH_BOARD,
        LegalForm.DEPARTMENT, LegalForm.PUBLIC_BODY,
    ),
}  # fmt: skip
"""The legal forms in the groups people look for them in. Those that say less come after."""


class AreaKind(StrEnum):
    """What an area is."""

    COUNTRY = "country"
    REGION = "region"
    COUNTY = "county"
    COUNCIL = "council"
    ICB = "icb"

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return "integrated care board" if self is AreaKind.ICB else self.value


class ShownTo(StrEnum):
    """Who may see a contact."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    MEMBERS = "members"


class OfferSide(StrEnum):
    """Whether something is given or looked for."""

    OFFER = "offer"
    NEED = "need"


class OfferKind(StrEnum):
    """What is offered or needed."""

    SKILL = "skill"
    TALENT = "talent"
    ASPIRATION = "aspiration"
    PLACE = "place"
    MONEY = "money"
    KNOWLEDGE = "knowledge"


class DpuloTest(StrEnum):
    """Whose share of disabled people is counted."""

    BOARD = "board"
    STAFF = "staff"
    VOLUNTEERS = "volunteers"

    @property
    def words(self) -> str:
        """Return whom it counts, as words that follow “of”."""
        return "volunteers" if self is DpuloTest.VOLUNTEERS else f"the {self.value}"

    @property
    def members(self) -> str:
        """Return whom it counts, as words that follow “how many”."""
        return {"board": "members of the board", "staff": "members of staff"}.get(
            self.value, self.value
        )

    @property
    def heading(self) -> str:
        """Return whom it counts, as a heading."""
        return {"board": "Your board", "staff": "Your staff"}.get(self.value, "Your volunteers")


class DpuloResult(StrEnum):
    """Whether an organisation is led by disabled people."""

    IS = "is"
    TOWARDS = "towards"
    NOT = "not"

    @property
    def words(self) -> str:
        """Return the result, as words that follow “you are”."""
        it = "a disabled people’s user-led organisation (DPULO)"
        return {"is": it, "towards": f"working towards being {it}"}.get(self.value, f"not {it}")


class Became(StrEnum):
    """What became of a row in a list of organisations."""

    NEW = "new"
    THERE = "there"
    CLAIMED = "claimed"
    REFUSED = "refused"


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


STAYS_WHEN_CLOSED = frozenset({Right.MANAGE, Right.SETTLE})
"""What is still done in an organisation that closed: its members come and go, and its end is told."""
_BY_APPOINTMENT = {Right.ASSESS, Right.REVIEW}
"""What even an owner does only in a role of its own: judging."""

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(set(Right) - _BY_APPOINTMENT),
    Role.EDITOR: frozenset({Right.WRITE, Right.RECORD}),
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


class InvitationState(StrEnum):
    """An invitation is open until it is answered or taken back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


INVITATIONS = Table(
    name="invitation",
    states=InvitationState,
    initial=InvitationState.OPEN,
    transitions=(
        step("send_again", InvitationState.OPEN, InvitationState.OPEN, who="owner"),
        step("accept_invitation", InvitationState.OPEN, InvitationState.ACCEPTED, who="invited"),
        step("decline_invitation", InvitationState.OPEN, InvitationState.DECLINED, who="invited"),
        step("withdraw_invitation", InvitationState.OPEN, InvitationState.WITHDRAWN, who="owner"),
    ),
)
INVITATION_LASTS = timedelta(days=14)
LONGEST_AUDIT = timedelta(days=366)
"""An auditor reads for a year at most; then they are appointed again."""


class ClaimState(StrEnum):
    """A claim waits for a decision, or is taken back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


CLAIMS = Table(
    name="claim",
    states=ClaimState,
    initial=ClaimState.OPEN,
    transitions=(
        step("accept_claim", ClaimState.OPEN, ClaimState.ACCEPTED, who="whoever decides on claims"),
        step(
            "decline_claim", ClaimState.OPEN, ClaimState.DECLINED, who="whoever decides on claims"
        ),
        step("withdraw_claim", ClaimState.OPEN, ClaimState.WITHDRAWN, who="claimant"),
    ),
)
MOST_CLAIMS = 5
"""So many claims of one person wait at once."""
