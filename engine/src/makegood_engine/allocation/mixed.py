"""The mixed model of scores, for two given ratios: its likelihood, its posterior, and draws.

With y the scores, the model is y = mean + application + reviewer + rest, whose standard
deviations over that of the rest are `own` and `other`. Given these the mean has a flat prior and
the rest's variance s² the prior 1 ÷ s²; then the likelihood with both taken out is that of REML
with s² profiled out, s² is a sum of squares over a chi-squared with n − 1 degrees of freedom,
and merit is Student's t with as many. Source: Searle, Casella and McCulloch, *Variance
Components* (1992), ch. 9; Gelman and others, *Bayesian Data Analysis* (2013), ch. 14.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Posterior:
    """Merit under two given ratios, on the scale of the scores.

    `mean` and `spread` float64[applications]: the middle and the scale of Student's t; `parts`
    float64[reviewers] the reviewers' own; `unit` the variance of the rest.
    """

    mean: Floats
    spread: Floats
    parts: Floats
    unit: float


class Mixed:
    """The mixed model equations, with the applications' (diagonal) part taken out first."""

    def __init__(
        self,
        row: NDArray[np.int64],
        column: NDArray[np.int64],
        score: Floats,
        applications: int,
        reviewers: int,
    ) -> None:
        self.level = float(score.mean())
        self.scale = float(score.std()) or 1.0
        y = (score - self.level) / self.scale
        self.size, self.reviewers = len(y), reviewers
        self.each = np.bincount(row, minlength=applications).astype(float)
        self.by_application = np.bincount(row, y, minlength=applications)
        self.square = float(y @ y)
        many = np.bincount(column, minlength=reviewers).astype(float)
        self.inner = np.zeros((reviewers + 1, reviewers + 1))
        self.inner[0, 0] = self.size
        self.inner[0, 1:] = self.inner[1:, 0] = many
        self.inner[1:, 1:] = np.diag(many)
        self.right = np.concatenate([[y.sum()], np.bincount(column, y, minlength=reviewers)])
        self.cross = np.zeros((applications, reviewers + 1))
        self.cross[:, 0] = self.each
        np.add.at(self.cross, (row, column + 1), 1.0)

    def _solve(
        self, own: float, other: float
    ) -> tuple[Floats, Floats, Floats, tuple[Floats, bool]]:
        scale = np.concatenate([[1.0], np.full(self.reviewers, other)])
        diagonal = 1 + own * own * self.each
        cross = own * self.cross * scale
        inner = self.inner * np.outer(scale, scale) + np.diag([0.0] + [1.0] * self.reviewers)
        within = np.einsum("ij,ik->jk", cross, cross / diagonal[:, None])  # no threads to wait for
        factor = cho_factor(inner - within, lower=True)
        right = self.right * scale - cross.T @ (own * self.by_application / diagonal)
        return cho_solve(factor, right), diagonal, cross, factor

    def _rest(self, own: float, other: float, fixed: Floats, found: Floats) -> float:
        """The sum of squares that is left, in scaled scores."""
        scale = np.concatenate([[1.0], np.full(self.reviewers, other)])
        rest = self.square - float((self.right * scale) @ fixed)
        return max(rest - own * float(self.by_application @ found), 1e-12)

    def misfit(self, own: float, other: float) -> float:
        """Minus twice the restricted log likelihood, the rest's variance profiled out."""
        fixed, diagonal, cross, factor = self._solve(own, other)
        found = (own * self.by_application - cross @ fixed) / diagonal
        rest = self._rest(own, other, fixed, found)
        log = float(np.log(diagonal).sum()) + 2 * float(np.log(np.diag(factor[0])).sum())
        return float((self.size - 1) * np.log(rest) + log)

    def posterior(self, own: float, other: float) -> Posterior:
        """Merit and the reviewers' parts under two ratios."""
        fixed, diagonal, cross, factor = self._solve(own, other)
        found = (own * self.by_application - cross @ fixed) / diagonal
        unit = self.scale**2 * self._rest(own, other, fixed, found) / (self.size - 1)
        inverse = cho_solve(factor, np.eye(self.reviewers + 1))
        ratio = own * cross / diagonal[:, None]
        turned = ratio @ inverse
        square = own * own / diagonal + np.einsum("ij,ij->i", turned, ratio)
        square += inverse[0, 0] - 2 * turned[:, 0]
        return Posterior(
            self.level + self.scale * (fixed[0] + own * found),
            np.sqrt(np.maximum(unit * square, 0.0)),
            self.scale * other * fixed[1:],
            unit,
        )

    def draws(self, own: float, other: float, number: int, source: np.random.Generator) -> Floats:
        """Draw merits float64[number, applications]: s², mean and reviewers, then applications."""
        fixed, diagonal, cross, factor = self._solve(own, other)
        found = (own * self.by_application - cross @ fixed) / diagonal
        rest = self._rest(own, other, fixed, found)
        scale = np.sqrt(rest / source.chisquare(self.size - 1, (number, 1)))
        normal = source.standard_normal((self.reviewers + 1, number))
        drawn = fixed + scale * solve_triangular(factor[0], normal, lower=True, trans="T").T
        apart = (own * self.by_application - np.einsum("ij,kj->ik", drawn, cross)) / diagonal
        apart += scale * source.standard_normal(apart.shape) / np.sqrt(diagonal)
        return self.level + self.scale * (drawn[:, :1] + own * apart)
