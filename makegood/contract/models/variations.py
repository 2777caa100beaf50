"""What changes after both sides have signed: variations, every version of a commitment, and early ends."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from makegood.contract.models.arrangements import Arrangement
from makegood.contract.models.contracts import Commitment, Contract
from makegood.contract.models.locks import SIGNED_TWICE, VARIED, differs, same
from makegood.contract.states import OPEN_VARIATIONS, Ground, Side, VariationState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import Event, append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models import Pool
from makegood.people.models import Organisation, Person


class Variation(Recorded):
    """What one side proposes to change in a contract in force; binding once both have signed it.

    Its signatures stand in a round of their own among those of the contract.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField()
    signing_round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    """The side that proposes it."""
    reason = models.TextField()
    from_on = models.DateField()
    ends_on = models.DateField(null=True)
    uses_option = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    rests_from_on = models.DateField(null=True)
    rests_until_on = models.DateField(null=True)
    was_ends_on = models.DateField()
    was_value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    answer = models.TextField(blank=True)
    """What the other side said when it sent it back or declined it."""
    state = models.CharField(
        max_length=12,
        default=VariationState.DRAFTING,
        choices=[(s.value, s.words) for s in VariationState],
    )
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="variations_begun")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="con_71_variation_has_reason"),
            models.UniqueConstraint(fields=["contract", "number"], name="con_72_variation_once"),
            models.UniqueConstraint(
                fields=["contract", "signing_round"], name="con_70_variation_has_its_round"
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state__in=[state.value for state in OPEN_VARIATIONS]),
                name="con_72_one_variation_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rests_from_on__isnull=True, rests_until_on__isnull=True)
                | Q(rests_until_on__gte=models.F("rests_from_on")),
                name="con_77_suspension_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(uses_option=False) | Q(ends_on__isnull=False),
                name="con_76_option_has_its_day",
            ),
            one_of("side", Side, name="variation_side_known"),
            one_of("state", VariationState, name="variation_state_known"),
        ]

    def __str__(self) -> str:
        return f"variation {self.number} of {self.contract}"

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("variation", args=[self.contract.reference, self.number])

    @property
    def proposer(self) -> Organisation:
        """Return the party that proposes it."""
        return self.contract.party_in(self.signing_round, side=self.side)

    @property
    def other_side(self) -> Side:
        """Return the side that answers."""
        return Side.PROVIDER if self.side == Side.COMMISSIONER else Side.COMMISSIONER

    @property
    def answerer(self) -> Organisation:
        """Return the party that answers."""
        return self.contract.party_in(self.signing_round, side=self.other_side)

    @property
    def new_value(self) -> Decimal | None:
        """Return what the contract is worth under it."""
        return self.contract.value if self.value is None else self.value

    @property
    def last_day(self) -> date:
        """Return the last day of the contract under it."""
        return self.ends_on or self.was_ends_on

    @property
    def is_open(self) -> bool:
        """Return whether it may still come into force."""
        return VariationState(self.state).is_open


