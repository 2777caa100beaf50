"""All advice on a promise, in the order of its numbers."""

from collections.abc import Callable

from makegood.articulate.advice import Advice, Said
from makegood.articulate.rules import advice_figures as figures
from makegood.articulate.rules import advice_words as words

ADVISERS: tuple[Callable[[Said], Advice | None], ...] = (
    figures.advise_baseline,
    figures.advise_source_of_baseline,
    figures.advise_age_of_baseline,
    figures.advise_alternative,
    figures.advise_due_day,
    figures.advise_due_within_contract,
    figures.advise_added_value,
    words.advise_jargon,
    words.advise_reading_age,
    words.advise_one_change,
    words.advise_exact_words,
    words.advise_said_once,
    figures.advise_measure_in_use,
    figures.advise_direction,
    words.advise_who_tells,
    words.advise_evidence,
    figures.advise_power,
)


def advice_on(said: Said) -> list[Advice]:
    """Return what could be said better in a promise; it never stands in the way of keeping it."""
    return [advice for advise in ADVISERS if (advice := advise(said))]
