"""Charts: accessible SVG, light by itself and dressed by a page's own style sheet.

Each chart has a title, a description and its numbers as rows; nothing is said by colour
alone. There is no inline style and no script, so a strict content policy may stand. `export`
turns one into PNG or PDF.
"""

from makegood_engine.charts.comparator import Comparator, comparator_of
from makegood_engine.charts.export import save_chart, to_pdf, to_png
from makegood_engine.charts.funnel import describe_funnel, funnel_plot
from makegood_engine.charts.intervals import Interval, describe_intervals, interval_plot
from makegood_engine.charts.merit import Standing, describe_merit, merit_plot
from makegood_engine.charts.spc import spc_chart
from makegood_engine.charts.tornado import Swing, describe_tornado, tornado
from makegood_engine.charts.words import ChartRow, describe, signal_words, table_rows

__all__ = [
    "ChartRow",
    "Comparator",
    "Interval",
    "Standing",
    "Swing",
    "comparator_of",
    "describe",
    "describe_funnel",
    "describe_intervals",
    "describe_merit",
    "describe_tornado",
    "funnel_plot",
    "interval_plot",
    "merit_plot",
    "save_chart",
    "signal_words",
    "spc_chart",
    "table_rows",
    "to_pdf",
    "to_png",
    "tornado",
]
