"""When two names of organisations are as good as the same."""

import re
import unicodedata

OF_THE_FORM = (
    "community interest company", "charitable incorporated organisation",
    "public limited company", "limited liability partnership", "company limited by guarantee",
    "limited", "ltd", "cic", "cio", "plc", "llp",
)  # fmt: skip
"""What a name says only because of the legal form, the longest first."""
FORM = re.compile(rf"\b(?:{'|'.join(OF_THE_FORM)})\b")
INSIDE_WORDS = re.compile("['’.]")


def likeness(name: str) -> str:
    """Return a name as it is compared: without capitals, accents, signs, spaces and its legal form.

    ``The Fell-Care Trust C.I.C.`` and ``fell care trust Ltd`` are both ``fellcaretrust``.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[\W_]+", " ", INSIDE_WORDS.sub("", letters).replace("&", " and ")).strip()
    bare = FORM.sub("", words).removeprefix("the ").replace(" ", "")
    return bare or words.replace(" ", "")
