"""Whether what the round published can be held to, by what came in."""

from collections.abc import Sequence

from makegood_engine.allocation.forms import Application, Review, Round
from makegood_engine.tables import Fault, TableError, did_you_mean, whole_file


def bottom_of(round_: Round, reviews: Sequence[Review]) -> float:
    """What counts for nothing: the line, else the lowest score of the scale; never a score given.

    Raises `TableError` where neither was published, or where a score is below the scale.
    """
    if round_.line is None and round_.lowest is None:
        raise whole_file("The round has neither `lowest` nor `line`. Give one.", name=round_.file)
    lowest = round_.lowest
    if lowest is not None:
        for review in reviews:
            if review.score < lowest:
                said = (
                    f"{review.reviewer} scored {review.application} {review.score:g}, "
                    f"below the lowest of the scale, {lowest:g}."
                )
                raise TableError([Fault(None, "score", f"{review.score:g}", said)], name="reviews")
    if round_.line is not None:
        return round_.line
    assert lowest is not None
    return lowest


def check_rules(applications: Sequence[Application], round_: Round) -> list[str]:
    """Cautions on values that no application has. Raises `TableError` for an unknown column."""
    columns = sorted({column for each in applications for column in each.cells})
    notes = []
    for place, rule in enumerate(round_.rules, start=1):
        if rule.column and rule.column not in columns:
            at = f"rules[{place}].column"
            said = f"The key {at} is “{rule.column}”, but no application has that."
            said += did_you_mean(rule.column, columns)
            raise TableError([Fault(None, at, rule.column, said)], name=round_.file)
        held = sorted({each.cells.get(rule.column, "") for each in applications})
        notes += [
            f"The rule “{rule.name}” speaks of “{value}”, but no application has that under "
            f"{rule.column}.{did_you_mean(value, held)}"
            for value in rule.values
            if value not in held
        ]
    return notes
