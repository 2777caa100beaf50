"""What kinds of measure there are, what a measurement may be, and how an upload goes."""

from enum import IntEnum, StrEnum

from makegood.kernel.transition import Table, Transition, step


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
    """Where an upload is: sent, being read, shown for checking, being kept, kept, or thrown away."""

    RECEIVED = "received"
    READING = "reading"
    PREVIEWED = "previewed"
    STORING = "storing"
    STORED = "stored"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        """Return the state as people say it."""
        return {
            "received": "waits for you to say what its columns are",
            "reading": "is being read",
            "previewed": "waits for you to keep it",
            "storing": "is being kept",
            "stored": "kept",
            "discarded": "thrown away",
        }[self.value]


class Matched(StrEnum):
    """What becomes of a name in a file: a series that stands, a new one, or it is left out."""

    KNOWN = "known"
    NEW = "new"
    LEFT_OUT = "left_out"


class Staged(IntEnum):
    """What a figure of a file is, before it is kept."""

    GOOD = 0
    KNOWN = 1
    TWO_FIGURES = 2
    DIFFERS = 3


UNDECIDED = frozenset({UploadState.RECEIVED, UploadState.READING, UploadState.PREVIEWED})
UPLOADS = Table(
    name="upload",
    states=UploadState,
    initial=UploadState.RECEIVED,
    transitions=(
        Transition(
            act="read_upload",
            sources=frozenset({UploadState.RECEIVED, UploadState.PREVIEWED}),
            target=UploadState.READING,
            who="recorder",
        ),
        step("preview_upload", UploadState.READING, UploadState.PREVIEWED, who="clock"),
        step("return_upload", UploadState.READING, UploadState.RECEIVED, who="clock"),
        step("store_upload", UploadState.PREVIEWED, UploadState.STORED, who="recorder"),
        step("begin_storing", UploadState.PREVIEWED, UploadState.STORING, who="recorder"),
        step("finish_storing", UploadState.STORING, UploadState.STORED, who="clock"),
        Transition(
            act="discard_upload",
            sources=UNDECIDED | {UploadState.STORING},
            target=UploadState.DISCARDED,
            who="recorder",
        ),
    ),
)
