"""Advice on the figures and times of a promise: what would make it hard to assess. None refuses."""

from datetime import date

from makegood.articulate.advice import Advice, Said
from makegood.kernel.period import shift_months

OLDEST_MONTHS = 18
"""How long before the start a baseline may have been measured."""
LONGEST_YEARS = 5
"""Few contracts last longer."""


def advise_baseline(said: Said) -> Advice | None:
    """ADV-01 Where it stands now is said: a change without a beginning cannot be seen."""
    if not said.in_numbers or said.baseline is not None:
        return None
    return Advice(
        number="ADV-01",
        part="baseline",
        seen="It is not said where it stands now.",
        why="Without a beginning, nobody can see a change.",
        mend="Look in your own records, or ask the commissioner for theirs.",
    )


def advise_source_of_baseline(said: Said) -> Advice | None:
    """ADV-02 A baseline has its source: whoever reads it can look it up."""
    if not said.in_numbers or said.baseline is None or said.baseline_source.strip():
        return None
    return Advice(
        number="ADV-02",
        part="baseline_source",
        seen="It is not said where the figure for now comes from.",
        why="A figure that nobody can look up is not believed later.",
        mend="Name the record or the report, like “our payroll”.",
    )


def advise_age_of_baseline(said: Said) -> Advice | None:
    """ADV-03 A baseline is fresh: it was measured on a day that is said, not long before the start."""
    if not said.in_numbers or said.baseline is None:
        return None
    if said.baseline_on is None:
        return _age("It is not said when the figure for now was measured.")
    start = said.starts_on or said.today
    if said.baseline_on >= _months_before(start, OLDEST_MONTHS):
        return None
    return _age(f"The figure for now is of {said.baseline_on:%-d %B %Y}, long before the start.")


def _age(seen: str) -> Advice:
    return Advice(
        number="ADV-03",
        part="baseline_on",
        seen=seen,
        why="Much moves by itself in a year or two. An old figure would count that as yours.",
        mend=f"Use one from the last {OLDEST_MONTHS} months before you start, and say its day.",
    )


def advise_alternative(said: Said) -> Advice | None:
    """ADV-04 A promise is compared: what would be without it is said, or no added value can be."""
    if not said.in_numbers or said.alternative is not None:
        return None
    return Advice(
        number="ADV-04",
        part="alternative",
        seen="It is not said where this would be without you.",
        why="Added value is what you reach over that. With nothing to compare, none can be shown.",
        mend="See what the need says of it, or ask. If nothing would change, use the figure for now.",
    )


def advise_due_day(said: Said) -> Advice | None:
    """ADV-05 A promise has its day: by when it is kept is said."""
    if said.due_on is not None:
        return None
    return Advice(
        number="ADV-05",
        part="due_on",
        seen="It is not said by when.",
        why="A promise without a day can never be late, and never be kept.",
        mend="Choose the last day of a month, within the time of the contract.",
    )


def advise_due_within_contract(said: Said) -> Advice | None:
    """ADV-06 A promise is due in its time: no later than the contract and its alternative look."""
    if said.due_on is None:
        return None
    if said.compared_until and said.due_on > said.compared_until:
        by = f" by “{said.measure.name}”" if said.measure else ""
        return _late(
            f"It is due after {said.compared_until:%-d %B %Y}. For that day the need says what would "
            f"be without you{by}, and for no later one.",
            why="Nobody could say what is added by the day you chose.",
            mend="Choose that day or an earlier one, or ask the commissioner about the later one.",
        )
    latest = said.starts_on and _years_after(said.starts_on, LONGEST_YEARS)
    if latest and said.due_on > latest:
        return _late(
            f"It is due more than {LONGEST_YEARS} years after it starts.",
            why="Most likely the contract will have ended. Nobody will look then.",
            mend="Choose an earlier day, with what you can reach by then.",
        )
    return None


def _late(seen: str, *, why: str, mend: str) -> Advice:
    return Advice(number="ADV-06", part="due_on", seen=seen, why=why, mend=mend)


def advise_added_value(said: Said) -> Advice | None:
    """ADV-07 A promise adds something: its target is better than what would be without it."""
    if not said.in_numbers or said.added is None or said.added > 0:
        return None
    than = "where it stands now" if said.alternative is None else "where it would be without you"
    seen = f"What you will reach is {'the same as' if said.added == 0 else 'worse than'} {than}."
    return Advice(
        number="ADV-07",
        part="target",
        seen=seen,
        why="Then nothing is added, even if the promise is kept.",
        mend="Promise more, promise something else, or see whether the figures are swapped.",
    )


def advise_measure_in_use(said: Said) -> Advice | None:
    """ADV-13 A promise relies on words that stand: its measure is in use, and read as it is now."""
    measure = said.measure
    if measure is None or not (measure.is_retired or measure.has_newer_words):
        return None
    if measure.is_retired:
        seen, mend = f"“{measure.name}” is retired.", "Its page says why, and what to use instead."
    else:
        seen = f"“{measure.name}” has newer words than this promise relies on."
        mend = "Read both, then tick that you rely on the newest."
    return Advice(
        number="ADV-13",
        part="measure",
        seen=seen,
        why="Others will measure it in another way, so your figures would not compare.",
        mend=mend,
    )


def advise_direction(said: Said) -> Advice | None:
    """ADV-14 A promise has a better way: its measure says whether up or down is better."""
    if said.measure is None or said.measure.better != "neutral":
        return None
    return Advice(
        number="ADV-14",
        part="measure",
        seen=f"For “{said.measure.name}”, neither way is better.",
        why="Nobody could say whether a change is good, so no verdict would be given.",
        mend="Choose a measure of which more, or less, is better.",
    )


def advise_power(said: Said) -> Advice | None:
    """ADV-17 A change can be told from chance: in the promise’s time, by its measure’s own history."""
    if said.promised is None or said.smallest is None or said.told_after is not None:
        return None
    if said.promised >= said.smallest:
        return None
    return Advice(
        number="ADV-17",
        part="target",
        seen="A change so small could most likely not be told from chance in this time.",
        why="The promise may be kept, and nobody would be able to show it.",
        mend="Promise more, give it longer, or choose a measure that moves less by itself.",
    )


def _months_before(day: date, months: int) -> date:
    return date.min if day.year <= 1 + months // 12 else shift_months(day, -months)


def _years_after(day: date, years: int) -> date:
    return date.max if day.year + years >= date.max.year else shift_months(day, 12 * years)
