"""How good the figures of a series are: whole, in time, checked, moving, corrected. In words first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from makegood.capture.owing import days_in_words
from makegood.capture.states import Level
from makegood.kernel.figures import show_difference, show_figure

STILL = 4
"""The shortest run of one figure that is named."""
ENDS = frozenset({0.0, 1.0, 100.0})
"""Ends of scales, at which a figure may well stay."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One period of a series: what is known of its figure, and of how it came."""

    name: str
    value: float | None
    is_due: bool
    is_answered: bool
    days_late: int = 0
    first_value: float | None = None
    """What was recorded for it first."""
    versions: int = 0
    level: Level = Level.SELF_REPORTED
    is_wrong: bool = False
    """Whether it was found wrong, and is not corrected."""


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What can be said of the figures of one series."""

    due: int
    answered: int
    without: int
    """Those for which a reason came, and no figure."""
    in_time: int
    median_late: float
    still: tuple[float, int, str, str] | None
    """The longest run of one figure: which, how often, from when to when."""
    corrected: int
    verified: int
    corroborated: int
    disputed: int
    wrong: int
    """Those that were found wrong, and are not corrected."""
    moved: float
    """The most that a correction moved a figure."""
    unit: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return each thing in words, by its name."""
        return list(self._lines()) if self.due or self.answered else []

    def _lines(self) -> Iterator[tuple[str, str]]:
        yield "Whole", self._whole()
        yield "In time", self._in_time()
        yield "Checked", self._checked()
        if self.wrong:
            were = "figure was" if self.wrong == 1 else "figures were"
            is_not = "is" if self.wrong == 1 else "are"
            yield "Found wrong", f"{self.wrong} {were} found wrong and {is_not} not corrected."
        if self.still:
            value, times, first, last = self.still
            yield (
                "The same again",
                f"{show_figure(value, unit=self.unit)} stands {times} times running, {first} to {last}.",
            )
        yield "Corrected", self._corrected()

    def _whole(self) -> str:
        if not self.due:
            return "No figure was due yet."
        came = self.answered - self.without
        said = f"{came} of {self.due} figures that were due are here ({_share(came, self.due)})."
        return f"{said} For {self.without} there is a reason instead." if self.without else said

    def _in_time(self) -> str:
        if not self.answered:
            return "None came yet."
        said = f"{self.in_time} of {self.answered} came by their day ({_share(self.in_time, self.answered)})."
        if self.in_time == self.answered:
            return said
        return (
            f"{said} Half of the others came {days_in_words(round(self.median_late))} late or more."
        )

    def _checked(self) -> str:
        here = self.answered - self.without
        counts = {"verified": self.verified, "corroborated": self.corroborated}
        said = [f"{count} {words}" for words, count in counts.items() if count]
        checked = f"{' and '.join(said)} of {here}." if said else "None yet: the provider says so."
        return f"{checked} {self.disputed} disputed." if self.disputed else checked

    def _corrected(self) -> str:
        if not self.corrected:
            return "None was corrected."
        most = show_difference(self.moved, unit=self.unit)
        return f"{self.corrected} of {self.answered} corrected, by {most} at most."


def quality_of(points: Sequence[Point], *, unit: str) -> Quality:
    """Return what can be said of the figures of a series, by its periods in order of time."""
    answered = [each for each in points if each.is_answered]
    late = [each.days_late for each in answered if each.days_late > 0]
    corrected = [each for each in answered if each.versions > 1]
    moves = [
        abs(each.value - each.first_value)
        for each in corrected
        if each.value is not None and each.first_value is not None
    ]
    return Quality(
        due=sum(each.is_due for each in points),
        answered=len(answered),
        without=sum(each.value is None for each in answered),
        in_time=len(answered) - len(late),
        median_late=median(late) if late else 0.0,
        still=_longest_run(points),
        corrected=len(corrected),
        verified=sum(each.level == Level.VERIFIED for each in answered),
        corroborated=sum(each.level == Level.CORROBORATED for each in answered),
        disputed=sum(each.level == Level.DISPUTED for each in answered),
        wrong=sum(each.is_wrong for each in answered),
        moved=max(moves, default=0.0),
        unit=unit,
    )


def _longest_run(points: Sequence[Point]) -> tuple[float, int, str, str] | None:
    best: tuple[float, int, str, str] | None = None
    run: list[Point] = []
    for each in (point for point in points if point.value is not None):
        run = [*run, each] if run and run[-1].value == each.value else [each]
        value = each.value
        if value is None or value in ENDS or len(run) < STILL:
            continue
        if best is None or len(run) > best[1]:
            best = (value, len(run), run[0].name, each.name)
    return best


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%"