class CommitmentVersion(Arrangement, Recorded):
    """What a commitment says in one version: as it was signed first, or as a variation has it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="versions")
    variation = models.ForeignKey(
        Variation, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    """The variation that says so; nothing for what was signed first."""
    for_whom = models.CharField(max_length=160)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="+")
    baseline = models.FloatField(null=True)
    alternative = models.FloatField(null=True)
    target = models.FloatField(null=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    is_released = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)
    """Whether the variation, while it was written, was made to leave this commitment alone again."""
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["commitment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "variation"], name="con_70_varied_once_each"
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(variation__isnull=True),
                name="con_70_first_version_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=models.F("starts_on")), name="con_08_varied_due_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.variation or 'as signed first'}"


class Ending(Recorded):
    """That one side ended a contract before its last day: how, when notice was given, and why."""

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="ending")
    side = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    ground = models.CharField(max_length=10, choices=[(g.value, g.words) for g in Ground])
    notice_on = models.DateField()
    ends_on = models.DateField()
    would_end_on = models.DateField()
    reason = models.TextField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contracts_ended")
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="con_80_ending_has_reason"),
            models.CheckConstraint(
                condition=Q(notice_on__lte=models.F("ends_on"))
                & Q(ends_on__lt=models.F("would_end_on")),
                name="con_82_ends_early",
            ),
            one_of("side", Side, name="ending_side_known"),
            one_of("ground", Ground, name="ending_ground_known"),
        ]

    def __str__(self) -> str:
        return f"end of {self.contract}"

    @property
    def party(self) -> Organisation:
        """Return who ended it."""
        return self.contract.party(self.side)


LOCKED = "CON-74 What was proposed stays as it was read."
APPLIED = (
    "CON-70 A variation comes into force once both sides signed the same, and all of it stands."
)
DRAFTING = f"'{VariationState.DRAFTING}'"
FINAL = f"('{VariationState.IN_FORCE}', '{VariationState.DECLINED}', '{VariationState.WITHDRAWN}')"
KEPT = [
    field.attname
    for field in Variation._meta.local_concrete_fields
    if field.attname not in {"state", "answer"}
]
_EVENTS: tuple[Event, ...] = ("INSERT", "UPDATE")


guard(
    Variation,
    "INSERT",
    label="begun",
    when=(
        f"NEW.state <> {DRAFTING} OR (SELECT state FROM contract_contract k "
        "WHERE k.id = NEW.contract_id) <> 'in_force' OR NEW.signing_round <= "
        "(SELECT signing_round FROM contract_contract k WHERE k.id = NEW.contract_id)"
    ),
    message="CON-70 A variation begins as a draft, of a contract that is in force.",
)
guard(
    Variation,
    "UPDATE",
    label="final",
    when=f"OLD.state IN {FINAL}",
    message="CON-74 A variation that is signed, declined or withdrawn stays as it is.",
)
guard(
    Variation,
    "UPDATE",
    label="locked",
    when=(
        f"(OLD.state <> {DRAFTING} AND ({' OR '.join(map(differs, KEPT))})) "
        f"OR (OLD.state = '{VariationState.PART_SIGNED}' AND NEW.state IN ({DRAFTING}, "
        f"'{VariationState.PROPOSED}'))"
    ),
    message=LOCKED,
)
guard(
    Variation,
    "UPDATE",
    label="applied",
    when=(
        f"NEW.state = '{VariationState.IN_FORCE}' AND (NOT ({SIGNED_TWICE.format(v='NEW')}) "
        "OR EXISTS (SELECT 1 FROM contract_commitmentversion w JOIN contract_commitment c "
        "ON c.id = w.commitment_id WHERE w.variation_id = NEW.id AND NOT w.is_left_out "
        "AND coalesce(c.varied_by_id, 0) <> NEW.id) "
        "OR EXISTS (SELECT 1 FROM contract_contract k WHERE k.id = NEW.contract_id "
        "AND (k.ends_on <> coalesce(NEW.ends_on, k.ends_on) "
        "OR coalesce(k.value, -1) <> coalesce(NEW.value, k.value, -1))))"
    ),
    message=APPLIED,
)
guard(Variation, "DELETE", message="CON-74 A variation is never removed.")
_ROUND_SIGNED = (
    "EXISTS (SELECT 1 FROM contract_variation v WHERE v.id = {row}.variation_id "
    f"AND (v.state <> {DRAFTING} OR EXISTS (SELECT 1 FROM contract_signature s "
    "WHERE s.contract_id = v.contract_id AND s.signing_round = v.signing_round)))"
)
_OF_ANOTHER = (
    "(SELECT v.contract_id FROM contract_variation v WHERE v.id = NEW.variation_id) <> "
    "(SELECT c.contract_id FROM contract_commitment c WHERE c.id = NEW.commitment_id)"
)
for _event in _EVENTS:
    guard(
        CommitmentVersion,
        _event,
        label="locked",
        when=_ROUND_SIGNED.format(row="NEW"),
        message=LOCKED,
    )
    guard(
        CommitmentVersion,
        _event,
        label="other",
        when=_OF_ANOTHER,
        message="CON-70 A variation changes the commitments of its own contract.",
    )
guard(
    CommitmentVersion,
    "INSERT",
    label="first",
    when=(
        "NEW.variation_id IS NULL AND NOT EXISTS (SELECT 1 FROM contract_commitment c "
        "WHERE c.id = NEW.commitment_id AND c.varied_by_id IS NULL AND "
        + " AND ".join(same(f"c.{column}", f"NEW.{column}") for column in VARIED)
        + ")"
    ),
    message="CON-70 The first version of a commitment is what was signed first.",
)
guard(
    CommitmentVersion,
    "UPDATE",
    label="kept",
    when=(
        "OLD.variation_id IS NULL OR coalesce(NEW.variation_id, 0) <> OLD.variation_id "
        "OR NEW.commitment_id <> OLD.commitment_id"
    ),
    message="CON-70 A version of a commitment stays what it was.",
)
guard(CommitmentVersion, "DELETE", message="CON-70 A version of a commitment is never removed.")
append_only(Ending)
guard(
    Ending,
    "INSERT",
    label="in_force",
    when=(
        "NOT EXISTS (SELECT 1 FROM contract_contract k WHERE k.id = NEW.contract_id "
        "AND k.state = 'in_force' AND k.ends_on = NEW.would_end_on)"
    ),
    message="CON-81 Only a contract in force ends early.",
)
