"""Reading files of figures as people and publishers make them: nothing of Django, nothing is kept.

A file holds sheets, a sheet rows of cells as text. A layout says what each column is; it is guessed,
shown, and put right by a person. With it every row gives figures, or the reason why it cannot.
"""

from makegood.measures.reading.best import best_layout
from makegood.measures.reading.cells import MARKS, Meaning
from makegood.measures.reading.layout import Layout, Role, Shape, guess_layout
from makegood.measures.reading.periods import DayOrder
from makegood.measures.reading.rows import Figure, RowReader, Said, Yardstick
from makegood.measures.reading.sheets import BadFile, Source, open_source

__all__ = [
    "MARKS",
    "BadFile",
    "DayOrder",
    "Figure",
    "Layout",
    "Meaning",
    "Role",
    "RowReader",
    "Said",
    "Shape",
    "Source",
    "Yardstick",
    "best_layout",
    "guess_layout",
    "open_source",
]
