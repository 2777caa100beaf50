"""Decisions, contracts, what became of each promise, commitments and signatures."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from makegood.articulate.models import Need, Promise, Proposal
from makegood.articulate.states import HowKnown
from makegood.contract.models.arrangements import AGREED_WHOLE, Arrangement
from makegood.contract.states import (
    ContractState,
    Fate,
    NoticeBy,
    Outcome,
    Side,
)
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.kernel.period import Frequency, add_months, extend_months, shift_months
from makegood.measures.models import Line, Measure, MeasureVersion, Pool, Series, lines_for
from makegood.people.models import Organisation, Person

if TYPE_CHECKING:
    from makegood.contract.models.handovers import Handover


class Standstill(Recorded):
    """How long what was decided for a need waits before it is public, and can be contracted."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="standstills")
    days = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_set_aside = models.BooleanField(default=False)
    """Whether a challenge was upheld: then nothing of it is contracted."""

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, ends_at__gt=F("began_at")), name="con_41_it_lasts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, is_set_aside=False)
                | Q(ended_at__isnull=False, is_set_aside=True)
                | Q(is_set_aside=False, ended_at__gte=F("ends_at")),
                name="con_42_it_ends_in_its_time",
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(ended_at__isnull=True),
                name="con_42_one_standstill_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"standstill of need {self.need.reference}"

    @property
    def last_on(self) -> date:
        """Return the last day of it."""
        return timezone.localdate(self.ends_at - timedelta(microseconds=1))


