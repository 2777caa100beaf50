"""Questions about a need: asked by nobody knows whom, answered for everyone."""

import uuid

from django.db import models
from django.db.models import Q

from makegood.articulate.models.needs import Need
from makegood.articulate.states import QuestionState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class Question(Recorded):
    """What was asked, and the answer. Who asked stands in ``Asking``, which no page shows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="questions")
    words = models.TextField()
    """As it was asked: read by the commissioner alone until it is answered."""
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=12,
        default=QuestionState.ASKED,
        choices=[(s.value, s.value) for s in QuestionState],
    )
    shown = models.TextField(blank=True)
    """The wording everyone reads, where the commissioner shortened it."""
    answer = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    """Why it was declined."""
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            one_of("state", QuestionState, name="question_state_known"),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.ANSWERED)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="art_27_answer_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.DECLINED)
                | (~Q(reason="") & Q(answered_at__isnull=False)),
                name="art_26_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"question about need {self.need.reference}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[Question]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("need")

    @property
    def wording(self) -> str:
        """Return what everyone reads once it is answered."""
        return self.shown or self.words


class Asking(models.Model):
    """Who asked a question: kept for an audit of the tables, and shown on no page but their own data."""

    question = models.OneToOneField(
        Question, on_delete=models.PROTECT, primary_key=True, related_name="asking"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"who asked {self.question_id}"


guard(
    Question,
    "UPDATE",
    when=f"OLD.state <> '{QuestionState.ASKED}' OR OLD.words <> NEW.words "
    "OR OLD.need_id <> NEW.need_id",
    message="ART-26 A question stays as it was asked, and its answer as it was published.",
)
guard(Question, "DELETE", message="ART-26 A question is never removed.")
append_only(Asking)
