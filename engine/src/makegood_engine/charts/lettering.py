"""How much room words take on a chart, and how they are broken into lines."""

from textwrap import wrap

WIDE, NARROW = 860, 360
"""How wide a chart is drawn, in page units: for a page or a slide, and for a telephone."""
BREADTHS = (320, 2000)
"""The narrowest and the widest that may be asked for."""
STACKED = 600
"""Charts narrower than this put words beneath what they speak of, not beside it."""
LETTER = 7.8
"""About how wide a letter is, in page units; all writing is of 14 units."""
LINE = 20.0
"""From one line of writing to the next, in page units."""


def room_for(words: str) -> float:
    """About how wide words are, in page units."""
    return LETTER * len(words)


def lines_of(words: str, wide: float) -> list[str]:
    """Break words into lines that fit so wide a place; none is lost."""
    return wrap(words, max(int(wide / LETTER), 1))


def check_width(width: int) -> int:
    """Refuse a width at which a chart cannot be read or drawn."""
    low, high = BREADTHS
    if not low <= width <= high:
        raise ValueError(f"A chart {width:,} wide cannot be drawn. Give {low} to {high:,}.")
    return width
