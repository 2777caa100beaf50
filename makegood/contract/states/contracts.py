"""What may be decided, what may become of a promise, and how a contract comes into force."""

from enum import IntEnum, StrEnum

from makegood.kernel.transition import Table, Transition


class Outcome(StrEnum):
    """What a commissioner decides about a proposal."""

    APPROVED = "approved"
    DECLINED = "declined"


MOST_POINTS = 5
"""The most points that a member of a panel gives."""


class Points(IntEnum):
    """How well a proposal does by one criterion."""

    NOTHING = 0
    POOR = 1
    WEAK = 2
    FAIR = 3
    GOOD = 4
    BEST = 5

    @property
    def words(self) -> str:
        """Return what so many points mean."""
        return (
            "says nothing of it",
            "hardly meets it",
            "meets some of it",
            "meets most of it",
            "meets all of it",
            "goes beyond it",
        )[self.value]


class Fate(StrEnum):
    """What became of a promise at contract: its disposition."""

    AS_PROMISED = "as promised"
    CHANGED = "changed"
    NOT_CONTRACTED = "not contracted"


class Side(StrEnum):
    """The two parties who sign."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"


class Part(StrEnum):
    """A part of a contract that may be withheld from the public for a while."""

    VALUE = "value"
    EVIDENCE = "evidence"
    CONSEQUENCE = "consequence"

    @property
    def words(self) -> str:
        """Return the part as people say it."""
        return {
            "value": "the value",
            "evidence": "the evidence required",
            "consequence": "what follows if it is not delivered",
        }[self.value]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns in which it stands: of the contract, or of its commitments."""
        return {
            "value": ("value",),
            "evidence": ("evidence_required", "stories_least", "stories_from", "documents"),
            "consequence": ("follows", "payment_share", "payment_pounds", "consequence"),
        }[self.value]


class Whom(StrEnum):
    """Whom a commitment is for, where it is not for those to whom it was promised."""

    FEWER = "fewer people"
    MORE = "more people"
    OTHERS = "other people"


class Mark(StrEnum):
    """How a commitment differs from its promise."""

    WEAKER = "weaker"
    STRONGER = "stronger"
    LATER = "later"
    EARLIER = "earlier"
    FEWER = "for fewer people"
    MORE = "for more people"
    OTHERS = "for other people"
    OTHER_WORDS = "other words of the measure"
    OTHER_FIGURES = "other figures to start from"
    RELEASED = "no longer owed"

    @property
    def weakens(self) -> bool:
        """Return whether those to whom it was promised are owed less."""
        return self in {Mark.WEAKER, Mark.LATER, Mark.FEWER, Mark.OTHERS, Mark.RELEASED}

    @property
    def sign(self) -> str:
        """Return the shape that stands beside the word."""
        return {
            Mark.WEAKER: "▼",
            Mark.STRONGER: "▲",
            Mark.LATER: "▶",
            Mark.EARLIER: "◀",
            Mark.FEWER: "▼",
            Mark.MORE: "▲",
            Mark.OTHERS: "▼",
            Mark.RELEASED: "✕",
        }.get(self, "◆")

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        if self.weakens:
            return "lost"
        return "ok" if self in {Mark.STRONGER, Mark.EARLIER, Mark.MORE} else "wait"


class Verification(StrEnum):
    """How far the evidence of a commitment is checked."""

    SELF_REPORTED = "self-reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"

    @property
    def words(self) -> str:
        """Return what it means."""
        return {
            "self-reported": "Self-reported: the provider says so",
            "corroborated": "Corroborated: something besides the provider’s word says so too",
            "verified": "Verified: someone other than the provider checks a sample",
        }[self.value]


class Consequence(StrEnum):
    """What follows if a commitment is not met."""

    NONE = "none"
    PLAN = "plan"
    SHARE = "share"
    POUNDS = "pounds"

    @property
    def words(self) -> str:
        """Return what follows, without its amount."""
        return {
            "none": "Nothing follows; it is shown",
            "plan": "A plan to put it right",
            "share": "A share of the payment is kept back",
            "pounds": "An amount is kept back",
        }[self.value]


class NoticeBy(StrEnum):
    """Who may end a contract by notice."""

    COMMISSIONER = "the commissioner"
    PROVIDER = "the provider"
    EITHER = "either side"


class Standing(StrEnum):
    """How a contract stands today, as its register sorts it."""

    DRAFTING = "being drafted"
    IN_FORCE = "in force"
    ENDING = "ending soon"
    ENDED = "ended"


