"""Samples of figures, what can be drawn, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from makegood.capture.models import Sample, SampleItem
from makegood.capture.states import Found
from makegood.contract.models import Commitment, Contract
from makegood.contract.queries import commitments_in_force, contracts_visible_to, with_lines
from makegood.measures.models import Measurement
from makegood.people.models import Organisation, Person


@dataclass(frozen=True, kw_only=True)
class Drawable:
    """A figure that can be drawn, and how it is named: by commitment, period and version."""

    commitment: Commitment
    measurement: Measurement

    @property
    def name(self) -> str:
        """Return ``C-7K3M-01/2024-04/1``: a correction is another figure."""
        figure = self.measurement
        return f"{self.commitment.reference}/{figure.period:%Y-%m}/{figure.version}"


def figures_to_draw(contract: Contract) -> list[Drawable]:
    """Return the figures that stand under ``contract`` and could not be drawn before, in order of name."""
    known = {name for one in contract.samples.all() for name in one.drawn_from}
    found = [one for one in _standing(contract) if one.name not in known]
    return sorted(found, key=lambda one: one.name)


def figures_named(contract: Contract, *, names: Sequence[str]) -> dict[str, Drawable]:
    """Return the figures with these names, whether they stand still or were corrected since."""
    sought = set(names)
    every = _of(_owed(contract), figures=Measurement.objects.all())
    return {one.name: one for one in every if one.name in sought}


def _standing(contract: Contract) -> list[Drawable]:
    since = contract.starts_on.replace(day=1)
    figures = Measurement.objects.current().filter(period__gte=since, value__isnull=False)
    return _of([one for one in _owed(contract) if not one.is_released], figures=figures)


def _owed(contract: Contract) -> list[Commitment]:
    return list(commitments_in_force().filter(contract=contract, series__isnull=False))


def _of(owed: Sequence[Commitment], *, figures: QuerySet[Measurement]) -> list[Drawable]:
    """Return which of ``figures`` are of the series of each commitment, and of those that go on with it."""
    with_lines(owed)
    lines = {one.pk: one.line for one in owed if one.line}
    by_series: dict[int, list[Measurement]] = {}
    of_them = figures.filter(series__in={part.pk for line in lines.values() for part in line.parts})
    for figure in of_them.order_by("period", "version"):
        by_series.setdefault(figure.series_id, []).append(figure)
    return [
        Drawable(commitment=one, measurement=figure)
        for one in owed
        for part in lines[one.pk].parts
        for figure in by_series.get(part.pk, [])
        if lines[one.pk].at(figure.period) == part
    ]


def samples_of(contract: Contract) -> QuerySet[Sample]:
    """Return the samples of ``contract``, the newest first, each with how many were ``looked_at``."""
    looked_at = Count("items", filter=~Q(items__found=""))
    return contract.samples.select_related("drawn_for").annotate(looked_at=looked_at)


def sample_found(reference: str, *, person: Person | None) -> QuerySet[Sample]:
    """Return the sample with ``reference``, if ``person`` sees its contract."""
    return Sample.objects.filter(
        reference=reference, contract__in=contracts_visible_to(person)
    ).select_related(
        "drawn_for",
        "contract__assessor",
        "contract__taken_over_by",
        "contract__proposal__provider",
        "contract__proposal__need__commissioner",
        "contract__proposal__need__programme",
    )


def items_of(sample: Sample) -> QuerySet[SampleItem]:
    """Return what was drawn, in its order."""
    return sample.items.select_related(
        "measurement", "commitment__measure", "commitment__promise", "commitment__contract"
    )


def houses_sampling(contract: Contract) -> list[Organisation]:
    """Return for whom samples are drawn: who judges, and who buys."""
    return [contract.assessor, contract.commissioner]


def counted(items: Sequence[SampleItem]) -> dict[str, int]:
    """Return how many of ``items`` were found right, wrong, or cannot be told; and how many are ``left``."""
    counts = {found.name.lower(): sum(item.found == found for item in items) for found in Found}
    return counts | {"left": sum(not item.found for item in items)}
