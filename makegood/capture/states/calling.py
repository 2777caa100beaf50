"""How a person tells a story by a call, who calls them, and how far the call is."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition


class CallWay(StrEnum):
    """How somebody is called."""

    TELEPHONE = "telephone"
    RELAY = "relay"
    BSL = "bsl"

    @property
    def words(self) -> str:
        """Return the way in the words of whoever asks for it."""
        return {
            "telephone": "By telephone",
            "relay": "By text relay: you type, and read what we say",
            "bsl": "By video, in British Sign Language",
        }[self.value]

    @property
    def is_video(self) -> bool:
        """Return whether both see each other."""
        return self is CallWay.BSL


class Caller(StrEnum):
    """Whose member calls: of whoever delivers the service, or of the house that judges it."""

    PROVIDER = "provider"
    ASSESSOR = "assessor"


class CallState(StrEnum):
    """A call is asked for; it brings a story, or ends without one."""

    ASKED = "asked"
    DONE = "done"
    ENDED = "ended"


class Tried(StrEnum):
    """What came of trying to call somebody, where it was no story yet."""

    NOT_REACHED = "unreached"
    LATER = "later"
    NO_STORY = "no_story"

    @property
    def words(self) -> str:
        """Return what came of it, as whoever called would say it."""
        return {
            "unreached": "I did not reach them",
            "later": "I reached them, and they want another time",
            "no_story": "They do not want to tell a story",
        }[self.value]

    @property
    def told_back(self) -> str:
        """Return the same for whoever asked for the call."""
        return {
            "unreached": "We called, and did not reach you",
            "later": "We spoke, and you wanted another time",
            "no_story": "You did not want to tell a story",
        }[self.value]


CALLS = Table(
    name="call",
    states=CallState,
    initial=CallState.ASKED,
    transitions=(
        Transition(
            act="note_call",
            sources=frozenset({CallState.ASKED}),
            target=CallState.ASKED,
            who="whoever calls",
        ),
        Transition(
            act="write_call_down",
            sources=frozenset({CallState.ASKED}),
            target=CallState.DONE,
            who="whoever calls",
        ),
        Transition(
            act="end_call",
            sources=frozenset({CallState.ASKED}),
            target=CallState.ENDED,
            who="whoever asked for it, whoever calls, or the clock",
        ),
    ),
)
