"""What kinds of measure there are, what a measurement may be, and how an upload goes."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition


class Better(StrEnum):
    """Which way a measure should move."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"

    @property
    def words(self) -> str:
        """Return the direction as people say it."""
        return {"up": "higher is better", "down": "lower is better"}.get(
            self.value, "neither way is better"
        )

    def gain(self, *, over: float, to: float) -> float | None:
        """Return how much better ``to`` is than ``over``; None where neither way is better."""
        return {"up": to - over, "down": over - to}.get(self.value)


class MeasureKind(StrEnum):
    """What sort of number a measure is."""

    PERCENTAGE = "percentage"
    RATE = "rate"
    COUNT = "count"
    AVERAGE = "average"


class Topic(StrEnum):
    """What a measure is about; a short closed list, to find it by."""

    WORKFORCE = "workforce"
    ACCESS = "access"
    SAFETY = "safety"
    OUTCOMES = "outcomes"
    EXPERIENCE = "experience"
    COMMUNITY = "community"
    MONEY = "money"
    ENVIRONMENT = "environment"

    @property
    def words(self) -> str:
        """Return the topic as people say it."""
        return {
            "workforce": "staff",
            "access": "getting help in time",
            "safety": "safety",
            "outcomes": "what changes for people",
            "experience": "what people say of it",
            "community": "the community",
            "money": "money and fair work",
            "environment": "the environment",
        }[self.value]


class Standing(StrEnum):
    """What stands for a period: a value, or a reason why there is none. None of them is zero."""

    MEASURED = "measured"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"


class UploadState(StrEnum):
    """Where an upload is: shown for checking, kept, or thrown away."""

    PREVIEWED = "previewed"
    STORED = "stored"
    DISCARDED = "discarded"


UPLOADS = Table(
    name="upload",
    states=UploadState,
    initial=UploadState.PREVIEWED,
    transitions=(
        Transition(
            act="store_upload",
            sources=frozenset({UploadState.PREVIEWED}),
            target=UploadState.STORED,
            who="recorder",
        ),
        Transition(
            act="discard_upload",
            sources=frozenset({UploadState.PREVIEWED}),
            target=UploadState.DISCARDED,
            who="recorder",
        ),
    ),
)