class Decision(Recorded):
    """What the commissioner decided about a proposal, and why."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    reasons = models.TextField()
    standstill = models.ForeignKey(
        Standstill, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="con_06_decision_has_reasons"),
            one_of("outcome", Outcome, name="decision_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.outcome}"


class Contract(Recorded):
    """An approved proposal made binding, promise by promise."""

    reference = models.CharField(max_length=12, unique=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="contract")
    assessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assesses")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    title = models.CharField(max_length=160, blank=True)
    procurement_reference = models.CharField(max_length=80, blank=True)
    procedure = models.CharField(max_length=160, blank=True)
    manager_role = models.CharField(max_length=120, blank=True)
    extensions = models.PositiveSmallIntegerField(null=True, blank=True)
    extension_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_by = models.CharField(
        max_length=20, blank=True, choices=[(n.value, n.value) for n in NoticeBy]
    )
    state = models.CharField(
        max_length=12,
        default=ContractState.DRAFTING,
        choices=[(s.value, s.value.replace("_", " ")) for s in ContractState],
    )
    their_reference = models.CharField(max_length=80, blank=True)
    brought_in_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="contracts_brought_in"
    )
    brought_in_at = models.DateTimeField(null=True)
    signing_round = models.PositiveSmallIntegerField(default=1)
    reopened_because = models.TextField(blank=True)
    varied_by = models.ForeignKey(
        "contract.Variation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The last variation that changed its days or value."""
    taken_over_by = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="takes_over"
    )
    """Who delivers since the last handover; nobody while whoever promised does."""
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    drafted_at = models.DateTimeField()

    class Meta:
        ordering = ["-drafted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="con_07_contract_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(extensions__isnull=True, extension_months__isnull=True)
                | Q(
                    extensions__isnull=False,
                    extension_months__isnull=False,
                    extensions__gte=1,
                    extension_months__gte=1,
                ),
                name="con_27_options_to_extend_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(notice_months__isnull=True, notice_by="")
                | Q(
                    notice_months__isnull=False,
                    notice_months__gte=1,
                    notice_by__in=[n.value for n in NoticeBy],
                ),
                name="con_28_notice_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    their_reference="", brought_in_by__isnull=True, brought_in_at__isnull=True
                )
                | (
                    ~Q(their_reference="")
                    & Q(brought_in_by__isnull=False, brought_in_at__isnull=False)
                ),
                name="con_29_brought_in_says_by_whom",
            ),
            one_of("state", ContractState, name="contract_state_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """Return what it is called: by a title of its own, or its proposal's."""
        return self.title or self.proposal.title

    @property
    def is_brought_in(self) -> bool:
        """Return whether it was made elsewhere, and brought in."""
        return self.brought_in_at is not None

    @property
    def is_ended(self) -> bool:
        """Return whether one side ended it early: no option to extend it, nor notice, is left then."""
        return hasattr(self, "ending")

    @property
    def last_ends_on(self) -> date:
        """Return the last day it can come to, if every option to extend is taken."""
        if self.is_ended:
            return self.ends_on
        return extend_months(self.ends_on, (self.extensions or 0) * (self.extension_months or 0))

    @property
    def notice_on(self) -> date | None:
        """Return the day by which notice must be given for it to end on its last day."""
        if self.is_ended or not self.notice_months:
            return None
        return shift_months(self.ends_on, -self.notice_months)

    def lets_give_notice(self, side: str) -> bool:
        """Return whether a side may end it by notice, as it was signed."""
        return bool(self.notice_months) and self.notice_by in {NoticeBy.EITHER, f"the {side}"}

    @property
    def stream(self) -> str:
        """Return the ledger's stream of this contract."""
        return f"contract/{self.reference}"

    @property
    def promised_by(self) -> Organisation:
        """Return who promised; the gap counts each promise for them, whoever delivers."""
        return self.proposal.provider

    @property
    def provider(self) -> Organisation:
        """Return the party that owes what was promised: who promised, or took over since."""
        return self.taken_over_by or self.proposal.provider

    @cached_property
    def handed_over(self) -> "list[Handover]":
        """Return the handovers in force, the first first."""
        if self.taken_over_by_id is None:
            return []
        return [each for each in self.handovers.all() if each.in_force_at]

    @property
    def delivered_since(self) -> "Handover | None":
        """Return the handover since which its provider delivers; nothing while who promised does."""
        return self.handed_over[-1] if self.handed_over else None

    @property
    def providers(self) -> list[Organisation]:
        """Return everyone who was ever its provider, and who is."""
        return [self.promised_by, *(each.successor for each in self.handed_over)]

    def provider_at(self, moment: datetime) -> Organisation:
        """Return who was its provider at a moment."""
        later = (one.outgoing for one in self.handed_over if one.is_in_force_since(moment))
        return next(later, self.provider)

    def provider_on(self, day: date, *, known_at: datetime | None = None) -> Organisation:
        """Return who delivered on a day, by the handovers that were in force at ``known_at``; or are now."""
        later = (
            one.outgoing
            for one in self.handed_over
            if one.from_on > day or (known_at and one.is_in_force_since(known_at))
        )
        return next(later, self.provider)

    def provider_in(self, signing_round: int) -> Organisation:
        """Return who was its provider in a round of signatures."""
        later = (one.outgoing for one in self.handed_over if one.signing_round >= signing_round)
        return next(later, self.provider)

    @property
    def commissioner(self) -> Organisation:
        """Return the party that buys."""
        return self.proposal.need.commissioner

    @property
    def additional(self) -> "models.QuerySet[Commitment]":
        """Return what stands in it though nobody promised it."""
        return self.commitments.filter(promise__isnull=True, is_dropped=False).order_by("pk")

    def party(self, side: str) -> Organisation:
        """Return the organisation on one side, as it is now."""
        return self.provider if side == Side.PROVIDER else self.commissioner

    def party_in(self, signing_round: int, *, side: str) -> Organisation:
        """Return the organisation on one side, as it was in a round of signatures."""
        return self.provider_in(signing_round) if side == Side.PROVIDER else self.commissioner


class Disposition(Recorded):
    """What became of one promise in the contract."""

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="disposition")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="dispositions")
    fate = models.CharField(max_length=16, choices=[(f.value, f.value) for f in Fate])
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fate=Fate.AS_PROMISED) | ~Q(reason=""),
                name="con_02_difference_has_reason",
            ),
            one_of("fate", Fate, name="disposition_fate_known"),
        ]

    def __str__(self) -> str:
        return f"{self.promise} {self.fate}"


