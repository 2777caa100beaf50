"""The list of delivered, by Benjamini and Hochberg."""

import numpy as np

from makegood_engine.verdict import portfolio_list

NAN = float("nan")


def test_by_hand() -> None:
    # at 10% of five: 0.02, 0.04, 0.06, 0.08, 0.10
    p = np.array([0.001, 0.03, 0.07, 0.5, 0.9])
    every = np.ones(5, dtype=np.bool_)
    assert portfolio_list(p, every, fdr=0.10).tolist() == [True, True, False, False, False]


def test_a_later_p_under_its_line_carries_an_earlier_one_over_its_own() -> None:
    every = np.ones(2, dtype=np.bool_)
    assert portfolio_list(np.array([0.06, 0.09]), every, fdr=0.10).tolist() == [True, True]


def test_only_the_delivered_are_listed_and_the_rest_count_as_one() -> None:
    p = np.array([0.001, 0.001, 0.04])
    delivered = np.array([False, False, True])
    assert portfolio_list(p, delivered, fdr=0.10).tolist() == [False, False, False]
    assert portfolio_list(p, np.array([True, True, True]), fdr=0.10).all()


def test_what_was_not_tested_does_not_count() -> None:
    p = np.array([NAN, NAN, NAN, 0.09])
    assert portfolio_list(p, np.array([False, False, False, True]), fdr=0.10).tolist()[3]
    assert not portfolio_list(np.array([]), np.array([], dtype=np.bool_), fdr=0.10).size


def test_the_false_share_is_held_down() -> None:
    """One promise in five kept: of those listed, a tenth at most are false, on average."""
    draws = np.random.default_rng(8)
    shares = []
    for _ in range(400):
        kept = np.arange(100) < 20
        p = np.where(kept, draws.beta(0.15, 8, 100), draws.uniform(size=100))
        listed = portfolio_list(p, p <= 0.05, fdr=0.10)
        shares.append((listed & ~kept).sum() / max(listed.sum(), 1))
    # the bound is 8% (10% of the four in five that are null); the rest is Monte Carlo
    assert np.mean(shares) <= 0.10
