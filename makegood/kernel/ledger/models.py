"""Entries, the streams they stand in, and the tree they are folded into."""

import secrets
from typing import Self

from django.db import models

from makegood.kernel.ledger.canonical import canonical_entry, digest
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.merkle import leaf_hash


def new_salt() -> str:
    """Return 128 random bits in hexadecimal, so that a digest cannot be guessed back to a row."""
    return secrets.token_hex(16)


class Recorded(models.Model):
    """A row whose every change is in the ledger.

    Its digest covers every column, with its salt. An empty column (NULL, no
    text, false) is left out, so that a column added later, and empty, leaves
    the digests of older rows as they were.
    """

    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def ledger_kind(cls) -> str:
        """Return the kind of row, as the ledger names it: ``contract.commitment``."""
        return cls._meta.label_lower

    @classmethod
    def recorded_one_by_one(cls) -> models.QuerySet[Self]:
        """Return the rows that have entries of their own (all, unless a batch stands for some)."""
        return cls._base_manager.all()

    @classmethod
    def with_key(cls, key: int) -> Self | None:
        """Return the row with this key, whatever its room would show."""
        return cls._base_manager.filter(pk=key).first()

    @property
    def ledger_subject(self) -> str:
        """Return the name of this row in the ledger: ``contract.commitment:12``."""
        return f"{self.ledger_kind()}:{self.pk}"

    def ledger_digest(self) -> str:
        """Return the salted digest of this row as it stands."""
        record: dict[str, object] = {
            field.name: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key and not _is_empty(getattr(self, field.attname))
        }
        return digest(record | {"subject": self.ledger_subject})

    def ledger_fault(self) -> str | None:
        """Return what is wrong with what this row stands for (a batch's rows), if anything."""
        return None


def _is_empty(value: object) -> bool:
    return value is None or value is False or value == ""


class Stream(models.Model):
    """A line of entries without gaps; its row is what writers to the stream wait for."""

    name = models.CharField(max_length=80, unique=True)
    length = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One act on one thing: what was done, when, by whom (opaque), and the digest after it."""

    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=36)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_once_per_place")
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"

    @property
    def deed(self) -> str:
        """Return the act in words: ``Sign contract``."""
        return self.act.replace("_", " ").capitalize()

    def canonical(self) -> bytes:
        """Return the entry as the bytes its leaf is the hash of."""
        return canonical_entry(
            (self.stream, self.seq, self.at, self.actor, self.act, self.subject, self.digest)
        )

    def leaf_hash(self) -> bytes:
        """Return the RFC 6962 leaf hash of this entry (32 bytes)."""
        return leaf_hash(self.canonical())


class Leaf(models.Model):
    """The place of an entry in the tree, and its hash when it was put there."""

    index = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "leaves"

    def __str__(self) -> str:
        return f"leaf {self.index}"


class TreeHead(models.Model):
    """The root of the tree at a size; ``peaks`` let the next entries be added without the rest."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    peaks = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"tree of {self.size}"


class Tile(models.Model):
    """256 hashes of the tree side by side, kept once there are so many (c2sp.org/tlog-tiles)."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = models.BinaryField()
    root = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="tile_once_per_place")
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class LogKey(Recorded):
    """A public key with which checkpoints of this ledger are signed; one at a time, each kept for good."""

    verifier = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(retired_at__isnull=True),
                name="log_key_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_at__isnull=True)
                | models.Q(retired_at__gte=models.F("made_at")),
                name="log_key_made_before_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.verifier


class Checkpoint(models.Model):
    """A root of the tree as we signed it (c2sp.org/tlog-checkpoint): what others save and hold us to."""

    head = models.OneToOneField(TreeHead, on_delete=models.PROTECT, related_name="checkpoint")
    note = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint of {self.head_id}"


for _kept in (Entry, Leaf, TreeHead, Tile, Checkpoint):
    append_only(_kept)
guard(
    LogKey,
    "UPDATE",
    when=(
        "OLD.retired_at IS NOT NULL OR NEW.retired_at IS NULL OR NEW.verifier <> OLD.verifier "
        "OR NEW.made_at <> OLD.made_at OR NEW.salt <> OLD.salt"
    ),
    message="LED-01 A key of the ledger is never changed; it can be retired.",
)
guard(LogKey, "DELETE", message="LED-01 A key of the ledger is never removed; it can be retired.")
