"""Who is told when somebody may be harmed, and what waits for them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.capture.models import Concern, ConcernStep, NamedPerson
from makegood.people.models import Organisation, Person

CONTRACT = "story__commitment__contract__"


def named_person(organisation: Organisation) -> NamedPerson | None:
    """Return who is told for ``organisation`` now."""
    held = NamedPerson.objects.filter(organisation=organisation, ended_at__isnull=True)
    return held.select_related("person").first()


def concerns_told_to(person: Person) -> QuerySet[Concern]:
    """Return the concerns of which ``person`` is told, the newest first."""
    return _of_houses(_houses(person)).order_by("-raised_at")


def concerns_waiting(person: Person) -> QuerySet[Concern]:
    """Return the concerns on which ``person`` has to say what they did, the oldest first."""
    done = ConcernStep.objects.filter(concern=OuterRef("pk"), organisation__in=_houses(person))
    return _of_houses(_houses(person)).exclude(Exists(done)).order_by("raised_at")


def _houses(person: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        named_persons__person=person, named_persons__ended_at__isnull=True
    )


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
