"""Cells in files that others will open: no spreadsheet may take them for a formula."""

import re

from makegood.kernel.answers import PLAIN_NUMBER

FORMULA_SIGNS = ("=", "+", "-", "−", "@", "|", "%", "＝", "＋", "－", "＠")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
LIKE_A_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA_SIGNS))}]")
"""What begins with such a sign, or would, once the apostrophes before it are taken away."""


def harmless(cell: object) -> str:
    """Return a cell as text, on one line, that no spreadsheet takes for a formula."""
    text = f"{cell:.15g}" if isinstance(cell, float) else str("" if cell is None else cell)
    text = CONTROLS.sub(" ", text).strip()
    if PLAIN_NUMBER.fullmatch(text):
        return text
    return f"'{text}" if LIKE_A_FORMULA.match(text) else text


def plain(cell: str) -> str:
    """Return a cell that ``harmless`` wrote as it was before."""
    return cell[1:] if cell.startswith("'") and LIKE_A_FORMULA.match(cell) else cell
