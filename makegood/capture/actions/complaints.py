"""What can be done about complaints: make one, answer it, end it. No word of it goes out."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.noting import note_privately
from makegood.capture.models import Complaint, ComplaintWords, Story, StoryLink
from makegood.capture.permissions import can_answer_complaint
from makegood.capture.queries import answers_for, named_person, secret_digest
from makegood.capture.states import COMPLAINTS, ComplaintAbout, ComplaintState, ComplaintTo
from makegood.kernel.erasures import note_erasure
from makegood.kernel.letters.post import write_letter
from makegood.kernel.references import new_token
from makegood.kernel.transition import move
from makegood.kernel.working_days import last_working_day
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

COMPLAINT = "complaint"
"""What a complaint whose words were erased is called where erasures are noted."""
DAYS_TO_ANSWER = 20
"""Working days, counted from the day after."""


@transaction.atomic
def complain(
    link: StoryLink,
    *,
    about: ComplaintAbout,
    made_to: ComplaintTo,
    words: str,
    story: Story | None = None,
    key: str = "",
    now: datetime | None = None,
) -> tuple[Complaint, str]:
    """Complain to one side of the contract; return the complaint with the secret of its address (CAP-67).

    A closed link takes complaints still. ``key`` comes with the page that asked, and is used once: the
    same words to the other side, or about something else, are another complaint.
    """
    now = now or timezone.now()
    held = StoryLink.objects.select_for_update().get(pk=link.pk)
    rules.check_complaint_says_something(words=words)
    made = Complaint.objects.filter(link=held, secret_digest=secret_digest(key)).first()
    is_again = made is not None and (made.made_to, made.about) == (made_to, about)
    if made and is_again and made.said.filter(is_answer=False, words=words).exists():
        return made, key
    secret = new_token() if made or len(key) < len(new_token()) else key
    said = ComplaintWords(words=words)
    complaint = Complaint.objects.create(
        link=held,
        story=story,
        about=about,
        made_to=made_to,
        words_digest=said.digest(),
        secret_digest=secret_digest(secret),
        made_at=now,
        answer_due_on=last_working_day(timezone.localdate(now), days=DAYS_TO_ANSWER + 1),
    )
    said.complaint = complaint
    said.save()
    note_privately(complaint, now=now)
    _tell(complaint, now=now)
    return complaint, secret


@transaction.atomic
def answer_complaint(
    complaint: Complaint, *, words: str, by: Person, now: datetime | None = None
) -> Complaint:
    """Answer a complaint, for whoever made it to read; the same answer twice is one (CAP-68)."""
    now = now or timezone.now()
    can_answer_complaint(by, complaint=complaint).require()
    rules.check_answer_says_something(words=words)
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if held.said.filter(is_answer=True, words=words).exists():
        return held
    move(held, table=COMPLAINTS, act="answer_complaint")
    said = ComplaintWords(complaint=held, is_answer=True, words=words)
    held.answer_digest, held.answered_by, held.answered_at = said.digest(), by, now
    held.save(update_fields=["state", "answer_digest", "answered_by", "answered_at"])
    said.save()
    note_privately(held, now=now)
    return held


@transaction.atomic
def send_complaint_link(complaint: Complaint, *, secret: str, to: str) -> None:
    """Send the private address of a complaint to whoever made it, once; where to is kept nowhere (CAP-19)."""
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    is_standing = held.state != ComplaintState.ENDED
    rules.check_link_opens_what_stands(is_standing=is_standing, what="complaint")
    path = reverse("my_complaint", args=[secret])
    context = {"path": path, "what": "complaint"}
    write_letter("capture/letters/private_link", to=to, context=context)


@transaction.atomic
def end_complaint(complaint: Complaint, *, now: datetime | None = None) -> None:
    """Erase the words of a complaint and of its answer; that it was made and answered stays."""
    now = now or timezone.now()
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if held.state == ComplaintState.ENDED:
        return
    move(held, table=COMPLAINTS, act="end_complaint")
    held.ended_at = now
    held.save(update_fields=["state", "ended_at"])
    ComplaintWords.objects.filter(complaint=held).delete()
    note_erasure(COMPLAINT, key=str(held.public_id), at=now)
    note_privately(held, now=now)


def end_old_complaints(*, before: datetime, now: datetime) -> int:
    """Erase the words of complaints that were answered ``before`` then; return how many."""
    old = list(Complaint.objects.filter(state=ComplaintState.ANSWERED, answered_at__lt=before))
    for complaint in old:
        end_complaint(complaint, now=now)
    return len(old)


def _tell(complaint: Complaint, *, now: datetime) -> None:
    house = answers_for(complaint)
    if named := named_person(house):
        path = reverse("complaint", args=[complaint.public_id])
        context = {"path": path, "due": complaint.answer_due_on}
        write_letter("capture/letters/complaint", to=named.person.email, context=context)
        return
    words = "Somebody who told or was asked for a story complains. Name who is told, and answers."
    path = reverse("name_safeguarding_person", args=[house.slug])
    tell_members(house, right=Right.MANAGE, words=words, path=path, by=None, now=now)
