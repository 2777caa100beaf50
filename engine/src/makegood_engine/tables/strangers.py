"""Names that one table gives and another does not hold: slips of the pen, most often."""

from collections.abc import Iterable

from makegood_engine.tables.faults import SHOWN, Fault
from makegood_engine.tables.lookalike import did_you_mean

NO_ROWS = "“{}” has no rows among the measurements."


def strangers(
    lost: Iterable[tuple[int | None, str]],
    known: Iterable[str],
    *,
    column: str = "series",
    said: str = NO_ROWS,
    name: str = "",
) -> list[Fault]:
    """Make a fault of each lost name and its row, the first with the known name most like it.

    `said` is the sentence, with a place for the name; `name` is the file that gives the names.
    """
    like = list(known)
    return [
        Fault(
            row, column, one,
            said.format(one) + (did_you_mean(one, like) if nth < SHOWN else ""), name,
        )
        for nth, (row, one) in enumerate(lost)
    ]  # fmt: skip
