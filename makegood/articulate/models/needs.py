"""Needs with their alternative: what is said now, every version of it, and how the alternative does."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from makegood.articulate.models.programmes import Programme
from makegood.articulate.states import UNREAD, NeedState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.kernel.money import PoundsRange
from makegood.measures.models import Measure, MeasureVersion, Series
from makegood.people.models import Organisation, Person

LONGEST_TITLE = 250
"""Longer than what anybody types: one that is brought in has its contract's reference beside it."""


class NeedSaid(Recorded):
    """What a need says of itself; the need holds what stands now, its versions what stood before."""

    title = models.CharField(max_length=LONGEST_TITLE)
    description = models.TextField()
    alternative = models.TextField()
    cost_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    cost_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    cost_source = models.CharField(max_length=240, blank=True)
    questions_close_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_by_invitation = models.BooleanField(default=False)
    invitation_reason = models.TextField(blank=True)
    standstill_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """For how many working days what is chosen stands still before it is public; none: not at all."""

    class Meta:
        abstract = True

    @classmethod
    def said(cls) -> list[str]:
        """Return the names of the columns that a need and its versions share."""
        return [field.name for field in NeedSaid._meta.local_fields if field.name != "salt"]

    @property
    def cost(self) -> PoundsRange | None:
        """Return what the alternative costs a year, or None: not known, which is not nothing."""
        if self.cost_low is None or self.cost_high is None:
            return None
        return PoundsRange(low=self.cost_low, high=self.cost_high)


class Need(NeedSaid):
    """A service a commissioner wants, with the alternative: what happens otherwise, and how well."""

    reference = models.CharField(max_length=12, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="needs")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    state = models.CharField(
        max_length=12,
        default=NeedState.DRAFT,
        choices=[(s.value, s.value.replace("_", " ")) for s in NeedState],
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "commissioner", "title"],
                condition=~Q(state=NeedState.DISCARDED),
                name="art_08_need_once",
            ),
            one_of("state", NeedState, name="need_state_known"),
            models.CheckConstraint(
                condition=Q(cost_low__isnull=True, cost_high__isnull=True, cost_source="")
                | (Q(cost_low__lte=models.F("cost_high")) & ~Q(cost_source="")),
                name="art_24_cost_is_a_sourced_range",
            ),
            models.CheckConstraint(
                condition=Q(is_by_invitation=False) | ~Q(invitation_reason=""),
                name="art_29_keeping_others_out_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(questions_close_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(questions_close_at__lte=models.F("closes_at")),
                name="art_19_questions_close_first",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asks_until_at(self) -> datetime | None:
        """Return until when questions are taken, where that is said."""
        return self.questions_close_at or self.closes_at

    def takes_proposals(self, *, now: datetime) -> bool:
        """Return whether proposals are taken: it is published, and neither hand nor clock closed it."""
        is_over = self.closes_at is not None and self.closes_at <= now
        return self.state == NeedState.PUBLISHED and not is_over

    def takes_questions(self, *, now: datetime) -> bool:
        """Return whether questions are taken."""
        is_over = self.asks_until_at is not None and self.asks_until_at <= now
        return self.takes_proposals(now=now) and not is_over

    def closing_told(self, *, now: datetime) -> str | None:
        """Return when it closed, in words; None while it takes proposals, or is a draft."""
        if self.state in UNREAD or self.takes_proposals(now=now):
            return None
        moments = [at for at in (self.closed_at, self.closes_at) if at and at <= now]
        return f"{localtime(min(moments)):%-d %B %Y at %H:%M}" if moments else "a day before"


class NeedVersion(NeedSaid):
    """What a need said from a moment on, and why it was changed; never rewritten."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    """What the alternative was said to be, by measure: a list of mappings."""
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["need", "number"], name="need_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="art_22_change_of_a_need_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of need {self.need.reference}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[NeedVersion]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("need")


class MeasuredAlternative(Recorded):
    """How the alternative does by one measure: where it stands, what it would reach by when, source."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="measured")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    measure_version = models.ForeignKey(
        MeasureVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """What the measure said when the figures were written."""
    baseline = models.FloatField()
    reaches = models.FloatField()
    by_on = models.DateField()
    source = models.CharField(max_length=240)
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="+")
    is_struck_out = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "measure"],
                condition=Q(is_struck_out=False),
                name="art_08_alternative_measured_once",
            ),
        ]

    def __str__(self) -> str:
        return f"the alternative to need {self.need.reference}, by {self.measure}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[MeasuredAlternative]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("need", "measure")


