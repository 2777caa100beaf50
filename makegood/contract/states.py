"""What may be decided, what may become of a promise, and how a contract comes into force."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition


class Outcome(StrEnum):
    """What a commissioner decides about a proposal."""

    APPROVED = "approved"
    DECLINED = "declined"


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
    def column(self) -> str:
        """Return the column in which it stands: of the contract, or of its commitments."""
        return "evidence_required" if self is Part.EVIDENCE else self.value


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
