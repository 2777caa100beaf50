"""Stories of the example: asked for by a link, told with every consent, shown, taken back, acted on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from makegood.capture import actions as capture
from makegood.capture.models import Story, StoryLink
from makegood.capture.queries import USUAL, suggested_for
from makegood.capture.states import (
    ENGLISH,
    Caller,
    CallWay,
    ComplaintAbout,
    ComplaintTo,
    Consent,
    MadeBy,
    Taken,
    Tried,
    VersionKind,
    WhoElse,
)
from makegood.contract.models import Commitment
from makegood.kernel.files.photos import as_jpeg
from makegood.people.models import Person
from makegood.web.demo.script import StoryScript

At = Callable[[int, int], datetime]
"""Gives a moment so many months ago, so many days later."""


def tell(
    stories: Sequence[StoryScript],
    *,
    commitment: Commitment,
    people: Mapping[str, Person],
    at: At,
    began: int,
) -> None:
    """Ask for stories with a commitment, and have them told."""
    contract, owner = commitment.contract, commitment.contract.proposal.written_by
    named = ((contract.provider, owner), (contract.commissioner, people["Erin"]))
    for house, person in named:
        capture.name_safeguarding_person(house, person=person, by=person, now=at(began, 8))
    label = "A card in every home"
    link = capture.open_story_link(commitment, label=label, by=owner, now=at(began, 10))
    for number, one in enumerate(stories):
        moment = at(max(began - 8 - number, 1), 5 * number)
        paper = capture.OnPaper(by=owner, agreed_on=timezone.localdate(moment))
        story, _ = capture.tell_story(
            link,
            words=one.words,
            told_as=one.told_as,
            consent=one.consent,
            first_name=one.first_name,
            whose=one.whose,
            paper=paper if one.is_on_paper else None,
            is_afraid=one.is_afraid,
            now=moment,
        )
        if one.easy_read:
            _put_easily(story, words=one.easy_read, by=people["Dana"], now=moment)
        if one.photo:
            _add_photo(story, description=one.photo, now=moment)
        if one.is_afraid:
            taken = Taken.COUNCIL
            capture.act_on_concern(story.concerns.get(), taken=taken, by=people["Erin"], now=moment)
        if one.is_withdrawn:
            capture.withdraw_story(story, now=at(1, 3))
        elif one.is_published:
            _show(story, by=people["Dana"], now=at(max(began - 9 - number, 1), 5 * number))
    asked = at(max(began - 8, 1), 0)
    capture.set_prompts(commitment, questions=USUAL, by=people["Erin"], now=asked)
    _ask_for_calls(link, by=owner, at=at)
    _complain(link, by=owner, at=at)


def _put_easily(story: Story, *, words: str, by: Person, now: datetime) -> None:
    """Keep Easy Read beside a story; nobody has checked it yet."""
    kind, made_how = VersionKind.EASY_READ, MadeBy.MEMBER
    capture.add_version(
        story, kind=kind, language=ENGLISH, made_how=made_how, words=words, by=by, now=now
    )


def _ask_for_calls(link: StoryLink, *, by: Person, at: At) -> None:
    """Have two people ask to be called; one was not reached yet."""
    aloud = capture.Reach(reach="01632 960 014", times="Mornings, not on Tuesdays", called="Joan")
    signed = capture.Reach(reach="joel@example.org", times="Weekdays after 5", called="Joel")
    call, _ = capture.ask_for_call(
        link, way=CallWay.TELEPHONE, caller=Caller.PROVIDER, said=aloud, now=at(1, 12)
    )
    capture.note_call(call, came=Tried.NOT_REACHED, by=by, now=at(1, 13))
    capture.ask_for_call(link, way=CallWay.BSL, caller=Caller.ASSESSOR, said=signed, now=at(1, 15))


def _complain(link: StoryLink, *, by: Person, at: At) -> None:
    """Have two people complain; one has an answer."""
    about, to = ComplaintAbout.SERVICE, ComplaintTo.PROVIDER
    words = "Nobody came on Sunday, and nobody rang. I want to be told before, not after."
    made, _ = capture.complain(link, about=about, made_to=to, words=words, now=at(2, 3))
    words = "You are right: our rota had a gap. Whoever is late now rings first. We are sorry."
    capture.answer_complaint(made, words=words, by=by, now=at(2, 9))
    words = "The poster says that I need a phone. I have none, and nobody gave me the paper form."
    about, to = ComplaintAbout.STORY, ComplaintTo.COMMISSIONER
    capture.complain(link, about=about, made_to=to, words=words, now=at(1, 16))


def _show(story: Story, *, by: Person, now: datetime) -> None:
    """Leave out all that is suggested, and publish the story."""
    capture.prepare_publication(story, omissions=suggested_for(story), by=by, now=now)
    capture.publish_story(story, by=by, now=now)


def _add_photo(story: Story, *, description: str, now: datetime) -> None:
    """Add a picture that was drawn, not taken."""
    picture = Image.new("RGB", (960, 640), "#a9cbe0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 420, 960, 640), fill="#5b8a4c")
    draw.rectangle((560, 250, 840, 480), fill="#b0674a")
    draw.polygon(((530, 250), (700, 120), (870, 250)), fill="#6d3526")
    draw.ellipse((110, 90, 210, 190), fill="#f4d35e")
    capture.add_story_file(
        story,
        file=ContentFile(as_jpeg(picture), name="garden.jpg"),
        description=description,
        who_else=WhoElse.NOBODY,
        is_for_all=story.consent == Consent.PUBLIC,
        now=now,
    )
