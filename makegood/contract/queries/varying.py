"""Variations of a contract: who sees which, what each changes, and every version of a commitment."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from makegood.articulate.queries import reach_of
from makegood.contract.models import (
    VARIED,
    Commitment,
    CommitmentVersion,
    Contract,
    Signature,
    Variation,
    Withholding,
)
from makegood.contract.parties import is_inside, left_by
from makegood.contract.queries.agreed import Line, Withheld, agreed_lines, write_day
from makegood.contract.queries.contracts import commitments_of, contracts_visible_to
from makegood.contract.queries.handovers import round_of_handover
from makegood.contract.queries.reconciling import owed_by
from makegood.contract.queries.signing import signatures_in_round
from makegood.contract.rules import Difference, differences
from makegood.contract.states import OPEN_VARIATIONS, Part, Side, VariationState
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.money import show_pounds
from makegood.people.models import Person

SAID = (
    *("number", "side", "reason", "from_on", "ends_on", "uses_option", "value"),
    *("rests_from_on", "rests_until_on", "was_ends_on", "was_value"),
)
"""What of a variation itself both sides sign."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a variation does to one commitment: how it stood, how it stands then, and the differences."""

    before: Commitment
    after: Commitment
    differences: Sequence[Difference]
    lines: Sequence[Line]
    """What is agreed besides, where it differs: what is said then, and what was said."""

    @property
    def reference(self) -> str:
        """Return the reference under which it is known."""
        return self.before.name

    @property
    def is_weaker(self) -> bool:
        """Return whether those to whom it is owed are owed less, or later."""
        return any(each.mark.weakens for each in self.differences)

    @property
    def changes(self) -> bool:
        """Return whether anything differs at all."""
        return bool(self.differences or self.lines)


def variations_of(contract: Contract) -> QuerySet[Variation]:
    """Return the variations of ``contract``, the newest first."""
    found = contract.variations.select_related(
        "contract__proposal__provider",
        "contract__taken_over_by",
        "contract__proposal__need__commissioner",
        "begun_by",
    )
    return found.order_by("-number")


def variations_visible_to(person: Person | None, *, contract: Contract) -> QuerySet[Variation]:
    """Return the variations in force, for everyone; those proposed, for whom the contract concerns.

    One that is being written is its own side’s, and the auditors’. Whoever handed the contract over
    reads what was proposed until then.
    """
    found = variations_of(contract)
    if not is_inside(person, contract=contract):
        return found.filter(state=VariationState.IN_FORCE)
    never_sent = Q(state__in=(VariationState.DRAFTING, VariationState.WITHDRAWN))
    seen = ~never_sent | _own(person, contract=contract)
    if left := left_by(person, contract=contract):
        seen &= Q(signing_round__lte=left.signing_round)
    return found.filter(seen | Q(state=VariationState.IN_FORCE))


def variation_found(person: Person | None, *, reference: str, number: int) -> Variation:
    """Return a variation of a contract, both of which ``person`` may see; or answer that there is none."""
    contract = get_object_or_404(contracts_visible_to(person), reference=reference)
    return get_object_or_404(variations_visible_to(person, contract=contract), number=number)


def round_of(
    person: Person | None, *, contract: Contract, number: int | None, of: str = ""
) -> int | None:
    """Return the round of signatures of a variation by its number; nothing for the contract itself.

    ``of`` says that it is the number of a handover.
    """
    if number is None:
        return None
    if of == "handover":
        return round_of_handover(person, contract=contract, number=number)
    found = variations_visible_to(person, contract=contract)
    return get_object_or_404(found, number=number).signing_round


def open_variation(contract: Contract) -> Variation | None:
    """Return the variation of ``contract`` that may still come into force."""
    return variations_of(contract).filter(state__in=OPEN_VARIATIONS).first()


def awaits_signature(contract: Contract, *, number: int) -> bool:
    """Return whether a variation or handover with that round of signatures waits for another one."""
    waits = {"signing_round": number, "state": VariationState.PART_SIGNED}
    return (
        contract.variations.filter(**waits).exists() or contract.handovers.filter(**waits).exists()
    )


def variations_in_force(contract: Contract) -> QuerySet[Variation]:
    """Return the variations of ``contract`` that both sides signed, the first first."""
    return variations_of(contract).filter(state=VariationState.IN_FORCE).order_by("number")


def variation_signatures(variation: Variation) -> QuerySet[Signature]:
    """Return who signed ``variation``."""
    return signatures_in_round(variation.contract, number=variation.signing_round)


def as_varied(commitment: Commitment, *, by: CommitmentVersion) -> Commitment:
    """Return ``commitment`` as a version has it, not kept."""
    made = copy(commitment)
    for column in VARIED:
        setattr(made, column, getattr(by, column))
    made.pool = by.pool
    return made


