"""The consent a person gives with a story, for whom, who tells it, and what is left out of it."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition


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
            "assessor": "Two or three people who do not work for the service read it, to judge whether the "
            "promise was kept.",
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
