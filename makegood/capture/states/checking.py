"""How far figures, documents and counts of stories are checked: levels, disputes and samples."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition, step


class Level(StrEnum):
    """How far something is checked; a dispute that is open stands above all of them."""

    SELF_REPORTED = "self-reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"
    DISPUTED = "disputed"

    @property
    def words(self) -> str:
        """Return what it means."""
        return {
            "self-reported": "Self-reported: the provider says so",
            "corroborated": "Corroborated: something besides the provider’s word says so too",
            "verified": "Verified: someone other than the provider checked it",
            "disputed": "Disputed: somebody says that it is not right, and that is not settled",
        }[self.value]

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        return {"verified": "ok", "disputed": "lost"}.get(self.value, "wait")


CHECKS = (Level.CORROBORATED, Level.VERIFIED)
"""What somebody who looked can say that a figure, or a document, is."""


class Evidence(StrEnum):
    """What is checked, and disputed."""

    FIGURE = "figure"
    DOCUMENT = "document"
    STORIES = "count of stories"

    @property
    def act(self) -> str:
        """Return as which act it is checked, in the ledger."""
        return f"check_{self.name.lower()}"

    @property
    def how_it_came(self) -> str:
        """Return what somebody who may not check it did."""
        return {
            "figure": "recorded this figure",
            "document": "gave this document",
            "count of stories": "asked for these stories",
        }[self.value]

    @property
    def how_it_is_mended(self) -> str:
        """Return what the provider does where it is wrong."""
        return {
            "figure": "correct it too",
            "document": "withdraw it too",
            "count of stories": "say how many there are",
        }[self.value]


class DisputeOutcome(StrEnum):
    """How a dispute is resolved."""

    STANDS = "stands"
    WRONG = "wrong"

    @property
    def words(self) -> str:
        """Return the outcome as a sentence, of a figure."""
        return self.words_of(Evidence.FIGURE)

    def words_of(self, what: Evidence) -> str:
        """Return the outcome as a sentence."""
        mended = {
            "figure": "has to be corrected",
            "document": "has to be withdrawn",
            "count of stories": "nobody should rely on it",
        }[what.value]
        return {
            "stands": f"The {what} stands",
            "wrong": f"The {what} is wrong, and {mended}",
        }[self.value]


class DisputeState(StrEnum):
    """A dispute is opened, answered by the provider, and resolved by the side that opened it."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"


DISPUTES = Table(
    name="dispute",
    states=DisputeState,
    initial=DisputeState.OPEN,
    transitions=(
        Transition(
            act="answer_dispute",
            sources=frozenset({DisputeState.OPEN}),
            target=DisputeState.ANSWERED,
            who="provider",
        ),
        Transition(
            act="resolve_dispute",
            sources=frozenset({DisputeState.OPEN, DisputeState.ANSWERED}),
            target=DisputeState.RESOLVED,
            who="the side that opened it",
        ),
    ),
)


class Found(StrEnum):
    """What somebody who looked says of a figure that was drawn."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "cannot tell"

    @property
    def words(self) -> str:
        """Return it as an answer on the worksheet."""
        return {
            "right": "It is right",
            "wrong": "It is wrong",
            "cannot tell": "I cannot tell",
        }[self.value]

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        return {"right": "ok", "wrong": "lost"}.get(self.value, "wait")


class SampleState(StrEnum):
    """A sample is announced with what it is drawn from, then drawn, worked through and closed."""

    ANNOUNCED = "announced"
    DRAWN = "drawn"
    CLOSED = "closed"


SAMPLES = Table(
    name="sample",
    states=SampleState,
    initial=SampleState.ANNOUNCED,
    transitions=(
        step("draw_sample", SampleState.ANNOUNCED, SampleState.DRAWN, who="the ledger"),
        step("close_sample", SampleState.DRAWN, SampleState.CLOSED, who="the side that drew it"),
    ),
)
