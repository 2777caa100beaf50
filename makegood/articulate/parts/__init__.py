"""The parts of a proposal’s case: what each asks, and what was answered, as one reads it.

Forms, pages, documents and comparisons are all made from these questions.
"""

from makegood.articulate.parts.asked import (
    MOST_OPTIONS,
    MOST_ROWS,
    PARTS,
    YEARS,
    Asked,
    PartAsked,
    Shape,
)
from makegood.articulate.parts.content import (
    Content,
    Grid,
    Line,
    empty,
    grids_of,
    lines_of,
    missing_in,
    piece_of,
    price_of_year,
    row_asked,
    total,
    with_piece,
)

__all__ = [
    "MOST_OPTIONS",
    "MOST_ROWS",
    "PARTS",
    "YEARS",
    "Asked",
    "Content",
    "Grid",
    "Line",
    "PartAsked",
    "Shape",
    "empty",
    "grids_of",
    "lines_of",
    "missing_in",
    "piece_of",
    "price_of_year",
    "row_asked",
    "total",
    "with_piece",
]
