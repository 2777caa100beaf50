"""The consent a person gives with a story, and who tells it."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition


class Consent(StrEnum):
    """Who may read a story."""

    ASSESSOR = "assessor"
    ANONYMOUS = "anonymous"
    NAMED = "named"

    @property
    def words(self) -> str:
        """Return the consent in the words of the person who gives it."""
        return {
            "assessor": "Only the people who judge the evidence",
            "anonymous": "Anyone, without my name",
            "named": "Anyone, with my first name",
        }[self.value]

    @property
    def is_public(self) -> bool:
        """Return whether everyone may read the words."""
        return self is not Consent.ASSESSOR


class ToldAs(StrEnum):
    """How the person who tells a story knows the service."""

    USER = "user"
    CARER = "carer"
    STAFF = "staff"

    @property
    def words(self) -> str:
        """Return who speaks, as a reader sees it."""
        return {
            "user": "Someone who uses the service",
            "carer": "Someone who cares for a person who uses it",
            "staff": "Someone who works in the service",
        }[self.value]


class StoryState(StrEnum):
    """A story is told, and may be withdrawn by the person who told it."""

    TOLD = "told"
    WITHDRAWN = "withdrawn"


STORIES = Table(
    name="story",
    states=StoryState,
    initial=StoryState.TOLD,
    transitions=(
        Transition(
            act="change_consent",
            sources=frozenset({StoryState.TOLD}),
            target=StoryState.TOLD,
            who="the person who told it",
        ),
        Transition(
            act="withdraw_story",
            sources=frozenset({StoryState.TOLD}),
            target=StoryState.WITHDRAWN,
            who="the person who told it",
        ),
    ),
)
