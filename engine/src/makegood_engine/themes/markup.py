"""XML as plain values, read safely and with its lines, and written so that nothing is lost.

Elements, attributes, text and their order are kept; comments are not, since they belong to a
file and not to a code: a codebook has no place for them once its codes are moved. Document types and
entities are refused (`defusedxml`), so that a stranger's file cannot attack its reader.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax import ContentHandler, SAXException, SAXParseException
from xml.sax.handler import feature_namespaces
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from makegood_engine.tables import whole_file

DEEPEST = 100
"""Elements that may stand one inside another."""
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
XML = "http://www.w3.org/XML/1998/namespace"
Name = tuple[str, str]
"""A namespace (empty for none) and a name within it."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name, its attributes by name, what it holds in order, and its line."""

    name: Name
    attributes: Mapping[Name, str]
    content: "tuple[Element | str, ...]" = ()
    line: int = field(default=0, compare=False)

    @property
    def elements(self) -> "list[Element]":
        """The elements inside, in order."""
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(part for part in self.content if isinstance(part, str))

    def get(self, name: str) -> str | None:
        """An attribute without a namespace, or None."""
        return self.attributes.get(("", name))


@dataclass(slots=True)
class _Open:
    """An element whose end is not yet met."""

    name: Name
    attributes: dict[Name, str]
    line: int
    content: list[Element | str] = field(default_factory=list)


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Open(("", ""), {}, 0)]
        self.place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802  the reader's own name
        self.place = locator

    def startElementNS(  # noqa: N802  the reader's own name
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        del qname
        if len(self.open) > DEEPEST:
            raise SAXParseException("too deep", None, self.place or Locator())
        given = {(space or "", local): value for (space, local), value in attrs.items()}
        line = self.place.getLineNumber() if self.place else 0
        self.open.append(_Open((name[0] or "", name[1]), given, line or 0))

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  the reader's own name
        del name, qname
        done = self.open.pop()
        made = Element(done.name, done.attributes, tuple(done.content), done.line)
        self.open[-1].content.append(made)

    def characters(self, content: str) -> None:
        held = self.open[-1].content
        if held and isinstance(held[-1], str):
            content = str(held.pop()) + content
        held.append(content)


def read_markup(data: bytes, *, name: str) -> Element:
    """Read one XML document; raises `TableError` naming file and line where it is broken."""
    builder = _Builder()
    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)  # noqa: FBT003  the reader's own signature
    parser.setContentHandler(builder)
    source = InputSource()
    source.setByteStream(io.BytesIO(data))
    try:
        parser.parse(source)
    except DefusedXmlException:
        said = "The file defines a document type or entities. For safety we do not read those."
        raise whole_file(said, name=name) from None
    except SAXParseException as error:
        said = (
            f"Line {error.getLineNumber():,}: this is not well-formed XML ({error.getMessage()})."
        )
        raise whole_file(said, name=name) from None
    except (SAXException, UnicodeError, LookupError, ValueError) as error:
        raise whole_file(f"The file is not XML we can read ({error}).", name=name) from None
    return next(part for part in builder.open[0].content if isinstance(part, Element))


def write_markup(root: Element) -> str:
    """Write a document; reading it again gives the same elements, attributes and text."""
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "".join(_written(root, "")) + "\n"


def _written(element: Element, inherited: str) -> list[str]:
    space, local = element.name
    parts = [f"<{local}"]
    if space != inherited:
        parts.append(f" xmlns={quoteattr(space)}")
    others = sorted({s for s, _ in element.attributes} - {"", XML})
    prefixes = {"": "", XML: "xml:"} | {s: f"n{i}:" for i, s in enumerate(others)}
    parts += [f" xmlns:{prefixes[s][:-1]}={quoteattr(s)}" for s in others]
    parts += [
        f" {prefixes[s]}{n}={quoteattr(value)}" for (s, n), value in element.attributes.items()
    ]
    if not element.content:
        return [*parts, "/>"]
    parts.append(">")
    for part in element.content:
        if isinstance(part, str):
            parts.append(escape(part, {"\r": "&#13;"}))
        else:
            parts += _written(part, space)
    return [*parts, f"</{local}>"]
