"""What a cell says of a figure: a number, or a mark that says why there is none."""

import math
import re
from collections.abc import Mapping
from enum import StrEnum


class Meaning(StrEnum):
    """What a mark in the place of a figure means. Only one of them is a number."""

    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    MISSING = "missing"
    ZERO = "zero"

    @property
    def words(self) -> str:
        """Return the meaning as people say it."""
        return {
            "suppressed": "held back (suppressed)",
            "not_available": "not available",
            "missing": "nothing is said: leave it out",
            "zero": "the number 0",
        }[self.value]


MARKS: Mapping[str, Meaning] = {
    **dict.fromkeys(("*", "**", "#", "c", "[c]", "supp", "suppressed"), Meaning.SUPPRESSED),
    **dict.fromkeys(
        (".", "..", "...", ":", "-", "--", "–", "—", "x", "[x]", "z", "[z]", "n/a", "#n/a", "na", "nil"),
        Meaning.NOT_AVAILABLE,
    ),
    **dict.fromkeys(("null", "none"), Meaning.MISSING),
}  # fmt: skip
"""What publishers write where there is no figure, and how it is read until a person says otherwise.

A dash means nought to some publishers and nothing to others: it is never taken for nought unasked.
"""
BOUND = re.compile(r"[<≤]\s*\d+(\.\d+)?")
"""“<5”: a small number that is held back."""
PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
WITH_COMMA = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+")
FORMULA_SIGNS = ("=", "+", "@")
LARGEST, SMALLEST = 1e100, 1e-100


class BadCell(ValueError):
    """A cell that is no figure; the message says why and what to do."""


def is_mark(cell: str) -> bool:
    """Return whether ``cell`` says why there is no figure, or nothing."""
    return not cell or cell.lower() in MARKS or BOUND.fullmatch(cell) is not None


def is_number(cell: str) -> bool:
    """Return whether ``cell`` looks like a number, however it is written."""
    bare = cell.rstrip("% ")
    return any(form.fullmatch(bare) for form in (PLAIN, GROUPED, WITH_COMMA))


def read_number(cell: str, *, has_decimal_comma: bool = False, is_share: bool = False) -> float:
    """Return the number in ``cell``. A sign of per cent stands only where shares are measured."""
    text = cell
    if not PLAIN.fullmatch(text):
        text = _plain(text.replace("−", "-"), comma=has_decimal_comma, is_share=is_share)
    number = float(text)
    if math.isinf(number) or abs(number) > LARGEST:
        raise BadCell(f"“{cell[:40]}” is too large to compare. Change the unit.")
    if 0 < abs(number) < SMALLEST:
        raise BadCell(f"“{cell[:40]}” is too small to compare. Change the unit.")
    return number


def _plain(text: str, *, comma: bool, is_share: bool) -> str:
    bare = text.rstrip("% ") if is_share else text
    if comma and WITH_COMMA.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    if not comma and GROUPED.fullmatch(bare):
        return bare.replace(",", "")
    if PLAIN.fullmatch(bare):
        return bare
    raise BadCell(_fault(text, bare))


def _fault(text: str, bare: str) -> str:
    shown = text[:40]
    if WITH_COMMA.fullmatch(bare):
        return (
            f"“{shown}” has a comma in it. Write 1234.5, or say that a comma is the decimal point."
        )
    if text.endswith("%"):
        return f"“{shown}” has a % sign in it, and this measure is no percentage."
    if text.startswith(FORMULA_SIGNS):
        return f"“{shown}” is a formula. Save the file with its values."
    if text[:1] in "£$€":
        return f"“{shown}” has a sign of currency in it. Write the number alone."
    if text.startswith("#"):
        return f"“{shown}” is an error of the spreadsheet. Mend it there, or leave the cell empty."
    return f"“{shown}” is not a number. Write one like 1234.5, or leave the cell empty."
