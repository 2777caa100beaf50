"""Synthetic control on outcomes: untreated series, weighted to stand in for one treated.

The weights are none below 0 and sum to 1, and make the weighted average nearest to the treated
series before the start, in squared distance. They are found exactly, as non-negative least
squares: where A holds each donor's distance from the treated series, the u ≥ 0 that makes
|A u|² + c (Σu − 1)² least is a multiple of the weights, whatever c above 0.

Chance is judged by placebos: every donor is treated in turn, the others standing in for it, and
the ratio of the distance after to the distance before (root mean squares) is ranked.

Sources: Abadie, Diamond and Hainmueller, "Synthetic control methods for comparative case
studies", Journal of the American Statistical Association 105 (2010); Lawson and Hanson,
*Solving Least Squares Problems* (1974), ch. 23.
"""

from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from makegood_engine.classical.panel import Panel, check_balanced, check_treated
from makegood_engine.tables import whole_file
from makegood_engine.tables.figures import plain

Floats = NDArray[np.float64]

LEAST_BEFORE = 3
"""Periods before the start without which there is nothing to fit."""
NAMED = 0.001
"""Weights below this are not named."""
FEW_DONORS = 19
"""Donors below which no placebo rank can reach 5%."""
POOR_FIT = 0.25
"""The distance before the start, over the treated series' own spread, that is called poor."""

UNLIKE = "Before the start the blend does not follow the series closely"
HOW_UNLIKE = (
    "{}: it lies {} away (root mean square), {} of the series' own standard deviation of {} there, and "
    "at most {} of it counts as close. Do not lean on it."
)


@dataclass(frozen=True, slots=True)
class Placebo:
    """One series treated as if it were the one: its effect, distances, and their ratio."""

    series: str
    effect: float
    rmse_before: float
    rmse_after: float
    ratio: float


@dataclass(frozen=True, slots=True)
class SyntheticFound:
    """What synthetic control found, in the value's unit.

    `effect` is the mean gap (treated − synthetic) after the start; `gaps` float[T] are those of
    all `periods`; `weights` the donors' that count, largest first. `rank` is the treated
    series' place by ratio (1 is the largest) among itself and its `placebos`, `p_value` that
    rank over their number: the least it could be is 1 over the number of series.
    """

    series: str
    effect: float
    rmse_before: float
    rmse_after: float
    ratio: float
    weights: tuple[tuple[str, float], ...]
    periods: tuple[date, ...]
    observed: tuple[float, ...]
    synthetic: tuple[float, ...]
    starts_on: date
    rank: int
    p_value: float
    placebos: tuple[Placebo, ...]
    cautions: tuple[str, ...]

    @property
    def gaps(self) -> tuple[float, ...]:
        """Treated less synthetic, period by period."""
        return tuple(a - b for a, b in zip(self.observed, self.synthetic, strict=True))

    @property
    def sentence(self) -> str:
        """What it says, in plain words."""
        way = "above" if self.effect >= 0 else "below"
        many = len(self.placebos) + 1
        place = "largest" if self.rank == 1 else f"{_ordinal(self.rank)} largest"
        chance = "Chance alone could do that."
        if self.p_value <= 0.05:
            chance = "Chance alone would seldom do that, if all else holds."
        if any(caution.startswith(UNLIKE) for caution in self.cautions):
            chance = "But the blend did not follow it before, so nothing is to be made of that."
        return (
            f"From {self.starts_on} “{self.series}” stood {plain(abs(self.effect))} {way} a blend "
            f"of the other series. For the fit it had before, that is the {place} move of {many} "
            f"series (p = {plain(self.p_value)}). {chance}"
        )


