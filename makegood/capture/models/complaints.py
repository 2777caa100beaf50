"""Complaints of people who tell stories: to whom, until when they are answered, and how it ended."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.capture.models.notes import NotedPrivately
from makegood.capture.models.stories import Story, StoryLink
from makegood.capture.states import ComplaintAbout, ComplaintState, ComplaintTo
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import new_salt
from makegood.people.models import Person


class Complaint(NotedPrivately):
    """That somebody complained, of what and to whom, and when it was answered. No word of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link = models.ForeignKey(StoryLink, on_delete=models.PROTECT, related_name="complaints")
    story = models.ForeignKey(Story, null=True, on_delete=models.PROTECT, related_name="complaints")
    """The story by whose private page it was made, if it was."""
    about = models.CharField(max_length=10, choices=[(a.value, a.words) for a in ComplaintAbout])
    made_to = models.CharField(max_length=14, choices=[(t.value, t.value) for t in ComplaintTo])
    state = models.CharField(
        max_length=10,
        default=ComplaintState.MADE,
        choices=[(s.value, s.value) for s in ComplaintState],
    )
    words_digest = models.CharField(max_length=64)
    answer_digest = models.CharField(max_length=64, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            one_of("about", ComplaintAbout, name="complaint_about_known"),
            one_of("made_to", ComplaintTo, name="complaint_made_to_known"),
            one_of("state", ComplaintState, name="complaint_state_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer_digest="")
                | (
                    Q(answered_at__gte=F("made_at"), answered_by__isnull=False)
                    & ~Q(answer_digest="")
                ),
                name="complaint_answered_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ComplaintState.MADE, answered_at__isnull=True, ended_at__isnull=True
                )
                | Q(state=ComplaintState.ANSWERED, answered_at__isnull=False, ended_at__isnull=True)
                | Q(state=ComplaintState.ENDED, ended_at__isnull=False),
                name="complaint_ended_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.public_id}"

    def ledger_fault(self) -> str | None:
        """Say so when words are not those that were written, or should be gone and are not."""
        said = {each.is_answer: each for each in ComplaintWords.objects.filter(complaint=self)}
        if self.ended_at:
            return "it ended, but its words are still there." if said else None
        wanted = {False: self.words_digest}
        if self.answer_digest:
            wanted[True] = self.answer_digest
        if said.keys() != wanted.keys():
            return "its words are gone, but it has not ended."
        is_same = all(said[which].digest() == wanted[which] for which in wanted)
        return None if is_same else "its words were changed."


class ComplaintWords(models.Model):
    """What a complaint says, or its answer. Erased, with its salt, when the complaint ends."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="said")
    is_answer = models.BooleanField(default=False)
    words = models.TextField()
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        ordering = ["is_answer"]
        verbose_name_plural = "complaint words"
        constraints = [
            models.UniqueConstraint(fields=["complaint", "is_answer"], name="complaint_words_once")
        ]

    def __str__(self) -> str:
        return f"words of {self.complaint_id}"

    def digest(self) -> str:
        """Return the salted digest of what was said."""
        return digest({"is_answer": self.is_answer, "words": self.words, "salt": self.salt})


guard(Complaint, "DELETE", message="LED-01 That somebody complained is never removed.")
guard(
    Complaint,
    "UPDATE",
    when=(
        "OLD.ended_at IS NOT NULL OR NEW.link_id <> OLD.link_id OR NEW.about <> OLD.about "
        "OR NEW.made_to <> OLD.made_to OR NEW.words_digest <> OLD.words_digest "
        "OR NEW.secret_digest <> OLD.secret_digest OR NEW.answer_due_on <> OLD.answer_due_on "
        "OR NEW.made_at <> OLD.made_at "
        "OR (OLD.answered_at IS NOT NULL AND NEW.answer_digest <> OLD.answer_digest)"
    ),
    message="LED-01 A complaint and its answer stay as they were made.",
)
guard(ComplaintWords, "UPDATE", message="LED-01 What a person said is never changed.")
guard(
    ComplaintWords,
    "DELETE",
    when="(SELECT ended_at FROM capture_complaint WHERE id = OLD.complaint_id) IS NULL",
    message="LED-01 Words are erased only when their complaint ended.",
)
