"""What a definition says, checked: the words that may be revised, and the arithmetic that may not."""

from dataclasses import asdict, dataclass

from makegood.kernel.period import Frequency
from makegood.measures import rules
from makegood.measures.models import Measure
from makegood.measures.models.definitions import ARITHMETIC, WORDS
from makegood.measures.states import Better, MeasureKind, Topic


@dataclass(frozen=True, kw_only=True)
class MeasureWords:
    """What a measure says; figures are in its unit, ``published`` is a year, a month or a day."""

    name: str
    definition: str
    source: str
    source_url: str = ""
    published: str = ""
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    topic: Topic | str = ""
    lowest: float | None = None
    highest: float | None = None

    @classmethod
    def of(cls, measure: Measure) -> "MeasureWords":
        """Return the words of ``measure`` as they stand."""
        return cls(**{name: getattr(measure, name) for name in WORDS})

    def check(self) -> None:
        """Hold the words against MEA-18 and MEA-19."""
        rules.check_source_is_published_or_ours(
            source=self.source, url=self.source_url, published=self.published
        )
        rules.check_range_runs_upward(lowest=self.lowest, highest=self.highest)

    def columns(self) -> dict[str, object]:
        """Return the words by the names of their columns."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """What makes figures comparable, and so never changes."""

    unit: str
    kind: MeasureKind
    better: Better
    frequency: Frequency = Frequency.MONTH

    @classmethod
    def of(cls, measure: Measure) -> "Arithmetic":
        """Return the arithmetic of ``measure``."""
        return cls(
            unit=measure.unit,
            kind=MeasureKind(measure.kind),
            better=Better(measure.better),
            frequency=Frequency(measure.frequency),
        )

    def differing(self, other: "Arithmetic") -> list[str]:
        """Return, in words, what is not the same in ``other``."""
        said = {"better": "better direction", "frequency": "frequency"}
        return [
            said.get(name, name)
            for name in ARITHMETIC
            if getattr(self, name) != getattr(other, name)
        ]
