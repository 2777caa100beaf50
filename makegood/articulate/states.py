"""Where a need and a proposal stand, and which act moves them."""

from enum import IntEnum, StrEnum

from makegood.kernel.transition import Table, Transition, step


class NeedState(StrEnum):
    """A need is written, then open to proposals, then closed to them; a draft may be thrown away."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    DISCARDED = "discarded"


UNREAD = (NeedState.DRAFT, NeedState.DISCARDED)
"""As what a need was never published."""


class QuestionState(StrEnum):
    """A question waits, and is then answered for everyone, or declined with a reason."""

    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"


class ProposalState(StrEnum):
    """A proposal is written, proposed, and then decided on or withdrawn.

    One that is chosen may stand still for a while first: neither public nor contracted.
    """

    DRAFT = "draft"
    PROPOSED = "proposed"
    STANDSTILL = "standstill"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HowKnown(StrEnum):
    """How it will be known whether a promise was kept."""

    NUMBERS = "numbers"
    STORIES = "stories"
    BOTH = "numbers and stories"


class EvidenceLevel(IntEnum):
    """How well it is known that a way works: five levels, after the Standards of Evidence of Nesta.

    Source: Puttick and Ludlow, *Standards of Evidence: an approach that balances the need for evidence
    with innovation* (Nesta, 2013). The words are ours.
    """

    REASONED = 1
    SEEN = 2
    COMPARED = 3
    REPEATED = 4
    SUSTAINED = 5

    @property
    def title(self) -> str:
        """Return the level in a few words."""
        return {
            1: "We can say why it should work",
            2: "We have seen it change",
            3: "It changed more than elsewhere",
            4: "Others found the same",
            5: "It works wherever it is done this way",
        }[self.value]

    @property
    def words(self) -> str:
        """Return what must be there to claim it."""
        return {
            1: "There is a clear account of what is done and why that leads to the change.",
            2: "Figures or people’s words from before and after show a change. Nobody can say yet "
            "that this caused it.",
            3: "Figures of others, who did not do it, show that the change came from this.",
            4: "At least one more test, by somebody who gains nothing from it, found the same.",
            5: "Written guides and checks let others do it in other places, and it keeps working there.",
        }[self.value]


class HistoryFrom(StrEnum):
    """Whose history power was worked out from."""

    OWN = "own"
    ALTERNATIVE = "alternative"
    TYPED = "typed"

    @property
    def words(self) -> str:
        """Return it as people say it."""
        return {
            "own": "the provider’s own figures",
            "alternative": "the figures of the need’s alternative",
            "typed": "figures the provider gave",
        }[self.value]


NEEDS = Table(
    name="need",
    states=NeedState,
    initial=NeedState.DRAFT,
    transitions=(
        step("revise_need", NeedState.DRAFT, NeedState.DRAFT, who="commissioner"),
        step("time_need", NeedState.DRAFT, NeedState.DRAFT, who="commissioner"),
        step("publish_need", NeedState.DRAFT, NeedState.PUBLISHED, who="commissioner"),
        step("discard_need", NeedState.DRAFT, NeedState.DISCARDED, who="commissioner"),
        step("correct_need", NeedState.PUBLISHED, NeedState.PUBLISHED, who="commissioner"),
        step("extend_need", NeedState.PUBLISHED, NeedState.PUBLISHED, who="commissioner"),
        step("close_need", NeedState.PUBLISHED, NeedState.CLOSED, who="commissioner, or the clock"),
    ),
)

QUESTIONS = Table(
    name="question",
    states=QuestionState,
    initial=QuestionState.ASKED,
    transitions=(
        step("draft_answer", QuestionState.ASKED, QuestionState.ASKED, who="commissioner"),
        step("publish_answer", QuestionState.ASKED, QuestionState.ANSWERED, who="commissioner"),
        step("decline_question", QuestionState.ASKED, QuestionState.DECLINED, who="commissioner"),
    ),
)

PROPOSALS = Table(
    name="proposal",
    states=ProposalState,
    initial=ProposalState.DRAFT,
    transitions=(
        step("revise_proposal", ProposalState.DRAFT, ProposalState.DRAFT, who="provider"),
        step("submit_proposal", ProposalState.DRAFT, ProposalState.PROPOSED, who="provider"),
        Transition(
            act="withdraw_proposal",
            sources=frozenset({ProposalState.DRAFT, ProposalState.PROPOSED}),
            target=ProposalState.WITHDRAWN,
            who="provider",
        ),
        step(
            "approve_proposal", ProposalState.PROPOSED, ProposalState.APPROVED, who="commissioner"
        ),
        step(
            "decline_proposal", ProposalState.PROPOSED, ProposalState.DECLINED, who="commissioner"
        ),
        step(
            "choose_proposal", ProposalState.PROPOSED, ProposalState.STANDSTILL, who="commissioner"
        ),
        step("end_standstill", ProposalState.STANDSTILL, ProposalState.APPROVED, who="the clock"),
        step(
            "set_aside_proposal",
            ProposalState.STANDSTILL,
            ProposalState.DECLINED,
            who="commissioner",
        ),
    ),
)


class ProposalPart(StrEnum):
    """A part of a proposal. Each may be withheld: how and why, never what is promised and its figures."""

    SUMMARY = "summary"
    BELIEF = "belief"
    MOTIVES = "motives"
    OPTIONS = "options"
    COSTS = "costs"
    GOVERNANCE = "governance"
    STAFF = "staff"
    USERS = "users"
    RISKS = "risks"
    ATTACHMENTS = "attachments"

    @property
    def words(self) -> str:
        """Return the part as people say it."""
        return {
            "summary": "what would be done, and how",
            "belief": "why the promises are believed",
            "motives": "why the provider wants to do this",
            "options": "the options that were weighed",
            "costs": "what it costs, and the price",
            "governance": "who decides, and who is liable",
            "staff": "how staff are involved",
            "users": "how people who use the service are involved",
            "risks": "what could go wrong",
            "attachments": "the files beside it",
        }[self.value]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that hold it: the proposal's, each promise's, or its own row's."""
        return {
            "summary": ("summary",),
            "belief": ("why_believed", "evidence", "evidence_url"),
        }.get(self.value, ("content",))


