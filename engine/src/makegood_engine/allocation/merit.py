"""Merit: what scores say of each application once each reviewer's severity is taken out.

score = overall mean + application + reviewer + rest, the last three normal and crossed. How far
each varies is itself in doubt, so merit is drawn in two steps: first the variances, from their
own posterior, and then merit under them (`variances` and `mixed`). A published variance is that of
restricted maximum likelihood (REML; Patterson and Thompson 1971).

How sure an interval of 90% is was simulated, 50 rounds each with applications, reviewers and the
rest varying alike. Merit itself: 89% held in rounds of 12 applications (6 reviewers, 3 scores each),
95% of 20 (2, 2), 88% of 30 (8, 3). Merit less the round's mean, which is what settles a round, less
often: 83%, 84% and 88%. It is how far scores vary that must be learnt: with the true ratios the
same model holds 87%, 89% and 90%; with REML's taken for true, 78%, 82% and 87% (and 66% in rounds of
12 that differ half as much, against 84%). Drawing the variances mends most of it. What is left of
it is that few scores tell the variances poorly. (`python -m benchmarks.figures_said merit`, some
minutes; each is good to about 5 either way.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from makegood_engine.allocation.forms import Review
from makegood_engine.allocation.mixed import Mixed
from makegood_engine.allocation.variances import Mixture, best_ratios, mixture_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Merit:
    """Merit of each application, on the scale of the scores.

    `applications` names [n]; `mean` float64[n], with its 90% interval `lower` to `upper`
    float64[n], all over the posterior of the variances too; `plugged` float64[n] is the mean
    under the variances of REML alone, as programs for mixed models give it; `severity` is how
    much lower each reviewer scores than the others would; the three variances are REML's, of
    applications, reviewers and the rest. `mixture` is what merit is drawn from, None where all
    scores are the same.
    """

    applications: list[str]
    mean: Floats
    lower: Floats
    upper: Floats
    plugged: Floats
    severity: dict[str, float]
    of_applications: float
    of_reviewers: float
    of_rest: float
    mixture: Mixture | None

    def draws(self, number: int, *, seed: str) -> Floats:
        """Draw merits float64[number, n] by numpy's PCG64, seeded by the SHA-256 of `seed`."""
        if self.mixture is None:
            return np.tile(self.mean, (number, 1))
        source = np.random.default_rng(int(sha256(seed.encode()).hexdigest(), 16))
        return self.mixture.draws(number, source)


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
    if np.ptp(score) == 0:
        level = np.full(len(applications), score[0])
        same = dict.fromkeys(reviewers, 0.0)
        return Merit(applications, level, level, level, level, same, 0.0, 0.0, 0.0, None)
    model = Mixed(row, column, score, len(applications), len(reviewers))
    ratios = best_ratios(model)
    plugged = model.posterior(*ratios)
    mixture = mixture_of(model, ratios)
    lower, upper = mixture.interval()
    severity = {name: float(-part) for name, part in zip(reviewers, mixture.parts, strict=True)}
    own, other = (float(ratio**2) * plugged.unit for ratio in ratios)
    return Merit(
        applications, mixture.mean, lower, upper, plugged.mean, severity, own, other,
        plugged.unit, mixture,
    )  # fmt: skip


def _places(names: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    distinct = sorted(set(names))
    place = {name: i for i, name in enumerate(distinct)}
    return distinct, np.array([place[name] for name in names], dtype=np.int64)
