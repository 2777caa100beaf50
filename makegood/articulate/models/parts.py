"""The parts of a proposal's case, the files beside it, its versions, and clarifications of it."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models.needs import LONGEST_TITLE
from makegood.articulate.models.proposals import Proposal
from makegood.articulate.states import CASE, ClarificationState, ProposalPart, ProposalState
from makegood.kernel.constraints import one_of
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person

PARTS = [(part.value, part.words) for part in ProposalPart]


class WrittenPart(Recorded):
    """What stands in one part of a proposal's case; every version stands in ``ProposalVersion``."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12, choices=PARTS)
    content = models.JSONField()
    """What was answered, as ``articulate.parts`` says."""
    is_done = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="written_part_once"),
            models.CheckConstraint(
                condition=Q(part__in=[part.value for part in CASE]), name="written_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{ProposalPart(self.part).words} of {self.proposal.reference}"


class Attachment(Recorded):
    """A file beside a proposal, with what it shows in words for whoever cannot see it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="attachments")
    title = models.CharField(max_length=120)
    description = models.TextField()
    file = models.OneToOneField(KeptFile, on_delete=models.PROTECT, related_name="attachment")
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description=""), name="art_46_attachment_is_described"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="attachment_removed_after_it_was_added",
            ),
        ]

    def __str__(self) -> str:
        return f"a file of {self.proposal.reference}"

    def ledger_fault(self) -> str | None:
        """Say so when the file that is kept is not the one that was attached."""
        return None if self.file.digest == self.digest else "its file is not the one that was sent."


class Clarification(Recorded):
    """What a commissioner asks of one part of a proposal, and the answer."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="clarifications")
    part = models.CharField(max_length=12, choices=PARTS)
    question = models.TextField()
    answer_by_on = models.DateField(null=True)
    state = models.CharField(
        max_length=12,
        default=ClarificationState.ASKED,
        choices=[(s.value, s.value) for s in ClarificationState],
    )
    answer = models.TextField(blank=True)
    """A draft until it is answered."""
    content = models.JSONField(null=True)
    """What the part would say after it, or says since: ``{"summary": …}``, or a part's content."""
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            one_of("state", ClarificationState, name="clarification_state_known"),
            one_of("part", ProposalPart, name="clarification_part_known"),
            models.CheckConstraint(condition=~Q(question=""), name="art_48_asks_something"),
            models.CheckConstraint(
                condition=~Q(state=ClarificationState.ANSWERED)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="art_49_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"a clarification of {self.proposal.reference}"


class ProposalVersion(Recorded):
    """A proposal as it was sent, or clarified: never rewritten. Whoever relies on one names it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    summary = models.TextField()
    case = models.JSONField()
    """What each part said: a mapping from parts to their content."""
    promises = models.JSONField()
    """What each promise said: a list of mappings, ``reference`` and ``lines``."""
    files = models.JSONField()
    """What stood beside it: a list of mappings, ``title``, ``description`` and ``digest``."""
    clarifies = models.OneToOneField(
        Clarification, null=True, on_delete=models.PROTECT, related_name="version"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once"),
            models.CheckConstraint(
                condition=Q(number=1, clarifies__isnull=True)
                | (Q(number__gt=1) & Q(clarifies__isnull=False)),
                name="art_50_later_versions_clarify",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.proposal.reference}"

    @property
    def name(self) -> str:
        """Return its number as text."""
        return str(self.number)


_DRAFT = f"'{ProposalState.DRAFT}'"
_STATE = "(SELECT p.state FROM articulate_proposal p WHERE p.id = {row}.proposal_id)"
_SENT = f"{_STATE} <> {_DRAFT}"
_ASKED = (
    "EXISTS (SELECT 1 FROM articulate_clarification c WHERE c.proposal_id = {proposal} "  # noqa: S608
    f"AND c.part = {{part}} AND c.state = '{ClarificationState.ASKED}')"
)
_STAYS = (
    "ART-50 What was sent stays as it was sent. A clarification that is asked for changes words."
)


def _asked(row: str) -> str:
    return _ASKED.format(proposal=f"{row}.proposal_id", part=f"{row}.part")


guard(
    WrittenPart,
    "INSERT",
    when=f"{_SENT.format(row='NEW')} AND NOT {_asked('NEW')}",
    message=_STAYS,
)
guard(
    WrittenPart,
    "UPDATE",
    when=(
        f"OLD.proposal_id <> NEW.proposal_id OR OLD.part <> NEW.part OR "
        f"({_SENT.format(row='OLD')} AND NOT {_asked('OLD')})"
    ),
    message=_STAYS,
)
guard(WrittenPart, "DELETE", message="ART-50 A part is never removed. It can be emptied.")
guard(
    Proposal,
    "UPDATE",
    label="words",
    when=(
        f"OLD.state <> {_DRAFT} AND (OLD.title <> NEW.title OR (OLD.summary <> NEW.summary "
        f"AND NOT {_ASKED.format(proposal='OLD.id', part=repr('summary'))}))"
    ),
    message=_STAYS,
)
guard(Attachment, "INSERT", when=_SENT.format(row="NEW"), message=_STAYS)
guard(
    Attachment,
    "UPDATE",
    when=(
        f"{_SENT.format(row='OLD')} OR OLD.removed_at IS NOT NULL OR OLD.digest <> NEW.digest "
        "OR OLD.file_id <> NEW.file_id OR OLD.proposal_id <> NEW.proposal_id"
    ),
    message="ART-50 A file that was sent stays. In a draft it can be removed.",
)
guard(Attachment, "DELETE", message="ART-50 A file is never deleted. It can be removed.")
guard(
    Clarification,
    "UPDATE",
    when=(
        f"OLD.state <> '{ClarificationState.ASKED}' OR OLD.question <> NEW.question "
        "OR OLD.part <> NEW.part OR OLD.proposal_id <> NEW.proposal_id"
    ),
    message="ART-48 What was asked stays as it was asked, and its answer as it was given.",
)
guard(Clarification, "DELETE", message="ART-48 A clarification is never removed.")
append_only(ProposalVersion)
