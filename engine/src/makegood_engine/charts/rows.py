"""Rows under one another, each with a name: where names, marks and words stand."""

from collections.abc import Sequence
from typing import NamedTuple

from makegood_engine.charts.frame import Frame
from makegood_engine.charts.lettering import LETTER, STACKED, check_width, lines_of, room_for
from makegood_engine.charts.scales import Scale
from makegood_engine.charts.svg import INK, MUTED, hint, line, shortened, text

SAID = 250.0
"""The room of words that stand after their marks."""
TOP, FOOT = 40.0, 92.0
"""The room above the rows, and that of the axis and legend below them."""
NAMES = 284.0
"""The room of names that stand beside their rows."""
MOST = 3
"""Lines of a name; of a longer one the rest is in the description, and where a pointer rests."""
ROW, STEP = 26.0, 18.0
"""How high one row is at least, and from one line of a name to the next."""


class Row(NamedTuple):
    """Where one row stands: its name's lines from `top` down, and the middle of its mark.

    `said` are the lines of its words, the first of which stands at `words`.
    """

    name: str
    lines: list[str]
    top: float
    middle: float
    said: list[str]
    words: float


def is_stacked(width: int) -> bool:
    """Whether names stand above their rows, for want of room beside them."""
    return check_width(width) < STACKED


def rows_of(names: Sequence[tuple[str, str]], *, width: int) -> tuple[list[Row], float]:
    """Place rows (name and words) under one another; also where they end.

    Names stand before their marks and words after them, or above and beneath.
    """
    stacked, at = is_stacked(width), TOP
    rows = []
    for name, words in names:
        lines = _lines(name, width - 8 if stacked else NAMES - 12)
        said = lines_of(words, width - 8 if stacked else SAID - 18)
        deep, low = STEP * len(lines), STEP * len(said)
        if stacked:
            row = Row(name, lines, at, at + deep + 14, said, at + deep + 42)
            at = row.middle + low + 26
        else:
            high = max(ROW, deep + 8, low + 8)
            top, middle = at + (high - deep) / 2, at + high / 2
            row = Row(name, lines, top, middle, said, middle - low / 2 + 14)
            at += high
        rows.append(row)
    return rows, at


def _lines(name: str, wide: float) -> list[str]:
    lines = lines_of(name, wide) or [""]
    if len(lines) <= MOST:
        return lines
    return [*lines[: MOST - 1], shortened(" ".join(lines[MOST - 1 :]), int(wide / LETTER))]


def draw_upright(frame: Frame, at: float, rows: Sequence[Row], words: str) -> None:
    """Draw an upright line that all rows share, clear of names, and say above it what it is."""
    ends = [(TOP - 14, frame.y.start)]
    if is_stacked(frame.width):
        ends = [(TOP - 14, TOP - 2), *((row.middle - 13, row.middle + 13) for row in rows)]
    frame.parts += [
        line(at, top, at, foot, part="mean", stroke=INK, stroke_width="1.5") for top, foot in ends
    ]
    half = room_for(words) / 2
    x = min(max(at, half + 4), frame.width - half - 4)
    frame.parts.append(text(words, x=x, y=TOP - 20, text_anchor="middle", fill=INK))


def draw_words(frame: Frame, row: Row) -> None:
    """Write the name of a row, whole where a pointer rests if it was cut, and its words."""
    x = 4.0 if is_stacked(frame.width) else frame.x.end + 14
    frame.parts += [
        text(words, x=x, y=row.words + STEP * place, part="verdict", fill=MUTED)
        for place, words in enumerate(row.said)
    ]
    cut = hint(row.name) if row.lines[-1].endswith("…") else ""
    frame.parts += [
        text(words, x=4, y=row.top + STEP * place + 13, part="label", fill=INK, more=cut)
        for place, words in enumerate(row.lines)
    ]


def frame_of(low: float, high: float, *, left: float, right: float, foot: float, unit: str,
             width: int) -> Frame:  # fmt: skip
    """The drawing of rows that end at `foot`, with the axis below them."""
    x = Scale(low, high, left, right)
    extra = STEP * (len(lines_of(unit, right - 4)) - 1)
    return Frame(x, Scale(0, 1, foot, TOP), width, int(foot + FOOT + extra))
