"""What comes in: applications, their reviews, and the rules of the round."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from makegood_engine.tables import ROW, Column, Contract, Fault, FaultList, from_arrow, read_table
from makegood_engine.tables.cells import Kind

APPLICATIONS = Contract(
    "applications",
    (
        Column("application", Kind.TEXT, filled=True),
        Column("asked", Kind.NUMBER, filled=True),
        Column("minimum", Kind.NUMBER, needed=False),
        Column("region", Kind.TEXT, needed=False),
        Column("kind", Kind.TEXT, needed=False),
        Column("size", Kind.TEXT, needed=False),
    ),
    ("application",),
)
"""One row an application: the money asked for, and if need be the least it could use.

Any other column may be named by a rule of the round, as `region`, `kind` and `size` may.
"""

REVIEWS = Contract(
    "reviews",
    (
        Column("application", Kind.TEXT, filled=True),
        Column("reviewer", Kind.TEXT, filled=True),
        Column("score", Kind.NUMBER, filled=True),
    ),
    ("application", "reviewer"),
)
"""One row a score; higher is better."""

LARGEST_SCORE = 1e6
"""The largest score there may be, above or below 0."""


@dataclass(frozen=True, slots=True)
class Application:
    """One application: money `asked`, the least it could use, and its cells by column."""

    name: str
    asked: float
    minimum: float | None
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """One score of one application by one reviewer."""

    application: str
    reviewer: str
    score: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule on awards of one sort.

    Of the applications whose `column` is one of `values` (all, where it is empty), how many
    awards (`measure` count), how much money, or what share of the budget there must be or may be.
    """

    name: str
    column: str = ""
    values: tuple[str, ...] = ()
    measure: str = "count"
    at_least: float | None = None
    at_most: float | None = None

    def holds_for(self, application: Application) -> bool:
        """Whether the rule speaks of this application."""
        return not self.column or application.cells.get(self.column, "") in self.values


@dataclass(frozen=True, slots=True)
class Round:
    """A funding round: its money, its published rules, and how doubt is settled.

    `weigh` is money (every pound follows merit) or awards (every award counts once); `line` the
    least merit that may be funded; `lowest` the lowest score of the scale, which counts for nothing
    where there is no line (one of the two is needed); `sure` the share of draws from which a decision stands;
    `partial` allows awards below what was asked, never under an application's `minimum` or
    `minimum_share` of it; `settle` is lots or merit; `currency` is a code of three letters, or none;
    `file` is what the round was read from.
    """

    budget: float
    seed: str
    name: str = "round"
    draws: int = 500
    sure: float = 0.9
    weigh: str = "money"
    line: float | None = None
    partial: bool = False
    minimum_share: float = 1.0
    settle: str = "lots"
    rules: tuple[Rule, ...] = ()
    lowest: float | None = None
    currency: str = ""
    file: str = "round"

    def least_share(self, application: Application) -> float:
        """The least share of what it asked that an application may be given."""
        if not self.partial:
            return 1.0
        if application.minimum is None:
            return self.minimum_share
        return max(application.minimum / application.asked, 1e-9)


def read_forms(
    applications: str | Path | pa.Table, reviews: str | Path | pa.Table
) -> tuple[list[Application], list[Review]]:
    """Read both tables; raises `TableError` naming file, row and column of what is wrong."""
    table, of_applications = _read(applications, APPLICATIONS)
    scores, of_reviews = _read(reviews, REVIEWS)
    names = set(table["application"].to_pylist())
    seen = set(scores["application"].to_pylist())
    for row, name in _rows(scores, "application"):
        if name not in names:
            said = f"There is no application “{name}”."
            of_reviews.add([Fault(row, "application", str(name), said)])
    for row, name in _rows(table, "application"):
        if name not in seen:
            said = f"{name} has no review, so nothing is known of its merit."
            of_applications.add([Fault(row, "application", str(name), said)])
    of_applications.add(_money(table))
    for row, score in _rows(scores, "score"):
        if abs(float(str(score))) > LARGEST_SCORE:
            of_reviews.add([Fault(row, "score", str(score), "A score is at most a million.")])
    of_applications.raise_if_any()
    of_reviews.raise_if_any()
    made = [
        Application(
            str(row["application"]), float(row["asked"]), row.get("minimum"),
            {key: str(cell) for key, cell in row.items() if cell is not None and key != ROW},
        )
        for row in table.to_pylist()
    ]  # fmt: skip
    return made, [
        Review(str(row["application"]), str(row["reviewer"]), float(row["score"]))
        for row in scores.to_pylist()
    ]


def _read(source: str | Path | pa.Table, contract: Contract) -> tuple[pa.Table, FaultList]:
    if isinstance(source, pa.Table):
        return from_arrow(source, contract), FaultList(contract.name)
    return read_table(source, contract), FaultList(Path(source).name)


def _rows(table: pa.Table, column: str) -> list[tuple[int, object]]:
    return list(zip(table[ROW].to_pylist(), table[column].to_pylist(), strict=True))


def _money(table: pa.Table) -> list[Fault]:
    """Money that cannot be: nothing asked, or a minimum outside what was asked."""
    found = []
    asked = dict(_rows(table, "asked"))
    for row, money in asked.items():
        if not 0 < float(str(money)) <= 1e12:
            said = f"{money:g} is not a sum of money above 0, and at most a million million."
            found.append(Fault(row, "asked", f"{money:g}", said))
    for row, least in _rows(table, "minimum") if "minimum" in table.column_names else []:
        if least is not None and not 0 < float(str(least)) <= float(str(asked[row])):
            said = f"{least:g} is not above 0 and at most the {asked[row]:g} asked."
            found.append(Fault(row, "minimum", f"{least:g}", said))
    return found
