"""What the public ledger holds tells nothing of fear, of calls, or of complaints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from makegood.capture.actions import (
    Reach,
    act_on_concern,
    answer_complaint,
    ask_for_call,
    cancel_call,
    complain,
    raise_concern,
    tell_story,
)
from makegood.capture.models import Concern, PrivateNote
from makegood.capture.states import (
    Caller,
    CallWay,
    ComplaintAbout,
    ComplaintTo,
    Consent,
    Taken,
    ToldAs,
)
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.loop import a_story, a_story_link
from tests.factories.telling import NUMBER


def told(entry: Entry) -> tuple[object, ...]:
    """Return all that a line tells a stranger, but for its place and its digest."""
    kind = entry.subject.partition(":")[0]
    return entry.stream, entry.at, entry.actor, entry.act, kind


def lines_of(act: object) -> list[tuple[object, ...]]:
    before = Entry.objects.count()
    act()  # type: ignore[operator]
    return [told(entry) for entry in Entry.objects.order_by("pk")[before:]]


def test_a_story_told_in_fear_looks_like_any_other(cast: Cast) -> None:
    link = a_story_link(cast)

    def tell(*, is_afraid: bool) -> None:
        tell_story(
            link,
            words=f"He hits me {is_afraid}",
            told_as=ToldAs.USER,
            consent=Consent.ASSESSOR,
            is_afraid=is_afraid,
        )

    assert lines_of(lambda: tell(is_afraid=True)) == lines_of(lambda: tell(is_afraid=False))
    assert Concern.objects.count() == 1
    assert verify().problems == []


def test_fear_said_later_looks_like_a_call_or_a_complaint(cast: Cast) -> None:
    story, _ = a_story(cast)
    said = Reach(reach=NUMBER, times="Now")
    way, caller = CallWay.TELEPHONE, Caller.PROVIDER
    call, _ = ask_for_call(story.link, way=way, caller=caller, said=said)
    about, made_to = ComplaintAbout.SERVICE, ComplaintTo.PROVIDER
    made, _ = complain(story.link, about=about, made_to=made_to, words="Nobody came")
    lines = [
        lines_of(lambda: raise_concern(story)),
        lines_of(lambda: act_on_concern(Concern.objects.get(), taken=Taken.SPOKE, by=cast.erin)),
        lines_of(lambda: cancel_call(call)),
        lines_of(lambda: answer_complaint(made, words="We are sorry", by=cast.alice)),
    ]
    assert all(each == lines[0] for each in lines)
    [(stream, at, actor, act, _)] = lines[0]
    assert (stream, actor, act) == ("private", "system", "note")
    assert timezone.localtime(at).time() == time.min  # type: ignore[arg-type]
    assert verify().problems == []


def test_no_minute_of_a_story_stands_there(cast: Cast) -> None:
    story, _ = a_story(cast)
    entry = Entry.objects.get(subject=story.ledger_subject)
    assert timezone.localtime(entry.at).time() == time.min


@contextmanager
def behind_the_back(table: str) -> Iterator[None]:
    """Take the guards of a table away, as whoever holds the database can."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="guards are taken away as SQLite has them"
)
@pytest.mark.parametrize("how", ["changed", "removed", "unnoted"])
def test_what_a_note_stands_for_cannot_be_changed_unseen(how: str, cast: Cast) -> None:
    story, _ = a_story(cast)
    raised = raise_concern(story)
    with behind_the_back("capture_concern"):
        if how == "changed":
            Concern.objects.update(raised_at=story.link.opened_at)
        elif how == "removed":
            Concern.objects.all().delete()
        else:
            Concern.objects.create(story=story, raised_at=raised.raised_at)
    problems = [each for each in verify().problems if "Guard" not in each]
    words = {"changed": "was changed", "removed": "was removed", "unnoted": "is not in the ledger"}
    assert len(problems) == 1
    assert words[how] in problems[0]


def test_a_note_stays(cast: Cast) -> None:
    a_story(cast)
    for change in (PrivateNote.objects.all().delete, lambda: PrivateNote.objects.update(what="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
