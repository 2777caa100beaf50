"""Merit: what scores say of each application once each reviewer's severity is taken out.

score = overall mean + application + reviewer + rest, the last three normal and crossed. The
variances are found by restricted maximum likelihood (REML; Patterson and Thompson 1971), by
our own profile likelihood in the two ratios to the rest; merit is the mean plus the
application's own part, with its joint posterior under those variances.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from makegood_engine.allocation.forms import Review

Floats = NDArray[np.float64]
LARGEST_RATIO = 100.0
"""The most a standard deviation may be, in those of the rest (scores that never disagree)."""
STARTS = ((1.0, 1.0), (0.3, 1.0), (1.0, 0.3), (0.05, 0.05), (3.0, 1.0))
"""Where the search for the variances begins."""


@dataclass(frozen=True, slots=True)
class Merit:
    """Merit of each application, on the scale of the scores.

    `applications` names [n]; `mean` float64[n]; `covariance` float64[n, n]; `severity` is
    how much lower each reviewer scores than the others would; the three variances are of
    applications, reviewers and the rest.
    """

    applications: list[str]
    mean: Floats
    covariance: Floats
    severity: dict[str, float]
    of_applications: float
    of_reviewers: float
    of_rest: float

    def draws(self, number: int, *, seed: str) -> Floats:
        """Draw merits float64[number, n] by numpy's PCG64, seeded by the SHA-256 of `seed`."""
        source = np.random.default_rng(int(sha256(seed.encode()).hexdigest(), 16))
        size = len(self.mean)
        spread = np.trace(self.covariance) / size
        jitter = max(1e-10 * spread, 1e-14)
        root = np.linalg.cholesky(self.covariance + jitter * np.eye(size))
        return self.mean + source.standard_normal((number, size)) @ root.T


def merit_of(reviews: Sequence[Review]) -> Merit:
    """Find the merit of every application that `reviews` speak of, by name.

    Handles gaps of any pattern, a reviewer with one score, and scores all the same. Raises
    `ValueError` where no application has two reviews: merit cannot be told from chance.
    """
    applications, row = _places([review.application for review in reviews])
    reviewers, column = _places([review.reviewer for review in reviews])
    score = np.array([review.score for review in reviews])
    if len(applications) == len(reviews):
        raise ValueError("no application has two reviews, so merit cannot be told from chance")
    model = _Model(row, column, score, len(applications), len(reviewers))
    if np.ptp(score) == 0:
        still = np.zeros((len(applications), len(applications)))
        level = np.full(len(applications), score[0])
        return Merit(applications, level, still, dict.fromkeys(reviewers, 0.0), 0.0, 0.0, 0.0)
    ratios = _best_ratios(model)
    mean, covariance, severity, rest = model.posterior(*ratios)
    named = dict(zip(reviewers, (float(-part) for part in severity), strict=True))
    own, other = (float(ratio**2) * rest for ratio in ratios)
    return Merit(applications, mean, covariance, named, own, other, rest)


def _places(names: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    distinct = sorted(set(names))
    place = {name: i for i, name in enumerate(distinct)}
    return distinct, np.array([place[name] for name in names], dtype=np.int64)


def _best_ratios(model: "_Model") -> tuple[float, float]:
    """The two standard deviations, over that of the rest, of the highest likelihood."""
    free = model.reviewers > 1
    best = (np.inf, (0.0, 0.0))
    for start in STARTS:
        found = minimize(
            lambda ratio: model.misfit(ratio[0], ratio[1] if free else 0.0),
            start, method="Nelder-Mead",
            bounds=[(0, LARGEST_RATIO)] * 2,
            options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000},
        )  # fmt: skip
        own, other = (float(part) for part in found.x)
        best = min(best, (float(found.fun), (own, other if free else 0.0)))
    return best[1]


class _Model:
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

    def misfit(self, own: float, other: float) -> float:
        """Minus twice the restricted log likelihood, the rest's variance profiled out."""
        fixed, diagonal, cross, factor = self._solve(own, other)
        found = (own * self.by_application - cross @ fixed) / diagonal
        scale = np.concatenate([[1.0], np.full(self.reviewers, other)])
        rest = self.square - float((self.right * scale) @ fixed)
        rest -= own * float(self.by_application @ found)
        log = float(np.log(diagonal).sum()) + 2 * float(np.log(np.diag(factor[0])).sum())
        return float((self.size - 1) * np.log(max(rest, 1e-12)) + log)

    def posterior(self, own: float, other: float) -> tuple[Floats, Floats, Floats, float]:
        """Mean and covariance of merit, reviewers' parts, and the rest's variance."""
        fixed, diagonal, cross, factor = self._solve(own, other)
        found = (own * self.by_application - cross @ fixed) / diagonal
        scale = np.concatenate([[1.0], np.full(self.reviewers, other)])
        rest = self.square - float((self.right * scale) @ fixed)
        rest = max(rest - own * float(self.by_application @ found), 1e-12) / (self.size - 1)
        inverse = cho_solve(factor, np.eye(self.reviewers + 1))
        ratio = own * cross / diagonal[:, None]
        shared = inverse[0, 0] - (ratio @ inverse)[:, :1] - (ratio @ inverse)[:, :1].T
        covariance = np.diag(own * own / diagonal) + ratio @ inverse @ ratio.T + shared
        unit = self.scale**2 * rest
        mean = self.level + self.scale * (fixed[0] + own * found)
        return mean, unit * (covariance + covariance.T) / 2, self.scale * other * fixed[1:], unit
