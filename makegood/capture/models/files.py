"""What people add to their story: photos, sounds, films and documents."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.capture.models.stories import Story
from makegood.capture.states import WhoElse
from makegood.kernel.constraints import one_of
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded, new_salt


class StoryFile(Recorded):
    """That something was added to a story, and when it was taken away."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(KeptFile, on_delete=models.PROTECT, related_name="story_file")
    who_else = models.CharField(max_length=10, choices=[(w.value, w.words) for w in WhoElse])
    is_for_all = models.BooleanField(default=False)
    """Its giver lets everyone see or hear it, once somebody publishes it with the story."""
    is_plain = models.BooleanField(default=False)
    """Of a film or sound: where, when and with what it was made is taken out of it."""
    said_digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            one_of("who_else", WhoElse, name="story_file_who_else_known"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="story_file_removed_after_it_was_added",
            ),
        ]

    def __str__(self) -> str:
        return f"a file of {self.story_id}"

    @property
    def is_photo(self) -> bool:
        """Return whether it is a picture."""
        return self.file.kind.startswith("image/")

    @property
    def is_film(self) -> bool:
        """Return whether it is a film."""
        return self.file.kind.startswith("video/")

    @property
    def is_seen_or_heard(self) -> bool:
        """Return whether it is a photo, film or sound, and no document."""
        return self.is_photo or self.is_film or self.file.kind.startswith("audio/")

    @property
    def tells_no_place(self) -> bool:
        """Return whether all that is left is the picture or the sound: every photo is made anew."""
        return self.is_photo or self.is_plain

    def ledger_fault(self) -> str | None:
        """Say so when it is not what was added, or should be gone and is not."""
        said = StoryFileWords.objects.filter(story_file=self).first()
        if self.removed_at:
            is_left = said or not self.file.dropped_at or self.file.digest
            return "it was taken away, but something of it is still there." if is_left else None
        if said is None:
            return "what it shows is gone, but it was not taken away."
        return None if said.digest() == self.said_digest else "it was changed."


class StoryFileWords(models.Model):
    """What a file shows, in words. Erased, with its salt, when the file is taken away."""

    story_file = models.OneToOneField(StoryFile, on_delete=models.CASCADE, related_name="said")
    description = models.TextField(blank=True)
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name_plural = "story file words"

    def __str__(self) -> str:
        return f"words of {self.story_file_id}"

    def digest(self) -> str:
        """Return the salted digest of the words and of the file itself."""
        file = self.story_file.file.digest
        return digest({"description": self.description, "file": file, "salt": self.salt})


guard(StoryFile, "DELETE", message="LED-01 That a file was added is never removed.")
guard(
    StoryFile,
    "UPDATE",
    when=(
        "OLD.removed_at IS NOT NULL OR NEW.story_id <> OLD.story_id OR NEW.file_id <> OLD.file_id "
        "OR NEW.said_digest <> OLD.said_digest OR NEW.who_else <> OLD.who_else "
        "OR NEW.is_for_all <> OLD.is_for_all OR NEW.is_plain <> OLD.is_plain"
    ),
    message="LED-01 What was added to a story is never changed; it can be taken away.",
)
guard(StoryFileWords, "UPDATE", message="LED-01 What a person said of a file is never changed.")
guard(
    StoryFileWords,
    "DELETE",
    when="(SELECT removed_at FROM capture_storyfile WHERE id = OLD.story_file_id) IS NULL",
    message="LED-01 Words are erased only when their file is taken away.",
)
guard(
    Story,
    "UPDATE",
    when=(
        "NEW.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 FROM capture_storyfile f "
        "WHERE f.story_id = OLD.id AND f.removed_at IS NULL)"
    ),
    label="files",
    message="CAP-09 With a story goes all that was added to it.",
)