class NeedInvitation(Recorded):
    """That a provider is invited to propose; whom an e-mail went to stands in ``NeedAddressee``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="need_invitation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to answer need {self.need.reference}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[NeedInvitation]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("need")


class NeedAddressee(models.Model):
    """Whom an invitation by e-mail went to; gone once it is taken up or withdrawn."""

    invitation = models.OneToOneField(
        NeedInvitation, on_delete=models.CASCADE, primary_key=True, related_name="addressee"
    )
    email = models.EmailField(db_index=True)

    def __str__(self) -> str:
        return self.email


def _same(one: str, other: str) -> str:
    """Return the condition that two rows say the same; an empty cell is like an empty cell."""
    pairs = ((f'{one}."{name}"', f'{other}."{name}"') for name in NeedSaid.said())
    return " AND ".join(
        f"COALESCE(CAST({a} AS text), '') = COALESCE(CAST({b} AS text), '')" for a, b in pairs
    )


def _is_draft(need: str) -> str:
    state = f"(SELECT state FROM articulate_need WHERE id = {need})"  # noqa: S608  # ours
    return f"{state} = '{NeedState.DRAFT}'"


_LAST = "SELECT MAX(number) FROM articulate_needversion WHERE need_id = NEW.id"
_KEPT = (
    "SELECT 1 FROM articulate_needversion held "  # noqa: S608  # ours
    f"WHERE held.need_id = NEW.id AND held.number = ({_LAST}) AND {_same('held', 'NEW')}"
)
_PINNED = (
    "coalesce((SELECT v.measure_id FROM measures_measureversion v "
    "WHERE v.id = NEW.measure_version_id), 0)"
)
_FIGURES = ("need_id", "measure_id", "baseline", "reaches", "by_on", "source")
_REWRITTEN = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _FIGURES)
append_only(NeedVersion)
guard(
    Need,
    "UPDATE",
    when=f"OLD.state <> '{NeedState.DRAFT}' AND NOT ({_same('OLD', 'NEW')}) "
    f"AND NOT EXISTS ({_KEPT})",
    message="ART-22 A published need is changed with a reason, and what it said before is kept.",
)
guard(
    Need,
    "UPDATE",
    when=f"(NEW.state = '{NeedState.DRAFT}' AND OLD.state <> '{NeedState.DRAFT}') "
    f"OR (OLD.state = '{NeedState.CLOSED}' AND NEW.state <> OLD.state)",
    message="ART-20 A need that closed stays closed, and none becomes a draft again.",
    label="state",
)
guard(
    Need,
    "UPDATE",
    when=f"NEW.state <> OLD.state AND (OLD.state = '{NeedState.DISCARDED}' "
    f"OR (NEW.state = '{NeedState.DISCARDED}' AND OLD.state <> '{NeedState.DRAFT}'))",
    message="ART-20 Only a draft is thrown away, and it stays so.",
    label="discarded",
)
guard(Need, "DELETE", message="ART-22 A need is never removed.")
guard(
    MeasuredAlternative,
    "UPDATE",
    when=f"NOT {_is_draft('OLD.need_id')} "
    f"AND ({_REWRITTEN} OR (OLD.is_struck_out AND NOT NEW.is_struck_out))",
    message="ART-22 What was published of the alternative is not rewritten; others take its place.",
)
_RELIES: dict[str, str] = {
    "label": "version",
    "when": f"NEW.measure_version_id IS NOT NULL AND {_PINNED} <> NEW.measure_id",
    "message": "MEA-15 The alternative relies on a version of its own measure.",
}
guard(MeasuredAlternative, "INSERT", **_RELIES)
guard(MeasuredAlternative, "UPDATE", **_RELIES)
guard(
    MeasuredAlternative, "DELETE", message="ART-22 What was said of the alternative is not removed."
)
guard(
    NeedInvitation,
    "UPDATE",
    when="OLD.withdrawn_at IS NOT NULL OR OLD.need_id <> NEW.need_id "
    "OR (OLD.organisation_id IS NOT NULL AND OLD.organisation_id <> NEW.organisation_id)",
    message="ART-30 An invitation is not rewritten; it is withdrawn, and another one made.",
)
guard(NeedInvitation, "DELETE", message="ART-30 An invitation is never removed.")
