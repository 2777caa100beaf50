"""The room's door to the engine: the verdict on a commitment, and its chart."""

from dataclasses import dataclass
from datetime import date

from makegood.contract.models import Commitment
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.period import first_day
from makegood.measures.queries import History, denominators, histories, history
from makegood.measures.states import Better
from makegood_engine import __version__ as engine_version
from makegood_engine import verdict
from makegood_engine.verdict import Verdict

__all__ = ["Inputs", "Verdict", "engine_version", "inputs_of", "judge"]


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a verdict rests on, and nothing else."""

    series: History
    comparators: dict[str, History]
    weights: dict[str, History]
    now: date

    def digest(self, commitment: Commitment) -> str:
        """Return a digest that changes when the verdict could."""
        facts: dict[str, object] = {
            f"{kind} {reference} {period}": value
            for kind, histories_ in (
                ("value", {"": self.series, **self.comparators}),
                ("weight", self.weights),
            )
            for reference, values in histories_.items()
            for period, value in values.items()
        }
        facts |= {f"comparator {reference}": True for reference in self.comparators}
        terms = ("baseline", "alternative", "target", "starts_on", "due_on")
        facts |= {name: getattr(commitment, name) for name in terms}
        facts |= {"better": _better(commitment), "engine": engine_version}
        facts |= {f"look {day}": True for day in commitment.looks}
        facts |= {"until": first_day(min(self.now, commitment.due_on))}
        return digest(facts)


def inputs_of(commitment: Commitment, *, now: date) -> Inputs:
    """Gather the series of ``commitment`` and those of its pool, as they stand.

    A series of its provider's own, then or now, is never its comparator (CON-18).
    """
    pool, providers = commitment.pool, commitment.contract.providers
    weights = denominators(commitment.line) if commitment.line else {}
    beside = histories(pool, besides=providers, column="denominator") if pool else {}
    return Inputs(
        series=history(commitment.line) if commitment.line else {},
        comparators=histories(pool, besides=providers) if pool else {},
        weights={"": weights, **beside} if weights else {},
        now=now,
    )


def judge(commitment: Commitment, *, inputs: Inputs) -> Verdict:
    """Return the engine's verdict on ``commitment``."""
    if commitment.target is None:
        raise ValueError(f"{commitment} has no target, so no verdict can be made.")
    return verdict.assess_one(
        series=inputs.series,
        comparators=inputs.comparators,
        weights=inputs.weights or None,
        better=_better(commitment),
        starts_on=commitment.starts_on,
        due_on=commitment.due_on,
        baseline=commitment.baseline,
        alternative=commitment.alternative,
        target=commitment.target,
        now=inputs.now,
        looks=commitment.looks,
        unit=commitment.measure.unit if commitment.measure else "",
    )


def _better(commitment: Commitment) -> str:
    return commitment.measure.better if commitment.measure else Better.NEUTRAL
