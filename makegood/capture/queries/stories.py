"""What was told, and what of it may be read by whom."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.capture.identifying import suggestions
from makegood.capture.judging import judges
from makegood.capture.leaving_out import Omission, Part, omissions_from, parts_of, read_out
from makegood.capture.models import Story, StoryFile, StoryLink, StoryPublication, StoryVersion
from makegood.capture.queries.files import FILES_NOW, files_shown
from makegood.capture.queries.versions import VERSIONS_NOW, VersionRead, versions_read
from makegood.capture.states import (
    Basis,
    Caller,
    Consent,
    PublicationState,
    StoryState,
    ToldAs,
)
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to, with_provider
from makegood.kernel.filters import PAGE
from makegood.people.models import Person
from makegood.people.queries import organisations_of

PUBLICATIONS_NOW = Prefetch(
    "publications", queryset=StoryPublication.objects.exclude(state=PublicationState.ENDED)
)
"""What is prepared or shown of stories, read at once."""
NEWEST = 5
"""So many stories stand on a page that is about more than them."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A story as one reader may see it: ``words`` is empty where it does not reach them."""

    reference: str
    told_on: date
    told_as: str
    consent: str
    words: str
    name: str
    parts: Sequence[Part] = ()
    """The words in parts, where something is left out for this reader."""
    written_down_for: str = ""
    """Whose member typed it in, where it was told on paper or aloud."""
    why_kept: str = ""
    """Why there are no words."""
    files: Sequence[StoryFile] = ()
    """What was added to it, for those who judge."""
    shown_files: Sequence[StoryFile] = ()
    """What everyone sees or hears beside the words."""
    versions: Sequence[VersionRead] = ()
    """Translations and Easy Read, as far as this reader may read them."""
    standing: PublicationState | None = None
    """How far it is on its way to everyone, for those who judge; None where its teller lets nobody."""


@dataclass(frozen=True, kw_only=True)
class StoryCounts:
    """How many stories were told for a commitment."""

    told: int
    shown: int
    withdrawn: int

    @property
    def kept(self) -> int:
        """Return how many stand and are shown to nobody but those who judge."""
        return self.told - self.shown


def secret_digest(secret: str) -> str:
    """Return what is kept of a story's private link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_link(token: str) -> QuerySet[StoryLink]:
    """Return the link with ``token``, if it still takes stories."""
    return link_with_token(token).filter(closed_at__isnull=True)


def link_with_token(token: str) -> QuerySet[StoryLink]:
    """Return the link with ``token``, whether it takes stories still or complaints alone."""
    return StoryLink.objects.filter(token=token).select_related(
        "commitment__contract__proposal__provider", "commitment__contract__taken_over_by"
    )


def story_with_secret(secret: str) -> QuerySet[Story]:
    """Return the story whose private link holds ``secret``."""
    return Story.objects.filter(secret_digest=secret_digest(secret)).select_related(
        "commitment__contract__proposal__provider", "commitment__contract__taken_over_by", "said"
    )


def widest_consent(story: Story) -> Consent:
    """Return the widest consent that can be given to ``story``: a name needs one, and a basis."""
    named = Consent.PUBLIC if story.said.first_name else Consent.ANONYMOUS
    allowed = Basis(story.basis).widest if story.basis else Consent.PUBLIC
    return allowed if allowed.is_narrower_than(named) else named


def stories_told(commitment: Commitment) -> QuerySet[Story]:
    """Return the stories for ``commitment`` that stand, the newest first."""
    return commitment.stories.filter(state=StoryState.TOLD)


def story_counts(commitment: Commitment) -> StoryCounts:
    """Return how many stories for ``commitment`` stand, are shown to everyone, and were withdrawn."""
    told = Q(state=StoryState.TOLD)
    found = commitment.stories.annotate(is_shown=_has(PublicationState.PUBLISHED)).aggregate(
        told=Count("pk", filter=told),
        shown=Count("pk", filter=told & Q(is_shown=True)),
        withdrawn=Count("pk", filter=~told),
    )
    return StoryCounts(**found)


def tellings(
    commitment: Commitment, *, person: Person | None, most: int | None = None
) -> Sequence[Telling]:
    """Return the stories for ``commitment`` as ``person`` may read them: first those with words."""
    is_assessor = bool(judges(person, contract=commitment.contract))
    found = stories_read(commitment, is_assessor=is_assessor)
    return [telling(story, is_assessor=is_assessor) for story in found[:most]]


def told_page(
    commitment: Commitment, *, is_assessor: bool, count: int, number: str | None
) -> tuple[Page[Story], list[Telling]]:
    """Return one page of the ``count`` stories for ``commitment``, and each as its reader may read it."""
    pages = Paginator(stories_read(commitment, is_assessor=is_assessor), PAGE)
    pages.count = count  # asked before, with other counts
    page = pages.get_page(number)
    return page, [telling(story, is_assessor=is_assessor) for story in page]


def stories_read(
    commitment: Commitment, *, is_assessor: bool, standing: str = "", words: str = ""
) -> QuerySet[Story]:
    """Return the stories for ``commitment`` in the order they are read; who judges may narrow them.

    The newest stand first: for those who judge among all, for everyone else among those that are shown.
    """
    found = (
        stories_told(commitment)
        .select_related(
            "said",
            "call",
            "commitment__contract__assessor",
            "commitment__contract__proposal__provider",
        )
        .prefetch_related(PUBLICATIONS_NOW, FILES_NOW, VERSIONS_NOW)
    )
    if not is_assessor:
        shown = _has(PublicationState.PUBLISHED)
        return found.annotate(is_shown=shown).order_by("-is_shown", "-told_at", "-pk")
    if words:
        found = found.filter(said__words__icontains=words)
    return found.filter(_standing_at(standing)).order_by("-told_at", "-pk")


def stories_shown(commitment: Commitment) -> QuerySet[Story]:
    """Return the stories for ``commitment`` that everyone reads, the newest first."""
    return stories_read(commitment, is_assessor=False).filter(_has(PublicationState.PUBLISHED))


def publication_of(story: Story) -> StoryPublication | None:
    """Return what is prepared or shown of ``story``."""
    return next((p for p in story.publications.all() if p.state != PublicationState.ENDED), None)


def shown_as(story: Story) -> str:
    """Return who everyone reads that told ``story``: a first name, or how they know the service."""
    named = story.said.first_name if Consent(story.consent).shows_name else ""
    return named or ToldAs(story.told_as).words


def suggested_for(story: Story) -> list[Omission]:
    """Return what in ``story`` may tell who somebody is, as far as rules can see."""
    return suggestions(story.said.words)


def judged_by(person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments of houses ``person`` judges or reads for, of no provider of theirs."""
    judged = reach_of(person).rows(
        "contract__assessor", programme="contract__proposal__need__programme"
    )
    found = commitments_visible_to(person).filter(judged)
    return found.exclude(with_provider(organisations_of(person), contract="contract__"))


