"""Which programmes there are, and in which somebody may write."""

from django.db.models import Q, QuerySet

from makegood.articulate.models import Programme
from makegood.articulate.reach import reach_of
from makegood.people.models import Organisation, Person
from makegood.people.queries import organisations_where
from makegood.people.states import Kind, Right


def programmes() -> QuerySet[Programme]:
    """Return every programme, by name; they are public."""
    return Programme.objects.select_related("run_by")


def programmes_of(unit: Organisation) -> QuerySet[Programme]:
    """Return the programmes that ``unit`` runs."""
    return programmes().filter(run_by=unit)


def programmes_to_write_in(person: Person, *, kind: Kind) -> QuerySet[Programme]:
    """Return the programmes in which ``person`` may write for an organisation of ``kind``."""
    houses = organisations_where(person, right=Right.WRITE, kind=kind)
    return programmes().filter(reach_of(person).where(Right.WRITE, houses=houses, programme="pk"))


def houses_writing_in(
    person: Person, *, kind: Kind, programme: int | None
) -> QuerySet[Organisation]:
    """Return the organisations of ``kind`` for which ``person`` may write in a programme, by its key.

    ``None`` is one that does not exist yet.
    """
    houses = organisations_where(person, right=Right.WRITE, kind=kind)
    reach = reach_of(person)
    return houses.filter(pk__in=reach.houses(Right.WRITE, programme=programme))


def programmes_matching(text: str) -> QuerySet[Programme]:
    """Return the programmes whose name or purpose holds every word of ``text``."""
    found = programmes()
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(summary__icontains=word))
    return found