def synthetic_control(panel: Panel) -> SyntheticFound:
    """Weight the untreated series of a balanced panel to stand in for the one treated.

    The panel's own weights are not used. Raises `TableError` for a panel with gaps, with other
    than one treated series, with a treatment that ends, with fewer than two donors or three
    periods before.
    """
    check_balanced(panel)
    check_treated(panel)
    row, start = _treated_one(panel)
    donors = panel.without(row)
    weights = convex_weights(donors.values[:, :start], panel.values[row, :start])
    synthetic = weights @ donors.values
    own = _placebo(panel.series[row], panel.values[row], synthetic, start)
    placebos = tuple(_in_turn(donors, place, start) for place in range(len(donors.series)))
    rank = 1 + sum(one.ratio >= own.ratio * (1 - 1e-9) for one in placebos)
    order = [int(i) for i in np.argsort(-weights, kind="stable") if weights[i] >= NAMED]
    return SyntheticFound(
        series=own.series,
        effect=own.effect,
        rmse_before=own.rmse_before,
        rmse_after=own.rmse_after,
        ratio=own.ratio,
        weights=tuple((donors.series[i], float(weights[i])) for i in order),
        periods=panel.periods,
        observed=tuple(panel.values[row].tolist()),
        synthetic=tuple(synthetic.tolist()),
        starts_on=panel.periods[start],
        rank=rank,
        p_value=rank / (len(placebos) + 1),
        placebos=placebos,
        cautions=_cautions(panel.values[row, :start], own, weights),
    )


def convex_weights(donors: Floats, treated: Floats) -> Floats:
    """The weights float64[J], none below 0 and summing to 1, nearest to the treated series.

    `donors` float64[J, T0] and `treated` float64[T0] are the periods before the start.
    """
    apart = (donors - treated[None, :]).T
    scale = np.sqrt((apart**2).mean()) or 1.0
    system = np.vstack([apart / scale, np.ones(len(donors))])
    aim = np.zeros(len(system))
    aim[-1] = 1.0
    found, _ = nnls(system, aim, maxiter=50 * len(donors))
    return np.asarray(found / found.sum(), dtype=np.float64)


def _treated_one(panel: Panel) -> tuple[int, int]:
    names = [name for name, ever in zip(panel.series, panel.ever, strict=True) if ever]
    if len(names) > 1:
        raise whole_file(
            f"{len(names)} series are treated ({', '.join(names[:3])} …). There must be one.",
            name=panel.name,
        )
    row = int(panel.ever.argmax())
    start = int(panel.starts()[0])
    if not panel.treated[row, start:].all():
        raise whole_file(f"The treatment of “{names[0]}” ends. It must last.", name=panel.name)
    if len(panel.series) < 3:
        raise whole_file("One donor is too few. There must be two or more.", name=panel.name)
    if start < LEAST_BEFORE:
        raise whole_file(
            f"There {'is 1 period' if start == 1 else f'are {start} periods'} before the start. "
            f"At least {LEAST_BEFORE} are needed.",
            name=panel.name,
        )
    return row, start


def _placebo(series: str, values: Floats, synthetic: Floats, start: int) -> Placebo:
    gaps = values - synthetic
    before, after = (float(np.sqrt((part**2).mean())) for part in (gaps[:start], gaps[start:]))
    size = float(np.abs(values).max()) or 1.0
    if before <= 1e-12 * size:
        ratio = inf if after > 1e-12 * size else 0.0
    else:
        ratio = after / before
    return Placebo(series, float(gaps[start:].mean()), before, after, ratio)


def _in_turn(donors: Panel, place: int, start: int) -> Placebo:
    others = np.delete(donors.values, place, axis=0)
    weights = convex_weights(others[:, :start], donors.values[place, :start])
    return _placebo(donors.series[place], donors.values[place], weights @ others, start)


def _cautions(before: Floats, own: Placebo, weights: Floats) -> tuple[str, ...]:
    said = ["It holds only if what drove the series before drove them alike after."]
    spread = float(before.std())
    if own.rmse_before > POOR_FIT * spread:
        said.append(_unlike(own.rmse_before, spread))
    elif len(weights) >= len(before):
        said.append("There are as many donors as periods before: a close fit may come by itself.")
    if len(weights) < FEW_DONORS:
        said.append(
            f"With {len(weights)} donors the chance can never be put below "
            f"{100 / (len(weights) + 1):.0f}%."
        )
    if weights.max() > 0.8:
        said.append("One donor has most of the weight, so its own news decides the answer.")
    return tuple(said)


def _unlike(apart: float, spread: float) -> str:
    """Say how far the blend lies from the series before the start, and how far is too far."""
    share = f"{apart / spread:.0%}" if spread > 0 else "more than all"
    return HOW_UNLIKE.format(UNLIKE, plain(apart), share, plain(spread), f"{POOR_FIT:.0%}")


def _ordinal(place: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in {11, 12, 13} else ending}"
