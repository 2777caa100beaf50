"""The states of what is captured, and the words that stand for them."""

from makegood.capture.states.calling import (
    CALLS,
    Caller,
    CallState,
    CallWay,
    Tried,
)
from makegood.capture.states.checking import (
    CHECKS,
    DISPUTES,
    SAMPLES,
    DisputeOutcome,
    DisputeState,
    Evidence,
    Found,
    Level,
    SampleState,
)
from makegood.capture.states.complaining import (
    COMPLAINTS,
    ComplaintAbout,
    ComplaintState,
    ComplaintTo,
)
from makegood.capture.states.documents import (
    Readers,
)
from makegood.capture.states.stories import (
    PUBLICATIONS,
    STORIES,
    Basis,
    Consent,
    LeftOut,
    PublicationState,
    StoryState,
    Taken,
    ToldAs,
    ToldFor,
    WhoElse,
)
from makegood.capture.states.versions import (
    ENGLISH,
    LANGUAGES,
    MadeBy,
    VersionKind,
)

__all__ = [
    "CALLS",
    "CHECKS",
    "COMPLAINTS",
    "DISPUTES",
    "ENGLISH",
    "LANGUAGES",
    "PUBLICATIONS",
    "SAMPLES",
    "STORIES",
    "Basis",
    "CallState",
    "CallWay",
    "Caller",
    "ComplaintAbout",
    "ComplaintState",
    "ComplaintTo",
    "Consent",
    "DisputeOutcome",
    "DisputeState",
    "Evidence",
    "Found",
    "LeftOut",
    "Level",
    "MadeBy",
    "PublicationState",
    "Readers",
    "SampleState",
    "StoryState",
    "Taken",
    "ToldAs",
    "ToldFor",
    "Tried",
    "VersionKind",
    "WhoElse",
]
