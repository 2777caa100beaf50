"""What every act of capture asks first."""

from makegood.capture import rules
from makegood.capture.permissions import can_capture, can_capture_for
from makegood.contract.models import Commitment
from makegood.contract.states import ContractState
from makegood.people.models import Organisation, Person


def hold_in_force(commitment: Commitment, *, by: Person, house: Organisation | None = None) -> None:
    """Refuse whoever may not capture for ``commitment``, and what is not in force (CAP-01).

    ``house`` is who owes what is captured, where that may be who delivered before.
    """
    may = (
        can_capture_for(by, commitment=commitment, house=house)
        if house
        else can_capture(by, commitment=commitment)
    )
    may.require()
    check_in_force(commitment)


def check_in_force(commitment: Commitment) -> None:
    """Refuse what is not in force, whoever asks (CAP-01)."""
    state = commitment.contract.state
    rules.check_contract_is_in_force(in_force=state == ContractState.IN_FORCE)
