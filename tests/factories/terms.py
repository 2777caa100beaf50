"""What is contracted beside what was promised."""

from __future__ import annotations

from dataclasses import replace

from makegood.articulate.models import Promise
from makegood.contract.actions import Terms
from makegood.measures.models import Pool


def terms_with_pool(promise: Promise, *, pool: Pool) -> Terms:
    """Return the terms as promised, compared with those in a pool."""
    return replace(Terms.of(promise), pool=pool)


def terms_alone(promise: Promise) -> Terms:
    """Return the terms as promised, compared with nobody, for a reason."""
    because = "" if promise.measure is None else "No place like ours publishes these figures"
    return replace(Terms.of(promise), no_pool_because=because)
