"""What calls for care beside a verdict: in its figures, and in the promise as written."""

import numpy as np
from numpy.typing import NDArray

from makegood_engine.effect.unlike import SMALL, restless_from
from makegood_engine.spc.slips import doubt_notes, doubts_of
from makegood_engine.verdict.judge import Judged
from makegood_engine.verdict.misplaced import beyond_figures, doubts_on
from makegood_engine.verdict.rules import TESTED

Said = tuple[str, ...]
FEW = 10
STILL = tuple(
    f"Take care: {when} the start, the provider's own figure is the same again and again."
    for when in ("before", "after")
)
FEW_EVENTS = f"Take care: with fewer than {FEW} events in a window, rates are hard to compare."
RESTLESS = (
    "Take care: its figures jump about more than its comparators' do, "
    "so “better” or “worse” is said too easily."
)
SMALLER = (
    "Take care: it is far smaller than its comparators, so chance moves it more, "
    "and “better” or “worse” is said too easily."
)
NOTHING = (
    "Take care: the target is no better than what would have been without it, "
    "so nothing was promised."
)
CAUTIONS = (*STILL, FEW_EVENTS, RESTLESS, SMALLER, NOTHING)
"""In the order in which they are said."""


def cautions_of(judged: Judged) -> list[Said]:
    """Sentences on what calls for care, for each promise in turn: most have none."""
    found, slips = judged.effects, _slips(judged)
    tested = judged.findings >= TESTED
    beyond = np.array([restless_from(periods) for periods in found.n_before.tolist()])
    marks = np.column_stack(
        [
            found.still,
            found.events < FEW,
            tested & (found.restless > beyond),
            tested & (found.size < SMALL),
            tested & (judged.promised <= 0),
        ]
    )
    values, rows = judged.grid.values, _rows(judged)
    said: list[Said] = [slips.get(row, ()) for row in rows.tolist()]
    promises = [case.promise for case in judged.cases]
    for place in beyond_figures(promises, rows, values):
        said[place] = (*doubts_on(promises[place], values[rows[place]]), *said[place])
    for place in np.flatnonzero(marks.any(axis=1)).tolist():
        told = [words for words, true in zip(CAUTIONS, marks[place], strict=True) if true]
        said[place] = (*told, *said[place])
    for place in np.flatnonzero(tested).tolist():
        if notes := promises[place].notes:
            said[place] = (*notes, *said[place])
    return said


def _rows(judged: Judged) -> NDArray[np.int64]:
    """The row of each promise's own figures, int64[C]."""
    return np.array([case.row for case in judged.cases], dtype=np.int64)


def _slips(judged: Judged) -> dict[int, Said]:
    """Ask after figures of providers' own whose decimal point may be out of its place, by row."""
    grid = judged.grid
    rows = np.unique(_rows(judged))
    values, wide = grid.values[rows].ravel(), grid.calendar.width
    found = doubts_of(values, np.arange(len(rows) + 1, dtype=np.int64) * wide)
    found.first[:] = -1  # windows that stand still are told of as such
    return {
        int(rows[i]): doubt_notes(values, found, i, lambda at: grid.calendar.name(at % wide))
        for i in np.flatnonzero(found.point >= 0).tolist()
    }
