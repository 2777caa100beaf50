"""Every promise beside what became of it, and how it changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from makegood.articulate.models import Promise
from makegood.contract.models import Commitment, Contract, Disposition
from makegood.contract.queries.agreed import Line, Withheld, agreed_lines
from makegood.contract.queries.contracts import additional_commitments, reconciliation
from makegood.contract.rules import Difference, Owed, differences


@dataclass(frozen=True, kw_only=True)
class Row:
    """One promise beside its disposition and commitment; or one that was not promised, by itself."""

    promise: Promise | None = None
    disposition: Disposition | None = None
    commitment: Commitment | None = None
    differences: Sequence[Difference] = ()
    lines: Sequence[Line] = ()
    asks_for_comparison: bool = False

    @property
    def reference(self) -> str:
        """Return the reference under which it is known."""
        return str(self.promise or self.commitment)

    @property
    def became(self) -> tuple[str, str]:
        """Return what became of it till now, and as which kind of status that is shown."""
        if self.promise is None:
            return "additional", "wait"
        if self.disposition is None:
            return "not settled", "error"
        if self.commitment is None or not self.commitment.varied_by_id:
            return self.disposition.fate, "neutral"
        if self.commitment.is_released:
            return "owed no more", "error"
        if any(each.mark.weakens for each in self.differences):
            return "weakened since", "error"
        return "varied since", "neutral"

    @property
    def is_settled(self) -> bool:
        """Return whether it is said what becomes of it."""
        return self.promise is None or self.disposition is not None

    @property
    def is_open(self) -> bool:
        """Return whether anything is still missing before both can sign."""
        return not self.is_settled or self.asks_for_comparison


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """All that was promised and contracted, row by row."""

    promised: Sequence[Row]
    additional: Sequence[Row]

    @property
    def settled(self) -> int:
        """Return of how many promises it is said what becomes of them."""
        return sum(row.is_settled for row in self.promised)

    @property
    def open_rows(self) -> list[Row]:
        """Return the rows in which something is missing."""
        return [row for row in (*self.promised, *self.additional) if row.is_open]


def owed_by(row: Promise | Commitment) -> Owed:
    """Return what a promise or a commitment says, to hold one beside the other."""
    return Owed(
        for_whom=row.for_whom,
        whom=getattr(row, "whom", ""),
        better=row.measure.better if row.measure else "",
        unit=row.measure.unit if row.measure else "",
        version=row.measure_version.number if row.measure_version else None,
        baseline=row.baseline,
        alternative=row.alternative,
        target=row.target,
        starts_on=row.starts_on,
        due_on=row.due_on,
        stories_least=_stories_least(row),
        is_released=getattr(row, "is_released", False),
    )


def _stories_least(row: Promise | Commitment) -> int | None:
    """Return how many stories at least are to tell it; those of a promise count once it says from whom."""
    if isinstance(row, Promise):
        return row.told_least if row.told_by else None
    return row.stories_least


def reconcile(contract: Contract, *, withheld: Withheld) -> Reconciliation:
    """Put every promise of ``contract`` beside what became of it, and after them what nobody promised."""
    return Reconciliation(
        promised=[
            _row(promise, contract=contract, withheld=withheld)
            for promise in reconciliation(contract)
        ],
        additional=[
            Row(
                commitment=each,
                lines=agreed_lines(each, withheld=withheld),
                asks_for_comparison=_asks(each, contract=contract),
            )
            for each in additional_commitments(contract)
        ],
    )


def _row(promise: Promise, *, contract: Contract, withheld: Withheld) -> Row:
    owed = getattr(promise, "commitment", None)
    if owed is None or owed.is_dropped:
        return Row(promise=promise, disposition=getattr(promise, "disposition", None))
    agreed = owed_by(owed)
    return Row(
        promise=promise,
        disposition=getattr(promise, "disposition", None),
        commitment=owed,
        differences=differences(owed_by(promise), agreed=agreed),
        lines=agreed_lines(owed, withheld=withheld),
        asks_for_comparison=_asks(owed, contract=contract),
    )


def _asks(owed: Commitment, *, contract: Contract) -> bool:
    return not contract.is_brought_in and not owed.says_who_it_is_compared_with
