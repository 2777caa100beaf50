"""A chart as PNG or PDF, for a report or a slide; typst draws it, with no system library.

The PDF meets PDF/UA-1: it has a title, a language, and the chart's description in place of it.
"""

import re
from pathlib import Path
from textwrap import wrap
from xml.etree.ElementTree import Element

import typst
from defusedxml import ElementTree

from makegood_engine.charts.svg import INK, text
from makegood_engine.tables.stopping import placing

HEAD = 30
"""The room of one line of a heading, in page units."""
ENDINGS = (".svg", ".png", ".pdf")
"""What a chart can be written as."""
DPI = 192
"""Dots an inch of a PNG; a chart is 860 points wide, so 2,293 dots."""
WIDE_LETTER = 11.2
"""About how wide a letter of a heading is, in the widest of the usual fonts."""
_BOX = re.compile(r'viewBox="([^"]*)"')
_SVG = "{http://www.w3.org/2000/svg}"
_PAGE = b"""
#set document(title: sys.inputs.title)
#set text(lang: "en", region: "GB", size: 17pt, weight: "bold", fill: rgb("#16202c"),
  font: ("Liberation Sans", "Arial", "DejaVu Sans", "Libertinus Serif"))
#set page(width: auto, height: auto, margin: 12pt)
#block(width: eval(sys.inputs.width), sys.inputs.title)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width), alt: sys.inputs.alt)
"""


def to_png(svg: str, *, dpi: int = DPI) -> bytes:
    """Draw a chart of this package as PNG, on white, its title above it; gives the file's bytes.

    `dpi` is dots an inch, at 72 page units an inch: a chart 860 units wide is 2,293 dots at 192.
    Raises `xml.etree.ElementTree.ParseError` for text that is no SVG.
    """
    return bytes(typst.compile(_PAGE, format="png", ppi=float(dpi), sys_inputs=_inputs(svg)))


def to_pdf(svg: str) -> bytes:
    """Draw a chart of this package as PDF/UA-1, one page of its own size; gives the file's bytes.

    Its title stands above it, its description in place of it for who cannot see it. Raises as
    `to_png`. Source: ISO 14289-1.
    """
    return bytes(typst.compile(_PAGE, format="pdf", pdf_standards="ua-1", sys_inputs=_inputs(svg)))


def headed(svg: str) -> str:
    """Put the title of a chart above it, for where no page says it."""
    left, top, width, height = (float(n) for n in _BOX.findall(svg)[0].split())
    title = ElementTree.fromstring(svg).findtext(f"{_SVG}title") or ""
    lines = wrap(title, max(int((width - 8) / WIDE_LETTER), 1))
    room = HEAD * len(lines)
    heading = "".join(
        text(words, x=4, y=top - room + HEAD * (place + 0.7), part="heading", fill=INK,
             font_size="18", font_weight="bold")
        for place, words in enumerate(lines)
    )  # fmt: skip
    box = f'viewBox="{left:g} {top - room:g} {width:g} {height + room:g}"'
    return _BOX.sub(box, svg, count=1).replace("</desc>", f"</desc>{heading}", 1)


def save_chart(svg: str, path: Path) -> None:
    """Write a chart whole or not at all, its title above it; the name's ending says as what.

    Raises `ValueError` for an ending that is not .svg, .png or .pdf.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"“{path.name}” must end in .svg, .png or .pdf.")
    drawn = {
        ".svg": lambda: headed(svg).encode(),
        ".png": lambda: to_png(svg),
        ".pdf": lambda: to_pdf(svg),
    }
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(drawn[ending]())
        with placing():
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _inputs(svg: str) -> dict[str, str]:
    root: Element = ElementTree.fromstring(svg)
    words = {part: root.findtext(f"{_SVG}{part}") or "" for part in ("title", "desc")}
    width = root.get("viewBox", "0 0 860 0").split()[2]
    return {"svg": svg, "title": words["title"], "alt": words["desc"], "width": f"{width}pt"}
