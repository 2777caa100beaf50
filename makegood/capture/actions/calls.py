"""What can be done about calls: ask for one, say what came of it, write down what was told."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.noting import note_privately
from makegood.capture.actions.stories import MINE, OnPaper, Whose, say_again, tell_story
from makegood.capture.models import Call, CallTry, CallWords, Story, StoryLink, StoryPrompts
from makegood.capture.permissions import can_take_call
from makegood.capture.queries import secret_digest
from makegood.capture.states import (
    CALLS,
    Caller,
    CallState,
    CallWay,
    Consent,
    StoryState,
    ToldAs,
    Tried,
)
from makegood.kernel.erasures import note_erasure
from makegood.kernel.letters.post import write_letter
from makegood.kernel.references import new_token
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

CALL = "call"
"""What a call that ended is called where erasures are noted."""
ASKED = "Somebody asks to be called, to tell what changed for them."


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How and when somebody is reached."""

    reach: str
    times: str
    called: str = ""
    helps: str = ""


@dataclass(frozen=True, kw_only=True)
class ToldInCall:
    """What somebody told in a call, and who may read it."""

    words: str
    told_as: ToldAs
    consent: Consent
    first_name: str = ""
    whose: Whose = MINE
    prompts: StoryPrompts | None = None
    is_afraid: bool = False


@transaction.atomic
def ask_for_call(
    link: StoryLink,
    *,
    way: CallWay,
    caller: Caller,
    said: Reach,
    key: str = "",
    now: datetime | None = None,
) -> tuple[Call, str]:
    """Ask to be called; return the call with the secret of its private address (CAP-65).

    ``key`` comes with the page that asked, and is used once: the same sent again is one call. Where
    something else is said for the same number, that call takes the place of the first.
    """
    now, said = now or timezone.now(), replace(said, reach=said.reach.strip())
    held = StoryLink.objects.select_for_update().get(pk=link.pk)
    rules.check_story_link_is_open(is_open=held.closed_at is None)
    rules.check_call_reaches_somebody(reach=said.reach, is_video=way.is_video)
    asked = Call.objects.filter(link=held, secret_digest=secret_digest(key)).first()
    if asked and asked.state == CallState.ASKED and asked.said.reach == said.reach:
        if (asked.way, asked.caller, _said(asked)) == (way, caller, said):
            return asked, key
        cancel_call(asked, now=now)
    secret = new_token() if asked or len(key) < len(new_token()) else key
    words = CallWords(reach=said.reach, called=said.called, times=said.times, helps=said.helps)
    call = Call.objects.create(
        link=held,
        way=way,
        caller=caller,
        words_digest=words.digest(),
        secret_digest=secret_digest(secret),
        asked_at=now,
    )
    words.call = call
    words.save()
    note_privately(call, now=now)
    _tell(call, now=now)
    return call, secret


@transaction.atomic
def note_call(call: Call, *, came: Tried, by: Person, now: datetime | None = None) -> CallTry:
    """Say that somebody was called and what came of it; where they want no more, the call ends."""
    now = now or timezone.now()
    can_take_call(by, call=call).require()
    held = Call.objects.select_for_update().get(pk=call.pk)
    move(held, table=CALLS, act="note_call")
    tried = CallTry.objects.create(call=held, came=came, tried_by=by, tried_at=now)
    note_privately(tried, now=now)
    if came is Tried.NO_STORY:
        _end(held, now=now)
    return tried


@transaction.atomic
def write_call_down(
    call: Call, *, told: ToldInCall, is_read_back: bool, by: Person, now: datetime | None = None
) -> Story:
    """Keep what was told in a call, once it was read back, and forget where the call went (CAP-66).

    The private address that the call had is that of the story: whoever called never learns it.
    """
    now = now or timezone.now()
    can_take_call(by, call=call).require()
    rules.check_it_was_read_back(is_read_back=is_read_back)
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.story and _is_same(held.story, told=told):
        return say_again(held.story, consent=told.consent, is_afraid=told.is_afraid, now=now)
    move(held, table=CALLS, act="write_call_down")
    story, _ = tell_story(
        held.link,
        words=told.words,
        told_as=told.told_as,
        consent=told.consent,
        first_name=told.first_name,
        whose=told.whose,
        prompts=told.prompts,
        paper=OnPaper(by=by, agreed_on=timezone.localdate(now), call=held),
        is_afraid=told.is_afraid,
        now=now,
    )
    held.story = story
    _close(held, now=now)
    note_privately(held, now=now)
    return story


@transaction.atomic
def send_call_link(call: Call, *, secret: str, to: str) -> None:
    """Send the private address of a call to whoever asked for it, once; where to is kept nowhere (CAP-19)."""
    held = Call.objects.select_for_update().get(pk=call.pk)
    is_standing = held.state == CallState.ASKED
    rules.check_link_opens_what_stands(is_standing=is_standing, what="call")
    path = reverse("my_call", args=[secret])
    write_letter("capture/letters/private_link", to=to, context={"path": path, "what": "call"})


@transaction.atomic
def cancel_call(call: Call, *, now: datetime | None = None) -> None:
    """Want no call any more, by its private address; done twice changes nothing."""
    now = now or timezone.now()
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.state == CallState.ASKED:
        _end(held, now=now)


@transaction.atomic
def end_old_calls(*, before: datetime, now: datetime) -> int:
    """End the calls that were asked for ``before`` then and brought nothing; return how many."""
    old = Call.objects.select_for_update().filter(state=CallState.ASKED, asked_at__lt=before)
    ended = list(old)
    for call in ended:
        _end(call, now=now)
    return len(ended)


def end_call_again(call: Call, *, now: datetime) -> None:
    """End a call that ended after the backup was made from which it came back."""
    _end(Call.objects.select_for_update().get(pk=call.pk), now=now)


def _end(held: Call, *, now: datetime) -> None:
    move(held, table=CALLS, act="end_call")
    _close(held, now=now)
    note_privately(held, now=now)


def _close(held: Call, *, now: datetime) -> None:
    """Forget where a call went, here and in every older backup."""
    held.ended_at = now
    held.save(update_fields=["state", "story", "ended_at"])
    CallWords.objects.filter(call=held).delete()
    note_erasure(CALL, key=str(held.public_id), at=now)


def _said(call: Call) -> Reach:
    held = call.said
    return Reach(reach=held.reach, times=held.times, called=held.called, helps=held.helps)


def _is_same(story: Story, *, told: ToldInCall) -> bool:
    said = getattr(story, "said", None)
    is_told_so = (story.told_as, said and said.words) == (told.told_as, told.words)
    return story.state == StoryState.TOLD and is_told_so


def _tell(call: Call, *, now: datetime) -> None:
    contract = call.link.commitment.contract
    path = reverse("call", args=[call.public_id])
    if call.caller == Caller.ASSESSOR:
        house, right, outside = contract.assessor, Right.ASSESS, contract.providers
    else:
        house, right, outside = contract.provider, Right.RECORD, []
    tell_members(house, right=right, words=ASKED, path=path, by=None, outside=outside, now=now)
