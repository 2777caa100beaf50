"""What an allocation answers, with every number a chart of merit and line needs."""

from dataclasses import asdict, dataclass

from makegood_engine.allocation.change import Change
from makegood_engine.tables.figures import in_draws


@dataclass(frozen=True, slots=True)
class Place:
    """Where one application stands.

    `merit` with a 90% interval `lower` to `upper`, on the scale of the scores; `share_funded`
    over the draws; `decision` in, out or too close to call; money `asked` and `awarded`;
    `reviewers` who scored it; `lot` its place in the line of lots and `lot_hash` what put it
    there; `in_best_plan` whether merit alone would have funded it; `change` as `Change` says;
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
    sentence: str


@dataclass(frozen=True, slots=True)
class Met:
    """One limit of the round, and what the awards come to under it (awards or money)."""

    name: str
    at_least: float | None
    at_most: float | None
    comes_to: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocated round: `places` in the order of the applications, and how it was done.

    `value` is the merit funded and `best_value` the most there could be (weighted as the round
    says, above its line or the lowest score of its scale); `gap` the share by which the best
    found may fall short of the best there is, 0 when proven. The three variances are of the scores.
    """

    name: str
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


def sentence_of(
    *,
    decision: str,
    asked: float,
    awarded: float,
    funded: float,
    draws: int,
    lot: tuple[int, int] | None,
    below_line: bool,
    change: Change,
    in_best_plan: bool,
) -> str:
    """Tell an applicant where they stood, and what would have changed it."""
    got = f"Awarded {awarded:,.2f} of {asked:,.2f} asked." if awarded else "Not funded."
    stood = f"Funded {in_draws(funded, draws)} of merit"
    if below_line:
        stood = "Its merit is below the line of the round"
    elif lot is not None:
        stood += f", so too close to call and settled by lot: place {lot[0]} of {lot[1]} in line"
    else:
        stood += f", so {decision}"
    return f"{got} {stood}. {_turned(change, by_lot=lot is not None, in_best_plan=in_best_plan)}"


def _turned(change: Change, *, by_lot: bool, in_best_plan: bool) -> str:
    if change.merit is None:
        why = ", ".join(change.stopped_by) or "the rules of the round"
        kept = "keeps it in" if in_best_plan else "keeps it out"
        return f"No change in its merit would have changed that: {why} {kept}."
    lead = "On merit alone it would have been " + ("in. " if in_best_plan else "out. ")
    what = "A fall" if in_best_plan else "A rise"
    then = "put it out" if in_best_plan else "put it in"
    said = f"{what} of {abs(change.merit):.2f} in its merit would have {then}."
    return (lead if by_lot else "") + said