CASE = (
    ProposalPart.MOTIVES,
    ProposalPart.OPTIONS,
    ProposalPart.COSTS,
    ProposalPart.GOVERNANCE,
    ProposalPart.STAFF,
    ProposalPart.USERS,
    ProposalPart.RISKS,
)
"""The parts that are written as questions and answers, in the order in which they are read."""


class PartStanding(StrEnum):
    """How far a part of a draft is."""

    NOT_STARTED = "not started"
    BEGUN = "begun"
    DONE = "done"


class Origin(StrEnum):
    """Who began it that somebody is involved."""

    STAFF = "staff"
    USERS = "people who use the service"
    LEADERS = "leaders"
    COMMISSIONER = "the commissioner"
    LAW = "the law"


class OptionKind(StrEnum):
    """What is weighed: the first three always, others that one adds."""

    NOTHING = "nothing"
    ALTERNATIVE = "alternative"
    THIS = "this"
    OTHER = "other"


class ClarificationState(StrEnum):
    """A commissioner asks for a clarification; it is answered, or taken back."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


CLARIFICATIONS = Table(
    name="clarification",
    states=ClarificationState,
    initial=ClarificationState.ASKED,
    transitions=(
        step(
            "draft_clarification",
            ClarificationState.ASKED,
            ClarificationState.ASKED,
            who="provider",
        ),
        step(
            "answer_clarification",
            ClarificationState.ASKED,
            ClarificationState.ANSWERED,
            who="provider",
        ),
        step(
            "withdraw_clarification",
            ClarificationState.ASKED,
            ClarificationState.WITHDRAWN,
            who="commissioner",
        ),
    ),
)
