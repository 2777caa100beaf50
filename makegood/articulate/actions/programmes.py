"""What can be done about programmes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Programme
from makegood.articulate.permissions import can_run_programme
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import unused_slug
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
