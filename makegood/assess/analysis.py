"""The room's door to the engine: the verdict on a commitment, and its chart."""

from dataclasses import dataclass
from datetime import date

from makegood.contract.models import Commitment
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.period import first_day
from makegood.measures.queries import History, histories, history
from makegood_engine import __version__ as engine_version
from makegood_engine import verdict
from makegood_engine.verdict import Verdict

__all__ = ["Inputs", "Verdict", "engine_version", "inputs_of", "judge"]


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a verdict rests on, and nothing else."""

    series: History
    comparators: dict[str, History]
    now: date

    def digest(self, commitment: Commitment) -> str:
        """Return a digest that changes when, and only when, the verdict could."""
        facts: dict[str, object] = {
            f"{reference} {period}": value
            for reference, values in {"": self.series, **self.comparators}.items()
            for period, value in values.items()
        }
        terms = ("baseline", "alternative", "target", "starts_on", "due_on")
        facts |= {name: getattr(commitment, name) for name in terms}
        facts |= {"engine": engine_version, "until": first_day(min(self.now, commitment.due_on))}
        return digest(facts)


def inputs_of(commitment: Commitment, *, now: date) -> Inputs:
    """Gather the series of ``commitment`` and those of its pool, as they stand."""
    pool = commitment.pool
    return Inputs(
        series=history(commitment.series) if commitment.series else {},
        comparators=dict(histories(pool)) if pool else {},
        now=now,
    )


def judge(commitment: Commitment, *, inputs: Inputs) -> Verdict:
    """Return the engine's verdict on ``commitment``."""
    measure = commitment.measure
    if commitment.target is None:
        raise ValueError(f"{commitment} has no target, so no verdict can be made.")
    return verdict.assess_one(
        series=inputs.series,
        comparators=inputs.comparators,
        better=measure.better if measure else "neutral",
        starts_on=commitment.starts_on,
        due_on=commitment.due_on,
        baseline=commitment.baseline,
        alternative=commitment.alternative,
        target=commitment.target,
        now=inputs.now,
        unit=measure.unit if measure else "",
    )
