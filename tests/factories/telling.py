"""Stories on their way to everyone, as addresses need them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.core.files.base import ContentFile

from makegood.capture.actions import (
    OnPaper,
    Reach,
    add_story_file,
    add_version,
    ask_for_call,
    complain,
    dispute_stories,
    prepare_publication,
    publish_story,
    raise_concern,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import (
    Call,
    Complaint,
    Concern,
    Dispute,
    Story,
    StoryFile,
    StoryLink,
    StoryVersion,
)
from makegood.capture.queries import suggested_for
from makegood.capture.states import (
    Caller,
    CallWay,
    ComplaintAbout,
    ComplaintTo,
    Consent,
    MadeBy,
    ToldAs,
    VersionKind,
    WhoElse,
)
from makegood.people.models import Person
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join

TOLD_ON = date(2025, 4, 1)
Maker = Callable[[Cast], dict[str, object]]


def told(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_story(cast)[0].reference}


def told_for(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_story(cast)[0].commitment.reference}


def a_disputed_count(cast: Cast) -> Dispute:
    """Return that Erin disputes how many stories were told."""
    held = loop.a_story(cast)[0].commitment
    reason = "Some were told by staff"
    return dispute_stories(held, reason=reason, house=cast.commissioner, by=cast.erin)


def prepared(cast: Cast) -> dict[str, object]:
    story, _ = loop.a_story(cast)
    prepare_publication(story, omissions=[], by=cast.dana)
    return {"reference": story.reference}


def shown(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_shown_story(cast)[0].reference}


def story(cast: Cast) -> dict[str, object]:
    return {"secret": loop.a_story(cast)[1]}


def story_page(cast: Cast) -> dict[str, object]:
    return {"token": loop.a_story_link(cast).token}


def a_sound(name: str = "sound.mp3") -> ContentFile[bytes]:
    return ContentFile(b"\xff\xfb\x90\x00 nothing but a beginning", name=name)


def a_story_file(cast: Cast) -> tuple[StoryFile, str]:
    """Return what was added to a story, and the secret of its teller."""
    story, secret = loop.a_story(cast)
    added = add_story_file(story, file=a_sound(), description="I sing", who_else=WhoElse.NOBODY)
    return added, secret


def story_file(cast: Cast) -> dict[str, object]:
    added, secret = a_story_file(cast)
    return {"secret": secret, "file": added.public_id}


def told_file(cast: Cast) -> dict[str, object]:
    added, _ = a_story_file(cast)
    return {"reference": added.story.reference, "file": added.public_id}


def told_at_every_stage(link: StoryLink, *, count: int, cast: Cast) -> str:
    """Tell so many stories at each stage, each with a file; return the secret of the last that stands."""
    kept = ""
    for number in range(count):
        for stage in ("kept", "told", "prepared", "published", "withdrawn"):
            consent = Consent.ASSESSOR if stage == "kept" else Consent.ANONYMOUS
            words = f"Maureen helped me, {stage} {number}"
            paper = OnPaper(by=cast.alice, agreed_on=TOLD_ON) if number % 2 else None
            story, secret = tell_story(
                link, words=words, told_as=ToldAs.USER, consent=consent, paper=paper
            )
            add_story_file(story, file=a_sound(), description="I sing", who_else=WhoElse.NOBODY)
            a_version(story, by=cast.dana)
            about, made_to = ComplaintAbout.STORY, ComplaintTo.PROVIDER
            complain(link, about=about, made_to=made_to, words=words, story=story)
            said = Reach(reach=NUMBER, times=words)
            ask_for_call(link, way=CallWay.TELEPHONE, caller=Caller.PROVIDER, said=said)
            if stage in {"prepared", "published"}:
                prepare_publication(story, omissions=suggested_for(story), by=cast.dana)
            if stage == "published":
                publish_story(story, by=cast.dana)
            if stage == "withdrawn":
                withdraw_story(story)
            else:
                kept = secret
    return kept


def a_concern(cast: Cast) -> Concern:
    story, _ = loop.a_story(cast)
    return raise_concern(story)


def concern(cast: Cast) -> dict[str, object]:
    return {"concern": a_concern(cast).public_id}


NUMBER = "01632 960 001"


def a_call(cast: Cast, *, caller: Caller = Caller.PROVIDER) -> tuple[Call, str]:
    """Return a call that somebody asked for, and the secret of its private address."""
    said = Reach(reach=NUMBER, times="After five", called="Mo", helps="My sister is beside me")
    return ask_for_call(loop.a_story_link(cast), way=CallWay.TELEPHONE, caller=caller, said=said)


def call(cast: Cast) -> dict[str, object]:
    return {"call": a_call(cast)[0].public_id}


def call_by_assessor(cast: Cast) -> dict[str, object]:
    return {"call": a_call(cast, caller=Caller.ASSESSOR)[0].public_id}


def my_call(cast: Cast) -> dict[str, object]:
    return {"secret": a_call(cast)[1]}


def a_complaint(
    cast: Cast, *, made_to: ComplaintTo = ComplaintTo.PROVIDER
) -> tuple[Complaint, str]:
    """Return a complaint, and the secret of its private address."""
    return complain(
        loop.a_story_link(cast),
        about=ComplaintAbout.SERVICE,
        made_to=made_to,
        words="Nobody came on Sunday",
    )


def complaint(cast: Cast) -> dict[str, object]:
    return {"complaint": a_complaint(cast)[0].public_id}


def complaint_bought(cast: Cast) -> dict[str, object]:
    return {"complaint": a_complaint(cast, made_to=ComplaintTo.COMMISSIONER)[0].public_id}


def my_complaint(cast: Cast) -> dict[str, object]:
    return {"secret": a_complaint(cast)[1]}


def another_judge(cast: Cast) -> Person:
    """Return somebody who judges beside Dana."""
    person = newcomer(f"judge-{uuid4().hex[:8]}")
    join(cast.assessors, person=person, role=Role.ASSESSOR, by=cast.dana)
    return person


def a_version(
    story: Story, *, by: Person, words: str = "Rwy’n cysgu yn y nos nawr"
) -> StoryVersion:
    """Return a Welsh translation of a story."""
    kind, made_how = VersionKind.TRANSLATION, MadeBy.TRANSLATOR
    return add_version(story, kind=kind, language="cy", made_how=made_how, words=words, by=by)


def version(cast: Cast) -> dict[str, object]:
    story, _ = loop.a_shown_story(cast)
    made = a_version(story, by=another_judge(cast))
    return {"reference": story.reference, "version": made.public_id}


def a_shown_file(cast: Cast) -> tuple[StoryFile, str]:
    """Return a sound that everyone hears beside a story, and the secret of its teller."""
    story, secret = tell_story(
        loop.a_story_link(cast),
        words="I sing again",
        told_as=ToldAs.USER,
        consent=Consent.PUBLIC,
        first_name="Dot",
    )
    added = add_story_file(
        story, file=a_sound(), description="I sing", who_else=WhoElse.NOBODY, is_for_all=True
    )
    prepare_publication(story, omissions=[], files=[added], by=cast.dana)
    publish_story(story, by=cast.dana)
    return added, secret


def shown_file(cast: Cast) -> dict[str, object]:
    added, _ = a_shown_file(cast)
    return {"reference": added.story.reference, "file": added.public_id}


TELLING: dict[str, Maker] = {
    "story": story,
    "story-file": story_file,
    "told-file": told_file,
    "concern": concern,
    "complaint": complaint,
    "complaint-bought": complaint_bought,
    "my-complaint": my_complaint,
    "version": version,
    "shown-file": shown_file,
    "call": call,
    "call-by-assessor": call_by_assessor,
    "my-call": my_call,
    "story-page": story_page,
    "told": told,
    "told-for": told_for,
    "count-dispute": lambda cast: {"reference": a_disputed_count(cast).reference},
    "prepared-story": prepared,
    "shown-story": shown,
}
