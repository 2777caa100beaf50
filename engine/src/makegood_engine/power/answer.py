"""What could be told from noise within a contract, said before it is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from makegood_engine.effect.looks import agreed_looks
from makegood_engine.effect.measure import BY_RANK, VALID
from makegood_engine.effect.pool import ELIGIBLE, standing
from makegood_engine.effect.track import Track, track_of
from makegood_engine.effect.windows import COMPLETE, Windows, windows_for
from makegood_engine.power.noise import Noise, noise_of
from makegood_engine.power.reach import chance_of, shift_needed
from makegood_engine.power.spread import Spread, restlessness, spread_of_noise, spread_of_pool
from makegood_engine.power.words import Said, of_restless, sentences
from makegood_engine.tables import whole_file
from makegood_engine.tables.counted import counted

Floats = NDArray[np.float64]
History = Mapping[date, float | None]

WAYS = {"up": "rise", "down": "fall", "neutral": "change"}
_PACES = {(True, 1): "month", (True, 3): "quarter", (False, 1): "day", (False, 7): "week"}
OWN_ALONE = (
    "It comes from this history alone. Comparators that move with it would tell smaller changes."
)
MANY_ASSUMED = "It takes {} comparators to be found."
LEFT_OUT = "Left out, being frozen or with gaps: {} of the pool's {} comparators."
TOO_SHORT = "The pool's histories are too short, so this history's own noise stands for theirs."
WANDERS = "The figures wander: each is nearly the last one over again. Do not lean on this."
WANDERING = 0.9
"""The memory from which figures are said to wander."""
LOOKS = "With {} looks agreed, the last is judged at a level of {:.4g}, which is used here."
NO_LEVEL = "The last look, on {}, comes before any verdict can be had. Agree on a later due date."
RESTLESS = 1.5
"""How many times as much as its comparators a measure may move before the answer says so."""
NONE_BEFORE = "There is no figure before the start, {}: the first is of {}."
LONG_AGO = (
    "The last figure before the start is of {}, more than a whole window earlier: what came between "
    "is not known."
)
SEASON_IN = "Under two whole seasons are known, so the season counts as noise."


@dataclass(frozen=True, slots=True)
class Power:
    """What could be told, in the measure's unit.

    `smallest_change` is told with chance `power` after `periods`; `smallest_lower` to
    `smallest_upper` is its 90% interval, the noise being known only so well; all None where
    `periods` are too few for any verdict. `change` is what is promised, `chance` that it is
    told after `periods`, `periods_needed` the fewest after which it is with chance `power`
    (None: not even a whole window would tell it). `least_periods` is the fewest for any verdict.

    `noise` is the standard deviation of one period about level and season; `spread` that of an
    after-mean about its prediction; `placebos` how many of a pool's past windows it rests on
    (0: on the noise of this history). `restless` is how many times as much this history moves as
    its comparators', and is counted in (None: no pool is known). `notes` are what else must be known.
    """

    smallest_change: float | None
    smallest_lower: float | None
    smallest_upper: float | None
    change: float | None
    chance: float | None
    periods_needed: int | None
    periods: int
    least_periods: int
    comparators: int
    noise: float
    autocorrelation: float
    spread: float
    placebos: int
    restless: float | None
    known: int
    alpha: float
    power: float
    sentence: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The windows of the test, and what is laid on them.

    `length` and `least` are the most and the fewest periods of a window; `units` float64[K + 1,
    n] the provider's past and its comparators', None where they are not known; `comparators`
    how many of them count; `restless` how many times as much as theirs its figures move.
    """

    length: int
    least: int
    season: int
    noise: Noise
    units: Floats | None
    comparators: int
    left_out: int
    levels: float | None
    restless: float | None

    def spread(self, periods: int) -> Spread:
        """The spread after so many periods; the after-window is the last of them."""
        after = min(periods, self.length)
        size = {"before": self.length, "after": after, "gap": periods - after}
        found = None if self.units is None else spread_of_pool(self.units[1:], **size)
        if found is not None:
            return found
        own = spread_of_noise(self.noise, **size, levels=self.levels)
        return replace(own, sd=own.sd / (self.restless or 1.0))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of the plan."""

    periods: int
    change: float | None
    alpha: float
    power: float
    said: Said


def power_of(
    history: History,
    *,
    starts_on: date,
    periods: int | None = None,
    change: float | None = None,
    comparators: int = 20,
    pool: Mapping[str, History] | None = None,
    better: str = "neutral",
    unit: str = "",
    levels: float | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
    looks: Sequence[date] = (),
    name: str = "history",
) -> Power:
    """Say what could be told from noise, from what is known before `starts_on`.

    `history` maps each period's first day to its figure (None where missing); `periods` are
    those from the start to the due date (None: one whole window, 12 months or 52 weeks);
    `change` is what may be promised, of either sign, in the measure's unit. `pool` holds the
    comparators' histories, by name, and then counts them; without it `comparators` are assumed,
    with levels that spread by `levels`, if that is known. `looks` are days agreed, the due date last:
    then the level is what earlier looks leave of `alpha` to the last. `better` and `unit` are for the words.

    Raises `TableError`, under `name`, for a history that is too short, constant, frozen or
    yearly, and for fewer than 5 comparators; `ValueError` for an unknown direction, a look
    before the start, and a `power` that is not above `alpha`.
    """
    if better not in WAYS:
        raise ValueError(f"“{better}” is not a direction. Use up, down or neutral.")
    if power <= alpha:
        raise ValueError(f"power must be above alpha: {power:g} is not above {alpha:g}.")
    past = _past(history, starts_on, name=name)
    plan = _plan(past, pool, starts_on, comparators=comparators, levels=levels, name=name)
    pace = _PACES.get((past.calendar.monthly, past.step), "period")
    left = alpha
    if looks:
        windows = _windows(past, starts_on, max(looks))
        agreed = agreed_looks(looks, windows, starts_on=starts_on, due_on=max(looks), alpha=alpha)
        left = agreed[-1].level
        if left <= 0:
            raise whole_file(NO_LEVEL.format(max(looks)), name=name)
    asked = _Asked(
        plan.length if periods is None else periods,
        None if change is None else abs(change),
        left,
        power,
        Said(pace, WAYS[better], unit),
    )
    found = _answer(plan, asked)
    last = past.period(len(past.values) - 1)
    if past.calendar.column_at(starts_on) - past.calendar.column_at(last) > plan.length * past.step:
        found = replace(found, notes=(*found.notes, LONG_AGO.format(last)))
    if not looks:
        return found
    told = LOOKS.format(len(set(looks)), left)
    return replace(found, notes=(*found.notes, told))


def _past(history: History, starts_on: date, *, name: str) -> Track:
    """What is known before the start. Raises `TableError` where there is nothing."""
    known = [day for day, value in history.items() if value is not None]
    if known and min(known) >= starts_on:
        raise whole_file(NONE_BEFORE.format(starts_on, min(known)), name=name)
    return track_of({day: value for day, value in history.items() if day < starts_on}, name=name)


def _windows(past: Track, starts_on: date, due_on: date) -> Windows:
    """The very windows by which `assess` will judge figures of this pace."""
    return windows_for(
        past.calendar,
        (past.step, past.first % past.step),
        starts_on=starts_on,
        due_on=due_on,
        until=past.calendar.column_at(due_on),
    )


def _plan(
    past: Track,
    pool: Mapping[str, History] | None,
    starts_on: date,
    *,
    comparators: int,
    levels: float | None,
    name: str,
) -> _Plan:
    if past.season == 1:
        raise whole_file(
            "Yearly figures are too few to compare: they speak only of reached or not reached.",
            name=name,
        )
    windows = _windows(past, starts_on, starts_on)
    length, least = windows.length // windows.step, windows.needed
    noise = noise_of(past.values, season=past.season, name=name)
    units = None if pool is None else _units(past, pool, starts_on, length)
    many = comparators if units is None else len(units) - 1
    if many < VALID:
        raise whole_file(
            f"With {counted(many, 'comparator')} no change can be told from chance. "
            f"At least {VALID} are needed.",
            name=name,
        )
    left_out = 0 if pool is None else len(pool) - many
    restless = None if units is None else restlessness(units)
    return _Plan(length, least, past.season, noise, units, many, left_out, levels, restless)


def _answer(plan: _Plan, asked: _Asked) -> Power:
    spread = plan.spread(max(asked.periods, plan.least))
    restless = plan.restless or 1.0
    shift = shift_needed(plan.comparators, alpha=asked.alpha, power=asked.power, restless=restless)
    told = asked.periods >= plan.least
    smallest = shift * spread.sd if told else None
    size = asked.change
    needed = None if size is None else _needed(plan, size, shift)
    ends = (sqrt(spread.freedom / chdtri(spread.freedom, tail)) for tail in (0.05, 0.95))
    low, high = (shift * spread.sd * end if told else None for end in ends)
    chance = None
    if size is not None and told:
        chance = chance_of(
            size / spread.sd, comparators=plan.comparators, alpha=asked.alpha, restless=restless
        )
    return Power(
        smallest_change=smallest,
        smallest_lower=low,
        smallest_upper=high,
        change=size,
        chance=chance,
        periods_needed=needed,
        periods=asked.periods,
        least_periods=plan.least,
        comparators=plan.comparators,
        noise=plan.noise.sd,
        autocorrelation=plan.noise.autocorrelation,
        spread=spread.sd * restless,
        placebos=spread.placebos,
        restless=plan.restless,
        known=plan.noise.known,
        alpha=asked.alpha,
        power=asked.power,
        sentence=sentences(
            asked.said,
            noise=plan.noise.sd, smallest=smallest, change=size, needed=needed,
            chance=chance, periods=asked.periods, least=plan.least, power=asked.power,
        ) + _restless(plan, asked),
        notes=_notes(plan, spread),
    )  # fmt: skip


def _restless(plan: _Plan, asked: _Asked) -> str:
    """What must be said where a provider moves much more than its comparators."""
    times = plan.restless or 1.0
    if times < RESTLESS:
        return ""
    by_chance = chance_of(0.0, comparators=plan.comparators, alpha=asked.alpha, restless=times)
    return of_restless(times, by_chance, few=plan.comparators < BY_RANK)


def _units(past: Track, pool: Mapping[str, History], starts_on: date, length: int) -> Floats:
    """The provider's past, and at the same periods that of each comparator that can serve.

    One that is absent, less than 90% complete or frozen in the last window cannot.
    """
    days = [past.period(place) for place in range(len(past.values))]
    units = [past.values]
    for one in pool.values():
        told = [one.get(day) if day < starts_on else None for day in days]
        row = np.array([np.nan if value is None else value for value in told])
        first = max(len(row) - length, 0)
        if standing(row, first, len(row), 1, COMPLETE) == ELIGIBLE:
            units.append(row)
    return np.vstack(units)


def _needed(plan: _Plan, change: float, shift: float) -> int | None:
    """The fewest periods after which a change is told; None where a whole window never does."""
    for periods in range(plan.least, plan.length + 1):
        if shift * plan.spread(periods).sd <= change:
            return periods
    return None


def _notes(plan: _Plan, spread: Spread) -> tuple[str, ...]:
    notes = []
    if plan.units is None:
        notes += [OWN_ALONE, MANY_ASSUMED.format(plan.comparators)]
    elif not spread.placebos:
        notes.append(TOO_SHORT)
    if plan.left_out:
        notes.append(LEFT_OUT.format(plan.left_out, plan.comparators + plan.left_out))
    if not plan.noise.seasonal and plan.season > 1:
        notes.append(SEASON_IN)
    if plan.noise.autocorrelation >= WANDERING:
        notes.append(WANDERS)
    return tuple(notes)
