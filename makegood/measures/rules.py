"""What must be true of measures and measurements."""

import re
from collections.abc import Sequence
from datetime import date

from makegood.kernel.period import first_day, name_month
from makegood.kernel.refusal import RuleBroken

Range = tuple[float | None, float | None]
"""The lowest and the highest possible value; None where there is no limit."""
WEB_ADDRESS = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@.]+(?:[/?#]\S*)?")


def check_value_is_within_its_measure(
    value: float, *, lowest: float | None, highest: float | None, unit: str
) -> None:
    """MEA-01 A value is within its measure: not below the lowest nor above the highest possible."""
    if lowest is not None and value < lowest:
        raise RuleBroken("MEA-01", f"{value:g} is below {lowest:g}, the lowest possible ({unit}).")
    if highest is not None and value > highest:
        raise RuleBroken(
            "MEA-01", f"{value:g} is above {highest:g}, the highest possible ({unit})."
        )


def check_correction_has_a_reason(*, version: int, reason: str) -> None:
    """MEA-02 A correction says why: what it replaces stays, and both are shown."""
    if version > 1 and not reason.strip():
        raise RuleBroken("MEA-02", "Say why the figure changes. Both figures stay on the record.")


def check_period_has_begun(period: date, *, today: date) -> None:
    """MEA-03 A period has begun: nothing is measured before it happens, and each is a first day."""
    if period != first_day(period):
        raise RuleBroken("MEA-03", f"Use the first day of the month: {first_day(period)}.")
    if period > today:
        raise RuleBroken("MEA-03", f"{name_month(period)} has not begun yet.")


def check_period_is_free(period: date, *, versions: int) -> None:
    """MEA-04 A period has one figure: another for the same period is a correction, with a reason."""
    if versions:
        raise RuleBroken(
            "MEA-04",
            f"There is a figure for {name_month(period)} already. To change it, correct it and say why.",
        )


def check_gap_has_a_reason(*, measured: bool, reason: str) -> None:
    """MEA-05 A gap says why: a figure that is not available carries its reason."""
    if not measured and not reason.strip():
        raise RuleBroken("MEA-05", "Say why there is no figure for this period.")


def check_pool_follows_one_measure(*, measures: set[int], measure: int) -> None:
    """MEA-06 A pool follows one measure: every comparator is a series of the pool's measure."""
    if measures - {measure}:
        raise RuleBroken("MEA-06", "Every comparator must be a series of the same measure.")


def check_measure_is_new(*, exists: bool, name: str) -> None:
    """MEA-07 A measure is defined once: the library holds one definition by each name."""
    if exists:
        raise RuleBroken(
            "MEA-07", f"“{name}” is in the library already. Use it, or choose another name."
        )


def check_pool_compares_with_somebody(*, comparators: int) -> None:
    """MEA-10 A pool compares with somebody: it holds at least one series when it is formed."""
    if comparators < 1:
        raise RuleBroken("MEA-10", "Choose at least one series to compare with.")


def check_pool_is_new(*, exists: bool, name: str) -> None:
    """MEA-11 A pool is formed once: its keeper has one by each name for a measure."""
    if exists:
        raise RuleBroken("MEA-11", f"You keep a pool called “{name}” already. Choose another name.")


def check_file_can_be_read(*, fault: str) -> None:
    """MEA-08 A file is what it says: one that cannot be read is refused whole, and says why."""
    if fault:
        raise RuleBroken("MEA-08", fault)


def check_correction_changes_something(*, held: float | None, value: float | None) -> None:
    """MEA-09 A correction changes something: the same figure again is not one."""
    if held == value:
        raise RuleBroken("MEA-09", "That is the figure on the record already.")


def check_revision_says_why(*, reason: str) -> None:
    """MEA-12 A revision says why: the words before it stay, and both are shown."""
    if not reason.strip():
        raise RuleBroken("MEA-12", "Say why the words change. What they were stays to be read.")


def check_arithmetic_stays(*, changed: Sequence[str]) -> None:
    """MEA-13 A measure keeps its arithmetic: another unit, kind, direction or frequency makes a new one."""
    if changed:
        raise RuleBroken(
            "MEA-13",
            f"The {' and the '.join(changed)} cannot change, or figures would no longer compare. "
            "That makes a new measure. Define a new one, and retire this one.",
        )


def check_revision_changes_something(*, changes: bool) -> None:
    """MEA-14 A revision changes something: the same words again are not a new version."""
    if not changes:
        raise RuleBroken("MEA-14", "These are the words that stand already. Change at least one.")


def check_revision_is_of_what_stands(*, read: int, standing: int) -> None:
    """MEA-15 A revision is of what stands: of two at once the first wins, and the other is told."""
    if read != standing:
        raise RuleBroken(
            "MEA-15",
            f"Somebody revised this meanwhile: version {standing} stands now. Read it, then say what "
            "is still to change. What you wrote is still here.",
        )


def check_measure_is_in_use(*, is_retired: bool, name: str) -> None:
    """MEA-16 A retired measure takes no new promise: those made with it keep it."""
    if is_retired:
        raise RuleBroken("MEA-16", f"“{name}” is retired. Choose another measure for this promise.")


def check_range_only_widens(*, old: Range, new: Range) -> None:
    """MEA-17 A possible range only widens: no figure that was kept becomes impossible."""
    (lowest, highest), (low, high) = old, new
    rises = low is not None and (lowest is None or low > lowest)
    falls = high is not None and (highest is None or high < highest)
    if rises or falls:
        raise RuleBroken(
            "MEA-17",
            "The possible range can only grow wider. A figure that was possible stays possible.",
        )


def check_source_is_published_or_ours(*, source: str, url: str, published: str) -> None:
    """MEA-18 A source is published or ours: what is ours has no web address, and a date is a date."""
    if not source.strip():
        raise RuleBroken("MEA-18", "Say where it is defined: name a publication, or write “ours”.")
    if source.casefold().startswith("ours") and (url or published):
        raise RuleBroken(
            "MEA-18", "What is ours has no publication. Name it, or leave address and date empty."
        )
    if url and not WEB_ADDRESS.fullmatch(url):
        raise RuleBroken("MEA-18", f"“{url}” is not a web address. It begins with https://.")
    if published and not _is_a_date(published):
        raise RuleBroken(
            "MEA-18", f"“{published}” is not a date. Write 2024, 2024-03 or 2024-03-01."
        )


def check_range_runs_upward(*, lowest: float | None, highest: float | None) -> None:
    """MEA-19 A possible range runs upward: the lowest value is below the highest."""
    if lowest is not None and highest is not None and lowest >= highest:
        raise RuleBroken(
            "MEA-19", f"The lowest possible value ({lowest:g}) is not below the highest."
        )


def check_retirement_says_why(*, reason: str) -> None:
    """MEA-20 A retirement says why: those who used the measure read it."""
    if not reason.strip():
        raise RuleBroken(
            "MEA-20", "Say why nobody should use it any more, and what to use instead."
        )


def check_measure_is_retired_once(*, is_retired: bool, retires: bool) -> None:
    """MEA-21 A measure is retired once: only one in use retires, only a retired one comes back."""
    if is_retired == retires:
        words = "retired already" if retires else "in use already"
        raise RuleBroken("MEA-21", f"This measure is {words}.")


def check_layout_is_complete(*, is_complete: bool) -> None:
    """MEA-22 A file says whose figure, for when, and how much: its columns are known before it is read."""
    if not is_complete:
        raise RuleBroken(
            "MEA-22",
            "Say which columns hold the period, whose figure it is, and the figure. "
            "Or the top and the bottom of the fraction.",
        )


def check_something_is_kept(*, figures: int) -> None:
    """MEA-23 A file that is kept adds something: one with nothing new is thrown away instead."""
    if not figures:
        raise RuleBroken(
            "MEA-23",
            "Nothing in this file is new, or every name is left out. There is nothing to keep.",
        )


def check_upload_waits_for_answer(*, state: str, waits: str) -> None:
    """MEA-24 Names are matched while a file waits: not before it is read, nor once it is decided."""
    if state != waits:
        raise RuleBroken("MEA-24", "This file does not wait for an answer now. Open it again.")


def check_name_means_its_own_measure(
    *, measure: int | None, wanted: int | None, is_kept_by_keeper: bool
) -> None:
    """MEA-25 A name means a series of its file’s own: of the same measure, kept by the same organisation."""
    if measure != wanted or not is_kept_by_keeper:
        raise RuleBroken(
            "MEA-25", "Choose a series of the same measure, that the same organisation keeps."
        )


def check_series_has_begun(period: date, *, from_on: date | None) -> None:
    """MEA-26 A series that goes on with another begins on its day: what was before stays in the other."""
    if from_on is not None and period < from_on:
        raise RuleBroken(
            "MEA-26",
            f"Figures before {name_month(from_on)} are given by who delivered then. They stay theirs.",
        )


def check_series_is_not_owed(*, is_owed: bool, name: str) -> None:
    """MEA-27 What a contract asks for is given to that contract: no file of many series writes into it."""
    if is_owed:
        raise RuleBroken(
            "MEA-27",
            f"A contract asks for the figures of “{name}”. Leave it out here, and give them from the "
            "page of their commitment.",
        )


def check_keeping_cannot_go_on(*, is_being_kept: bool, fault: str) -> None:
    """MEA-28 A file that is being kept is kept to its end: it is thrown away only where it cannot go on."""
    if is_being_kept and not fault:
        raise RuleBroken("MEA-28", "The figures are being kept. Look again in a few minutes.")


def _is_a_date(text: str) -> bool:
    first = {4: f"{text}-01-01", 7: f"{text}-01", 10: text}.get(len(text), "")
    try:
        return date.fromisoformat(first).year > 0 and first[4] == first[7] == "-"
    except (ValueError, IndexError):
        return False
