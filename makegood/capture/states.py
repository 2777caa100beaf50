"""The consent a person gives with a story, for whom, who tells it, and what is left out of it."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition, step


class Consent(StrEnum):
    """Who may read a story, from the fewest to the most."""

    ASSESSOR = "assessor"
    ANONYMOUS = "anonymous"
    NAMED = "named"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """Return the consent in the words of the person who gives it."""
        return {
            "assessor": "Only the people who judge the evidence",
            "anonymous": "Anyone, without my name",
            "named": "Anyone, with my first name",
            "public": "Everywhere, in print too, with my first name",
        }[self.value]

    @property
    def example(self) -> str:
        """Return what comes of it, for whoever is choosing."""
        return {
            "assessor": "Two or three people read it, to judge whether the promise was kept.",
            "anonymous": "On a public page: “The nurse listens to me.” Someone who uses the service.",
            "named": "On a public page: “The nurse listens to me.” Ann.",
            "public": "On a public page and in reports or newspapers: “The nurse listens to me.” Ann.",
        }[self.value]

    @property
    def is_public(self) -> bool:
        """Return whether everyone may read the words, once somebody has published them."""
        return self is not Consent.ASSESSOR

    @property
    def shows_name(self) -> bool:
        """Return whether the first name may stand beside the words."""
        return self in {Consent.NAMED, Consent.PUBLIC}

    def is_narrower_than(self, other: "Consent") -> bool:
        """Return whether fewer may read, or less is shown of the teller, than with ``other``."""
        order = list(Consent)
        return order.index(self) < order.index(other)


class ToldFor(StrEnum):
    """Whose story it is: the teller's own, or of somebody who cannot agree to it alone."""

    SELF = "self"
    CHILD = "child"
    ADULT = "adult"

    @property
    def words(self) -> str:
        """Return whose story it is, as its teller says it."""
        return {
            "self": "Mine",
            "child": "A child’s, and I answer for the child",
            "adult": "An adult’s, who cannot decide this alone",
        }[self.value]


class Basis(StrEnum):
    """What lets a person agree for somebody else."""

    PARENT = "parent"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    BEST_INTERESTS = "best"

    @property
    def words(self) -> str:
        """Return the basis as whoever relies on it would say it."""
        return {
            "parent": "I have parental responsibility for the child",
            "attorney": "I hold their lasting power of attorney for health and welfare",
            "deputy": "The Court of Protection made me their deputy",
            "best": "It is in their best interests, and those who know them were asked",
        }[self.value]

    @property
    def fits(self) -> ToldFor:
        """Return for whom it lets a person agree."""
        return ToldFor.CHILD if self is Basis.PARENT else ToldFor.ADULT

    @property
    def widest(self) -> Consent:
        """Return the widest consent it carries: best interests alone show no name."""
        return Consent.ANONYMOUS if self is Basis.BEST_INTERESTS else Consent.PUBLIC


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


class WhoElse(StrEnum):
    """Who else can be seen or heard in what somebody adds to a story."""

    NOBODY = "nobody"
    AGREED = "agreed"
    NOT_ASKED = "not_asked"

    @property
    def words(self) -> str:
        """Return who else is in it, as its giver says it."""
        return {
            "nobody": "Nobody else",
            "agreed": "Others, and they agreed that I send it",
            "not_asked": "Others, and I have not asked them",
        }[self.value]


class Taken(StrEnum):
    """What a named person did about a story in which somebody may be harmed."""

    SPOKE = "spoke"
    COUNCIL = "council"
    EMERGENCY = "emergency"
    NO_MORE = "no_more"

    @property
    def words(self) -> str:
        """Return what was done, as whoever did it would say it."""
        return {
            "spoke": "I spoke with the person, and go on with it",
            "council": "I told the council’s safeguarding team",
            "emergency": "I called the police or an ambulance",
            "no_more": "I looked into it: nothing more is needed",
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


class LeftOut(StrEnum):
    """What kind of words may tell who somebody is, and is left out of what everyone reads."""

    NAME = "name"
    PLACE = "place"
    ADDRESS = "address"
    POSTCODE = "postcode"
    TELEPHONE = "telephone"
    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    NUMBER = "number"
    BIRTH = "birth"
    AGE = "age"
    ROLE = "role"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return what stands in the place of the words."""
        return {
            "name": "a name",
            "place": "a place",
            "address": "an address",
            "postcode": "a postcode",
            "telephone": "a telephone number",
            "email": "an e-mail address",
            "link": "a web address",
            "handle": "a name online",
            "number": "a personal number",
            "birth": "a date of birth",
            "age": "an age over 89",
            "role": "a role that few have",
            "other": "something that could tell who it is",
        }[self.value]


class PublicationState(StrEnum):
    """Words to be shown are prepared, then published, until somebody ends that."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    ENDED = "ended"


PUBLICATIONS = Table(
    name="publication",
    states=PublicationState,
    initial=PublicationState.PREPARED,
    transitions=(
        Transition(
            act="prepare_publication",
            sources=frozenset({PublicationState.PREPARED}),
            target=PublicationState.PREPARED,
            who="an assessor",
        ),
        Transition(
            act="publish_story",
            sources=frozenset({PublicationState.PREPARED}),
            target=PublicationState.PUBLISHED,
            who="an assessor",
        ),
        Transition(
            act="end_publication",
            sources=frozenset({PublicationState.PREPARED, PublicationState.PUBLISHED}),
            target=PublicationState.ENDED,
            who="an assessor, or the person who told it",
        ),
    ),
)


class Level(StrEnum):
    """How far a figure is checked; a dispute that is open stands above all of them."""

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
"""What somebody who looked can say that a figure is."""


class DisputeOutcome(StrEnum):
    """How a dispute is resolved."""

    STANDS = "stands"
    WRONG = "wrong"

    @property
    def words(self) -> str:
        """Return the outcome as a sentence."""
        return {
            "stands": "The figure stands",
            "wrong": "The figure is wrong, and has to be corrected",
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


class Readers(StrEnum):
    """Who may read a document; that it exists is told to everyone."""

    EVERYONE = "everyone"
    PARTIES = "parties"
    ASSESSOR = "assessor"

    @property
    def words(self) -> str:
        """Return it as an answer."""
        return {
            "everyone": "Everyone",
            "parties": "The provider, the commissioner and the assessor",
            "assessor": "The provider and the assessor",
        }[self.value]
