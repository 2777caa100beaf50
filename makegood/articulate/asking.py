"""For whom somebody asks about a need."""

from django.db.models import QuerySet

from makegood.articulate.models import Need
from makegood.articulate.reach import Reach, reach_of
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Kind


def providers_asking(
    person: Person | None, *, need: Need, reach: Reach | None = None
) -> QuerySet[Organisation]:
    """Return the providers for which ``person``, in the hat they wear, asks about ``need``."""
    held = Membership.objects.current().worn_by(person)
    found = Organisation.objects.filter(pk__in=held.values("organisation"), kind=Kind.PROVIDER)
    reach = reach or reach_of(person)
    inside = [h.pk for h in found if reach.belongs(h.pk, programme=need.programme_id)]
    return found.filter(pk__in=inside, closed_on=None)
