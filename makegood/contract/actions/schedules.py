"""Keeping the schedule of a contract as it was signed."""

import hashlib
from datetime import datetime

from makegood.contract import rules
from makegood.contract.documents import schedule_pdf
from makegood.contract.models import Contract, Schedule
from makegood.contract.queries import compose_schedule
from makegood.kernel.documents.pdf import set_with
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.canonical import digest
from makegood.people.models import Person


def keep_schedule(contract: Contract, *, by: Person, now: datetime) -> Schedule:
    """Keep exactly what both sides signed, with its digest and that of its PDF; whoever calls holds it.

    Its entry in the ledger covers both digests, the words, and what set the PDF.
    """
    kept = contract.schedules.count()
    data = compose_schedule(contract)
    schedule = Schedule(
        contract=contract,
        number=kept + 1,
        data=data,
        data_digest=digest(data),
        pdf_digest=hashlib.sha256(schedule_pdf(data)).hexdigest(),
        set_with=set_with(),
        kept_at=now,
    )
    rules.check_schedule_follows_the_last(number=schedule.number, kept=contract.schedules.count())
    schedule.save()
    record(schedule, act="keep_schedule", stream=contract.stream, by=by, now=now)
    return schedule
