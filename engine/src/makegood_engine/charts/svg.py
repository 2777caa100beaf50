"""Elements of an SVG, escaped, with classes for the page's clothes and colours of their own."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

INK, MUTED, PAPER = "#16202c", "#46535f", "#fffdf8"
IMPROVEMENT, CONCERN, COMMON = "#08519c", "#8a4500", "#56616c"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"

Attribute = str | float | None


def element(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """Write one element; `_` in names stands for `-`, a leading `class_` for class."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(
    words: str, *, x: float, y: float, part: str = "", more: str = "", **attributes: Attribute
) -> str:
    """Write words at a place; `part` names the kind of text in its class, `more` follows in it."""
    kind = f"mg-chart__text mg-chart__text--{part}" if part else "mg-chart__text"
    named: dict[str, Attribute] = {"class": kind, "x": x, "y": y, "fill": MUTED}
    return element("text", escaped(words) + more, **(named | attributes))


def line(
    x1: float, y1: float, x2: float, y2: float, *, part: str, stroke: str, **attributes: Attribute
) -> str:
    """Write a straight line of a named part."""
    return element(
        "line", class_=f"mg-chart__{part}", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **attributes
    )


def path_through(points: list[tuple[float, float]], *, places: int = 1) -> str:
    """The path data of a line through points, to so many decimal places (0 or 1)."""
    if places == 0:
        return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points)
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def hint(words: str) -> str:
    """Words that show where a pointer rests."""
    return element("title", escaped(words))


def picture(parts: Sequence[str], *, title: str, description: str, width: int, height: int) -> str:
    """Put the parts of a drawing together, named and described for those who cannot see it."""
    body = "".join(parts)
    name = f"mg{crc32(f'{title}{description}{body}'.encode()):08x}"
    return element(
        "svg",
        element("title", escaped(title), id=f"{name}-t")
        + element("desc", escaped(description), id=f"{name}-d")
        + body,
        xmlns="http://www.w3.org/2000/svg",
        class_="mg-chart",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
        font_family=FONT,
        font_size="14",
    )


def shortened(words: str, most: int) -> str:
    """Cut words to so many letters, with … where some are lost."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def number(value: float) -> str:
    """Write a page coordinate to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def escaped(words: str) -> str:
    """Make words safe between tags."""
    return escape(words, quote=False)


def _value(value: Attribute) -> str:
    return number(value) if isinstance(value, float) else escape(str(value))
