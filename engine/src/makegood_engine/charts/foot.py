"""What stands beneath a chart: sentences, and the names behind its numbers, wrapped to its width."""

from collections.abc import Sequence

from makegood_engine.charts.lettering import LINE, STACKED, lines_of
from makegood_engine.charts.svg import INK, text

SHORT = 48
"""Letters of an entry of which two fit beside one another."""
NUMBERS = 34.0
"""The room that an entry's number takes."""
LEFT = 4.0


def sentences(said: Sequence[str], *, top: float, width: int) -> tuple[str, float]:
    """Write sentences under one another from `top` down; also says where they end."""
    lines = [line for one in said for line in lines_of(one, width - 2 * LEFT)]
    drawn = "".join(
        text(line, x=LEFT, y=top + LINE * (place + 0.7), part="note", fill=INK)
        for place, line in enumerate(lines)
    )
    return drawn, top + LINE * len(lines)


def key(
    heading: str, entries: Sequence[tuple[str, str]], *, top: float, width: int
) -> tuple[str, float]:
    """Write what numbers stand for (number and words), down one column or two; also where it ends."""
    if not entries:
        return "", top
    columns = 2 if all(len(words) <= SHORT for _, words in entries) and width > STACKED else 1
    wide = (width - LEFT) / columns
    drawn, low = [], top + LINE * 1.3
    drawn.append(text(heading, x=LEFT, y=top + LINE, part="key", fill=INK, font_weight="bold"))
    each = -(-len(entries) // columns)
    for column in range(columns):
        x, y = LEFT + wide * column, top + LINE * 1.3
        for number, words in entries[each * column : each * (column + 1)]:
            lines = lines_of(words, wide - NUMBERS - LEFT)
            drawn.append(
                text(number, x=x + NUMBERS - 8, y=y + LINE * 0.7, part="key", text_anchor="end",
                     fill=INK)
            )  # fmt: skip
            drawn += [
                text(line, x=x + NUMBERS, y=y + LINE * (place + 0.7), part="key")
                for place, line in enumerate(lines)
            ]
            y += LINE * len(lines)
        low = max(low, y)
    return "".join(drawn), low
