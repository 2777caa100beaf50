"""Drawing a sample by a seed that nobody could choose, and saying what was found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Programme
from makegood.capture import rules
from makegood.capture.actions.checks import keep_check
from makegood.capture.analysis import bound_on, draw_from, said_of
from makegood.capture.models import Sample, SampleItem
from makegood.capture.permissions import (
    can_look_at,
    can_run_sample,
    can_sample,
    can_sample_programme,
)
from makegood.capture.queries import (
    counted,
    figures_named,
    figures_to_draw,
    items_of,
)
from makegood.capture.states import SAMPLES, Found, Level, SampleState
from makegood.contract.models import Contract
from makegood.kernel.figures import show_figure
from makegood.kernel.ledger.append import integrate, record
from makegood.kernel.ledger.models import Entry, TreeHead
from makegood.kernel.period import name_month
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

CLOSING = ("wrong", "unknown", "most_wrong", "sentence", "why_not_whole", "closed_by", "closed_at")
"""What is said of a sample when it closes."""
LOOKERS = ("assessor", "commissioner")
"""Who looks at the figures of a contract that were drawn over its programme, beside who runs it."""


@transaction.atomic
def announce_sample(
    of: Contract | Programme,
    *,
    size: int,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Sample:
    """Write down from which figures so many are drawn, before anybody knows the seed (CAP-47 to CAP-49).

    Of a contract, or of all contracts of a programme: then so many of each provider as its share is.
    The seed is the first root of the ledger that takes in this very act. Whoever announces can
    neither foresee it nor, once it is there, announce anew.
    """
    now = now or timezone.now()
    held = _held_to_draw(of, house=house, by=by)
    still = held.samples.exclude(state=SampleState.CLOSED).first()
    if still and still.announced_by == by and still.size == size:
        return still
    rules.check_one_sample_at_a_time(is_open=still is not None)
    found = figures_to_draw(held)
    drawn_from: dict[str, Any] = {"contract": held}
    if isinstance(held, Programme):
        drawn_from = {"programme": held, "providers": [one.house.slug for one in found]}
    least = len(set(drawn_from.get("providers", ()))) or 1
    rules.check_sample_size(size=size, captured=len(found), providers=least)
    sample = Sample.objects.create(
        reference=unused(
            lambda: new_reference("Z", length=8),
            taken=lambda reference: Sample.objects.filter(reference=reference).exists(),
        ),
        **drawn_from,
        drawn_from=[one.name for one in found],
        size=size,
        drawn_for=house,
        announced_by=by,
        announced_at=now,
    )
    record(sample, act="announce_sample", stream=sample.stream, by=by, now=now)
    return sample


def _held_to_draw(
    of: Contract | Programme, *, house: Organisation, by: Person
) -> Contract | Programme:
    """Return what is drawn from, held so that nobody else draws from it meanwhile."""
    if isinstance(of, Programme):
        can_sample_programme(by, programme=of, house=house).require()
        return Programme.objects.select_for_update().get(pk=of.pk)
    can_sample(by, contract=of, house=house).require()
    return Contract.objects.select_for_update().get(pk=of.pk)


@transaction.atomic
def draw_sample(sample: Sample, *, by: Person, now: datetime | None = None) -> Sample:
    """Draw what was announced, by the ledger’s root; once drawn, it stays (CAP-48).

    Where the ledger has not taken in that it was announced, nothing is drawn yet.
    """
    now = now or timezone.now()
    can_run_sample(by, sample=sample).require()
    held = _held(sample)
    head = _root_that_holds(held) if held.state == SampleState.ANNOUNCED else None
    if head is None:
        return held
    move(held, table=SAMPLES, act="draw_sample")
    held.seed, held.tree_size, held.drawn_at = head.root, head.size, max(now, held.announced_at)
    held.save(update_fields=["state", "seed", "tree_size", "drawn_at"])
    names = draw_from(held.drawn_from, providers=held.providers, seed=held.seed, size=held.size)
    by_name = figures_named(held.of, names=names)
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
    record(held, act="draw_sample", stream=held.stream, by=by, now=now)
    words = (
        f"{held.drawn_for} drew {len(names)} of {len(held.drawn_from)} figures of "
        f"“{held.named}” to be checked."
    )
    contracts = {one.commitment.contract for one in by_name.values()}
    gave = {one.house for one in by_name.values()} | {one.provider for one in contracts}
    at_hand = f"{words} Have at hand what shows them."
    _tell_each(held, gave, right=Right.RECORD, words=at_hand, by=by, now=now)
    if held.programme:
        asked = f"{words} Some are yours to look at: your desk leads there."
        judges, buyers = ({getattr(one, side) for one in contracts} for side in LOOKERS)
        _tell_each(held, judges, right=Right.ASSESS, words=asked, by=by, now=now)
        _tell_each(held, buyers, right=Right.WRITE, words=asked, by=by, now=now)
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
    can_look_at(by, sample=item.sample, contract=item.commitment.contract).require()
    sample = _held(item.sample)
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
    record(held, act="answer_item", stream=sample.stream, by=by, now=now)
    return held


@transaction.atomic
def close_sample(
    sample: Sample, *, why: str = "", by: Person, now: datetime | None = None
) -> Sample:
    """Close a sample and say how many may be wrong among all; what is right counts as verified (CAP-52).

    What could not be told, or was not looked at, counts as wrong: the bound is never too good.
    """
    now = now or timezone.now()
    can_run_sample(by, sample=sample).require()
    held = _held(sample)
    move(held, table=SAMPLES, act="close_sample")
    items = list(items_of(held))
    counts = counted(items)
    rules.check_sample_is_whole(unanswered=counts["left"], why=why)
    right = [item for item in items if item.found == Found.RIGHT]
    bound = bound_on(_by_provider(held, items))
    held.wrong, held.unknown = counts["wrong"], counts["unknown"] + counts["left"]
    held.most_wrong, held.sentence = bound.most_wrong, said_of(bound, unknown=held.unknown)
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
    record(held, act="close_sample", stream=held.stream, by=by, now=now)
    words = f"A sample of the figures of “{held.named}” is closed. {held.sentence}"
    contracts = {item.commitment.contract for item in items}
    providers = {one.provider for one in contracts}
    _tell_each(held, providers, right=Right.ANSWER, words=words, by=by, now=now)
    buyers = {one.commissioner for one in contracts}
    _tell_each(held, buyers, right=Right.WRITE, words=words, by=by, now=now)
    _ask_to_correct(held, items, by=by, now=now)
    return held


def _ask_to_correct(
    sample: Sample, items: Iterable[SampleItem], *, by: Person, now: datetime
) -> None:
    """Ask who owes what was found wrong to correct it; nobody is asked for an organisation that closed."""
    owing: dict[Organisation, list[SampleItem]] = {}
    for item in items:
        house = item.commitment.owed_by(item.measurement.period)
        if item.found == Found.WRONG and (not house.closed_on or house.merged_into_id):
            owing.setdefault(house, []).append(item)
    for house, own in owing.items():
        named = ", ".join(_should_be(item) for item in own)
        were = "A figure was" if len(own) == 1 else f"{len(own)} figures were"
        it = "it" if len(own) == 1 else "them"
        words = f"{were} found wrong in sample {sample.reference}. Correct {it}, or stand by {it}: {named}"
        path = f"{reverse('give_figures', args=[house.slug])}#found-wrong"
        tell_members(house, right=Right.RECORD, words=words, path=path, by=by, now=now)


def _should_be(item: SampleItem) -> str:
    owed = item.commitment
    true = show_figure(item.true_value, unit=owed.measure.unit if owed.measure else "")
    return (
        f"{owed.measure} for {name_month(item.measurement.period)} ({owed.name}) should be {true}"
    )


def _held(sample: Sample) -> Sample:
    """Return ``sample`` as it stands; nobody else changes it meanwhile."""
    rows = Sample.objects.select_for_update(of=("self",))
    found = rows.select_related(
        "drawn_for",
        "programme__run_by",
        "contract__assessor",
        "contract__taken_over_by",
        "contract__proposal__provider",
        "contract__proposal__need__commissioner",
    )
    return found.get(pk=sample.pk)


def _by_provider(held: Sample, items: Sequence[SampleItem]) -> list[tuple[int, int, int]]:
    """Return of each provider how many figures came, were drawn, and were not found right."""
    gave = dict(zip(held.drawn_from, held.providers or [], strict=False))
    drawn = Counter(gave.get(item.name, "") for item in items)
    right = Counter(gave.get(item.name, "") for item in items if item.found == Found.RIGHT)
    return [(came, drawn[name], drawn[name] - right[name]) for name, came in held.sizes.items()]


def _root_that_holds(sample: Sample) -> TreeHead | None:
    """Return the first root of the ledger that takes in that ``sample`` was announced."""
    announced = Entry.objects.filter(subject=sample.ledger_subject, act="announce_sample")
    if announced.filter(leaf__isnull=True).exists():
        integrate()
    place = announced.filter(leaf__isnull=False).values_list("leaf", flat=True).first()
    return (
        None if place is None else TreeHead.objects.filter(size__gt=place).order_by("size").first()
    )


def _tell_each(
    sample: Sample,
    houses: Iterable[Organisation],
    *,
    right: Right,
    words: str,
    by: Person,
    now: datetime,
) -> None:
    path = sample.get_absolute_url()
    for house in sorted(houses, key=lambda one: one.pk):
        tell_members(house, right=right, words=words, path=path, by=by, now=now)
