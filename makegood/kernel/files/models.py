"""Files that are kept, each under a name of ours."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.files.kinds import FileKind
from makegood.kernel.ledger.guards import guard

FOLDER = "kept"


def place_of(kept: "KeptFile", _: str) -> str:
    """Return where a file stands: nothing of the name it came by is in it."""
    return f"{FOLDER}/{kept.public_id}.{FileKind(kept.kind).ending}"


class KeptFile(models.Model):
    """A file as it was handed in; once it is dropped, its digest alone is left, or not even that."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(upload_to=place_of, blank=True)
    kind = models.CharField(max_length=80, choices=[(k.value, k.ending) for k in FileKind])
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(content=""),
                name="kept_file_dropped_is_empty",
            ),
            one_of("kind", FileKind, name="kept_file_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{FileKind(self.kind).ending} {self.public_id}"


guard(
    KeptFile,
    "UPDATE",
    when=(
        "OLD.dropped_at IS NOT NULL OR NEW.size <> OLD.size "
        "OR (NEW.digest <> OLD.digest AND (NEW.digest <> '' OR NEW.dropped_at IS NULL)) "
        "OR NEW.kind <> OLD.kind OR (NEW.content <> OLD.content AND NEW.dropped_at IS NULL)"
    ),
    message="LED-01 A kept file is never changed; it can be dropped.",
)
guard(KeptFile, "DELETE", message="LED-01 A kept file is never removed; it can be dropped.")