class Commitment(Arrangement, Recorded):
    """A promise as contracted, or what is contracted besides; locked once a party has signed."""

    reference = models.CharField(max_length=16, unique=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="commitments")
    promise = models.OneToOneField(
        Promise, null=True, on_delete=models.PROTECT, related_name="commitment"
    )
    """What it makes binding; nothing for what was not promised: an additional commitment."""
    for_whom = models.CharField(max_length=160)
    what_changes = models.CharField(max_length=240)
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT)
    measure_version = models.ForeignKey(
        MeasureVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    """What the measure says in this contract."""
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    pool = models.ForeignKey(
        Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    baseline = models.FloatField(null=True, blank=True)
    alternative = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    how_known = models.CharField(max_length=24, choices=[(h.value, h.value) for h in HowKnown])
    is_dropped = models.BooleanField(default=False)
    is_released = models.BooleanField(default=False)
    """Whether both sides agreed, after they had signed it, that it is owed no more."""
    varied_by = models.ForeignKey(
        "contract.Variation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The variation as which it stands; nothing where it stands as it was signed first."""

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("starts_on")), name="con_08_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(how_known=HowKnown.STORIES)
                | Q(
                    measure__isnull=False,
                    series__isnull=False,
                    baseline__isnull=False,
                    target__isnull=False,
                ),
                name="con_09_numbers_need_a_series",
            ),
            one_of("how_known", HowKnown, name="commitment_how_known_known"),
            models.UniqueConstraint(
                fields=["contract", "for_whom", "what_changes", "due_on"],
                condition=Q(promise__isnull=True, is_dropped=False),
                name="con_63_additional_once",
            ),
            *AGREED_WHOLE,
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return its page: the thread of its promise, or its place in the contract."""
        if self.promise:
            return reverse("promise", args=[self.promise.reference])
        return f"{reverse('contract', args=[self.contract.reference])}#{self.reference}"

    @cached_property
    def line(self) -> Line | None:
        """Return its series as signed, and those that go on with it since it was handed over."""
        if self.series is None:
            return None
        if self.contract.taken_over_by_id is None:
            return Line(first=self.series)
        reference = self.contract.reference
        return lines_for({reference: [self.series]})[reference, self.series.pk]

    def owed_by(self, period: date, *, until: date | None = None) -> Organisation:
        """Return who owes the figure of ``period``, gives it and corrects it: who delivered at its end.

        That is the end of the period of its measure, or ``until``. Where another series goes on,
        whoever keeps the one in which the period is read.
        """
        line, contract = self.line, self.contract
        until = until or self._end_of(period)
        if line is None or not line.then:
            return contract.provider_on(until)
        kept_in = line.at(period)
        if kept_in != line.first:
            return kept_in.keeper
        last_on = contract.handed_over[-len(line.then)].from_on - timedelta(days=1)
        return contract.provider_on(min(until, last_on))

    def _end_of(self, period: date) -> date:
        months = Frequency(self.measure.frequency).months if self.measure else 1
        return add_months(period, months) - timedelta(days=1)

    def thresholds_at(self, target: float | None) -> tuple[float | None, float | None]:
        """Return both thresholds as far from ``target`` as those signed are from the final one."""
        far = (self.kpi_approaching, self.kpi_improvement)
        shift = 0.0 if target is None or self.target is None else target - self.target
        near, beyond = (None if one is None else round(one + shift, 9) for one in far)
        return near, beyond

    @property
    def is_additional(self) -> bool:
        """Return whether it was contracted besides what was promised."""
        return self.promise_id is None

    @property
    def name(self) -> str:
        """Return the reference under which readers know it: its promise's, or its own."""
        return self.promise.reference if self.promise else self.reference

    @property
    def is_in_numbers(self) -> bool:
        """Return whether figures show it."""
        return self.how_known != HowKnown.STORIES

    @property
    def says_who_it_is_compared_with(self) -> bool:
        """Return whether it has its comparators, or the reason why there are none (CON-53)."""
        return not self.is_in_numbers or bool(self.pool_id or self.no_pool_because)
