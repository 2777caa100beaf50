"""Who is named to be told of harm: a member, read anew at each asking, and nobody who left."""

from django.db.models import QuerySet

from makegood.capture.models import NamedPerson
from makegood.people.models import Organisation, Person
from makegood.people.queries import belongs_to, organisations_of


def named_person(organisation: Organisation) -> NamedPerson | None:
    """Return who is told for ``organisation`` now; None where they left, or nobody was named."""
    held = NamedPerson.objects.filter(organisation=organisation, ended_at__isnull=True)
    named = held.select_related("person").first()
    return named if named and belongs_to(named.person, organisation=organisation) else None


def named_by(person: Person | None) -> QuerySet[Organisation]:
    """Return the organisations that named ``person``, of those they belong to still."""
    return organisations_of(person).filter(
        pk__in=NamedPerson.objects.filter(person=person, ended_at__isnull=True).values(
            "organisation"
        )
    )
