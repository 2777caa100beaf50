"""Documents as evidence: a file, what it shows in words, of which time, and who may read it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from makegood.capture.states import Readers
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded, new_salt
from makegood.people.models import Organisation, Person


class Document(Recorded):
    """That a document was added, and when and why it was withdrawn."""

    reference = models.CharField(max_length=12, unique=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="documents_given"
    )
    file = models.OneToOneField(KeptFile, on_delete=models.PROTECT, related_name="document")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    """The time of which it tells, where it tells of one."""
    readers = models.CharField(max_length=10, choices=[(r.value, r.words) for r in Readers])
    said_digest = models.CharField(max_length=64)
    added_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents_added")
    added_at = models.DateTimeField()
    withdrawn_because = models.CharField(max_length=300, blank=True)
    is_erased = models.BooleanField(default=False)
    """Whether what it held is gone for good: it told of somebody."""
    withdrawn_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="documents_withdrawn"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            one_of("readers", Readers, name="document_readers_known"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True, until_on__isnull=True)
                | Q(from_on__isnull=False, until_on__gte=F("from_on")),
                name="cap_54_document_time_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_because="", withdrawn_by__isnull=True)
                & Q(withdrawn_at__isnull=True, is_erased=False)
                | (
                    ~Q(withdrawn_because="")
                    & Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                ),
                name="cap_55_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return its page, with all that was said of it."""
        return reverse("document", args=[self.reference])

    @property
    def stands(self) -> bool:
        """Return whether it was not withdrawn."""
        return self.withdrawn_at is None

    def ledger_fault(self) -> str | None:
        """Say so when it is not what was added, or should be gone and is not."""
        said = DocumentWords.objects.filter(document=self).first()
        if self.is_erased:
            is_left = said or not self.file.dropped_at or self.file.digest
            return "it was erased, but something of it is still there." if is_left else None
        if said is None:
            return "what it shows is gone, but it was not erased."
        return None if said.digest() == self.said_digest else "it was changed."


class DocumentWords(models.Model):
    """What a document is called and shows. Erased, with its salt, where the document told of somebody."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="said")
    title = models.CharField(max_length=160)
    summary = models.TextField()
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name_plural = "document words"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""), name="cap_53_document_is_described"
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.document_id}"

    def digest(self) -> str:
        """Return the salted digest of the words and of the file itself."""
        file = self.document.file.digest
        return digest(
            {"title": self.title, "summary": self.summary, "salt": self.salt, "file": file}
        )


guard(Document, "DELETE", message="LED-01 That a document was added is never removed.")
guard(
    Document,
    "UPDATE",
    when=" OR ".join(
        (
            "OLD.withdrawn_at IS NOT NULL",
            "NEW.commitment_id <> OLD.commitment_id",
            "NEW.file_id <> OLD.file_id",
            "NEW.said_digest <> OLD.said_digest",
            "NEW.readers <> OLD.readers",
            "NEW.added_by_id <> OLD.added_by_id",
        )
    ),
    message="LED-01 A document is never changed; it can be withdrawn.",
)
guard(DocumentWords, "UPDATE", message="LED-01 What was said of a document is never changed.")
guard(
    DocumentWords,
    "DELETE",
    when="(SELECT is_erased FROM capture_document WHERE id = OLD.document_id) <> TRUE",
    message="LED-01 Words are erased only with their document.",
)
