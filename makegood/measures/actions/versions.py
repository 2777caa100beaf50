"""Entering a measure, revising its words, and taking it out of use; every version is kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import unused_slug
from makegood.measures import rules
from makegood.measures.actions.words import Arithmetic, MeasureWords
from makegood.measures.models import Measure, MeasureVersion
from makegood.measures.permissions import can_revise
from makegood.measures.signals import words_changed
from makegood.people.models import Organisation, Person

STREAM = "measures"


def enter_measure(
    words: MeasureWords,
    *,
    arithmetic: Arithmetic,
    keeper: Organisation | None,
    is_from_starter: bool = False,
    by: Person,
    now: datetime,
) -> Measure:
    """Keep a measure with its first version (MEA-07); whoever calls says who may, and holds the turn."""
    words.check()
    _check_it_is_new(words.name)
    measure = Measure.objects.create(
        slug=unused_slug(
            words.name,
            otherwise="measure",
            taken=lambda slug: Measure.objects.filter(slug=slug).exists(),
        ),
        unit=arithmetic.unit,
        kind=arithmetic.kind,
        better=arithmetic.better,
        frequency=arithmetic.frequency,
        keeper=keeper,
        version=1,
        **words.columns(),
    )
    record(measure, act="define_measure", stream=STREAM, by=by, now=now)
    _keep(measure, words=words, number=1, is_from_starter=is_from_starter, by=by, now=now)
    return measure


@transaction.atomic
def revise_measure(
    measure: Measure,
    *,
    words: MeasureWords,
    arithmetic: Arithmetic | None = None,
    reason: str,
    read: int,
    by: Person,
    now: datetime | None = None,
) -> Measure:
    """Say a measure differently (MEA-12 to MEA-17); ``read`` is the version that was read.

    What relies on an earlier version keeps it. Another ``arithmetic`` is refused: it is a new measure.
    """
    now = now or timezone.now()
    can_revise(by, measure=measure).require()
    held = _held(measure, by=by, now=now)
    changed = arithmetic.differing(Arithmetic.of(held)) if arithmetic else []
    rules.check_arithmetic_stays(changed=changed)
    rules.check_revision_is_of_what_stands(read=read, standing=held.version or 0)
    rules.check_revision_says_why(reason=reason)
    return write_version(held, words=words, reason=reason, by=by, now=now)


def write_version(
    held: Measure,
    *,
    words: MeasureWords,
    reason: str,
    is_from_starter: bool = False,
    by: Person,
    now: datetime,
) -> Measure:
    """Put words in place of those of a measure that is held; whoever calls says who may."""
    words.check()
    rules.check_revision_changes_something(changes=words != MeasureWords.of(held))
    rules.check_range_only_widens(
        old=(held.lowest, held.highest), new=(words.lowest, words.highest)
    )
    _check_it_is_new(words.name, besides=held)
    held.version = (held.version or 0) + 1
    _keep(
        held,
        words=words,
        number=held.version,
        reason=reason,
        is_from_starter=is_from_starter,
        by=by,
        now=now,
    )
    for name, value in words.columns().items():
        setattr(held, name, value)
    held.save(update_fields=["version", *words.columns()])
    record(held, act="revise_measure", stream=STREAM, by=by, now=now)
    words_changed.send(Measure, measure=held, is_retired=False, by=by, now=now)
    return held


@transaction.atomic
def retire_measure(
    measure: Measure, *, reason: str, by: Person, now: datetime | None = None
) -> Measure:
    """Take a measure out of use (MEA-20): no new promise takes it, and those that did keep it."""
    now = now or timezone.now()
    can_revise(by, measure=measure).require()
    rules.check_retirement_says_why(reason=reason)
    held = _held(measure, by=by, now=now)
    rules.check_measure_is_retired_once(is_retired=held.retired_at is not None, retires=True)
    held.retired_at, held.retired_because = now, reason
    held.save(update_fields=["retired_at", "retired_because"])
    record(held, act="retire_measure", stream=STREAM, by=by, now=now)
    words_changed.send(Measure, measure=held, is_retired=True, by=by, now=now)
    return held


@transaction.atomic
def bring_back_measure(measure: Measure, *, by: Person, now: datetime | None = None) -> Measure:
    """Let new promises take a retired measure again (MEA-21)."""
    now = now or timezone.now()
    can_revise(by, measure=measure).require()
    held = _held(measure, by=by, now=now)
    rules.check_measure_is_retired_once(is_retired=held.retired_at is not None, retires=False)
    held.retired_at, held.retired_because = None, ""
    held.save(update_fields=["retired_at", "retired_because"])
    record(held, act="bring_back_measure", stream=STREAM, by=by, now=now)
    return held


@transaction.atomic
def pin_measure(measure: Measure, *, by: Person, now: datetime | None = None) -> MeasureVersion:
    """Return the version that stands, for a new promise to rely on; refused if retired (MEA-16)."""
    now = now or timezone.now()
    if measure.version is None:
        take_turn(STREAM)
    held = Measure.objects.select_for_update().get(pk=measure.pk)
    rules.check_measure_is_in_use(is_retired=held.retired_at is not None, name=held.name)
    _begin_versions(held, by=by, now=now)
    return MeasureVersion.objects.get(measure=held, number=held.version or 1)


def _held(measure: Measure, *, by: Person, now: datetime) -> Measure:
    """Return the measure as it stands, once nobody else can change it."""
    take_turn(STREAM)
    held = Measure.objects.select_for_update().get(pk=measure.pk)
    _begin_versions(held, by=by, now=now)
    return held


def _begin_versions(held: Measure, *, by: Person, now: datetime) -> None:
    """Keep as version 1 what a measure says that is older than versions are."""
    if held.version is None:
        _keep(held, words=MeasureWords.of(held), number=1, by=by, now=now)
        held.version = 1
        held.save(update_fields=["version"])
        record(held, act="keep_versions", stream=STREAM, by=by, now=now)


def _keep(
    measure: Measure,
    *,
    words: MeasureWords,
    number: int,
    reason: str = "",
    is_from_starter: bool = False,
    by: Person,
    now: datetime,
) -> None:
    version = MeasureVersion.objects.create(
        measure=measure,
        number=number,
        reason=reason,
        is_from_starter=is_from_starter,
        written_by=by,
        written_at=now,
        **words.columns(),
    )
    record(version, act="keep_version", stream=STREAM, by=by, now=now)


def _check_it_is_new(name: str, *, besides: Measure | None = None) -> None:
    held = Measure.objects.filter(Q(name__iexact=name) | Q(slug=slugify(name) or None))
    others = held.exclude(pk=besides.pk) if besides else held
    rules.check_measure_is_new(exists=others.exists(), name=name)
