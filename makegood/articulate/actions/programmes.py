"""What can be done about programmes and their aims."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Aim, Programme
from makegood.articulate.permissions import can_run_programme, can_write_aims
from makegood.articulate.queries import promises_sent_with
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import new_reference, unused, unused_slug
from makegood.people.models import Organisation, Person

PROGRAMMES = "programmes"
"""Who starts a programme waits for whoever else does; each then has a stream of its own."""


@transaction.atomic
def start_programme(
    *, name: str, summary: str, run_by: Organisation, by: Person, now: datetime | None = None
) -> Programme:
    """Start a programme run by a support unit (ART-08)."""
    can_run_programme(by, unit=run_by).require()
    take_turn(PROGRAMMES)
    same = Programme.objects.filter(name__iexact=name)
    rules.check_it_is_said_once(exists=same.exists(), what="programme")
    slug = unused_slug(
        name,
        otherwise="programme",
        taken=lambda slug: Programme.objects.filter(slug=slug).exists(),
    )
    programme = Programme.objects.create(slug=slug, name=name, summary=summary, run_by=run_by)
    record(
        programme, act="start_programme", stream=programme.stream, by=by, now=now or timezone.now()
    )
    return programme


@dataclass(frozen=True, kw_only=True)
class AimWords:
    """What an aim says: what it is for, and which wider objective of whom it serves."""

    name: str
    purpose: str
    objective: str
    objective_of: str
    objective_source: str

    def check(self) -> None:
        """Hold the words against ART-31."""
        rules.check_aim_serves_an_objective(
            objective=self.objective, objective_of=self.objective_of, source=self.objective_source
        )


@transaction.atomic
def write_aim(
    programme: Programme, *, words: AimWords, by: Person, now: datetime | None = None
) -> Aim:
    """Add an aim to a programme (ART-08, ART-31)."""
    now = now or timezone.now()
    can_write_aims(by, programme=programme).require()
    words.check()
    take_turn(programme.stream)
    _check_named_once(programme, name=words.name, besides=None)
    aim = Aim.objects.create(
        reference=unused(
            lambda: new_reference("A"),
            taken=lambda reference: Aim.objects.filter(reference=reference).exists(),
        ),
        programme=programme,
        position=programme.aims.count() + 1,
        written_by=by,
        written_at=now,
        **asdict(words),
    )
    record(aim, act="write_aim", stream=programme.stream, by=by, now=now)
    return aim


@transaction.atomic
def revise_aim(aim: Aim, *, words: AimWords, by: Person, now: datetime | None = None) -> Aim:
    """Say an aim differently, until a promise was sent that names it (ART-32)."""
    held = _held_aim(aim, by=by)
    words.check()
    rules.check_aim_ends_once_with_a_reason(has_ended=held.ended_at is not None, reason="standing")
    rules.check_nothing_sent_rests_on_the_aim(promises=promises_sent_with(held))
    _check_named_once(held.programme, name=words.name, besides=held)
    for name, value in asdict(words).items():
        setattr(held, name, value)
    held.save(update_fields=list(asdict(words)))
    stream = held.programme.stream
    record(held, act="revise_aim", stream=stream, by=by, now=now or timezone.now())
    return held


@transaction.atomic
def end_aim(aim: Aim, *, reason: str, by: Person, now: datetime | None = None) -> Aim:
    """Let no new promise name an aim; those that do, keep it (ART-33)."""
    now = now or timezone.now()
    held = _held_aim(aim, by=by)
    has_ended = held.ended_at is not None
    rules.check_aim_ends_once_with_a_reason(has_ended=has_ended, reason=reason)
    held.ended_at, held.end_reason = now, reason
    held.save(update_fields=["ended_at", "end_reason"])
    record(held, act="end_aim", stream=held.programme.stream, by=by, now=now)
    return held


def _held_aim(aim: Aim, *, by: Person) -> Aim:
    can_write_aims(by, programme=aim.programme).require()
    take_turn(aim.programme.stream)
    return Aim.objects.select_for_update().get(pk=aim.pk)


def _check_named_once(programme: Programme, *, name: str, besides: Aim | None) -> None:
    same = programme.aims.filter(name=name, ended_at=None)
    others = same.exclude(pk=besides.pk) if besides else same
    rules.check_it_is_said_once(exists=others.exists(), what="aim")
