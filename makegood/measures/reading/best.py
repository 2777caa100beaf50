"""The sheet of a file that holds the figures, and how it is laid out."""

from collections.abc import Iterable
from dataclasses import replace

from makegood.measures.reading.layout import Layout, Role, guess_layout
from makegood.measures.reading.periods import DayOrder
from makegood.measures.reading.rows import day_order_in
from makegood.measures.reading.sheets import BadFile, Source


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
    if place is None:
        return layout
    return replace(layout, order=day_order_in(cells_of(source, layout, place)) or DayOrder.DAY)


def cells_of(source: Source, layout: Layout, place: int) -> Iterable[str]:
    """Return the cells of a column, from the top of the sheet."""
    return (row[place] for row in source.rows(layout.sheet) if len(row) > place)
