"""Files of figures as people and publishers make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from makegood.kernel.documents.workbook import Cell, Sheet, workbook

SICKNESS = "Staff absence rate"


def a_publishers_workbook() -> bytes:
    """A monthly workbook as NHS Digital lays out its table 4: titles, two rows of headings, merged
    regions, marks for what there is none of, totals, and notes under it; made up, not copied."""
    months = ["April 2021", "May 2021", "June 2021"]
    above: list[Cell] = ["Region", "Code", "Name"]
    above += [cell for month in months for cell in (month, None)]
    below: list[Cell] = [None, None, None]
    below += ["FTE days lost", "Sickness absence rate (%)"] * len(months)
    rows: list[Sequence[Cell]] = [
        ["Table 4: Sickness absence by organisation"],
        ["Published on 30 September 2021. Provisional."],
        [],
        above,
        below,
        ["North", "RX1", "Moor Trust", 120, 4.1, 130, 4.3, 128, 4.2],
        [None, "RX2", "Dale Trust", ".", ".", 30, 3.9, "*", "*"],
        ["South", "RX3", "Coast CIC", 10, 2.0, 11, "-", 12, 2.4],
        ["Total", None, "Total", 130, 3.4, 171, 4.0, 140, 3.5],
        [],
        ["Notes: “.” means no data, “*” means held back."],
    ]
    merged = ["A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:I4", "A6:A7"]
    return workbook(
        [
            Sheet(name="Cover", rows=[["Sickness absence"], ["Contents"]]),
            Sheet(name="Table 4", rows=rows, merged=merged),
            Sheet(name="Working", rows=[["period", "value"], ["2021-04-01", 9]], is_hidden=True),
        ]
    )


def sent(folder: Path, content: bytes | str, *, name: str = "figures.csv") -> Path:
    """Put a file where it can be read."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
