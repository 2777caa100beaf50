"""What a part holds, and how one reads it: line by line, as a table, and what is missing.

What a part holds is ``{"answers": {name: value}, "rows": [{name: value}, …]}``; a value is text, or
a list of texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from makegood.articulate.parts.asked import (
    CRITERIA,
    CRITERIA_TO_BEGIN,
    OPTIONS_TO_BEGIN,
    PARTS,
    SCORES,
    YEARS,
    Asked,
    Shape,
)
from makegood.articulate.states import ProposalPart
from makegood.kernel.money import show_pounds

Content = dict[str, Any]
IN_GRIDS = (ProposalPart.OPTIONS, ProposalPart.COSTS)
GRID_NAMES = ("criterion_", "cost", "score_", "what", "year_", "price_")
"""How the names begin of answers that a table shows."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One answer as one reads it: under which heading, to which question."""

    group: str
    label: str
    text: str
    is_in_grid: bool = False
    """Whether a table of the part shows it, too."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table of a part: its caption, the head of its columns, its rows, and which are figures."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    numeric: str = ""


def empty(part: ProposalPart) -> Content:
    """Return what a part holds before anybody wrote in it."""
    if part == ProposalPart.OPTIONS:
        return {
            "answers": dict(CRITERIA_TO_BEGIN),
            "rows": [dict(each) for each in OPTIONS_TO_BEGIN],
        }
    return {"answers": {}, "rows": []}


def criteria_of(content: Content) -> dict[int, str]:
    """Return the criteria that options are scored by, by their place."""
    named = ((place, content["answers"].get(f"criterion_{place}", "")) for place in CRITERIA)
    return {place: name for place, name in named if name}


def scores_asked(content: Content) -> tuple[Asked, ...]:
    """Return what is asked of each option by each criterion: a score, and why."""
    return tuple(
        asked
        for place, name in criteria_of(content).items()
        for asked in (
            Asked(
                name=f"score_{place}",
                label=f"{name}: score",
                hint="0 is worst, 5 is best.",
                shape=Shape.CHOICE,
                choices=SCORES,
            ),
            Asked(name=f"reason_{place}", label=f"{name}: why this score?", shape=Shape.LINE),
        )
    )


def row_asked(part: ProposalPart, content: Content) -> tuple[Asked, ...]:
    """Return what is asked of each row of a part, as it stands."""
    scores = scores_asked(content) if part == ProposalPart.OPTIONS else ()
    return (*PARTS[part].row_asked, *scores)


def total(row: Mapping[str, Any], *, content: Content) -> int | None:
    """Return the scores of an option added up; None while one is missing."""
    scores = [str(row.get(f"score_{place}", "")) for place in criteria_of(content)]
    return sum(map(int, scores)) if scores and all(scores) else None


def pounds(value: Any) -> Decimal:
    """Return an amount that was kept; none is nothing in a sum."""
    return Decimal(value) if value else Decimal(0)


def cost_of_year(content: Content, *, year: int) -> Decimal:
    """Return all lines of costs of one year, added up."""
    return sum((pounds(row.get(f"year_{year}")) for row in content["rows"]), Decimal(0))


def price_of_year(content: Content, *, year: int) -> Decimal:
    """Return what the commissioner would pay in one year."""
    return pounds(content["answers"].get(f"price_{year}"))


def lines_of(part: ProposalPart, content: Content) -> list[Line]:
    """Return what a part says, answer by answer; what is not answered is left out."""
    return [line for line in _lines(part, content) if line.text]


def _lines(part: ProposalPart, content: Content) -> Iterator[Line]:
    about, in_grid = PARTS[part], part in IN_GRIDS
    for asked in about.asked:
        text = asked.said(content["answers"].get(asked.name))
        is_in_grid = in_grid and asked.name.startswith(GRID_NAMES)
        yield Line(group="", label=asked.label, text=text, is_in_grid=is_in_grid)
    for number, row in enumerate(content["rows"], start=1):
        group = f"{about.row} {number}"
        for asked in row_asked(part, content):
            text = asked.said(row.get(asked.name))
            is_in_grid = in_grid and asked.name.startswith(GRID_NAMES)
            yield Line(group=group, label=asked.label, text=text, is_in_grid=is_in_grid)
        if part == ProposalPart.OPTIONS and (added := total(row, content=content)) is not None:
            yield Line(group=group, label="Scores added up", text=str(added), is_in_grid=True)
    if part == ProposalPart.COSTS and content["rows"]:
        for year in YEARS:
            sum_ = cost_of_year(content, year=year)
            text = show_pounds(sum_) if sum_ else ""
            yield Line(group="All lines", label=f"Year {year}", text=text, is_in_grid=True)


def missing_in(part: ProposalPart, content: Content) -> list[str]:
    """Return what a part must still say before it is done, in words."""
    about = PARTS[part]
    found = [a.label for a in about.asked if a.is_needed and not content["answers"].get(a.name)]
    main = content["answers"].get("main")
    if main and main not in content["answers"].get("motives", ()):
        found.append("which matters most, of those you chose")
    if about.row and not content["rows"]:
        found.append(f"one {about.row.lower()} at least")
    if part == ProposalPart.OPTIONS and not criteria_of(content):
        found.append("one criterion at least")
    for number, row in enumerate(content["rows"], start=1):
        name = row.get("name") or f"{about.row} {number}"
        asked = row_asked(part, content)
        found += [f"{name}: {a.label}" for a in asked if a.is_needed and not row.get(a.name)]
    return found


def piece_of(content: Content, place: int | str | None) -> Content:
    """Return what one page of a part writes: all of it, its answers, or one row by its number."""
    if place is None:
        return content
    if place == "answers":
        return {"answers": content["answers"]}
    return {"row": dict(enumerate(content["rows"], start=1)).get(int(place), {})}


def with_piece(content: Content, piece: Content, place: int | str | None) -> Content:
    """Return ``content`` with what one page wrote; an empty row leaves the row out."""
    if place is None:
        return piece
    if place == "answers":
        return {**content, "answers": piece["answers"]}
    rows = dict(enumerate(content["rows"], start=1))
    rows[int(place)] = piece["row"]
    return {**content, "rows": [row for _, row in sorted(rows.items()) if row]}


def grids_of(part: ProposalPart, content: Content) -> list[Grid]:
    """Return what a part shows as a table: scores beside costs, or costs by year."""
    if not content["rows"]:
        return []
    if part == ProposalPart.OPTIONS:
        return [_scores(content)]
    return [_costs(content)] if part == ProposalPart.COSTS else []


def _scores(content: Content) -> Grid:
    criteria = criteria_of(content)
    rows = []
    for row in content["rows"]:
        added = total(row, content=content)
        scores = [row.get(f"score_{place}", "not scored") for place in criteria]
        cost = show_pounds(pounds(row["cost"])) if row.get("cost") else "not given"
        whole = "not all scored" if added is None else f"{added} of {5 * len(criteria)}"
        rows.append([row.get("name", ""), cost, *scores, whole])
    return Grid(
        caption="Each option by each criterion: 0 is worst, 5 is best",
        head=["Option", "Costs a year", *criteria.values(), "Added up"],
        rows=rows,
        numeric=" ".join(str(column) for column in range(2, len(criteria) + 4)),
    )


def _costs(content: Content) -> Grid:
    lines = [
        [row.get("what", ""), *(row.get(f"year_{year}") for year in YEARS)]
        for row in content["rows"]
    ]
    added = [cost_of_year(content, year=year) for year in YEARS]
    price = [price_of_year(content, year=year) for year in YEARS]
    lines += [["All costs", *added], ["Price to the commissioner", *price]]
    used = [year for year in YEARS if added[year - 1] or price[year - 1]] or [1]
    last = max(used)
    rows = []
    for name, *figures in lines:
        amounts = [pounds(figure) for figure in figures[:last]]
        rows.append([str(name), *map(show_pounds, amounts), show_pounds(sum(amounts, Decimal(0)))])
    return Grid(
        caption="Costs by year, and the price",
        head=["What for", *(f"Year {year}" for year in range(1, last + 1)), "All years"],
        rows=rows,
        numeric=" ".join(str(column) for column in range(2, last + 3)),
    )
