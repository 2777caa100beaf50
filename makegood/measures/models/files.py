"""Files of rows that come in: shown for checking, then kept or thrown away; and lists of measures."""

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.states import UploadState
from makegood.people.models import Organisation, Person


class SentFile(Recorded):
    """A file of rows: what could be read, what could not, and what became of it."""

    reference = models.CharField(max_length=12, unique=True)
    state = models.CharField(
        max_length=12,
        default=UploadState.PREVIEWED,
        choices=[(s.value, s.value.replace("_", " ")) for s in UploadState],
    )
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    columns = models.JSONField()
    good_rows = models.JSONField()
    known_rows = models.PositiveIntegerField(default=0)
    bad_rows = models.JSONField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference


class MeasureFile(SentFile):
    """A file of definitions."""

    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rows_added = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("state", UploadState, name="measure_file_state_known"),
        ]


guard(
    MeasureFile,
    "UPDATE",
    when=f"OLD.state <> '{UploadState.PREVIEWED}'",
    message="LED-01 A file of measures that was kept or thrown away is never changed.",
)
guard(MeasureFile, "DELETE", message="LED-01 A file of measures is never removed.")
