"""A figure as it is given: a value, its parts, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from makegood.capture import rules
from makegood.measures.states import MeasureKind, Standing


class WhyNone(StrEnum):
    """Common reasons why there is no figure."""

    NOT_COUNTED = "not counted"
    RECORDS = "records"
    LATER = "later"
    CLOSED = "closed"
    FEW = "few"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the reason as people say it."""
        return {
            "not counted": "It was not counted",
            "records": "The records were lost, or the system that holds them changed",
            "later": "It comes later, from somebody else",
            "closed": "The service was closed",
            "few": "So few people that somebody could be known",
            "other": "Another reason",
        }[self.value]

    @property
    def standing(self) -> Standing:
        """Return what stands for the period then: a figure held back is not one that nobody has."""
        return Standing.SUPPRESSED if self is WhyNone.FEW else Standing.NOT_AVAILABLE


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody gives for a period."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    why_none: WhyNone | None = None
    words: str = ""
    is_sure: bool = False
    """Whether they were asked about it, and said that it is right."""

    @property
    def reason(self) -> str:
        """Return why there is no figure, in words."""
        if self.why_none in {None, WhyNone.OTHER}:
            return self.words.strip()
        said = f"{self.why_none.words if self.why_none else ''}. {self.words.strip()}"
        return said.strip().removesuffix(".")


def value_of(given: Given, *, kind: MeasureKind) -> float:
    """Return the value of what is given: as it was said, or what its parts make (CAP-36, CAP-37)."""
    rules.check_parts_make_a_share(
        numerator=given.numerator,
        denominator=given.denominator,
        is_share=kind == MeasureKind.PERCENTAGE,
    )
    made = made_of(numerator=given.numerator, denominator=given.denominator, kind=kind)
    if given.value is None:
        rules.check_figure_is_there(is_there=made is not None)
        assert made is not None
        return made
    if made is not None:
        rules.check_value_is_what_its_parts_make(value=given.value, made=made)
        return made
    return given.value


def made_of(
    *, numerator: float | None, denominator: float | None, kind: MeasureKind
) -> float | None:
    """Return the value that two parts make, where the kind of measure says how: a percentage."""
    if kind != MeasureKind.PERCENTAGE or numerator is None or not denominator:
        return None
    return 100 * numerator / denominator
