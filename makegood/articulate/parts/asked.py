"""What each part of a proposal’s case asks, question by question."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from makegood.articulate.states import OptionKind, Origin, ProposalPart
from makegood.kernel.money import show_pounds
from makegood.people.states import Motive

YEARS = range(1, 6)
CRITERIA = range(1, 7)
MOST_ROWS = 20
MOST_OPTIONS = 8


class Shape(StrEnum):
    """What shape an answer has."""

    LINE = "line"
    WORDS = "words"
    POUNDS = "pounds"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of a part."""

    name: str
    label: str
    hint: str = ""
    shape: Shape = Shape.WORDS
    choices: tuple[tuple[str, str], ...] = ()
    is_needed: bool = True
    """Whether the part is done only once it is answered."""

    def said(self, value: Any) -> str:
        """Return an answer as one reads it."""
        if not value:
            return ""
        names = dict(self.choices)
        if self.shape == Shape.CHOICES:
            return "\n".join(names.get(each, each) for each in value)
        if self.shape == Shape.CHOICE:
            return names.get(value, value)
        return show_pounds(Decimal(value)) if self.shape == Shape.POUNDS else str(value)


@dataclass(frozen=True, kw_only=True)
class PartAsked:
    """A part: its questions, and those asked again for each row, such as each risk."""

    part: ProposalPart
    title: str
    lead: str
    asked: tuple[Asked, ...] = ()
    row: str = ""
    """What one row is called; empty where there are none."""
    row_asked: tuple[Asked, ...] = ()


def _years(name: str, label: str, *, is_needed: bool) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            name=f"{name}_{year}",
            label=label.format(year),
            shape=Shape.POUNDS,
            is_needed=is_needed and year == 1,
        )
        for year in YEARS
    )


def _involved(whom: str) -> tuple[Asked, ...]:
    return (
        Asked(
            name="done",
            label=f"What has been done so far to involve {whom}?",
            hint="If nothing yet, say so.",
        ),
        Asked(name="who", label="Who was involved?", hint="Groups, not names of people."),
        Asked(name="many", label="How many people?", shape=Shape.LINE),
        Asked(
            name="changed",
            label="What changed because of it?",
            hint="Something in this proposal that would be different without them.",
        ),
        Asked(
            name="origin",
            label="Who began it?",
            shape=Shape.CHOICE,
            choices=tuple((each.value, each.value.capitalize()) for each in Origin),
        ),
        Asked(name="next", label="How will they be involved from now on?"),
    )


LEVELS = (("low", "Low"), ("medium", "Medium"), ("high", "High"))
SCORES = tuple((str(score), str(score)) for score in range(6))
MOTIVES = tuple((each.value, each.words) for each in Motive)

PARTS: dict[ProposalPart, PartAsked] = {
    each.part: each
    for each in (
        PartAsked(
            part=ProposalPart.MOTIVES,
            title="Why you want to do this",
            lead="Why your organisation wants to do this, whatever the service.",
            asked=(
                Asked(
                    name="motives",
                    label="Why do you want to do this?",
                    hint="Choose all that apply.",
                    shape=Shape.CHOICES,
                    choices=MOTIVES,
                ),
                Asked(
                    name="main",
                    label="Which matters most?",
                    hint="One of those you chose.",
                    shape=Shape.CHOICE,
                    choices=MOTIVES,
                    is_needed=False,
                ),
                Asked(name="words", label="In your own words", is_needed=False),
            ),
        ),
        PartAsked(
            part=ProposalPart.OPTIONS,
            title="The options you weighed",
            lead="Doing nothing, the alternative, this proposal, and any other way you thought of.",
            asked=tuple(
                Asked(
                    name=f"criterion_{place}",
                    label=f"Criterion {place}",
                    shape=Shape.LINE,
                    is_needed=False,
                )
                for place in CRITERIA
            ),
            row="Option",
            row_asked=(
                Asked(name="name", label="What is this option?", shape=Shape.LINE),
                Asked(name="cost", label="What does it cost a year?", shape=Shape.POUNDS),
                Asked(name="benefits", label="What good does it do?"),
                Asked(name="risks", label="What could go wrong?"),
            ),
        ),
        PartAsked(
            part=ProposalPart.COSTS,
            title="Costs by year, and the price",
            lead="What it costs you each year, line by line, and what the commissioner would pay.",
            asked=(
                Asked(
                    name="begins",
                    label="When does year 1 begin?",
                    hint="For example, April 2027.",
                    shape=Shape.LINE,
                ),
                *_years("price", "Price to the commissioner, year {}", is_needed=True),
                Asked(
                    name="gap",
                    label="If price and costs differ, who pays the rest, or where does it go?",
                    is_needed=False,
                ),
            ),
            row="Line",
            row_asked=(
                Asked(name="what", label="What for?", hint="For example, staff.", shape=Shape.LINE),
                *_years("year", "Year {}", is_needed=True),
            ),
        ),
        PartAsked(
            part=ProposalPart.GOVERNANCE,
            title="Who decides, and who is liable",
            lead="How you are run, and how others can tell that you are run well.",
            asked=(
                Asked(name="decides", label="Who decides what, and how?"),
                Asked(name="liable", label="Who is liable if something goes wrong?"),
                Asked(
                    name="form",
                    label="What is your legal form, or what will it be?",
                    hint="Say when, if it is still to come.",
                    shape=Shape.LINE,
                ),
                Asked(
                    name="assurance",
                    label="Who checks on you, and how?",
                    hint="Audit, inspection, insurance, a board.",
                ),
            ),
        ),
        PartAsked(
            part=ProposalPart.STAFF,
            title="How staff are involved",
            lead="What the people who do the work have said and done about this proposal.",
            asked=_involved("staff"),
        ),
        PartAsked(
            part=ProposalPart.USERS,
            title="How people who use the service are involved",
            lead="What the people it is for have said and done about this proposal.",
            asked=_involved("people who use the service"),
        ),
        PartAsked(
            part=ProposalPart.RISKS,
            title="What could go wrong",
            lead="Every service has risks. Say which you see, and what you do about each.",
            row="Risk",
            row_asked=(
                Asked(name="what", label="What could go wrong?"),
                Asked(name="likely", label="How likely is it?", shape=Shape.CHOICE, choices=LEVELS),
                Asked(
                    name="effect",
                    label="How bad would it be?",
                    shape=Shape.CHOICE,
                    choices=LEVELS,
                ),
                Asked(name="done", label="What do you do about it?"),
            ),
        ),
    )
}

OPTIONS_TO_BEGIN = (
    {"kind": OptionKind.NOTHING.value, "name": "Do nothing"},
    {"kind": OptionKind.ALTERNATIVE.value, "name": "The alternative"},
    {"kind": OptionKind.THIS.value, "name": "This proposal"},
)
CRITERIA_TO_BEGIN = {
    "criterion_1": "Good for the people who use it",
    "criterion_2": "Good for staff",
    "criterion_3": "Worth its cost",
    "criterion_4": "Can be done",
}