def told_to_judge(person: Person | None) -> QuerySet[Story]:
    """Return the stories told for commitments that ``person`` judges or reads of."""
    return (
        Story.objects.filter(commitment__in=judged_by(person))
        .select_related(
            "said", "commitment__contract__proposal__need", "commitment__contract__assessor"
        )
        .prefetch_related(PUBLICATIONS_NOW)
    )


def telling(story: Story, *, is_assessor: bool) -> Telling:
    """Return one story as a reader may see it."""
    consent, shown = Consent(story.consent), publication_of(story)
    is_published = shown is not None and shown.state == PublicationState.PUBLISHED
    whole = story.said.words
    parts = parts_of(whole, omissions_from(shown.omissions)) if shown and is_published else []
    may_be_named = consent.shows_name and (is_published or is_assessor)
    kept = "Nobody has published it yet." if consent.is_public else "Only the assessor may read it."
    return Telling(
        reference=story.reference,
        told_on=timezone.localdate(story.told_at),
        told_as=ToldAs(story.told_as).words,
        consent=consent.words,
        words=whole if is_assessor else read_out(parts),
        name=story.said.first_name if may_be_named else "",
        parts=() if is_assessor else parts,
        written_down_for=_written_down_for(story),
        why_kept="" if is_assessor or is_published else kept,
        files=list(story.files.all()) if is_assessor else (),
        shown_files=files_shown(story, shown=shown),
        versions=versions_read(story, shown=shown, is_assessor=is_assessor),
        standing=_standing(shown, consent=consent) if is_assessor else None,
    )


def _written_down_for(story: Story) -> str:
    """Return whose member typed ``story`` in, where one did: whoever delivered then, or called."""
    if (call := getattr(story, "call", None)) and call.caller == Caller.ASSESSOR:
        return str(story.commitment.contract.assessor)
    return str(story.commitment.contract.provider_at(story.told_at)) if story.agreed_on else ""


def with_stories_waiting(
    commitments: QuerySet[Commitment], *, by: Person | None = None
) -> QuerySet[Commitment]:
    """Count beside each commitment its stories whose tellers let everyone read, and that nobody published.

    And name one story in other words that somebody else than ``by`` put in, and nobody checked, or not
    with what is shown of the story now: ``to_check`` with its ``to_check_of``.
    """
    waiting = (
        Story.objects.filter(commitment=OuterRef("pk"), state=StoryState.TOLD)
        .filter(_standing_at("waiting"))
        .order_by()
        .values("commitment")
        .annotate(count=Count("pk"))
        .values("count")
    )
    shown = StoryPublication.objects.filter(
        story=OuterRef("story"), state=PublicationState.PUBLISHED
    )
    unchecked = (
        StoryVersion.objects.filter(
            story__commitment=OuterRef("pk"),
            story__state=StoryState.TOLD,
            removed_at__isnull=True,
        )
        .filter(
            Q(checked_at__isnull=True)
            | Q(Exists(shown)) & ~Q(Exists(shown.filter(pk=OuterRef("publication"))))
        )
        .exclude(added_by=by)
    )
    first = unchecked.order_by("added_at", "pk")
    return commitments.annotate(
        stories_waiting=Coalesce(Subquery(waiting), 0),
        to_check=Subquery(first.values("public_id")[:1]),
        to_check_of=Subquery(first.values("story__reference")[:1]),
    )


def _has(state: PublicationState) -> Exists:
    return Exists(StoryPublication.objects.filter(story=OuterRef("pk"), state=state))


def _standing_at(standing: str) -> Q:
    """Keep the stories that are so far on their way to everyone; anything else keeps all."""
    if standing == "kept":
        return Q(consent=Consent.ASSESSOR)
    if standing == "waiting":
        return ~Q(consent=Consent.ASSESSOR) & ~Q(_has(PublicationState.PUBLISHED))
    if standing == "published":
        return Q(_has(PublicationState.PUBLISHED))
    return Q()


def _standing(shown: StoryPublication | None, *, consent: Consent) -> PublicationState | None:
    if not consent.is_public:
        return None
    return PublicationState(shown.state) if shown else PublicationState.ENDED