class BroughtInAnswer(StrEnum):
    """What a provider says to what was brought in for it."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class ContractState(StrEnum):
    """A contract is drafted, signed by one party, and in force once both have signed."""

    DRAFTING = "drafting"
    PART_SIGNED = "part_signed"
    IN_FORCE = "in_force"


CONTRACTS = Table(
    name="contract",
    states=ContractState,
    initial=ContractState.DRAFTING,
    transitions=(
        Transition(
            act="revise_contract",
            sources=frozenset({ContractState.DRAFTING}),
            target=ContractState.DRAFTING,
            who="commissioner",
        ),
        Transition(
            act="sign_first",
            sources=frozenset({ContractState.DRAFTING}),
            target=ContractState.PART_SIGNED,
            who="signatory of either side",
        ),
        Transition(
            act="sign_second",
            sources=frozenset({ContractState.PART_SIGNED}),
            target=ContractState.IN_FORCE,
            who="signatory of the other side",
        ),
        Transition(
            act="reopen_contract",
            sources=frozenset({ContractState.PART_SIGNED}),
            target=ContractState.DRAFTING,
            who="commissioner",
        ),
    ),
)


class Ground(StrEnum):
    """On what ground one side ends a contract before its last day."""

    NOTICE = "notice"
    BREACH = "breach"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the ground as people say it."""
        return {
            "notice": "By notice, as the contract says",
            "breach": "The other side did not do what it owes",
            "other": "Another ground, given in the reason",
        }[self.value]


class Rating(StrEnum):
    """How a published indicator does, in the words of the Procurement Act 2023."""

    GOOD = "good"
    APPROACHING = "approaching target"
    IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"
    OTHER = "other"

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        return {"good": "ok", "inadequate": "lost"}.get(self.value, "wait")

    @property
    def classification(self) -> str:
        """Return its identifier in open contracting data."""
        return {
            "good": "met",
            "approaching target": "slightlyBelow",
            "requires improvement": "below",
            "inadequate": "significantlyBelow",
            "other": "other",
        }[self.value]


class NoticeState(StrEnum):
    """A notice is written, sent to the provider, replied to, and published; or withdrawn before."""

    DRAFT = "draft"
    SENT = "sent"
    REPLIED = "replied"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


NOTICES = Table(
    name="notice",
    states=NoticeState,
    initial=NoticeState.DRAFT,
    transitions=(
        Transition(
            act="send_notice",
            sources=frozenset({NoticeState.DRAFT}),
            target=NoticeState.SENT,
            who="commissioner",
        ),
        Transition(
            act="withdraw_notice",
            sources=frozenset({NoticeState.DRAFT}),
            target=NoticeState.WITHDRAWN,
            who="commissioner",
        ),
        Transition(
            act="reply_to_notice",
            sources=frozenset({NoticeState.SENT}),
            target=NoticeState.REPLIED,
            who="provider",
        ),
        Transition(
            act="publish_notice",
            sources=frozenset({NoticeState.SENT, NoticeState.REPLIED}),
            target=NoticeState.PUBLISHED,
            who="commissioner",
        ),
    ),
)


class VariationState(StrEnum):
    """A variation is written by one side, proposed to the other, and in force once both have signed."""

    DRAFTING = "drafting"
    PROPOSED = "proposed"
    PART_SIGNED = "part_signed"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """Return how it stands."""
        return {
            "drafting": "being written",
            "proposed": "proposed",
            "part_signed": "signed by one side",
            "in_force": "in force",
            "declined": "declined",
            "withdrawn": "withdrawn",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Return whether it may still come into force."""
        return self in OPEN_VARIATIONS


OPEN_VARIATIONS = (
    VariationState.DRAFTING,
    VariationState.PROPOSED,
    VariationState.PART_SIGNED,
)
_PROPOSER, _ANSWERER = "the side that proposes", "the other side"

VARIATIONS = Table(
    name="variation",
    states=VariationState,
    initial=VariationState.DRAFTING,
    transitions=(
        Transition(
            act="revise_variation",
            sources=frozenset({VariationState.DRAFTING}),
            target=VariationState.DRAFTING,
            who=_PROPOSER,
        ),
        Transition(
            act="propose_variation",
            sources=frozenset({VariationState.DRAFTING}),
            target=VariationState.PROPOSED,
            who=_PROPOSER,
        ),
        Transition(
            act="send_variation_back",
            sources=frozenset({VariationState.PROPOSED}),
            target=VariationState.DRAFTING,
            who=_ANSWERER,
        ),
        Transition(
            act="decline_variation",
            sources=frozenset({VariationState.PROPOSED, VariationState.PART_SIGNED}),
            target=VariationState.DECLINED,
            who=_ANSWERER,
        ),
        Transition(
            act="withdraw_variation",
            sources=frozenset(OPEN_VARIATIONS),
            target=VariationState.WITHDRAWN,
            who=_PROPOSER,
        ),
        Transition(
            act="sign_variation_first",
            sources=frozenset({VariationState.PROPOSED}),
            target=VariationState.PART_SIGNED,
            who="signatory of either side",
        ),
        Transition(
            act="sign_variation_second",
            sources=frozenset({VariationState.PART_SIGNED}),
            target=VariationState.IN_FORCE,
            who="signatory of the other side",
        ),
    ),
)
