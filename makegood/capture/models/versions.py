"""Stories in other words, kept beside the original: translations and Easy Read."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.stories import Story
from makegood.capture.states import MadeBy, VersionKind
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded, new_salt
from makegood.people.models import Person


class StoryVersion(Recorded):
    """That a story is kept in other words, who put them in, and who checked that they say the same."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=12, choices=[(k.value, k.words) for k in VersionKind])
    language = models.CharField(max_length=12)
    made_how = models.CharField(max_length=12, choices=[(m.value, m.words) for m in MadeBy])
    words_digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    publication = models.ForeignKey(
        StoryPublication, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    """With what is shown of the story it was checked: it is shown as long as that is."""
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            one_of("kind", VersionKind, name="story_version_kind_known"),
            one_of("made_how", MadeBy, name="story_version_made_how_known"),
            models.UniqueConstraint(
                fields=["story", "kind", "language"],
                condition=Q(removed_at__isnull=True),
                name="cap_70_story_version_once",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | (
                    Q(checked_by__isnull=False, checked_at__isnull=False)
                    & ~Q(checked_by=F("added_by"))
                ),
                name="cap_71_story_version_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(publication__isnull=True) | Q(checked_at__isnull=False),
                name="story_version_checked_before_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} of {self.story_id}"

    def ledger_fault(self) -> str | None:
        """Say so when the words are not those that were kept, or should be gone and are not."""
        words = StoryVersionWords.objects.filter(version=self).first()
        if self.removed_at:
            return "it was taken away, but its words are still there." if words else None
        if words is None:
            return "its words are gone, but it was not taken away."
        return None if words.digest() == self.words_digest else "its words were changed."


class StoryVersionWords(models.Model):
    """A story in other words. Erased, with its salt, when it is taken away or the story is."""

    version = models.OneToOneField(StoryVersion, on_delete=models.CASCADE, related_name="said")
    words = models.TextField()
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name_plural = "story version words"

    def __str__(self) -> str:
        return f"words of {self.version_id}"

    def digest(self) -> str:
        """Return the salted digest of the words."""
        return digest({"words": self.words, "salt": self.salt})


guard(
    StoryVersion, "DELETE", message="LED-01 That a story was put in other words is never removed."
)
guard(
    StoryVersion,
    "UPDATE",
    when=(
        "OLD.removed_at IS NOT NULL OR NEW.story_id <> OLD.story_id OR NEW.kind <> OLD.kind "
        "OR NEW.language <> OLD.language OR NEW.made_how <> OLD.made_how "
        "OR NEW.words_digest <> OLD.words_digest OR NEW.added_by_id <> OLD.added_by_id"
    ),
    message="LED-01 Other words stay as they were put in. Take them away, and keep new ones.",
)
guard(StoryVersionWords, "UPDATE", message="LED-01 What a person said is never changed.")
guard(
    StoryVersionWords,
    "DELETE",
    when="(SELECT removed_at FROM capture_storyversion WHERE id = OLD.version_id) IS NULL",
    message="LED-01 Words are erased only when their version is taken away.",
)
guard(
    Story,
    "UPDATE",
    when=(
        "NEW.withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 FROM capture_storyversion v "
        "WHERE v.story_id = OLD.id AND v.removed_at IS NULL)"
    ),
    label="versions",
    message="CAP-69 With a story go all its translations, and its Easy Read.",
)
