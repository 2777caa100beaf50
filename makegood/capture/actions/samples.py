"""Drawing a sample by a seed that nobody could choose, and saying what was found."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.checks import keep_check
from makegood.capture.analysis import bound_on, draw_from
from makegood.capture.models import Sample, SampleItem
from makegood.capture.permissions import can_sample
from makegood.capture.queries import counted, figures_named, figures_to_draw, items_of
from makegood.capture.states import SAMPLES, Found, Level, SampleState
from makegood.contract.models import Contract
from makegood.kernel.ledger.append import integrate, record
from makegood.kernel.ledger.models import Entry, TreeHead
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

CLOSING = ("wrong", "unknown", "most_wrong", "sentence", "why_not_whole", "closed_by", "closed_at")
"""What is said of a sample when it closes."""


@transaction.atomic
def announce_sample(
    contract: Contract,
    *,
    size: int,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Sample:
    """Write down from which figures so many are drawn, before anybody knows the seed (CAP-47 to CAP-49).

    The seed is the first root of the ledger that takes in this very act. Whoever announces can
    neither foresee it nor, once it is there, announce anew.
    """
    now = now or timezone.now()
    can_sample(by, contract=contract, house=house).require()
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    still = held.samples.exclude(state=SampleState.CLOSED).first()
    if still and still.announced_by == by and still.size == size:
        return still
    rules.check_one_sample_at_a_time(is_open=still is not None)
    names = [one.name for one in figures_to_draw(held)]
    rules.check_sample_size(size=size, captured=len(names))
    sample = Sample.objects.create(
        reference=unused(
            lambda: new_reference("Z", length=8),
            taken=lambda reference: Sample.objects.filter(reference=reference).exists(),
        ),
        contract=held,
        drawn_from=names,
        size=size,
        drawn_for=house,
        announced_by=by,
        announced_at=now,
    )
    record(sample, act="announce_sample", stream=contract.stream, by=by, now=now)
    return sample


@transaction.atomic
def draw_sample(sample: Sample, *, by: Person, now: datetime | None = None) -> Sample:
    """Draw what was announced, by the ledger’s root; once drawn, it stays (CAP-48).

    Where the ledger has not taken in that it was announced, nothing is drawn yet.
    """
    now = now or timezone.now()
    can_sample(by, contract=sample.contract, house=sample.drawn_for).require()
    held = Sample.objects.select_for_update().select_related("contract").get(pk=sample.pk)
    head = _root_that_holds(held) if held.state == SampleState.ANNOUNCED else None
    if head is None:
        return held
    move(held, table=SAMPLES, act="draw_sample")
    held.seed, held.tree_size, held.drawn_at = head.root, head.size, max(now, held.announced_at)
    held.save(update_fields=["state", "seed", "tree_size", "drawn_at"])
    names = draw_from(held.drawn_from, seed=held.seed, size=held.size)
    by_name = figures_named(held.contract, names=names)
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=held,
            place=place,
            name=name,
            commitment=by_name[name].commitment,
            measurement=by_name[name].measurement,
        )
        for place, name in enumerate(names, start=1)
    )
    record(held, act="draw_sample", stream=held.contract.stream, by=by, now=now)
    words = (
        f"{held.drawn_for} drew {held.size} of {len(held.drawn_from)} figures of "
        f"“{held.contract.name}” to be checked. Have at hand what shows them."
    )
    gave = {one.commitment.owed_by(one.measurement.period) for one in by_name.values()}
    for house in sorted({held.contract.provider, *gave}, key=lambda one: one.pk):
        _tell(held, house=house, right=Right.RECORD, words=words, by=by, now=now)
    return held


@transaction.atomic
def answer_item(
    item: SampleItem,
    *,
    found: Found,
    true_value: float | None = None,
    note: str = "",
    by: Person,
    now: datetime | None = None,
) -> SampleItem:
    """Say what was found of one figure (CAP-41, CAP-50, CAP-51); the same again changes nothing."""
    now = now or timezone.now()
    sample = Sample.objects.select_for_update().select_related("contract").get(pk=item.sample_id)
    can_sample(by, contract=sample.contract, house=sample.drawn_for).require()
    rules.check_sample_is_drawn(is_drawn=sample.state == SampleState.DRAWN)
    held = SampleItem.objects.select_related("measurement").get(pk=item.pk)
    figure = held.measurement
    rules.check_verifier_is_another(recorder=figure.recorded_by_id, verifier=by.pk)
    rules.check_finding_is_whole(
        is_wrong=found == Found.WRONG,
        is_unknown=found == Found.UNKNOWN,
        true_value=true_value,
        value=figure.value,
        note=note,
    )
    said = (found, true_value if found == Found.WRONG else None, note.strip())
    if said == (held.found, held.true_value, held.note):
        return held
    held.found, held.true_value, held.note = said
    held.found_by, held.found_at = by, now
    held.save(update_fields=["found", "true_value", "note", "found_by", "found_at"])
    record(held, act="answer_item", stream=sample.contract.stream, by=by, now=now)
    return held


@transaction.atomic
def close_sample(
    sample: Sample, *, why: str = "", by: Person, now: datetime | None = None
) -> Sample:
    """Close a sample and say how many may be wrong among all; what is right counts as verified (CAP-52).

    What could not be told, or was not looked at, counts as wrong: the bound is never too good.
    """
    now = now or timezone.now()
    can_sample(by, contract=sample.contract, house=sample.drawn_for).require()
    held = Sample.objects.select_for_update().select_related("contract").get(pk=sample.pk)
    move(held, table=SAMPLES, act="close_sample")
    items = list(items_of(held))
    counts = counted(items)
    rules.check_sample_is_whole(unanswered=counts["left"], why=why)
    right = [item for item in items if item.found == Found.RIGHT]
    bound = bound_on(len(held.drawn_from), drawn=len(items), wrong=len(items) - len(right))
    held.wrong, held.unknown = counts["wrong"], counts["unknown"] + counts["left"]
    held.most_wrong, held.sentence = bound.most_wrong, bound.sentence
    held.why_not_whole = why.strip() if counts["left"] else ""
    held.closed_by, held.closed_at = by, now
    held.save(update_fields=["state", *CLOSING])
    for item in right:
        keep_check(
            item.commitment,
            of=item.measurement,
            level=Level.VERIFIED,
            how=f"Drawn in sample {held.reference}.",
            house=held.drawn_for,
            by=item.found_by or by,
            now=now,
        )
    record(held, act="close_sample", stream=held.contract.stream, by=by, now=now)
    words = f"A sample of the figures of “{held.contract.name}” is closed. {held.sentence}"
    _tell(held, house=held.contract.provider, right=Right.ANSWER, words=words, by=by, now=now)
    _tell(held, house=held.contract.commissioner, right=Right.WRITE, words=words, by=by, now=now)
    return held


def _root_that_holds(sample: Sample) -> TreeHead | None:
    """Return the first root of the ledger that takes in that ``sample`` was announced."""
    announced = Entry.objects.filter(subject=sample.ledger_subject, act="announce_sample")
    if announced.filter(leaf__isnull=True).exists():
        integrate()
    place = announced.filter(leaf__isnull=False).values_list("leaf", flat=True).first()
    return (
        None if place is None else TreeHead.objects.filter(size__gt=place).order_by("size").first()
    )


def _tell(
    sample: Sample, *, house: Organisation, right: Right, words: str, by: Person, now: datetime
) -> None:
    path = sample.get_absolute_url()
    tell_members(house, right=right, words=words, path=path, by=by, now=now)
