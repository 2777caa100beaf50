"""What happened to a story since it was told, for whoever told it: read from the ledger, and of fear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from makegood.capture.models import Story
from makegood.capture.queries.safeguarding import concerns_of
from makegood.kernel.ledger.models import Entry, Recorded

SAID = {
    "tell_story": "You told it",
    "change_consent": "You changed who may read it",
    "prepare_publication": "Somebody who judges read it, and looked for names to leave out",
    "publish_story": "It was published: everyone can read it, without what was left out",
    "end_publication": "It is not shown to everyone any more",
    "add_story_file": "You added a file",
    "remove_story_file": "A file was taken away for good",
    "add_version": "Your words were put into another language, or into Easy Read",
    "check_version": "Somebody else checked that it says the same",
    "remove_version": "A translation or Easy Read version was taken away",
    "withdraw_story": "You took it back: its words are erased",
}
"""What each act is called on the page of whoever told the story."""

FEARED = "You said that somebody is harmed, or afraid: two people were told at once"
TAKEN_UP = "One of those two said that they took it up"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened to a story."""

    at: datetime
    words: str


def what_happened(story: Story) -> Sequence[Happening]:
    """Return what happened to ``story``, the last first."""
    rows: list[Recorded] = [
        story,
        *story.publications.all(),
        *story.files.all(),
        *story.versions.all(),
    ]
    subjects = [row.ledger_subject for row in rows]
    found = Entry.objects.filter(subject__in=subjects, act__in=SAID).order_by("-pk")
    recorded = [Happening(at=entry.at, words=SAID[entry.act]) for entry in found]
    return sorted([*_feared(story), *recorded], key=lambda each: localdate(each.at), reverse=True)


def _feared(story: Story) -> Iterator[Happening]:
    """Yield what was said of harm, and done: the ledger does not tell it (ADR 0027)."""
    for raised in concerns_of(story).prefetch_related("steps").reverse():
        for step in reversed(raised.steps.all()):
            yield Happening(at=step.taken_at, words=TAKEN_UP)
        yield Happening(at=raised.raised_at, words=FEARED)
