"""What assess does when it hears that a history changed, or that an organisation is to close."""

from django.dispatch import receiver

from makegood.assess.actions import analyse_commitments, analyse_series
from makegood.assess.queries import findings_open_at
from makegood.contract.models import Contract
from makegood.contract.signals import contract_signed, contract_varied
from makegood.measures.models import Series
from makegood.measures.signals import measurements_recorded
from makegood.people.models import Organisation
from makegood.people.signals import closing_asked


@receiver(measurements_recorded)
def judge_again(*, series: Series, **_: object) -> None:
    """Judge what follows a series whose history has changed."""
    analyse_series(series)


@receiver(contract_signed)
def judge_first(*, contract: Contract, **_: object) -> None:
    """Judge a new contract's commitments from the history that is there already."""
    analyse_commitments(contract.commitments.filter(is_dropped=False))


@receiver(contract_varied)
def judge_as_varied(*, contract: Contract, **_: object) -> None:
    """Judge the commitments of a contract again by what both sides now agreed."""
    analyse_commitments(contract.commitments.filter(is_dropped=False))


@receiver(closing_asked)
def name_findings(*, organisation: Organisation, **_: object) -> list[str]:
    """Name the findings it has not published: whoever was asked to reply is heard to the end."""
    return [f"finding {each.reference} is not published" for each in findings_open_at(organisation)]
