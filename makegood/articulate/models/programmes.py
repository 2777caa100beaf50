"""Programmes, which support units run, and their aims."""

from django.db import models
from django.db.models import F, Q

from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class Programme(Recorded):
    """What a support unit runs."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    run_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """Return the ledger's stream for what is promised in this programme."""
        return f"programme/{self.slug}"


class Aim(Recorded):
    """What a programme is to bring about, and which wider objective of whom it serves."""

    reference = models.CharField(max_length=12, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="aims")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    purpose = models.TextField()
    objective = models.CharField(max_length=240)
    """The wider objective it serves."""
    objective_of = models.CharField(max_length=160)
    """Whose objective that is."""
    objective_source = models.CharField(max_length=240)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="aim_once_per_place"),
            models.UniqueConstraint(
                fields=["programme", "name"],
                condition=Q(ended_at__isnull=True),
                name="art_08_aim_once",
            ),
            models.CheckConstraint(
                condition=~Q(objective="") & ~Q(objective_of="") & ~Q(objective_source=""),
                name="art_31_aim_serves_an_objective",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__gte=F("written_at")) & ~Q(end_reason="")),
                name="art_33_aim_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


AIM_SAID = ("name", "purpose", "objective", "objective_of", "objective_source")
_RESTED_ON = (
    "EXISTS (SELECT 1 FROM articulate_promisetag tag "  # ours
    "JOIN articulate_promise promise ON promise.id = tag.promise_id "
    "JOIN articulate_proposal proposal ON proposal.id = promise.proposal_id "
    "WHERE tag.aim_id = OLD.id AND NOT tag.is_struck_out AND proposal.state <> 'draft')"
)
guard(
    Aim,
    "UPDATE",
    when="OLD.ended_at IS NOT NULL OR OLD.programme_id <> NEW.programme_id "
    "OR OLD.position <> NEW.position",
    message="ART-33 An aim that ended stays as it was.",
)
guard(
    Aim,
    "UPDATE",
    when=f"({' OR '.join(f'OLD.{name} <> NEW.{name}' for name in AIM_SAID)}) AND {_RESTED_ON}",
    message="ART-32 An aim that promises were sent with stays as it is.",
    label="said",
)
guard(Aim, "DELETE", message="ART-33 An aim is never removed. It ends, with a reason.")
