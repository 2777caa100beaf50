"""Proposals and the promises in them."""

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models.needs import LONGEST_TITLE, Need
from makegood.articulate.states import EvidenceLevel, HowKnown, ProposalState
from makegood.kernel.constraints import one_of
from makegood.kernel.figures import show_added
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.kernel.money import PoundsRange
from makegood.measures.models import Measure, MeasureVersion
from makegood.measures.states import Better
from makegood.people.models import Organisation, Person

WRITTEN_DOWN = f"'{ProposalState.DRAFT}'"


class Proposal(Recorded):
    """A provider's case to supply a service."""

    code = models.CharField(max_length=8, unique=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="proposals")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=LONGEST_TITLE)
    summary = models.TextField()
    state = models.CharField(
        max_length=12,
        default=ProposalState.DRAFT,
        choices=[(s.value, s.value.replace("_", " ")) for s in ProposalState],
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    told_state: str = ""
    """How it stands, as far as whoever reads it may know; ``tell_states`` says it."""

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "provider", "title"],
                condition=~Q(state=ProposalState.WITHDRAWN),
                name="art_08_proposal_once",
            ),
            one_of("state", ProposalState, name="proposal_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """Return the public reference, ``R-7K3M``; its promises are ``P-7K3M-01`` and on."""
        return f"R-{self.code}"

    @property
    def stream(self) -> str:
        """Return the ledger's stream this proposal is written to."""
        return self.need.programme.stream


class Promise(Recorded):
    """One benefit, made assessable."""

    reference = models.CharField(max_length=16, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="promises")
    position = models.PositiveSmallIntegerField()
    for_whom = models.CharField(max_length=160)
    what_changes = models.CharField(max_length=240)
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.PROTECT)
    measure_version = models.ForeignKey(
        MeasureVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    """What the measure said when the promise was written."""
    baseline = models.FloatField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=240, blank=True)
    alternative = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    how_known = models.CharField(max_length=24, choices=[(h.value, h.value) for h in HowKnown])
    how_gathered = models.TextField(blank=True)
    told_by = models.CharField(max_length=240, blank=True)
    told_least = models.PositiveSmallIntegerField(null=True, blank=True)
    gathered_by = models.CharField(max_length=160, blank=True)
    not_gathered_by = models.CharField(max_length=160, blank=True)
    why_believed = models.TextField()
    evidence_level = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(level.value, level.title) for level in EvidenceLevel]
    )
    evidence = models.TextField(blank=True)
    evidence_url = models.CharField(max_length=300, blank=True)
    worth_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    worth_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    worth_source = models.CharField(max_length=240, blank=True)
    is_struck_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposal", "position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="promise_once_per_place"),
            models.UniqueConstraint(
                fields=["proposal", "for_whom", "what_changes", "due_on"],
                condition=Q(is_struck_out=False),
                name="art_08_promise_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("starts_on")), name="art_02_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(
                    how_known=HowKnown.STORIES,
                    measure__isnull=True,
                    baseline__isnull=True,
                    alternative__isnull=True,
                    target__isnull=True,
                )
                | (
                    ~Q(how_known=HowKnown.STORIES)
                    & Q(measure__isnull=False, baseline__isnull=False, target__isnull=False)
                ),
                name="art_01_numbers_need_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(worth_low__isnull=True, worth_high__isnull=True)
                | (Q(worth_low__lte=F("worth_high")) & ~Q(worth_source="")),
                name="art_04_worth_is_a_sourced_range",
            ),
            models.CheckConstraint(
                condition=Q(evidence_level__isnull=True)
                | (Q(evidence_level__gte=1, evidence_level__lte=5) & ~Q(evidence="")),
                name="art_57_level_of_evidence_rests_on_words",
            ),
            models.CheckConstraint(
                condition=Q(told_least__isnull=True) | Q(told_least__gte=1),
                name="art_59_at_least_one_is_asked",
            ),
            one_of("how_known", HowKnown, name="promise_how_known_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def has_newer_words(self) -> bool:
        """Return whether its measure was revised since the promise was written."""
        relied_on, measure = self.measure_version, self.measure
        return bool(measure and relied_on and relied_on.number != measure.version)

    @property
    def added(self) -> float | None:
        """Return what is promised over the alternative (over the baseline, where none is given)."""
        over = self.baseline if self.alternative is None else self.alternative
        if self.measure is None or self.target is None or over is None:
            return None
        return Better(self.measure.better).gain(over=over, to=self.target)

    @property
    def added_words(self) -> str:
        """Return what it adds, in words; over where it begins, if the alternative is not said."""
        if self.added is None or self.measure is None:
            return ""
        over = "where it begins" if self.alternative is None else "the alternative"
        return show_added(self.added, unit=self.measure.unit, over=over)

    @property
    def worth(self) -> PoundsRange | None:
        """Return what the promise is worth a year, or None: not valued, which is not nothing."""
        if self.worth_low is None or self.worth_high is None:
            return None
        return PoundsRange(low=self.worth_low, high=self.worth_high)


def _unless_draft(row: str) -> str:
    return f"(SELECT state FROM articulate_proposal WHERE id = {row}.proposal_id) <> {WRITTEN_DOWN}"


_LOST = (
    "ART-05 A promise stays as it was proposed: it is never changed, added or removed afterwards."
)
_PINNED = (
    "coalesce((SELECT v.measure_id FROM measures_measureversion v "
    "WHERE v.id = NEW.measure_version_id), 0)"
)
_RETIRED = "(SELECT m.retired_at FROM measures_measure m WHERE m.id = NEW.measure_id)"
_RELIES = "MEA-15 A promise relies on a version of its own measure."
_UNUSED = "MEA-16 A retired measure takes no new promise."
guard(Promise, "INSERT", when=_unless_draft("NEW"), message=_LOST)
guard(
    Promise,
    "INSERT",
    label="version",
    when=f"{_PINNED} <> coalesce(NEW.measure_id, 0)",
    message=_RELIES,
)
guard(
    Promise,
    "UPDATE",
    label="version",
    when=f"NEW.measure_version_id IS NOT NULL AND {_PINNED} <> coalesce(NEW.measure_id, 0)",
    message=_RELIES,
)
guard(Promise, "INSERT", label="retired", when=f"{_RETIRED} IS NOT NULL", message=_UNUSED)
guard(
    Promise,
    "UPDATE",
    label="retired",
    when=f"NEW.measure_id <> coalesce(OLD.measure_id, 0) AND {_RETIRED} IS NOT NULL",
    message=_UNUSED,
)
guard(
    Promise,
    "UPDATE",
    when=f"{_unless_draft('OLD')} OR OLD.proposal_id <> NEW.proposal_id",
    message=_LOST,
)
guard(
    Promise,
    "DELETE",
    message="ART-05 A promise is never removed. Strike it out while it is a draft.",
)
guard(Proposal, "DELETE", message="ART-05 A proposal is never removed.")
guard(
    Proposal,
    "UPDATE",
    label="standstill",
    when=(
        f"(OLD.state = '{ProposalState.STANDSTILL}' AND NEW.state NOT IN "
        f"('{ProposalState.STANDSTILL}', '{ProposalState.APPROVED}', '{ProposalState.DECLINED}')) "
        f"OR (OLD.state = '{ProposalState.PROPOSED}' AND NEW.state = '{ProposalState.APPROVED}' "
        "AND (SELECT coalesce(n.standstill_days, 0) FROM articulate_need n "
        "WHERE n.id = NEW.need_id) > 0)"
    ),
    message="CON-41 What is chosen stands still first, where its need says so.",
)
guard(
    Proposal,
    "UPDATE",
    when=(
        f"(OLD.state <> {WRITTEN_DOWN} AND NEW.state = {WRITTEN_DOWN}) "
        f"OR OLD.state IN ('{ProposalState.APPROVED}', '{ProposalState.DECLINED}', "
        f"'{ProposalState.WITHDRAWN}')"
    ),
    message="ART-05 A decided proposal stays as it is, and none becomes a draft again.",
)
