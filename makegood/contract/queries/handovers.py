"""Handovers of a contract to another provider: who sees which, who has to sign, and exactly what."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from makegood.articulate.queries import reach_of
from makegood.contract.models import Contract, Handover, Signature, Variation
from makegood.contract.parties import PROGRAMME, is_inside, left_by
from makegood.contract.queries.agreed import write_day
from makegood.contract.queries.contracts import contracts_visible_to
from makegood.contract.queries.signing import signatures_in_round
from makegood.contract.states import (
    OPEN_HANDOVERS,
    OPEN_VARIATIONS,
    SENT_HANDOVERS,
    HandoverSide,
    HandoverState,
    Side,
    VariationState,
)
from makegood.kernel.ledger.canonical import digest
from makegood.people.models import Organisation, Person
from makegood.people.queries import open_organisations
from makegood.people.states import Kind, LegalForm

SAID = ("number", "side", "outgoing_id", "successor_id", "ground", "reason", "from_on")
"""What of a handover itself everyone signs."""


def handovers_of(contract: Contract) -> QuerySet[Handover]:
    """Return the handovers of ``contract``, the newest first."""
    found = contract.handovers.select_related(
        "contract__proposal__provider",
        "contract__proposal__need__commissioner",
        "contract__taken_over_by",
        "contract__assessor",
        "outgoing",
        "successor",
    )
    return found.order_by("-number")


def handovers_visible_to(person: Person | None, *, contract: Contract) -> QuerySet[Handover]:
    """Return the handovers in force, for everyone; those proposed, for whom the contract concerns.

    Who is to take over sees it from then on. One that is being written is its own side’s, and the auditors’.
    """
    found, reach = handovers_of(contract), reach_of(person)
    programme = f"contract__{PROGRAMME}"
    asked = reach.rows("successor", programme=programme) & Q(
        state__in=[*SENT_HANDOVERS, HandoverState.DECLINED, HandoverState.CANCELLED]
    )
    if not is_inside(person, contract=contract):
        return found.filter(Q(state=HandoverState.IN_FORCE) | asked)
    buys = reach.is_inside(
        (contract.commissioner.pk,), programme=contract.proposal.need.programme_id
    )
    own = Q(side=Side.PROVIDER) & reach.rows("outgoing", programme=programme)
    own |= reach.audited(programme=programme)
    own |= Q(side=Side.COMMISSIONER) if buys else Q(pk__in=())
    never_sent = Q(state__in=(HandoverState.DRAFTING, HandoverState.WITHDRAWN))
    seen = ~never_sent | own
    if left := left_by(person, contract=contract):
        seen &= Q(signing_round__lte=left.signing_round)
    return found.filter(seen | asked | Q(state=HandoverState.IN_FORCE))


def handover_found(person: Person | None, *, reference: str, number: int) -> Handover:
    """Return a handover of a contract, both of which ``person`` may see; or answer that there is none."""
    contract = get_object_or_404(contracts_visible_to(person), reference=reference)
    return get_object_or_404(handovers_visible_to(person, contract=contract), number=number)


def round_of_handover(person: Person | None, *, contract: Contract, number: int) -> int:
    """Return the round of signatures of a handover by its number."""
    found = handovers_visible_to(person, contract=contract)
    return get_object_or_404(found, number=number).signing_round


def open_handover(contract: Contract) -> Handover | None:
    """Return the handover of ``contract`` that may still come into force."""
    return handovers_of(contract).filter(state__in=OPEN_HANDOVERS).first()


def is_change_open(contract: Contract) -> bool:
    """Return whether a variation or a handover of ``contract`` is open."""
    varies = Variation.objects.filter(contract=contract, state__in=OPEN_VARIATIONS)
    return varies.exists() or open_handover(contract) is not None


def handover_to_come(contract: Contract) -> Handover | None:
    """Return the handover of ``contract`` that all have signed, and whose day is to come."""
    return handovers_of(contract).filter(state=HandoverState.SIGNED).first()


def is_change_sent(contract: Contract) -> bool:
    """Return whether a variation or a handover of ``contract`` waits for an answer or a signature."""
    varies = Variation.objects.filter(contract=contract, state__in=OPEN_VARIATIONS)
    hands = handovers_of(contract).filter(state__in=OPEN_HANDOVERS)
    sent = (
        varies.exclude(state=VariationState.DRAFTING),
        hands.exclude(state__in=(HandoverState.DRAFTING, HandoverState.SIGNED)),
    )
    return any(found.exists() for found in sent)


def next_round(contract: Contract) -> int:
    """Return the round of signatures that the next variation or handover of ``contract`` has."""
    return contract.signing_round + contract.variations.count() + contract.handovers.count() + 1


def handover_signatures(handover: Handover) -> QuerySet[Signature]:
    """Return who signed ``handover``."""
    return signatures_in_round(handover.contract, number=handover.signing_round)


def sides_missing(handover: Handover) -> list[HandoverSide]:
    """Return for whom ``handover`` has still to be signed."""
    signed = set(handover_signatures(handover).values_list("side", flat=True))
    return [side for side in handover.signers if side not in signed]


def delivered_words(handover: Handover) -> str:
    """Return since when who delivers it, as a sentence."""
    return f"Since {write_day(handover.from_on)} delivered by {handover.successor}."


def handover_digest(handover: Handover) -> str:
    """Return the digest of exactly what is signed: the handover, and every commitment as it stands."""
    contract = handover.contract
    terms: dict[str, object] = {
        owed.ledger_subject: owed.ledger_digest()
        for owed in contract.commitments.filter(is_dropped=False).order_by("pk")
    }
    terms |= {name: getattr(handover, name) for name in SAID}
    frame = ("starts_on", "ends_on", "value", "assessor_id")
    terms |= {f"contract {name}": getattr(contract, name) for name in frame}
    return digest(terms | {"handover of": contract.reference})


def successors_to_choose(contract: Contract) -> QuerySet[Organisation]:
    """Return who may take over ``contract``: open organisations that provide services, registered in law."""
    parties = {contract.provider.pk, contract.commissioner.pk, contract.assessor_id}
    found = open_organisations(kind=Kind.PROVIDER).exclude(pk__in=parties)
    return found.exclude(legal_form=LegalForm.IN_FORMATION)


def handovers_waiting(contracts: Iterable[int]) -> list[tuple[Handover, set[str]]]:
    """Return the handovers of contracts that wait for somebody, each with the sides that have signed."""
    waiting = (HandoverState.DRAFTING, HandoverState.PROPOSED, HandoverState.PART_SIGNED)
    found = list(
        Handover.objects.filter(contract__in=list(contracts), state__in=waiting)
        .select_related("outgoing", "successor")
        .order_by("contract")
    )
    signed = _signed(found)
    return [(one, signed.get((one.contract_id, one.signing_round), set())) for one in found]


def handovers_due(*, today: date) -> QuerySet[Handover]:
    """Return the handovers whose day has come, and those that only a provider that closed has not signed."""
    due = Q(state=HandoverState.SIGNED, from_on__lte=today)
    due |= Q(state=HandoverState.PART_SIGNED, outgoing__closed_on__isnull=False)
    return Handover.objects.filter(due).order_by("pk")


def _signed(handovers: Iterable[Handover]) -> dict[tuple[int, int], set[str]]:
    rows = Q(pk__in=())
    for each in handovers:
        rows |= Q(contract=each.contract_id, signing_round=each.signing_round)
    found: dict[tuple[int, int], set[str]] = {}
    for key, number, side in Signature.objects.filter(rows).values_list(
        "contract_id", "signing_round", "side"
    ):
        found.setdefault((key, number), set()).add(side)
    return found
