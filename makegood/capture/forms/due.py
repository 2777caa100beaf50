"""How the figures that are due are narrowed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from makegood.capture.owing import DueState
from makegood.capture.queries import FigureDue
from makegood.kernel.answers import offer_choices
from makegood.kernel.filters import ListFilter, one_of

WRONG = "found wrong"
STATES = [
    ("", "Any"),
    (DueState.LATE, "Late"),
    (DueState.DUE, "Due now"),
    (DueState.GIVEN, "Given"),
    ("given late", "Given after its day"),
    (WRONG, "Found wrong"),
    (DueState.NOT_AVAILABLE, "No figure, with the reason"),
    (DueState.SUPPRESSED, "Suppressed"),
    (DueState.NOT_YET, "Its time is not over yet"),
]
ORDERS = [
    ("", "Found wrong and late first"),
    ("newest", "Newest first"),
    ("oldest", "Oldest first"),
    ("measure", "By measure"),
]
FIRST = (DueState.LATE, DueState.DUE, DueState.NOT_YET)


class DueFilter(ListFilter):
    """Narrows the figures that are due."""

    state = one_of("How it stands", STATES)
    contract = one_of("Contract")
    provider = one_of("Who owes it")
    order = one_of("Order", ORDERS)

    def __init__(self, data: Any = None, *, rows: Sequence[FigureDue]) -> None:
        super().__init__(data)
        contracts = {row.commitment.contract for row in rows}
        houses = {row.owed_by for row in rows}
        self.fields["q"].label = "Words or a reference"
        named = sorted((each.reference, f"{each.name} ({each.reference})") for each in contracts)
        offer_choices(self, "contract", [("", "Any contract"), *named])
        owing = sorted((each.slug, str(each)) for each in houses)
        offer_choices(self, "provider", [("", "Anyone"), *owing])

    def found(self, rows: Iterable[FigureDue]) -> list[FigureDue]:
        """Return those looked for, in the order chosen; a filter that cannot be read narrows nothing."""
        kept = [row for row in rows if self._keeps(row)]
        order = self.answers.get("order") or ""
        if order == "measure":
            return sorted(kept, key=lambda row: (str(row.commitment.measure), row.span.first))
        if order == "oldest":
            return sorted(kept, key=lambda row: row.span.first)
        kept = sorted(kept, key=lambda row: row.span.first, reverse=True)
        return kept if order == "newest" else sorted(kept, key=_urgency)

    def _keeps(self, row: FigureDue) -> bool:
        asked, owed = self.answers, row.commitment
        words = f"{owed.measure} {owed.name} {owed.contract.name} {owed.contract.reference}"
        state = asked.get("state") or ""
        told_apart = {
            "given late": row.state.is_answered and row.days_late > 0,
            WRONG: row.is_found_wrong,
        }
        return (
            str(asked.get("q") or "").casefold() in words.casefold()
            and (not state or told_apart.get(state, row.state == state))
            and asked.get("contract") in {None, "", owed.contract.reference}
            and asked.get("provider") in {None, "", row.owed_by.slug}
        )


def _urgency(row: FigureDue) -> tuple[int, date]:
    place = FIRST.index(row.state) if row.state in FIRST else len(FIRST)
    place = -1 if row.is_found_wrong else place
    return place, row.span.due_on if row.is_missing else date.min
