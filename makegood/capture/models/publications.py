"""That the words of a story are shown to everyone: by whose act, without what, from when until when."""

from django.db import models
from django.db.models import Q

from makegood.capture.models.stories import Story
from makegood.capture.states import Consent, PublicationState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class StoryPublication(Recorded):
    """What everyone reads of a story. It holds places in the words, and no word of them."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="publications")
    omissions = models.JSONField()
    """What is left out: a list of ``[from, to, kind]``, in order, none over another."""
    shown_files = models.JSONField(null=True)
    """Which files are shown beside the words, by their public numbers; empty where none is."""
    state = models.CharField(
        max_length=10,
        default=PublicationState.PREPARED,
        choices=[(s.value, s.value) for s in PublicationState],
    )
    prepared_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty where whoever told the story ended it: no account leads to them."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("state", PublicationState, name="publication_state_known"),
            models.UniqueConstraint(
                fields=["story"],
                condition=~Q(state=PublicationState.ENDED),
                name="publication_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="publication_published_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=PublicationState.PUBLISHED) | Q(published_at__isnull=False),
                name="publication_published_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state=PublicationState.ENDED, ended_at__isnull=False)
                | (
                    ~Q(state=PublicationState.ENDED)
                    & Q(ended_at__isnull=True, ended_by__isnull=True)
                ),
                name="publication_ended_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"publication of {self.story_id}"


_MAY_BE_READ = (
    "EXISTS (SELECT 1 FROM capture_story s WHERE s.id = NEW.story_id "
    f"AND s.consent <> '{Consent.ASSESSOR}' AND s.withdrawn_at IS NULL)"
)
_IS_OPEN = (
    "EXISTS (SELECT 1 FROM capture_storypublication p WHERE p.story_id = OLD.id "
    f"AND p.state <> '{PublicationState.ENDED}')"
)
_MAY_BE_SEEN = (
    "EXISTS (SELECT 1 FROM capture_story s WHERE s.id = NEW.story_id "
    f"AND s.consent = '{Consent.PUBLIC}')"
)
_SHOWS_FILES = (
    "EXISTS (SELECT 1 FROM capture_storypublication p WHERE p.story_id = OLD.id "
    f"AND p.shown_files IS NOT NULL AND p.state <> '{PublicationState.ENDED}')"
)
_NO_FILE = "CAP-72 What was added is shown to everyone only where its giver agreed to it."
_NO_MORE = "CAP-07 A story is shown to everyone only as far as its teller agrees, and no longer."
guard(
    StoryPublication,
    "INSERT",
    when=f"NEW.state <> '{PublicationState.PREPARED}' OR NOT {_MAY_BE_READ}",
    message=_NO_MORE,
)
guard(
    StoryPublication,
    "UPDATE",
    when=f"NEW.state = '{PublicationState.PUBLISHED}' AND NOT {_MAY_BE_READ}",
    label="agreed",
    message=_NO_MORE,
)
guard(
    StoryPublication,
    "UPDATE",
    when=(
        f"NEW.story_id <> OLD.story_id OR OLD.state = '{PublicationState.ENDED}' OR "
        f"(OLD.state = '{PublicationState.PUBLISHED}' AND (CAST(NEW.omissions AS TEXT) "
        "<> CAST(OLD.omissions AS TEXT) OR COALESCE(CAST(NEW.shown_files AS TEXT), '') "
        "<> COALESCE(CAST(OLD.shown_files AS TEXT), '')))"
    ),
    message="CAP-08 What was published stays as it was. End it, and publish anew.",
)
guard(StoryPublication, "DELETE", message="LED-01 That a story was published is never removed.")
guard(
    Story,
    "UPDATE",
    when=(f"(NEW.consent = '{Consent.ASSESSOR}' OR NEW.withdrawn_at IS NOT NULL) AND {_IS_OPEN}"),
    label="shown",
    message=_NO_MORE,
)
guard(
    StoryPublication,
    "INSERT",
    when=f"NEW.shown_files IS NOT NULL AND NOT {_MAY_BE_SEEN}",
    label="files",
    message=_NO_FILE,
)
guard(
    StoryPublication,
    "UPDATE",
    when=(
        f"NEW.shown_files IS NOT NULL AND NEW.state <> '{PublicationState.ENDED}' "
        f"AND NOT {_MAY_BE_SEEN}"
    ),
    label="files",
    message=_NO_FILE,
)
guard(
    Story,
    "UPDATE",
    when=f"NEW.consent <> '{Consent.PUBLIC}' AND {_SHOWS_FILES}",
    label="seen",
    message=_NO_FILE,
)
