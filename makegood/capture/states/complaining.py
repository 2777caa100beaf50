"""What somebody complains of, to whom, and how far the complaint is."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition, step


class ComplaintAbout(StrEnum):
    """What a complaint is about."""

    SERVICE = "service"
    STORY = "story"

    @property
    def words(self) -> str:
        """Return what it is about, as whoever complains would say it."""
        return {
            "service": "The service itself",
            "story": "How my story was asked for, shown or treated",
        }[self.value]


class ComplaintTo(StrEnum):
    """Which side of the contract is to answer."""

    PROVIDER = "provider"
    COMMISSIONER = "commissioner"


class ComplaintState(StrEnum):
    """A complaint is made and answered, until its words are erased."""

    MADE = "made"
    ANSWERED = "answered"
    ENDED = "ended"


COMPLAINTS = Table(
    name="complaint",
    states=ComplaintState,
    initial=ComplaintState.MADE,
    transitions=(
        step(
            "answer_complaint",
            ComplaintState.MADE,
            ComplaintState.ANSWERED,
            who="the named person of the organisation it is made to",
        ),
        Transition(
            act="end_complaint",
            sources=frozenset({ComplaintState.MADE, ComplaintState.ANSWERED}),
            target=ComplaintState.ENDED,
            who="whoever complained, or the clock",
        ),
    ),
)