def version_written(variation: Variation, *, commitment: Commitment) -> CommitmentVersion | None:
    """Return what ``variation`` says of ``commitment``, if anything; left out or not."""
    return variation.versions.filter(commitment=commitment).first()


def commitment_under(variation: Variation, *, commitment: Commitment) -> Commitment:
    """Return ``commitment`` as ``variation`` has it so far, or as it stands."""
    version = version_written(variation, commitment=commitment)
    return as_varied(commitment, by=version) if version and not version.is_left_out else commitment


def changes_of(variation: Variation, *, withheld: Withheld) -> list[Change]:
    """Return what ``variation`` does to each commitment that it varies, before beside after."""
    versions = variation.versions.filter(is_left_out=False).select_related("pool")
    wanted = {version.commitment_id: version for version in versions}
    held = commitments_of(variation.contract).filter(pk__in=wanted)
    before = _before(variation, commitments=wanted)
    return [
        _change(
            as_varied(one, by=before[one.pk]) if one.pk in before else one,
            after=as_varied(one, by=wanted[one.pk]),
            withheld=withheld,
        )
        for one in held.order_by("reference")
    ]


def commitments_unchanged(variation: Variation) -> QuerySet[Commitment]:
    """Return what ``variation`` leaves as it stands, and could change."""
    changed = variation.versions.filter(is_left_out=False).values("commitment")
    found = commitments_of(variation.contract).filter(is_released=False)
    return found.exclude(pk__in=changed).order_by("reference")


def frame_changes(variation: Variation, *, withheld: Withheld) -> list[Line]:
    """Return what ``variation`` changes in the contract itself, in words."""
    return list(_frame(variation, withheld=withheld))


def changes_anything(variation: Variation) -> bool:
    """Return whether ``variation`` would change anything."""
    frame = _frame(variation, withheld={})
    return any(True for _ in frame) or any(
        change.changes for change in changes_of(variation, withheld={})
    )


def due_after_the_end(variation: Variation) -> list[str]:
    """Return which commitments would be due after the contract’s last day under ``variation``."""
    written = {v.commitment_id: v for v in variation.versions.filter(is_left_out=False)}
    found = []
    for one in commitments_of(variation.contract):
        version = written.get(one.pk)
        stands = as_varied(one, by=version) if version else one
        if not stands.is_released and stands.due_on > variation.last_day:
            found.append(one.name)
    return found


def variation_digest(variation: Variation) -> str:
    """Return the digest of exactly what both sides sign: the variation, and each version in it."""
    terms: dict[str, object] = {
        version.ledger_subject: version.ledger_digest()
        for version in variation.versions.filter(is_left_out=False).order_by("pk")
    }
    said = {name: getattr(variation, name) for name in SAID}
    terms |= {name: value for name, value in said.items() if _is_said(value)}
    return digest(terms | {"variation of": variation.contract.reference})


def _is_said(value: object) -> bool:
    """Return whether a variation says something by ``value``: nought is something, no option is not."""
    return value is not None and value is not False and value != ""


def versions_of(commitment: Commitment) -> list[tuple[Variation, Change]]:
    """Return every variation in force of ``commitment`` with what it changed, the first first."""
    found = commitment.versions.filter(
        variation__state=VariationState.IN_FORCE, is_left_out=False
    ).select_related("variation__contract", "pool")
    first = commitment.versions.filter(variation__isnull=True).select_related("pool").first()
    rows = sorted(found, key=lambda one: one.variation.number if one.variation else 0)
    stood = as_varied(commitment, by=first) if first else commitment
    told = []
    for version in rows:
        after = as_varied(commitment, by=version)
        if version.variation:
            told.append((version.variation, _change(stood, after=after, withheld={})))
        stood = after
    return told


def rests_of(contracts: Iterable[int]) -> dict[int, list[tuple[date, date]]]:
    """Return from when until when contracts rest, by their keys; those that never do are left out."""
    found: dict[int, list[tuple[date, date]]] = {}
    resting = Variation.objects.filter(
        contract__in=list(contracts), state=VariationState.IN_FORCE, rests_from_on__isnull=False
    )
    for key, first, last in resting.values_list("contract", "rests_from_on", "rests_until_on"):
        if first and last:
            found.setdefault(key, []).append((first, last))
    return found


