"""How a commitment differs from its promise: one plain function, for the table, the schedule and the gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from makegood.contract.states import Mark, Whom
from makegood.kernel.figures import show_figure
from makegood.measures.states import Better

WHOM = {Whom.FEWER: Mark.FEWER, Whom.MORE: Mark.MORE, Whom.OTHERS: Mark.OTHERS}


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a promise or a commitment says, as far as one can be weaker than the other.

    ``version`` is the number of its measure's words; ``better`` is empty where nothing is measured.
    """

    for_whom: str
    starts_on: date
    due_on: date
    whom: str = ""
    better: str = ""
    unit: str = ""
    version: int | None = None
    baseline: float | None = None
    alternative: float | None = None
    target: float | None = None
    stories_least: int | None = None
    is_released: bool = False

    @property
    def added(self) -> float | None:
        """Return what it adds over the alternative; over the baseline, where none is given."""
        over = self.baseline if self.alternative is None else self.alternative
        if not self.better or self.target is None or over is None:
            return None
        return Better(self.better).gain(over=over, to=self.target)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One way in which a commitment differs from its promise, in words."""

    mark: Mark
    words: str


def differences(promised: Owed, *, agreed: Owed) -> list[Difference]:
    """Return how ``agreed`` differs from ``promised``, what weakens it first.

    A target that neither way is better counts as weaker where it differs: nobody can say that it is not.
    """
    if agreed.is_released and not promised.is_released:
        words = "Both sides agreed that it is owed no more"
        return [Difference(mark=Mark.RELEASED, words=words)]
    found = [
        *_of_target(promised, agreed=agreed),
        *_of_days(promised, agreed=agreed),
        *_of_whom(promised, agreed=agreed),
        *_of_stories(promised, agreed=agreed),
        *_of_words(promised, agreed=agreed),
    ]
    return sorted(found, key=lambda each: not each.mark.weakens)


def is_weaker(promised: Owed, *, agreed: Owed) -> bool:
    """Return whether those to whom it was promised are owed less, or owed it later."""
    return any(each.mark.weakens for each in differences(promised, agreed=agreed))


def _of_target(promised: Owed, *, agreed: Owed) -> Iterator[Difference]:
    if promised.target is not None and agreed.target is not None and promised.better:
        gain = Better(promised.better).gain(over=promised.target, to=agreed.target)
        if promised.target != agreed.target:
            mark = Mark.STRONGER if gain is not None and gain > 0 else Mark.WEAKER
            yield Difference(mark=mark, words=_instead("Target", promised, agreed, "target"))
            return
    if promised.added is not None and agreed.added is not None and agreed.added < promised.added:
        words = f"{_instead('Adds', promised, agreed, 'added')} over what happens otherwise"
        yield Difference(mark=Mark.WEAKER, words=words)
    elif (promised.baseline, promised.alternative) != (agreed.baseline, agreed.alternative):
        name = "baseline" if promised.baseline != agreed.baseline else "alternative"
        title = "Stands now at" if name == "baseline" else "The alternative at"
        words = _instead(title, promised, agreed, name)
        yield Difference(mark=Mark.OTHER_FIGURES, words=words)


def _of_days(promised: Owed, *, agreed: Owed) -> Iterator[Difference]:
    for title, name in (("Due", "due_on"), ("From", "starts_on")):
        was, now = getattr(promised, name), getattr(agreed, name)
        if was == now:
            continue
        words = f"{title} {now:%-d %B %Y} instead of {was:%-d %B %Y}"
        if name == "starts_on":
            yield Difference(mark=Mark.OTHER_FIGURES, words=words)
        else:
            yield Difference(mark=Mark.LATER if now > was else Mark.EARLIER, words=words)


def _of_whom(promised: Owed, *, agreed: Owed) -> Iterator[Difference]:
    if promised.for_whom != agreed.for_whom:
        mark = WHOM.get(Whom(agreed.whom) if agreed.whom else Whom.OTHERS, Mark.OTHERS)
        words = f"For {agreed.for_whom} instead of {promised.for_whom}"
        yield Difference(mark=mark, words=words)


def _of_stories(promised: Owed, *, agreed: Owed) -> Iterator[Difference]:
    was, now = promised.stories_least, agreed.stories_least
    if was is not None and now != was:
        mark = Mark.STRONGER if now is not None and now > was else Mark.WEAKER
        said = "no stories" if now is None else f"at least {now} stories"
        yield Difference(mark=mark, words=f"Told by {said} instead of at least {was}")


def _of_words(promised: Owed, *, agreed: Owed) -> Iterator[Difference]:
    if promised.version != agreed.version:
        words = f"By version {agreed.version} of the measure instead of version {promised.version}"
        yield Difference(mark=Mark.OTHER_WORDS, words=words)


def _instead(title: str, promised: Owed, agreed: Owed, name: str) -> str:
    was, now = getattr(promised, name), getattr(agreed, name)
    unit = "percentage points" if name == "added" and promised.unit == "%" else promised.unit
    return f"{title} {show_figure(now, unit=unit)} instead of {show_figure(was, unit=unit)}"
