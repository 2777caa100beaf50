"""What can be done about a story: tell it, change who may read it, take it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.documents import erase_documents_again
from makegood.capture.actions.files import FILE, take_away
from makegood.capture.actions.force import hold_in_force
from makegood.capture.actions.publishing import stop_showing
from makegood.capture.actions.safeguarding import raise_concern
from makegood.capture.models import Story, StoryFile, StoryLink, StoryPrompts, StoryWords
from makegood.capture.queries import secret_digest
from makegood.capture.states import STORIES, Basis, Consent, StoryState, ToldAs, ToldFor
from makegood.kernel.erasures import erasures_noted, note_erasure
from makegood.kernel.ledger.append import record
from makegood.kernel.letters.post import write_letter
from makegood.kernel.references import new_reference, new_token
from makegood.kernel.transition import move
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose story it is, and what lets the teller agree for them."""

    told_for: ToldFor = ToldFor.SELF
    basis: Basis | None = None
    relation: str = ""

    @property
    def is_for_another(self) -> bool:
        """Return whether the teller agrees for somebody else."""
        return self.told_for is not ToldFor.SELF

    def check(self, *, consent: Consent) -> None:
        """Refuse a consent that the teller may not give (CAP-05, CAP-06)."""
        rules.check_basis_fits(
            is_for_another=self.is_for_another,
            fits=self.basis is not None and self.basis.fits is self.told_for,
            is_related=bool(self.relation.strip()),
        )
        if self.is_for_another and self.basis:
            wider = self.basis.widest.is_narrower_than(consent)
            rules.check_consent_fits_basis(is_wider=wider)


MINE = Whose()
STORY = "story"
"""What a story that was taken back is called where erasures are noted."""


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """That a story was told on paper or aloud: who typed it in, and when its teller agreed on paper."""

    by: Person
    agreed_on: date


@transaction.atomic
def tell_story(
    link: StoryLink,
    *,
    words: str,
    told_as: ToldAs,
    consent: Consent,
    first_name: str = "",
    whose: Whose = MINE,
    prompts: StoryPrompts | None = None,
    paper: OnPaper | None = None,
    is_afraid: bool = False,
    key: str = "",
    now: datetime | None = None,
) -> tuple[Story, str]:
    """Keep a person's story; return it with the secret of its private link, shown this once.

    ``key`` comes with the page that asked, and is used once: sending the same
    words again with it gives the same story back, not a second one.
    """
    now = now or timezone.now()
    link = StoryLink.objects.select_for_update().get(pk=link.pk)
    rules.check_story_link_is_open(is_open=link.closed_at is None)
    if paper:
        hold_in_force(link.commitment, by=paper.by)
        rules.check_it_was_agreed_before(is_past=paper.agreed_on <= timezone.localdate(now))
    shows_name = consent.shows_name
    rules.check_named_story_has_a_name(is_named=shows_name, first_name=first_name)
    whose.check(consent=consent)
    told = Story.objects.filter(link=link, secret_digest=secret_digest(key)).first()
    if told and told.state == StoryState.TOLD and told.said.words == words:
        return told, key
    secret = new_token() if told or len(key) < len(new_token()) else key
    said = StoryWords(
        words=words,
        first_name=first_name if shows_name else "",
        relation=whose.relation.strip() if whose.is_for_another else "",
    )
    story = Story.objects.create(
        reference=new_reference("T", length=8),
        commitment=link.commitment,
        link=link,
        prompts=prompts,
        agreed_on=paper.agreed_on if paper else None,
        told_as=told_as,
        told_for=whose.told_for if whose.is_for_another else "",
        basis=whose.basis or "" if whose.is_for_another else "",
        consent=consent,
        words_digest=said.digest(),
        secret_digest=secret_digest(secret),
        told_at=now,
    )
    said.story = story
    said.save()
    record(story, act="tell_story", stream=_stream(story), by=paper.by if paper else None, now=now)
    if is_afraid:
        raise_concern(story, now=now)
    return story, secret


@transaction.atomic
def change_consent(story: Story, *, consent: Consent, now: datetime | None = None) -> Story:
    """Let more or fewer people read a story; whoever holds its private link may.

    With fewer, what is shown of it ends: somebody looks at it again before it is published anew.
    """
    now = now or timezone.now()
    story = Story.objects.select_for_update().get(pk=story.pk)
    move(story, table=STORIES, act="change_consent")
    rules.check_named_story_has_a_name(
        is_named=consent.shows_name, first_name=story.said.first_name
    )
    if story.basis:
        wider = Basis(story.basis).widest.is_narrower_than(consent)
        rules.check_consent_fits_basis(is_wider=wider)
    if consent.is_narrower_than(Consent(story.consent)):
        stop_showing(story, by=None, now=now)
    story.consent = consent
    story.save(update_fields=["consent"])
    record(story, act="change_consent", stream=_stream(story), by=None, now=now)
    return story


@transaction.atomic
def send_private_link(story: Story, *, secret: str, to: str) -> None:
    """Send the private address of a story that stands to its teller, once; where to is kept nowhere.

    The letter says nothing of the story: whoever else reads that mailbox learns that there is one.
    """
    held = Story.objects.select_for_update().get(pk=story.pk)
    rules.check_link_opens_what_stands(is_standing=held.state == StoryState.TOLD)
    path = reverse("my_story", args=[secret])
    write_letter("capture/letters/private_link", to=to, context={"path": path})


@transaction.atomic
def withdraw_story(story: Story, *, now: datetime | None = None) -> None:
    """Erase the words with their salt, and all that was added; that it was told and withdrawn stays.

    It is noted outside the database too, so that no backup brings the words back.
    """
    now = now or timezone.now()
    note_erasure(STORY, key=story.reference, at=now)
    _take_back(story, now=now)


@transaction.atomic
def erase_again(*, now: datetime | None = None) -> int:
    """Take back what was taken back since the backup that was restored; return how many that were."""
    now = now or timezone.now()
    standing = Story.objects.filter(state=StoryState.TOLD)
    stories = standing.filter(reference__in=list(erasures_noted(STORY)))
    files = StoryFile.objects.filter(
        removed_at__isnull=True, public_id__in=list(erasures_noted(FILE))
    ).exclude(story__in=stories)
    for held in (alone := list(files.select_related("story__commitment__contract", "file"))):
        take_away(held, story=held.story, now=now)
    for story in (whole := list(stories)):
        _take_back(story, now=now)
    return len(alone) + len(whole) + erase_documents_again(now=now)


def _take_back(story: Story, *, now: datetime) -> None:
    story = Story.objects.select_for_update().get(pk=story.pk)
    move(story, table=STORIES, act="withdraw_story")
    stop_showing(story, by=None, now=now)
    for added in story.files.filter(removed_at__isnull=True):
        take_away(added, story=story, now=now)
    story.withdrawn_at = now
    story.save(update_fields=["state", "withdrawn_at"])
    StoryWords.objects.filter(story=story).delete()
    record(story, act="withdraw_story", stream=_stream(story), by=None, now=now)


def _stream(story: Story) -> str:
    return story.commitment.contract.stream
