"""What an allocation answers, with every number a chart of merit and line needs."""

from dataclasses import asdict, dataclass

from makegood_engine.allocation.change import Change


@dataclass(frozen=True, slots=True)
class Place:
    """Where one application stands.

    `merit` with a 90% interval `lower` to `upper`, on the scale of the scores; `share_funded`
    over the draws; `decision` in, out or too close to call; money `asked` and `awarded`;
    `reviewers` who scored it; `lot` its place in the line of lots and `lot_hash` what put it
    there; `in_best_plan` whether it is among the best by estimated merit, doubt left aside; `change`
    as `Change` says; `passed_by` why one of less merit was funded ahead of it, "" where none was;
    `sentence` all that in words for the applicant.
    """

    id: str
    merit: float
    lower: float
    upper: float
    share_funded: float
    decision: str
    asked: float
    awarded: float
    reviewers: int
    lot: int | None
    lot_hash: str | None
    in_best_plan: bool
    change: Change
    passed_by: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Met:
    """One limit of the round, and what the awards come to under it (awards, or money)."""

    name: str
    at_least: float | None
    at_most: float | None
    comes_to: float
    of_money: bool


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocated round: `places` in the order of the applications, and how it was done.

    `value` is the merit funded and `best_value` the most there could be (weighted as the round
    says, above its line or the lowest score of its scale); `gap` the share by which the best
    found may fall short of the best there is, 0 when proven. The three variances are of the scores.
    """

    name: str
    currency: str
    budget: float
    spent: float
    line: float | None
    places: list[Place]
    limits: list[Met]
    severity: dict[str, float]
    variance_of_applications: float
    variance_of_reviewers: float
    variance_of_rest: float
    value: float
    best_value: float
    gap: float
    draws: int
    sure: float
    seed: str
    methods: dict[str, str]
    notes: list[str]

    def as_dict(self) -> dict[str, object]:
        """The answer as plain values."""
        return asdict(self)
