"""What can be done about a story: tell it, change who may read it, take it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.files import take_away
from makegood.capture.actions.force import check_in_force, hold_in_force
from makegood.capture.actions.noting import day_of, note_privately
from makegood.capture.actions.publishing import stop_showing
from makegood.capture.actions.safeguarding import raise_concern
from makegood.capture.actions.versions import take_versions_away
from makegood.capture.models import Call, Story, StoryLink, StoryPrompts, StoryWords
from makegood.capture.permissions import can_take_call
from makegood.capture.queries import secret_digest
from makegood.capture.states import STORIES, Basis, Consent, StoryState, ToldAs, ToldFor
from makegood.kernel.erasures import note_erasure
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
STORY, CONSENT = "story", "consent to a story"
"""What a story that was taken back, and a consent that changed, is called where erasures are noted."""


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """That a story was told on paper or aloud: who typed it in, and when its teller agreed."""

    by: Person
    agreed_on: date
    call: Call | None = None
    """The call in which it was told, if it was."""

    def check(self, link: StoryLink, *, now: datetime) -> None:
        """Refuse who may not type it in, and a day that has not come (CAP-01, CAP-14)."""
        if self.call:
            can_take_call(self.by, call=self.call).require()
            check_in_force(link.commitment)
        else:
            hold_in_force(link.commitment, by=self.by)
        rules.check_it_was_agreed_before(is_past=self.agreed_on <= timezone.localdate(now))


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

    ``key`` comes with the page that asked, and is used once: sending the same again with it gives
    the same story back, not a second one. Where the words are the same, a narrower consent and a cry for
    help are taken (``say_again``). What was told in a call has the private link of the call, and no
    secret is returned.
    """
    now = now or timezone.now()
    link = StoryLink.objects.select_for_update().get(pk=link.pk)
    call = paper.call if paper else None
    rules.check_story_link_is_open(is_open=link.closed_at is None or call is not None)
    if paper:
        paper.check(link, now=now)
    rules.check_named_story_has_a_name(is_named=consent.shows_name, first_name=first_name)
    whose.check(consent=consent)
    told = Story.objects.filter(link=link, secret_digest=secret_digest(key)).first()
    if told and told.state == StoryState.TOLD and told.said.words == words:
        again = say_again(told, consent=consent, is_afraid=is_afraid, now=now)
        name = first_name if consent.shows_name else again.said.first_name
        if _is_told_so(again, told_as=told_as, first_name=name, whose=whose, paper=paper):
            return again, key
    secret = "" if call else _secret(key, is_used=told is not None)
    said = StoryWords(
        words=words,
        first_name=first_name if consent.shows_name else "",
        relation=whose.relation.strip() if whose.is_for_another else "",
    )
    story = Story(
        reference=new_reference("T", length=8),
        commitment=link.commitment,
        link=link,
        prompts=prompts,
        agreed_on=paper.agreed_on if paper else None,
        told_as=told_as,
        told_for=whose.told_for if whose.is_for_another else "",
        basis=whose.basis or "" if whose.is_for_another else "",
        consent=consent,
        secret_digest=call.secret_digest if call else secret_digest(secret),
        told_at=now,
    )
    _keep(story, said=said, by=paper.by if paper else None, now=now)
    if is_afraid:
        raise_concern(story, now=now)
    else:
        note_privately(None, now=now)
    return story, secret


def say_again(story: Story, *, consent: Consent, is_afraid: bool, now: datetime) -> Story:
    """Take what a story that is sent again says otherwise: fewer readers, and a cry for help.

    More readers are not taken: whoever holds the private link lets them in there.
    """
    held = Story.objects.select_for_update().get(pk=story.pk)
    if consent.is_narrower_than(Consent(held.consent)):
        held = change_consent(held, consent=consent, now=now)
    if is_afraid:
        raise_concern(held, now=now)
    return held


def _is_told_so(
    story: Story, *, told_as: ToldAs, first_name: str, whose: Whose, paper: OnPaper | None
) -> bool:
    """Return whether a story was told with just these answers, whoever may read it."""
    own = not whose.is_for_another
    return (
        story.told_as,
        story.told_for,
        story.basis,
        story.said.relation,
        story.said.first_name,
        story.agreed_on,
    ) == (
        told_as,
        "" if own else whose.told_for,
        "" if own else whose.basis or "",
        "" if own else whose.relation.strip(),
        first_name,
        paper.agreed_on if paper else None,
    )


def _secret(key: str, *, is_used: bool) -> str:
    """Return the secret of a private link: the key of the page that asked, used once."""
    made = new_token()
    return made if is_used or len(key) < len(made) else key


def _keep(story: Story, *, said: StoryWords, by: Person | None, now: datetime) -> None:
    story.words_digest = said.digest()
    story.save()
    said.story = story
    said.save()
    record(story, act="tell_story", stream=_stream(story), by=by, now=day_of(now))


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
    note_erasure(CONSENT, key=consent_key(story), at=now)
    record(story, act="change_consent", stream=_stream(story), by=None, now=day_of(now))
    return story


def consent_key(story: Story) -> str:
    """Return what is noted of the consent to a story: which story, and how far."""
    return f"{story.reference} {story.consent}"


@transaction.atomic
def send_private_link(story: Story, *, secret: str, to: str) -> None:
    """Send the private address of a story that stands to its teller, once; where to is kept nowhere.

    The letter says nothing of the story: whoever else reads that mailbox learns that there is one.
    """
    held = Story.objects.select_for_update().get(pk=story.pk)
    rules.check_link_opens_what_stands(is_standing=held.state == StoryState.TOLD)
    path = reverse("my_story", args=[secret])
    write_letter("capture/letters/private_link", to=to, context={"path": path, "what": "story"})


@transaction.atomic
def withdraw_story(story: Story, *, now: datetime | None = None) -> None:
    """Erase the words with their salt, and all that was added; that it was told and withdrawn stays.

    It is noted outside the database too, so that no backup brings the words back.
    """
    now = now or timezone.now()
    note_erasure(STORY, key=story.reference, at=now)
    take_back(story, now=now)


def take_back(story: Story, *, now: datetime) -> None:
    """Erase the words of a story, and all that was added to it."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    move(story, table=STORIES, act="withdraw_story")
    stop_showing(story, by=None, now=now)
    for added in story.files.filter(removed_at__isnull=True):
        take_away(added, story=story, now=now)
    take_versions_away(story, now=now)
    story.withdrawn_at = now
    story.save(update_fields=["state", "withdrawn_at"])
    StoryWords.objects.filter(story=story).delete()
    record(story, act="withdraw_story", stream=_stream(story), by=None, now=day_of(now))


def _stream(story: Story) -> str:
    return story.commitment.contract.stream