def variations_waiting(contracts: Iterable[int]) -> list[tuple[Variation, set[Side]]]:
    """Return the variations of contracts that wait for somebody, each with the sides that have signed."""
    found = Variation.objects.filter(contract__in=list(contracts), state__in=OPEN_VARIATIONS)
    signed = Signature.objects.filter(
        contract=OuterRef("contract"), signing_round=OuterRef("signing_round")
    )
    rows = found.annotate(
        by_commissioner=Exists(signed.filter(side=Side.COMMISSIONER)),
        by_provider=Exists(signed.filter(side=Side.PROVIDER)),
    )
    told: list[tuple[Variation, set[Side]]] = []
    for row in rows.order_by("contract"):
        has = ((Side.COMMISSIONER, row.by_commissioner), (Side.PROVIDER, row.by_provider))
        told.append((row, {side for side, is_there in has if is_there}))
    return told


def suspensions_of(contracts: Iterable[int], *, today: date) -> set[int]:
    """Return which contracts rest ``today``, by key."""
    resting = Variation.objects.filter(
        contract__in=list(contracts),
        state=VariationState.IN_FORCE,
        rests_from_on__lte=today,
        rests_until_on__gte=today,
    )
    return set(resting.values_list("contract", flat=True))


def _own(person: Person | None, *, contract: Contract) -> Q:
    """Keep the variations written by a side on which ``person`` stood when they were written."""
    programme, reach = contract.proposal.need.programme_id, reach_of(person)
    found = Q(pk__in=())
    if reach.is_inside((contract.commissioner.pk,), programme=programme):
        found |= Q(side=Side.COMMISSIONER)
    first = 0
    for each in contract.handed_over:
        if reach.is_inside((each.outgoing_id,), programme=programme):
            rounds = Q(signing_round__gt=first, signing_round__lt=each.signing_round)
            found |= Q(side=Side.PROVIDER) & rounds
        first = each.signing_round
    if reach.is_inside((contract.provider.pk,), programme=programme):
        found |= Q(side=Side.PROVIDER, signing_round__gt=first)
    return found


def _before(variation: Variation, *, commitments: Iterable[int]) -> dict[int, CommitmentVersion]:
    """Return how commitments stood before a variation that is in force; nothing before it is."""
    if variation.state != VariationState.IN_FORCE:
        return {}
    earlier = CommitmentVersion.objects.filter(
        Q(variation__isnull=True)
        | Q(variation__state=VariationState.IN_FORCE, variation__number__lt=variation.number),
        commitment__in=list(commitments),
        is_left_out=False,
    ).select_related("variation", "pool")
    rows = sorted(earlier, key=lambda one: one.variation.number if one.variation else 0)
    return {one.commitment_id: one for one in rows}


def _change(before: Commitment, *, after: Commitment, withheld: Withheld) -> Change:
    return Change(
        before=before,
        after=after,
        differences=differences(owed_by(before), agreed=owed_by(after)),
        lines=[] if after.is_released else list(_besides(before, after=after, withheld=withheld)),
    )


def _besides(before: Commitment, *, after: Commitment, withheld: Withheld) -> Iterator[Line]:
    """Yield what is agreed besides where it differs; that a withheld part differs is never hidden."""
    was = {line.name: line for line in agreed_lines(before, withheld={})}
    now = {line.name: line for line in agreed_lines(after, withheld={})}
    for name in [*was, *(name for name in now if name not in was)]:
        then, stood = now.get(name), was.get(name)
        if then and stood and then.words == stood.words:
            continue
        part = (then or stood or Line(name="", words="")).part
        held = withheld.get(part)
        said = held.said() if isinstance(held, Withholding) else held
        words = (
            f"{then.words if then else 'Nothing'}. Before: {stood.words if stood else 'nothing'}"
        )
        yield Line(name=name, words=said or words, part=part, is_withheld=bool(said))


def _frame(variation: Variation, *, withheld: Withheld) -> Iterator[Line]:
    if variation.ends_on and variation.ends_on != variation.was_ends_on:
        words = f"{write_day(variation.ends_on)} instead of {write_day(variation.was_ends_on)}"
        if variation.uses_option:
            words += ", by an option to extend"
        elif variation.ends_on > variation.was_ends_on:
            words += ", beyond the options to extend that were signed"
        yield Line(name="Last day", words=words)
    if variation.value is not None and variation.value != variation.was_value:
        held = withheld.get(Part.VALUE)
        was = "none said" if variation.was_value is None else show_pounds(variation.was_value)
        said = held.said() if isinstance(held, Withholding) else held
        words = said or f"{show_pounds(variation.value)} instead of {was}"
        yield Line(name="Value", words=words, part=Part.VALUE, is_withheld=bool(held))
    if variation.rests_from_on and variation.rests_until_on:
        days = f"{write_day(variation.rests_from_on)} to {write_day(variation.rests_until_on)}"
        words = f"{days}. What falls due in that time is not late."
        yield Line(name="It rests", words=words)
