# ruff: noqa: FBT001, PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""One provider among its comparators: ANCOVA of after on before, each unit judged alike.

Unit 0 is the provider. Each unit's residual comes from a line fitted to all *other* units, over
its own prediction error (the externally studentised residual), so that every unit is treated
just as the provider is. If the units are exchangeable, the provider's rank among them is an
exact test; with few comparators the same residual is a prediction-t with K - 2 degrees of
freedom. The interval inverts the same test.

Source: Rosenbaum, *Observational Studies* (2002), ch. 2; Cook and Weisberg, *Residuals and
Influence in Regression* (1982), ch. 2.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

INFINITE = float("inf")
SAME = 1e-20
"""Before-means whose squares vary by less than this part are the same but for rounding."""
SAME_BUT_ONE = 1e-9
"""The part of all variation, left without the unit furthest off, that is none at all."""
ROUNDING = 1e-14
"""A residual below this part of the largest after-mean is 0 but for rounding."""
TIE = 1e-9
"""Residuals this near in size are tied, and a tie counts against the provider."""


@njit(cache=True, nogil=True)
def leverages(x: Floats) -> tuple[Floats, Floats, int]:
    """From before-means `x` float64[n]: the diagonal and first row of I - H, and parameters.

    The line has a slope (two parameters) unless there is a unit without which all the others
    have the same `x`: no slope can be found for that unit, so none has one, and after-means
    alone are compared.
    """
    n = x.size
    apart = x - x.mean()
    squares = apart * apart
    spread = squares.sum()
    slope = spread > SAME * (x * x).sum()
    slope = slope and (1.0 - 1.0 / n) * spread - squares.max() > SAME_BUT_ONE * spread
    own = np.empty(n)
    with_first = np.empty(n)
    for i in range(n):
        own[i] = 1.0 - 1.0 / n
        with_first[i] = -1.0 / n
        if slope:
            own[i] -= squares[i] / spread
            with_first[i] -= apart[0] * apart[i] / spread
    with_first[0] += 1.0
    return own, with_first, 2 if slope else 1


@njit(cache=True, nogil=True)
def residuals(x: Floats, y: Floats, parameters: int) -> Floats:
    """Ordinary residuals of `y` on `x` (or on a level alone, of one parameter), all n units."""
    rest: Floats = y - y.mean()
    if parameters == 2:
        apart = x - x.mean()
        rest = rest - apart * ((apart * rest).sum() / (apart * apart).sum())
    noise = ROUNDING * np.abs(y).max()
    for i in range(rest.size):
        if abs(rest[i]) <= noise:
            rest[i] = 0.0
    return rest


@njit(cache=True, nogil=True)
def studentised(rest: Floats, own: Floats, parameters: int) -> Floats:
    """Each unit's deleted residual over its own prediction error, float64[n]."""
    n = rest.size
    total = (rest * rest).sum()
    out = np.empty(n)
    for i in range(n):
        if rest[i] == 0.0:
            out[i] = 0.0
            continue
        left = max(total - rest[i] * rest[i] / own[i], 0.0)
        error = np.sqrt(left / (n - 1 - parameters) * own[i])
        if error > 1e-12 * abs(rest[i]):
            out[i] = rest[i] / error
        else:
            out[i] = np.sign(rest[i]) * np.inf
    return out


@njit(cache=True, nogil=True)
def rank_p(scores: Floats, sign: float) -> float:
    """The part of the units whose score is at least the provider's, in one direction."""
    mine = sign * scores[0]
    slack = TIE * max(1.0, abs(mine)) if np.isfinite(mine) else 0.0
    count = 1
    for i in range(1, scores.size):
        if sign * scores[i] >= mine - slack:
            count += 1
    return count / scores.size


@njit(cache=True, nogil=True)
def _p_without(
    shift: float, rest: Floats, own: Floats, with_first: Floats, parameters: int, sign: float
) -> float:
    """Rank p when the provider's after-mean is lowered by `shift`."""
    p: float = rank_p(studentised(rest - shift * with_first, own, parameters), sign)
    return p


@njit(cache=True, nogil=True)
def rank_limit(
    rest: Floats,
    own: Floats,
    with_first: Floats,
    parameters: int,
    effect: float,
    sign: float,
    alpha: float,
) -> float:
    """The end of the interval on one side: the first shift the rank test would reject.

    `sign` 1 gives the lower end, -1 the upper. Brackets outward, then halves.
    """
    scale: float = np.sqrt((rest * rest).sum() / max(rest.size - parameters, 1)) + 1e-300
    near, far = effect, effect - sign * scale
    for _ in range(60):
        if _p_without(far, rest, own, with_first, parameters, sign) <= alpha + 1e-12:
            break
        near, far = far, effect - 2.0 * (effect - far)
    else:
        return -sign * INFINITE
    for _ in range(60):
        middle = 0.5 * (near + far)
        if _p_without(middle, rest, own, with_first, parameters, sign) <= alpha + 1e-12:
            far = middle
        else:
            near = middle
    return far


@njit(cache=True, nogil=True)
def judge(
    x: Floats, y: Floats, alpha: float, by_rank: bool, quantiles: Floats, out: Floats
) -> None:
    """Judge unit 0 among all units, higher being better.

    `x`, `y` float64[K + 1] are before- and after-means; `alpha` the level of each one-sided
    test; `quantiles` the t quantiles at 1 - `alpha` by degrees of freedom.
    Writes into `out` float64[7]: effect, lower, upper, p that it is better, p that it is worse
    (both by rank), the prediction-t, its degrees of freedom.
    """
    own, with_first, parameters = leverages(x)
    rest = residuals(x, y, parameters)
    scores = studentised(rest, own, parameters)
    effect = rest[0] / own[0]
    out[0] = effect
    out[3] = rank_p(scores, 1.0)
    out[4] = rank_p(scores, -1.0)
    out[5] = scores[0]
    out[6] = x.size - 1 - parameters
    if by_rank:
        out[1] = rank_limit(rest, own, with_first, parameters, effect, 1.0, alpha)
        out[2] = rank_limit(rest, own, with_first, parameters, effect, -1.0, alpha)
    else:
        left = max((rest * rest).sum() - rest[0] * rest[0] / own[0], 0.0)
        error = np.sqrt(left / out[6] / own[0])
        out[1] = effect - quantiles[int(out[6])] * error
        out[2] = effect + quantiles[int(out[6])] * error
