"""Calibration's own counts, of a small seeded run: a change of any verdict's numbers shows here.

The published tables name the commit they were run at. Where these counts change, the tables must be
run again, or the change be shown to touch none of their cells.
"""

from dataclasses import replace

from makegood_engine.calibration import PLAN, WHOLE_PLAN, Cell, calibrate, calibrate_whole

COUNTED = ("claimed", "short", "covers")


def counts(cells: list[Cell], keys: tuple[str, ...]) -> dict[str, list[int]]:
    """Whole numbers of contracts by scenario, in the order of the keys."""
    found: dict[str, list[int]] = {}
    for key in keys:
        for one in cells:
            if one.key == key:
                found.setdefault(one.scenario, []).append(round(one.estimate * one.replicates))
    return found


def test_the_counts_of_the_direct_part_are_those_published_with() -> None:
    small = replace(
        PLAN, looks=(), portfolios=(), comparators=(10, 20), quick_replicates=200, quick_choices=40
    )
    assert counts(calibrate(small, quick=True), COUNTED) == DIRECT


def test_the_counts_through_assess_are_those_published_with() -> None:
    small = replace(WHOLE_PLAN, comparators=(10,), quick_worlds=1)
    cells = calibrate_whole(small, quick=True)
    assert counts(cells, ("claimed", "looks", "untested", "covers")) == WHOLE


DIRECT = {
    "independent": [10, 6, 15, 9, 175, 185],
    "follows 0.4": [11, 12, 16, 12, 173, 176],
    "follows 0.7": [9, 15, 8, 11, 183, 174],
    "shared trend": [8, 8, 8, 13, 184, 179],
    "season": [8, 15, 11, 7, 181, 178],
    "season with gaps": [11, 12, 11, 9, 178, 179],
    "six quarters each side": [5, 7, 10, 12, 185, 181],
    "counts, overdispersed": [8, 9, 8, 8, 184, 186],
    "bad moment, matched": [2, 2, 1, 1, 37, 37],
    "bad moment, unmatched": [3, 4, 1, 1, 36, 35],
    "hardest, matched": [5, 2, 2, 3, 33, 35],
    "small provider among large": [13, 10, 8, 7, 172, 176],
}
WHOLE = {
    "one year, pool drawn": [2, 0, 17],
    "one year, pool drawn, directly": [2, 17],
    "two years, pool chosen": [0, 0, 19],
    "two years, pool chosen, directly": [0, 19],
    "season, gaps, some late, some leave": [0, 3, 19],
    "season, gaps, some late, some leave, directly": [0, 19],
    "counts as rates, pool chosen": [1, 0, 19],
    "counts as rates, pool chosen, directly": [1, 19],
    "half twice as noisy, provider too, pool drawn": [1, 0, 17],
    "half twice as noisy, provider too, pool drawn, directly": [1, 17],
    "half twice as noisy, provider too, pool chosen": [1, 0, 18],
    "half twice as noisy, provider too, pool chosen, directly": [1, 18],
    "half twice as noisy, provider calm, pool drawn": [2, 0, 19],
    "half twice as noisy, provider calm, pool drawn, directly": [2, 19],
    "half twice as noisy, provider calm, pool chosen": [0, 0, 18],
    "half twice as noisy, provider calm, pool chosen, directly": [0, 18],
    "five looks, pool chosen": [1, 0],
    "five looks, pool chosen, directly": [1],
}
