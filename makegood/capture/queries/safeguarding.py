"""Who is told when somebody may be harmed, and what waits for them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.capture.models import Concern, ConcernStep, Story
from makegood.capture.named import named_by
from makegood.people.models import Organisation, Person

CONTRACT = "story__commitment__contract__"


def concerns_of(story: Story) -> QuerySet[Concern]:
    """Return how often it was said with ``story`` that somebody may be harmed, the first first."""
    return story.concerns.order_by("raised_at", "pk")


def concerns_told_to(person: Person) -> QuerySet[Concern]:
    """Return the concerns of which ``person`` is told, the newest first."""
    return _of_houses(named_by(person)).order_by("-raised_at")


def concerns_waiting(person: Person) -> QuerySet[Concern]:
    """Return the concerns on which ``person`` has to say what they did, the oldest first."""
    houses = named_by(person)
    done = ConcernStep.objects.filter(concern=OuterRef("pk"), organisation__in=houses)
    return _of_houses(houses).exclude(Exists(done)).order_by("raised_at")


def _of_houses(houses: QuerySet[Organisation]) -> QuerySet[Concern]:
    handed = Q(**{f"{CONTRACT}taken_over_by__in": houses})
    first = Q(
        **{f"{CONTRACT}taken_over_by__isnull": True, f"{CONTRACT}proposal__provider__in": houses}
    )
    bought = Q(**{f"{CONTRACT}proposal__need__commissioner__in": houses})
    return Concern.objects.filter(handed | first | bought).select_related(
        "story__commitment__contract__proposal__provider",
        "story__commitment__contract__proposal__need__commissioner",
        "story__commitment__contract__taken_over_by",
        "story__said",
    )
