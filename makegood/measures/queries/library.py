"""Which measures are in the library, and what each said from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from makegood.measures.models import Comparator, Measure, MeasureFile, MeasureVersion, Series
from makegood.measures.models.definitions import WORDS
from makegood.measures.states import MeasureKind
from makegood.people.models import Person
from makegood.people.queries import organisations_writing

OURS = Q(source__istartswith="ours")
SAID = {
    "name": "Name",
    "definition": "What exactly is counted",
    "numerator": "Counted",
    "denominator": "Out of",
    "exclusions": "Left out",
    "topic": "Topic",
    "lowest": "Lowest possible",
    "highest": "Highest possible",
    "source": "Defined by",
    "source_url": "Web address",
    "published": "Published",
}
"""What the words of a measure are called where they are shown."""


class Order(StrEnum):
    """In which order measures stand."""

    NAME = "name"
    TOPIC = "topic"
    NEWEST = "newest"


_ORDERS = {
    Order.NAME: ("name", "pk"),
    Order.TOPIC: ("topic", "name", "pk"),
    Order.NEWEST: ("-pk",),
}


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for; what is empty narrows nothing. Retired ones are shown only when asked for."""

    text: str = ""
    topic: str = ""
    kind: str = ""
    better: str = ""
    frequency: str = ""
    made: str = ""
    is_retired: bool = False
    order: Order = Order.NAME


@dataclass(frozen=True, kw_only=True)
class Change:
    """One part of a definition that is not what it was."""

    what: str
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class VersionShown:
    """A version, and what it changed in the one before it."""

    version: MeasureVersion
    changes: list[Change]


def measures() -> QuerySet[Measure]:
    """Return every measure, by name; definitions are public."""
    return Measure.objects.select_related("keeper")


def measures_in_use(*, besides: Measure | None = None) -> QuerySet[Measure]:
    """Return the measures a new promise may take, and ``besides``, which one has already."""
    return Measure.objects.filter(Q(retired_at=None) | Q(pk=besides.pk if besides else None))


def is_percentage(called: str) -> bool:
    """Return whether the measure of this name, or at this page, is a percentage; one not known may be."""
    found = Measure.objects.filter(Q(slug=called.lower()) | Q(name__iexact=called))
    kind, unit = found.values_list("kind", "unit").first() or (MeasureKind.PERCENTAGE, "")
    return bool(called) and (kind == MeasureKind.PERCENTAGE or unit == "%")


def measures_found(sought: Sought) -> QuerySet[Measure]:
    """Return the measures that answer all that is sought, in its order."""
    found = measures().filter(retired_at__isnull=not sought.is_retired)
    for word in sought.text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(definition__icontains=word)
            | Q(numerator__icontains=word)
            | Q(denominator__icontains=word)
            | Q(source__icontains=word)
        )
    for name in ("topic", "kind", "better", "frequency"):
        if asked := getattr(sought, name):
            found = found.filter(**{name: asked})
    if sought.made:
        found = found.filter(OURS if sought.made == "ours" else ~OURS)
    return found.order_by(*_ORDERS[sought.order])


def versions_shown(measure: Measure) -> list[VersionShown]:
    """Return every version of ``measure``, the newest first, each with what it changed."""
    found = list(measure.versions.order_by("number"))
    pairs = zip([None, *found], found, strict=False)
    shown = [VersionShown(version=one, changes=list(_changes(was, one))) for was, one in pairs]
    return shown[::-1]


def _changes(was: MeasureVersion | None, now: MeasureVersion) -> Iterable[Change]:
    for name in WORDS if was else ():
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield Change(what=SAID[name], before=before, after=after)


def series_open_to_all(measure: Measure) -> QuerySet[Series]:
    """Return the series of ``measure`` that stand in a pool: whom others are compared with is public."""
    found = Series.objects.filter(measure=measure, pk__in=Comparator.objects.values("series"))
    return found.select_related("keeper").order_by("about", "pk")


def measure_files_visible_to(person: Person) -> QuerySet[MeasureFile]:
    """Return the files of measures for organisations that ``person`` writes for."""
    found = MeasureFile.objects.filter(keeper__in=organisations_writing(person))
    return found.select_related("keeper").order_by("-uploaded_at")
