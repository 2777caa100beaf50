"""What a file of many series is while it is read and kept: its bytes, its names, its figures, its bad rows.

Nothing here is in the ledger, and none of it outlives the decision but for the bad rows.
"""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import models

from makegood.kernel.constraints import one_of
from makegood.measures.models.definitions import Measure
from makegood.measures.models.figures import Series, Upload
from makegood.measures.states import Matched, Standing
from makegood.people.models import Organisation

FOLDER = "sent"
BLOCK = 1 << 20


def place_of(_: "UploadWork", __: str) -> str:
    """Return where a file stands: nothing of the name it came by is in it."""
    return f"{FOLDER}/{uuid.uuid4()}"


@contextmanager
def at_hand(file: "File[Any]") -> Iterator[Path]:
    """Give the bytes of ``file`` as a file of this machine, wherever they are kept."""
    held = _path_of(file)
    if held:
        yield Path(held)
        return
    with tempfile.NamedTemporaryFile(suffix=".sent") as copy:
        file.seek(0)
        for block in file.chunks(BLOCK):
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def _path_of(file: "File[Any]") -> str | None:
    if isinstance(file, TemporaryUploadedFile):
        return str(file.temporary_file_path())
    try:
        return str(file.path)  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):
        return None


class UploadWork(models.Model):
    """How far the work on an upload has come: whoever goes on with it begins here."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="work")
    content = models.FileField(upload_to=place_of, blank=True)
    size = models.PositiveBigIntegerField()
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_in_all = models.PositiveBigIntegerField(default=0)
    counted = models.JSONField(default=dict)
    peaks = models.JSONField(default=list)
    stored = models.PositiveBigIntegerField(default=0)
    lease_ends_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"work on {self.upload}"

    @property
    def share_done(self) -> int:
        """Return how far the work came, in per cent, where that is known."""
        return round(100 * self.stored / self.rows_in_all) if self.rows_in_all else 0


class UploadSeries(models.Model):
    """A name in a file, the series it means, and whether its figures are taken."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=700)
    name = models.CharField(max_length=400)
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="+")
    matched = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Matched])
    figures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "key"], name="upload_series_once"),
            one_of("matched", Matched, name="upload_series_matched_known"),
        ]
        verbose_name_plural = "upload series"

    def __str__(self) -> str:
        return self.name


class StagedFigure(models.Model):
    """A figure that a file holds, not kept yet."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="staged")
    name = models.ForeignKey(
        UploadSeries, on_delete=models.CASCADE, related_name="staged", db_index=False
    )
    row = models.PositiveIntegerField()
    period = models.DateField()
    standing = models.CharField(
        max_length=16, choices=[(s.value, s.value.replace("_", " ")) for s in Standing]
    )
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.CharField(max_length=300, blank=True)
    is_a = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"row {self.row} of {self.upload}"


class RejectedRow(models.Model):
    """A row of a file that could not be taken, as it was, and why."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rejected")
    row = models.PositiveIntegerField()
    cells = models.JSONField()
    reason = models.TextField()
    of_itself = models.TextField(blank=True)
    """What is wrong with it alone; ``reason`` says beside it what other figures are against it."""

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"row {self.row} of {self.upload}"


class RememberedLayout(models.Model):
    """What a keeper said the columns of a file are: taken for the next with the same headings."""

    keeper = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    layout = models.JSONField()
    remembered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keeper", "fingerprint"], name="remembered_layout_once")
        ]

    def __str__(self) -> str:
        return f"layout of {self.keeper}"


class RememberedName(models.Model):
    """Which series a keeper said a name in files means."""

    keeper = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=700)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "measure", "key"], name="remembered_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
