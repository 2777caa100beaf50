"""Links by which stories come in, and stories with the consent given for them."""

from django.db import models
from django.db.models import Q

from makegood.capture.states import Basis, Consent, StoryState, ToldAs, ToldFor
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded, new_salt
from makegood.people.models import Person


class StoryLink(Recorded):
    """An address by which people tell what changed for them, without an account."""

    token = models.CharField(max_length=32, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="story_links")
    label = models.CharField(max_length=120)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.label


class StoryPrompts(Recorded):
    """What people are asked when they tell a story for a commitment: never rewritten, only followed."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="story_prompts"
    )
    number = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    """A list of questions, in the order they are asked."""
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "story prompts"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="story_prompts_once")
        ]

    def __str__(self) -> str:
        return f"questions {self.number} of {self.commitment_id}"


class Story(Recorded):
    """That a person told something, when, as whom, and who may read it.

    The words are kept apart (``StoryWords``), so that they can be erased.
    """

    reference = models.CharField(max_length=16, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="stories")
    link = models.ForeignKey(StoryLink, on_delete=models.PROTECT, related_name="stories")
    prompts = models.ForeignKey(
        StoryPrompts, null=True, on_delete=models.PROTECT, related_name="stories"
    )
    """What was asked, where the commissioner had chosen it."""
    agreed_on = models.DateField(null=True)
    """When its teller agreed on paper, where somebody typed it in; the ledger says who did."""
    told_as = models.CharField(max_length=8, choices=[(t.value, t.words) for t in ToldAs])
    told_for = models.CharField(
        max_length=8, blank=True, choices=[(f.value, f.words) for f in ToldFor if f != ToldFor.SELF]
    )
    """Empty where it is the teller's own story."""
    basis = models.CharField(max_length=10, blank=True, choices=[(b.value, b.words) for b in Basis])
    consent = models.CharField(max_length=10, choices=[(c.value, c.words) for c in Consent])
    state = models.CharField(
        max_length=10,
        default=StoryState.TOLD,
        choices=[(s.value, s.value.replace("_", " ")) for s in StoryState],
    )
    words_digest = models.CharField(max_length=64)
    secret_digest = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told_at"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=StoryState.TOLD, withdrawn_at__isnull=True)
                | Q(state=StoryState.WITHDRAWN, withdrawn_at__isnull=False),
                name="story_withdrawn_when_it_says_so",
            ),
            one_of("told_as", ToldAs, name="story_told_as_known"),
            one_of("consent", Consent, name="story_consent_known"),
            one_of("state", StoryState, name="story_state_known"),
            models.CheckConstraint(
                condition=Q(told_for="", basis="")
                | Q(told_for=ToldFor.CHILD, basis=Basis.PARENT)
                | (
                    Q(told_for=ToldFor.ADULT) & Q(basis__in=[b for b in Basis if b != Basis.PARENT])
                ),
                name="cap_05_story_basis_fits",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.BEST_INTERESTS)
                | Q(consent__in=[Consent.ASSESSOR, Consent.ANONYMOUS]),
                name="cap_06_best_interests_show_no_name",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def ledger_fault(self) -> str | None:
        """Say so when the words are not those that were told, or should be gone and are not."""
        words = StoryWords.objects.filter(story=self).first()
        if self.state == StoryState.WITHDRAWN:
            return "it was withdrawn, but its words are still there." if words else None
        if words is None:
            return "its words are gone, but it was not withdrawn."
        return None if words.digest() == self.words_digest else "its words were changed."


class StoryWords(models.Model):
    """What was said. Erased, with its salt, when the story is withdrawn."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="said")
    words = models.TextField()
    first_name = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    """Who the teller is to the person whose story it is, where it is another's."""
    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:
        verbose_name_plural = "story words"

    def __str__(self) -> str:
        return f"words of {self.story_id}"

    def digest(self) -> str:
        """Return the salted digest of all that was said; what is empty and came later is left out."""
        said: dict[str, object] = {
            "words": self.words,
            "first_name": self.first_name,
            "salt": self.salt,
        }
        if self.relation:
            said["relation"] = self.relation
        return digest(said)


guard(Story, "DELETE", message="LED-01 A story is never removed; it can be withdrawn.")
guard(StoryWords, "UPDATE", message="LED-01 What a person said is never changed.")
guard(
    StoryWords,
    "DELETE",
    when="(SELECT withdrawn_at FROM capture_story WHERE id = OLD.story_id) IS NULL",
    message="LED-01 Words are erased only when their story is withdrawn.",
)
append_only(StoryPrompts)
