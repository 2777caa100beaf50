"""Samples of figures, what can be drawn, and what was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from makegood.articulate.models import Programme
from makegood.articulate.queries import Reach
from makegood.capture.drawing import draws_for, looks_at, parties_in
from makegood.capture.models import Sample, SampleItem
from makegood.capture.states import Found, SampleState
from makegood.contract.models import Commitment, Contract
from makegood.contract.queries import commitments_in_force, contracts_visible_to, with_lines
from makegood.measures.models import Measurement
from makegood.people.models import Organisation, Person


@dataclass(kw_only=True)
class Drawable:
    """A figure that can be drawn, and how it is named: by commitment, period and version."""

    commitment: Commitment
    measurement: Measurement

    @property
    def name(self) -> str:
        """Return ``C-7K3M-01/2024-04/1``: a correction is another figure."""
        figure = self.measurement
        return f"{self.commitment.reference}/{figure.period:%Y-%m}/{figure.version}"

    @cached_property
    def house(self) -> Organisation:
        """Return who gave it."""
        return self.commitment.owed_by(self.measurement.period)


def figures_to_draw(of: Contract | Programme) -> list[Drawable]:
    """Return the figures that stand under it and could not be drawn before, in order of name.

    What a sample of a contract was drawn from, one of its programme may draw from again: they are two.
    """
    known = {name for one in of.samples.all() for name in one.drawn_from}
    found = [one for one in _standing(of) if one.name not in known]
    return sorted(found, key=lambda one: one.name)


def sizes_of(found: Sequence[Drawable]) -> dict[str, int]:
    """Return how many of the figures each provider gave, by its name in addresses."""
    return dict(Counter(one.house.slug for one in found))


def figures_named(of: Contract | Programme, *, names: Sequence[str]) -> dict[str, Drawable]:
    """Return the figures with these names, whether they stand still or were corrected since."""
    sought = set(names)
    every = _of(_owed(of), figures=Measurement.objects.all())
    return {one.name: one for one in every if one.name in sought}


def _standing(of: Contract | Programme) -> list[Drawable]:
    owed = [one for one in _owed(of) if not one.is_released]
    if not owed:
        return []
    first = min(_since(one) for one in owed)
    figures = Measurement.objects.current().filter(period__gte=first, value__isnull=False)
    found = _of(owed, figures=figures)
    return [one for one in found if one.measurement.period >= _since(one.commitment)]


def _since(commitment: Commitment) -> date:
    return commitment.contract.starts_on.replace(day=1)


def _owed(of: Contract | Programme) -> list[Commitment]:
    owed = commitments_in_force().filter(series__isnull=False)
    if isinstance(of, Contract):
        return list(owed.filter(contract=of))
    within = owed.filter(contract__proposal__need__programme=of)
    return list(within.prefetch_related("contract__handovers__outgoing"))


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


def samples_of(of: Contract | Programme) -> QuerySet[Sample]:
    """Return the samples of a contract or programme, the newest first, with how many were ``looked_at``.

    A contract has those of its programme too that were drawn from figures of its own.
    """
    found = Q(contract=of) if isinstance(of, Contract) else Q(programme=of)
    if isinstance(of, Contract):
        found |= Q(pk__in=_over_programme(of))
    looked_at = Count("items", filter=~Q(items__found=""))
    known = Sample.objects.filter(found).select_related("drawn_for", "contract", "programme")
    return known.annotate(looked_at=looked_at, drawn=Count("items"))


def _over_programme(contract: Contract) -> list[int]:
    """Return the samples over its programme that were drawn from figures of ``contract``, by key."""
    within = Sample.objects.filter(programme=contract.proposal.need.programme_id)
    begins = f"K-{contract.proposal.code}-"
    return [
        key
        for key, names in within.values_list("pk", "drawn_from")
        if any(name.startswith(begins) for name in names)
    ]


def sample_found(reference: str, *, person: Person | None) -> QuerySet[Sample]:
    """Return the sample with ``reference``, if ``person`` sees its contract; programmes everyone sees."""
    seen = Q(contract__in=contracts_visible_to(person)) | Q(programme__isnull=False)
    return Sample.objects.filter(seen, reference=reference).select_related(
        "drawn_for",
        "programme__run_by",
        "contract__assessor",
        "contract__taken_over_by",
        "contract__proposal__provider",
        "contract__proposal__need__commissioner",
        "contract__proposal__need__programme",
    )


def items_of(sample: Sample) -> QuerySet[SampleItem]:
    """Return what was drawn, in its order."""
    return sample.items.select_related(
        "measurement",
        "commitment__measure",
        "commitment__promise",
        "commitment__contract__assessor",
        "commitment__contract__taken_over_by",
        "commitment__contract__proposal__provider",
        "commitment__contract__proposal__need__commissioner",
    )


def items_looked_at(sample: Sample, *, reach: Reach) -> list[SampleItem]:
    """Return which of what was drawn whoever has ``reach`` looks at: of a programme, only their part."""
    items = list(items_of(sample))
    return items if sample.contract_id else _part_of(sample, items, reach=reach)


def _part_of(sample: Sample, items: Sequence[SampleItem], *, reach: Reach) -> list[SampleItem]:
    contracts = {item.commitment.contract for item in items}
    own = {one.pk for one in contracts if looks_at(reach, sample=sample, contract=one)}
    return [item for item in items if item.commitment.contract_id in own]


def contracts_drawn(sample: Sample) -> list[Contract]:
    """Return the contracts of which figures were drawn."""
    return list(dict.fromkeys(item.commitment.contract for item in items_of(sample)))


def programme_samples_waiting(*, reach: Reach) -> list[tuple[Sample, bool]]:
    """Return open samples over programmes that wait for them, each with whether there is still to look at.

    Whoever drew one closes it, or draws what was announced, once nothing is left to look at.
    """
    found = []
    for sample in open_programme_samples().select_related("drawn_for", "programme__run_by"):
        left = [item for item in items_of(sample) if not item.found]
        if _part_of(sample, left, reach=reach):
            found.append((sample, True))
        elif not left and draws_for(reach, sample=sample):
            found.append((sample, False))
    return found


def open_programme_samples() -> QuerySet[Sample]:
    """Return the samples over programmes that are not closed."""
    return Sample.objects.filter(programme__isnull=False).exclude(state=SampleState.CLOSED)


def houses_sampling(of: Contract | Programme) -> list[Organisation]:
    """Return for whom samples are drawn: who judges, and who buys; over a programme who runs it first."""
    if isinstance(of, Contract):
        return [of.assessor, of.commissioner]
    return parties_in(of).drawing


def counted(items: Sequence[SampleItem]) -> dict[str, int]:
    """Return how many of ``items`` were found right, wrong, or cannot be told; and how many are ``left``."""
    counts = {found.name.lower(): sum(item.found == found for item in items) for found in Found}
    return counts | {"left": sum(not item.found for item in items)}
