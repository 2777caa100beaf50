"""What must be true of measures and measurements."""

from datetime import date

from makegood.kernel.period import first_day, name_month
from makegood.kernel.refusal import RuleBroken


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
