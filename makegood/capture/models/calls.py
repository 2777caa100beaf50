"""Calls by which people tell a story: who calls them, how, and what came of it."""

import uuid

from django.db import models
from django.db.models import Q

from makegood.capture.models.notes import NotedPrivately
from makegood.capture.models.stories import Story, StoryLink
from makegood.capture.states import Caller, CallState, CallWay, Tried
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import new_salt
from makegood.people.models import Person


class Call(NotedPrivately):
    """That somebody asked to be called, how, by whom, and what came of it.

    Where they are reached stands apart (``CallWords``), so that it can be erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link = models.ForeignKey(StoryLink, on_delete=models.PROTECT, related_name="calls")
    way = models.CharField(max_length=10, choices=[(w.value, w.words) for w in CallWay])
    caller = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Caller])
    state = models.CharField(
        max_length=10,
        default=CallState.ASKED,
        choices=[(s.value, s.value) for s in CallState],
    )
    story = models.OneToOneField(Story, null=True, on_delete=models.PROTECT, related_name="call")
    """What was told in it. Its private link is that of the call: whoever called never holds it."""
    words_digest = models.CharField(max_length=64)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            one_of("way", CallWay, name="call_way_known"),
            one_of("caller", Caller, name="call_caller_known"),
            models.CheckConstraint(
                condition=Q(state=CallState.ASKED, ended_at__isnull=True, story__isnull=True)
                | Q(state=CallState.DONE, ended_at__isnull=False, story__isnull=False)
                | Q(state=CallState.ENDED, ended_at__isnull=False, story__isnull=True),
                name="call_ended_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.public_id}"

    def ledger_fault(self) -> str | None:
        """Say so when the words are not those that were sent, or should be gone and are not."""
        words = CallWords.objects.filter(call=self).first()
        if self.ended_at:
            return "it ended, but where it went is still there." if words else None
        if words is None:
            return "where it goes is gone, but it has not ended."
        return None if words.digest() == self.words_digest else "where it goes was changed."


class CallWords(models.Model):
    """How to reach whoever asked for a call. Erased, with its salt, when the call ends."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="said")
    reach = models.CharField(max_length=120)
    called = models.CharField(max_length=60, blank=True)
    times = models.CharField(max_length=300)
    helps = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name_plural = "call words"

    def __str__(self) -> str:
        return f"words of {self.call_id}"

    def digest(self) -> str:
        """Return the salted digest of all that was said."""
        names = ("reach", "called", "times", "helps", "salt")
        return digest({name: getattr(self, name) for name in names})


class CallTry(NotedPrivately):
    """That somebody tried to call, and what came of it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="tries")
    came = models.CharField(max_length=10, choices=[(t.value, t.words) for t in Tried])
    tried_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()

    class Meta:
        ordering = ["tried_at", "pk"]
        verbose_name_plural = "call tries"
        constraints = [one_of("came", Tried, name="call_try_known")]

    def __str__(self) -> str:
        return f"try of {self.call_id}"

    @property
    def told_back(self) -> str:
        """Return what came of it, for whoever asked for the call."""
        return Tried(self.came).told_back


guard(Call, "DELETE", message="LED-01 That a call was asked for is never removed.")
guard(
    Call,
    "UPDATE",
    when=(
        "OLD.ended_at IS NOT NULL OR NEW.link_id <> OLD.link_id OR NEW.way <> OLD.way "
        "OR NEW.caller <> OLD.caller OR NEW.words_digest <> OLD.words_digest "
        "OR NEW.secret_digest <> OLD.secret_digest"
    ),
    message="LED-01 What was asked for stays as it was; a call that ended stays ended.",
)
guard(CallWords, "UPDATE", message="LED-01 What a person said is never changed.")
guard(
    CallWords,
    "DELETE",
    when="(SELECT ended_at FROM capture_call WHERE id = OLD.call_id) IS NULL",
    message="LED-01 Words are erased only when their call ended.",
)
append_only(CallTry)
