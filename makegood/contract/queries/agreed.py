"""What is agreed in a commitment, line by line: the same for the page, the schedule and the table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from makegood.contract.models import Commitment, Withholding
from makegood.contract.states import Consequence, Part, Verification
from makegood.kernel.figures import show_figure
from makegood.kernel.money import show_pounds

Withheld = Mapping[str, Withholding | str]
"""What a reader may not read, by part: a withholding, or what is said in its place."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing agreed: what it is, and what was agreed."""

    name: str
    words: str
    part: str = ""
    is_withheld: bool = False


def write_day(day: date) -> str:
    """Return ``31 March 2027``."""
    return f"{day:%-d %B %Y}"


def agreed_lines(commitment: Commitment, *, withheld: Withheld) -> list[Line]:
    """Return what is agreed in ``commitment``, as a reader may read it; what is not said is left out."""
    return [
        *_figures(commitment),
        *_hide(_evidence(commitment), part=Part.EVIDENCE, withheld=withheld),
        *_checked(commitment),
        *_judged(commitment),
        *_published(commitment),
        *_hide(_consequence(commitment), part=Part.CONSEQUENCE, withheld=withheld),
    ]


def _figures(owed: Commitment) -> Iterator[Line]:
    unit = owed.measure.unit if owed.measure else ""
    if owed.baseline_period:
        words = f"{show_figure(owed.baseline, unit=unit)} in {owed.baseline_period}"
        yield Line(name="Stands now at", words=f"{words}, from {owed.baseline_source}")
    if owed.steps:
        steps = (f"{show_figure(to, unit=unit)} by {write_day(day)}" for day, to in owed.steps)
        yield Line(name="On the way", words="; ".join(steps))
    if owed.figures_are_given:
        yield Line(name="Figures", words=owed.figures_are_given.capitalize())


def _evidence(owed: Commitment) -> Iterator[Line]:
    if owed.stories_least is not None:
        words = f"At least {owed.stories_least}, from {owed.stories_from}"
        yield Line(name="Stories", words=words)
    if owed.documents:
        yield Line(name="Documents", words=owed.documents)
    if owed.evidence_required:
        yield Line(name="Evidence", words=owed.evidence_required)


def _checked(owed: Commitment) -> Iterator[Line]:
    if owed.verification:
        words = Verification(owed.verification).words
        sample = f"; {owed.sample} are drawn to be checked" if owed.sample else ""
        yield Line(name="Checked", words=f"{words}{sample}")


def _judged(owed: Commitment) -> Iterator[Line]:
    if owed.pool:
        yield Line(name="Compared with", words=owed.pool.name)
    elif owed.is_in_numbers and owed.no_pool_because:
        words = f"Nobody: only reached or not reached can be said. {owed.no_pool_because}"
        yield Line(name="Compared with", words=words)
    elif owed.is_in_numbers:
        yield Line(name="Compared with", words="Nobody, so added value cannot be claimed")
    if owed.looks:
        days = ", ".join(map(write_day, owed.looks))
        yield Line(name="Judged on", words=f"{days}, and on the day it is due")


def _published(owed: Commitment) -> Iterator[Line]:
    if owed.is_kpi:
        unit = owed.measure.unit if owed.measure else ""
        near, far = (
            show_figure(figure, unit=unit)
            for figure in (owed.kpi_approaching, owed.kpi_improvement)
        )
        words = f"Yes. Good at the target; approaching it up to {near}; requires improvement up to {far}"
        yield Line(name="Published indicator", words=f"{words}; beyond, inadequate")


def _consequence(owed: Commitment) -> Iterator[Line]:
    said = []
    if owed.follows == Consequence.SHARE:
        said.append(f"{show_figure(float(owed.payment_share or 0))}% of the payment is kept back")
    elif owed.follows == Consequence.POUNDS and owed.payment_pounds is not None:
        said.append(f"{show_pounds(owed.payment_pounds)} is kept back")
    elif owed.follows:
        said.append(Consequence(owed.follows).words)
    said += [owed.consequence] if owed.consequence else []
    if said:
        yield Line(name="If it is not met", words=". ".join(said))


def _hide(lines: Iterator[Line], *, part: Part, withheld: Withheld) -> Iterator[Line]:
    """Say of each line that it is withheld, where it is: that it is there is never hidden."""
    held = withheld.get(part)
    said = held.said() if isinstance(held, Withholding) else held
    for line in lines:
        yield Line(name=line.name, words=said or line.words, part=part, is_withheld=bool(said))
