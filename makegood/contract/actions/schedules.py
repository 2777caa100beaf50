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


def keep_schedule(contract: Contract, *, number: int, by: Person | None, now: datetime) -> Schedule:
    """Keep exactly what both sides signed, with its digest and that of its PDF; whoever calls holds it.

    ``number`` is 1 for what came into force first. Its entry in the ledger covers both digests, the
    words, and what set the PDF.
    """
    rules.check_schedule_follows_the_last(number=number, kept=contract.schedules.count())
    data = compose_schedule(contract)
    schedule = Schedule(
        contract=contract,
        number=number,
        data=data,
        data_digest=digest(data),
        pdf_digest=hashlib.sha256(schedule_pdf(data)).hexdigest(),
        set_with=set_with(),
        kept_at=now,
    )
    schedule.save()
    record(schedule, act="keep_schedule", stream=contract.stream, by=by, now=now)
    return schedule
