"""Calls that were asked for: for whoever asked, and for those who call."""

from django.db.models import Q, QuerySet

from makegood.capture.models import Call
from makegood.capture.queries.stories import secret_digest
from makegood.capture.states import Caller, CallState
from makegood.people.models import Person
from makegood.people.queries import organisations_of

CONTRACT = "link__commitment__contract__"
READ_WITH = (
    "said",
    "link__commitment__contract__proposal__provider",
    "link__commitment__contract__proposal__need",
    "link__commitment__contract__taken_over_by",
    "link__commitment__contract__assessor",
)


def call_with_secret(secret: str) -> QuerySet[Call]:
    """Return the call whose private address holds ``secret``."""
    found = Call.objects.filter(secret_digest=secret_digest(secret))
    return found.select_related(*READ_WITH).prefetch_related("tries")


def calls_asked_of(person: Person | None) -> QuerySet[Call]:
    """Return the calls for which houses of ``person`` were chosen, the first first."""
    own = organisations_of(person)
    delivers = Q(**{f"{CONTRACT}taken_over_by__in": own}) | Q(
        **{f"{CONTRACT}taken_over_by__isnull": True, f"{CONTRACT}proposal__provider__in": own}
    )
    of_provider = Q(caller=Caller.PROVIDER) & delivers
    of_assessor = Q(**{"caller": Caller.ASSESSOR, f"{CONTRACT}assessor__in": own})
    return Call.objects.filter(of_provider | of_assessor).select_related(*READ_WITH)


def calls_waiting(person: Person | None) -> QuerySet[Call]:
    """Return the calls that wait for houses of ``person``, the first first."""
    return calls_asked_of(person).filter(state=CallState.ASKED)


def caller_of(call: Call) -> str:
    """Return who calls, by the name of their house."""
    contract = call.link.commitment.contract
    return str(contract.assessor if call.caller == Caller.ASSESSOR else contract.provider)
