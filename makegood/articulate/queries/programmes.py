"""Which programmes there are, and in which somebody may write."""

from django.db.models import Count, F, Q, QuerySet

from makegood.articulate.frameworks import FRAMEWORKS, NAMES
from makegood.articulate.models import Aim, Programme, Promise, PromiseTag
from makegood.articulate.queries.proposals import promises_visible_to
from makegood.articulate.reach import reach_of
from makegood.articulate.states import ProposalState
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


def aims_of(programme: Programme) -> QuerySet[Aim]:
    """Return the aims of ``programme``, those that ended too, in its order."""
    return programme.aims.select_related("programme")


def aims_to_choose(programme: Programme) -> QuerySet[Aim]:
    """Return the aims that a promise in ``programme`` may name."""
    return aims_of(programme).filter(ended_at=None)


def aims_to_keep(promise: Promise) -> QuerySet[Aim]:
    """Return the aims a draft's promise may name: those that stand, and those it names already."""
    named = PromiseTag.objects.filter(promise=promise, is_struck_out=False).values("aim")
    either = Q(ended_at=None) | Q(pk__in=named)
    return aims_of(promise.proposal.need.programme).filter(either)


def aims() -> QuerySet[Aim]:
    """Return every aim, with its programme; they are public."""
    return Aim.objects.select_related("programme").order_by("programme__name", "position")


def promises_by_aim(programme: Programme, *, person: Person | None) -> dict[int, int]:
    """Return how many promises that ``person`` may read name each aim, by the aim's key."""
    seen = promises_visible_to(person).filter(proposal__need__programme=programme).values("pk")
    tags = PromiseTag.objects.filter(promise__in=seen, aim__isnull=False, is_struck_out=False)
    return dict(tags.values_list("aim").annotate(count=Count("pk")).order_by())


def promises_sent_with(aim: Aim) -> int:
    """Return how many promises that left their draft name ``aim``."""
    tags = PromiseTag.objects.filter(aim=aim, is_struck_out=False)
    return tags.exclude(promise__proposal__state=ProposalState.DRAFT).count()


def tags_of(promise: Promise) -> QuerySet[PromiseTag]:
    """Return what ``promise`` is tagged with: aims in their order, then codes."""
    held = promise.tags.filter(is_struck_out=False).select_related("aim")
    return held.order_by(F("aim__position").asc(nulls_last=True), "code")


def promises_tagged(
    promises: QuerySet[Promise], *, aim: Aim | None, code: str
) -> QuerySet[Promise]:
    """Keep the promises that name ``aim`` and carry ``code``, where either is given."""
    for found in ({"aim": aim} if aim else {}, {"code": code} if code else {}):
        if found:
            tags = PromiseTag.objects.filter(is_struck_out=False, **found)
            promises = promises.filter(pk__in=tags.values("promise"))
    return promises


def code_named(code: str) -> str:
    """Return what a code of a framework is called; the code itself where we know it no more."""
    return NAMES.get(code, code)


def codes_to_seek() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every framework with its codes, as choices in groups."""
    return [(framework.name, framework.choices) for framework in FRAMEWORKS.values()]
