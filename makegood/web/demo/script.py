"""What is needed, promised and delivered in the example programme, as data."""

from dataclasses import dataclass, field

from makegood.assess.states import Conclusion
from makegood.capture.actions import MINE, Whose
from makegood.capture.states import Consent, ToldAs
from makegood.contract.states import Fate
from makegood.web.demo.figures import Shape


@dataclass(frozen=True, kw_only=True)
class MeasureScript:
    """A measure of the library, and how it moves where nobody changes anything."""

    name: str
    shape: Shape
    has_pool: bool = True


@dataclass(frozen=True, kw_only=True)
class StoryScript:
    """What a person tells, and who may read it."""

    words: str
    told_as: ToldAs
    consent: Consent
    first_name: str = ""
    whose: Whose = MINE
    photo: str = ""
    """What a photo shows that comes with it."""
    easy_read: str = ""
    """The same in easy words, if somebody put it so."""
    is_on_paper: bool = False
    is_afraid: bool = False
    is_published: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingScript:
    """What the assessor concludes, and what the provider says to it."""

    conclusion: Conclusion
    reasons: str
    reply: str = ""
    is_published: bool = True


@dataclass(frozen=True, kw_only=True)
class PromiseScript:
    """One promise, what became of it, and what really happened (``shape``)."""

    for_whom: str
    what_changes: str
    why: str
    measure: str = ""
    figures: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Baseline, alternative, target."""
    source: str = ""
    """Where the baseline comes from."""
    evidence: tuple[int, str] | None = None
    """How well it is known to work, and what that rests on."""
    told: str = ""
    """What people would say, and how that is gathered."""
    asked: tuple[str, int, str, str] | None = None
    """Who would tell it, how many at least, who gathers it, and who must not."""
    past: Shape | None = None
    """How the measure moved before, from which its power is worked out."""
    set_aside: tuple[tuple[str, str], ...] = ()
    """Advice by its number, and why it was not followed."""
    worth: tuple[int, int, str] | None = None
    fate: Fate | None = Fate.AS_PROMISED
    reason: str = ""
    changed_target: float | None = None
    is_compared: bool = True
    shape: Shape | None = None
    months_owed: int = 0
    """How many of the newest months the provider has not recorded yet."""
    stories: tuple[StoryScript, ...] = ()
    finding: FindingScript | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalScript:
    """A proposal: who makes it, and how many months ago its service began and falls due."""

    need: str
    provider: str
    title: str
    summary: str
    began: int
    due: int
    is_submitted: bool = True
    decision: str = ""
    is_contracted: bool = True
    signed_on_paper: tuple[str, str] | None = None
    """Who signed for the provider on paper, and as what; none signed by account."""
    promises: tuple[PromiseScript, ...] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class PastScript:
    """How the alternative does by a measure: now, later, and (``shape``) over three years before."""

    measure: str
    baseline: float
    reaches: float
    source: str
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class NeedScript:
    """A need with its alternative."""

    key: str
    commissioner: str
    title: str
    description: str
    alternative: str
    past: tuple[PastScript, ...] = ()
    cost: tuple[int, int, str] | None = None
    asked: tuple[tuple[str, str, str], ...] = ()
    """Who asked, what, and the answer; none where it waits for one."""
    opened: int = 40
    """How many months ago it was published."""
    closes: int | None = None
    """In how many months it closes."""
    invited: tuple[str, ...] = ()
