"""The sheet of a file that holds the figures, and how it is laid out."""

from collections.abc import Iterable
from dataclasses import replace

from makegood.measures.reading.layout import Layout, Role, guess_layout
from makegood.measures.reading.periods import DAY, DayOrder
from makegood.measures.reading.rows import day_order_in, has_other_order
from makegood.measures.reading.sheets import BadFile, Row, Source


def best_layout(source: Source, *, measure: str, of_one: bool = False) -> Layout:
    """Return the layout of the first sheet that can be read whole, or of the first that holds a table."""
    fault, held = BadFile(""), None
    for sheet in source.sheets:
        try:
            layout = guess_layout(source.beginning(sheet), sheet=sheet, measure=measure)
        except BadFile as bad:
            fault = fault if str(fault) else bad
            continue
        held = held or layout
        if layout.is_complete(of_one=of_one):
            return in_its_order(source, layout)
    if held is None:
        raise fault
    return held


def in_its_order(source: Source, layout: Layout) -> Layout:
    """Return ``layout`` with the order that days in the file have, where one of them shows it."""
    place = layout.place(Role.PERIOD)
    if place is None or not any(
        map(DAY.fullmatch, cells_of(source.beginning(layout.sheet), place))
    ):
        return layout
    cells = cells_of(source.rows(layout.sheet), place)
    return replace(layout, order=day_order_in(cells) or DayOrder.DAY)


def is_mixed(source: Source, layout: Layout) -> bool:
    """Return whether a day in the file is written the other way round than ``layout`` says."""
    place = layout.place(Role.PERIOD)
    if place is None:
        return False
    return has_other_order(cells_of(source.rows(layout.sheet), place), than=layout.order)


def cells_of(rows: Iterable[Row], place: int) -> Iterable[str]:
    """Return the cells of a column."""
    return (row[place] for row in rows if len(row) > place)
