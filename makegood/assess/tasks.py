"""What assess does on a clock, and when it hears that a history changed."""

from django.dispatch import receiver

from makegood.assess.actions import analyse_commitments, analyse_series
from makegood.contract.models import Contract
from makegood.contract.signals import contract_signed
from makegood.measures.models import Series
from makegood.measures.signals import measurements_recorded


@receiver(measurements_recorded)
def judge_again(*, series: Series, **_: object) -> None:
    """Judge what follows a series whose history has changed."""
    analyse_series(series)


@receiver(contract_signed)
def judge_first(*, contract: Contract, **_: object) -> None:
    """Judge a new contract's commitments from the history that is there already."""
    analyse_commitments(contract.commitments.filter(is_dropped=False))
