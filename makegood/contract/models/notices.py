"""Notices of how the published indicators of a contract do, each rated; kept as they were published."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from makegood.contract.models.contracts import Commitment, Contract
from makegood.contract.states import NoticeState, Rating
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person

UNSENT = [NoticeState.DRAFT.value, NoticeState.WITHDRAWN.value]


class Notice(Recorded):
    """How the indicators of a contract did in a time, as the commissioner decided."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(
        max_length=10, default=NoticeState.DRAFT, choices=[(s.value, s.value) for s in NoticeState]
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices_written")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="notices_replied"
    )
    replied_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="con_87_notice_once"),
            models.CheckConstraint(
                condition=Q(until_on__gt=models.F("from_on")), name="con_85_notice_has_its_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNSENT, sent_at__isnull=True)
                | Q(sent_at__isnull=False, reply_by__isnull=False),
                name="con_88_provider_is_told",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_by__isnull=True, replied_at__isnull=True)
                | (~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
                name="con_88_reply_is_whole",
            ),
            one_of("state", NoticeState, name="notice_state_known"),
        ]

    def __str__(self) -> str:
        return f"notice {self.number} of {self.contract}"

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("notice", args=[self.contract.reference, self.number])

    @property
    def provider(self) -> Organisation:
        """Return whom it rates and who replies: who delivered on its last day.

        What takes over once it was replied to or published changes nothing in it.
        """
        moment = self.replied_at or self.published_at
        return self.contract.provider_on(self.until_on, known_at=moment)


class IndicatorRating(Recorded):
    """How one indicator did: its figure, what that proposes, what was decided, and why if it differs."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="ratings")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="ratings")
    figure = models.FloatField(null=True)
    period_on = models.DateField(null=True)
    target = models.FloatField(null=True)
    proposed = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Rating])
    rating = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Rating])
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["commitment__reference"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "commitment"], name="con_86_rated_once"),
            one_of("proposed", Rating, name="rating_proposed_known"),
            one_of("rating", Rating, name="rating_known"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.rating}"

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        return Rating(self.rating).kind

    @property
    def waits_for_reason(self) -> bool:
        """Return whether whoever decides has still to say why (CON-86)."""
        return (self.rating == Rating.OTHER or self.rating != self.proposed) and not self.reason

    @property
    def thresholds(self) -> tuple[float | None, float | None]:
        """Return up to which figures it approached the target then, and required improvement."""
        return self.commitment.thresholds_at(self.target)


SENT = "CON-87 What was sent stays sent: this notice was sent to the provider."
_OF_SENT = (
    "(SELECT n.state FROM contract_notice n WHERE n.id = {row}.notice_id) "
    f"<> '{NoticeState.DRAFT}'"
)
guard(
    Notice,
    "UPDATE",
    label="published",
    when=f"OLD.state = '{NoticeState.PUBLISHED}'",
    message="CON-87 A published notice is never changed; write another one.",
)
guard(
    Notice,
    "UPDATE",
    label="withdrawn",
    when=f"OLD.state = '{NoticeState.WITHDRAWN}'",
    message="CON-87 A withdrawn notice is never changed; write another one.",
)
guard(
    Notice,
    "UPDATE",
    label="sent",
    when=(
        f"OLD.state IN ('{NoticeState.SENT}', '{NoticeState.REPLIED}') "
        f"AND (NEW.state IN ('{NoticeState.DRAFT}', '{NoticeState.WITHDRAWN}') "
        "OR NEW.from_on <> OLD.from_on OR NEW.until_on <> OLD.until_on "
        "OR NEW.reply_by <> OLD.reply_by OR (OLD.reply <> '' AND NEW.reply <> OLD.reply))"
    ),
    message=SENT,
)
guard(Notice, "DELETE", message="CON-87 A notice is never removed.")
guard(IndicatorRating, "INSERT", when=_OF_SENT.format(row="NEW"), message=SENT)
guard(IndicatorRating, "UPDATE", when=_OF_SENT.format(row="OLD"), message=SENT)
guard(IndicatorRating, "DELETE", message="CON-87 A rating is never removed.")
