"""Charts: accessible SVG, light by itself and dressed by a page's own style sheet.

Each chart has a title, a description and its numbers as rows; nothing is said by colour
alone. There is no inline style and no script, so a strict content policy may stand.
"""

from makegood_engine.charts.spc import Comparator, comparator_of, spc_chart
from makegood_engine.charts.words import ChartRow, describe, signal_words, table_rows

__all__ = [
    "ChartRow",
    "Comparator",
    "comparator_of",
    "describe",
    "signal_words",
    "spc_chart",
    "table_rows",
]
