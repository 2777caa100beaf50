"""Judging commitments in numbers."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.assess.analysis import engine_version, inputs_of, judge
from makegood.assess.models import Analysis
from makegood.assess.queries import latest_analysis
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_in_force
from makegood.kernel.ledger.append import record
from makegood.measures.models import Series

log = logging.getLogger(__name__)


def analyse_commitments(
    commitments: Iterable[Commitment] | None = None, *, now: datetime | None = None
) -> int:
    """Judge every commitment in numbers whose inputs changed; return how many verdicts are new.

    One that cannot be judged is logged; the others are judged all the same.
    """
    now = now or timezone.now()
    found = commitments_in_force() if commitments is None else commitments
    made = 0
    for commitment in found:
        if commitment.series_id is None:
            continue
        try:
            made += _analyse(commitment, now=now)
        except Exception:
            log.exception("Commitment %s could not be judged.", commitment.reference)
    return made


def analyse_series(series: Series, *, now: datetime | None = None) -> int:
    """Judge the commitments that follow ``series``, or are compared with it, again."""
    followed = commitments_in_force().filter(series=series.continues or series)
    if series.continues_for:
        followed = followed.filter(contract__reference=series.continues_for)
    read = [each for each in (series, series.continues) if each]
    compared = commitments_in_force().filter(pool__comparators__series__in=read)
    return analyse_commitments((followed | compared).distinct(), now=now)


@transaction.atomic
def _analyse(commitment: Commitment, *, now: datetime) -> bool:
    inputs = inputs_of(commitment, now=timezone.localdate(now))
    digest = inputs.digest(commitment)
    latest = latest_analysis(commitment)
    if latest and latest.inputs_digest == digest:
        return False
    said = judge(commitment, inputs=inputs)
    analysis = Analysis.objects.create(
        commitment=commitment,
        made_at=now,
        inputs_digest=digest,
        verdict=said.verdict,
        sentence=said.reason,
        promised_added=said.promised_added,
        effect=said.effect,
        lower=said.lower,
        upper=said.upper,
        p_added=said.p_added,
        reached=said.reached,
        n_before=said.n_before,
        n_after=said.n_after,
        n_comparators=said.n_comparators,
        periods_needed=said.periods_needed,
        method=said.method,
        engine_version=engine_version,
    )
    stream = commitment.contract.stream
    record(analysis, act="analyse_commitment", stream=stream, by=None, now=now)
    return True
