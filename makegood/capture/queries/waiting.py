"""What of the figures of contracts waits for somebody: told with the contracts, in one query."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from makegood.articulate.queries import Reach
from makegood.capture.models import Dispute, Sample
from makegood.capture.states import DisputeState, Evidence, SampleState
from makegood.contract.models import Contract
from makegood.measures.models import Series

OF = Case(
    When(document__isnull=False, then=Value(Evidence.DOCUMENT.value)),
    When(stories__isnull=False, then=Value(Evidence.STORIES.value)),
    default=Value(Evidence.FIGURE.value),
)
"""Of what a dispute is."""


def with_checks_waiting(contracts: QuerySet[Contract], *, reach: Reach) -> QuerySet[Contract]:
    """Add to each contract one dispute to answer, one to resolve, and a sample to look through.

    By their references: ``to_answer`` (not where who handed it over answers: that one is told), and, of
    what was opened or drawn for an organisation of theirs, ``to_resolve`` and ``to_look_through`` with
    the organisations, ``resolved_for`` and ``sampled_for``. ``to_answer_of`` and
    ``to_resolve_of`` tell of what (``Evidence``).
    """
    houses = frozenset[int]().union(*(held.houses for held in reach.holdings))
    disputes = (
        Dispute.objects.filter(commitment__contract=OuterRef("pk")).annotate(of=OF).order_by("pk")
    )
    theirs_before = Series.objects.filter(
        continues=OuterRef("measurement__series"), continues_for=OuterRef(OuterRef("reference"))
    )
    contract = "commitment__contract__taken_over_by"
    given_now = (
        Q(document__isnull=True)
        | Q(document__added_for=F(contract))
        | Q(**{f"{contract}__isnull": True})
        | Q(document__added_for__closed_on__isnull=False)
    )
    to_answer = disputes.filter(given_now, ~Exists(theirs_before), state=DisputeState.OPEN)
    answered = disputes.filter(state=DisputeState.ANSWERED, opened_for__in=houses)
    samples = Sample.objects.filter(
        ~Q(state=SampleState.CLOSED), contract=OuterRef("pk"), drawn_for__in=houses
    )
    return contracts.annotate(
        to_answer=Subquery(to_answer.values("reference")[:1]),
        to_answer_of=Subquery(to_answer.values("of")[:1]),
        to_resolve=Subquery(answered.values("reference")[:1]),
        to_resolve_of=Subquery(answered.values("of")[:1]),
        resolved_for=Subquery(answered.values("opened_for")[:1]),
        to_look_through=Subquery(samples.values("reference")[:1]),
        sampled_for=Subquery(samples.values("drawn_for")[:1]),
    )
