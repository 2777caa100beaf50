"""Stories are read by people, and people read differently.

Before a theme is spoken of, we ask how far its readers agree, how common it is in each group,
and whether more stories would still add anything.
"""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from makegood_engine.tables import TableError
from makegood_engine.themes import (
    Prevalence,
    krippendorff_alpha,
    read_codings,
    saturation,
    theme_report,
    wilson,
)
from makegood_engine.themes.agreement import agreements
from makegood_engine.themes.coding_tallies import choice_tally
from makegood_engine.themes.saturation_shown import TELLS, UNCOUNTED, saturation_shown

Shared = Callable[[str], Path]
KNOWN = "data/text/intercoder_known_answers"
FOUR_OBSERVERS = {"nominal": 0.7434, "ordinal": 0.8154, "interval": 0.8491, "ratio": 0.7974}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def letters(*coders: str) -> list[list[float]]:
    """One text a coder, one letter a unit; a dot is missing."""
    return [
        [np.nan if c == "." else float(ord(c)) for c in unit] for unit in zip(*coders, strict=True)
    ]


def test_a_binary_case_of_two_coders() -> None:
    """Two coders who answer yes or no to ten questions agree hardly better than chance."""
    found = krippendorff_alpha(letters("0100000010", "1110010000"), resamples=0)
    assert found.alpha == pytest.approx(0.0952, abs=5e-5)


def test_a_nominal_case_of_two_coders() -> None:
    """Two coders who sort twelve items under five names reach an alpha of 0.692."""
    found = krippendorff_alpha(letters("aabbdcccedda", "babbbccceddd"), resamples=0)
    assert found.alpha == pytest.approx(0.6920, abs=5e-5)


@pytest.mark.parametrize("level", FOUR_OBSERVERS)
def test_four_observers_with_gaps(shared: Shared, level: str) -> None:
    """Four observers with gaps get the published alpha on each of the four scales."""
    rows = rows_of(shared(KNOWN) / "raw_4raters.csv")
    table = [[float(row[f"Rater{i}"] or "nan") for i in (1, 2, 3, 4)] for row in rows]
    found = krippendorff_alpha(table, level=level, resamples=0)
    assert found.alpha == pytest.approx(FOUR_OBSERVERS[level], abs=5e-5)


def test_every_known_set_of_raw_ratings(shared: Shared) -> None:
    """Every published set of raw ratings gets the alpha that other programs give it."""
    folder = shared(KNOWN)
    expected = {
        row["dataset"]: float(row["value"])
        for row in rows_of(folder / "expected_coefficients.csv")
        if row["coefficient"] == "krippendorff_nominal"
    }
    assert len(expected) >= 4
    for name, value in expected.items():
        rows = rows_of(folder / f"{name}.csv")
        coders = [column for column in rows[0] if column not in {"Group", "Units"}]
        kinds = sorted({row[c] for row in rows for c in coders} - {""})
        table = [[kinds.index(row[c]) if row[c] else np.nan for c in coders] for row in rows]
        assert krippendorff_alpha(table, resamples=0).alpha == pytest.approx(value, abs=1e-5), name


def test_tables_of_two_coders(shared: Shared) -> None:
    """A table of two coders' choices gives the same alpha as the choices one by one."""
    folder = shared(KNOWN)
    for name, value in (("table_cont3x3abstractors", 0.79726), ("table_cont4x4diagnosis", 0.43162)):
        with (folder / f"{name}.csv").open() as file:
            table = [[int(cell) for cell in row[1:]] for row in list(csv.reader(file))[1:]]
        units = [
            [float(i), float(j)]
            for i, row in enumerate(table)
            for j, times in enumerate(row)
            for _ in range(times)
        ]
        assert krippendorff_alpha(units, resamples=0).alpha == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize(("letters_kept", "kappa"), [(3, 0.448), (1, 0.601)])
def test_real_charities_coded_twice(shared: Shared, letters_kept: int, kappa: float) -> None:
    """Ninety-eight real charities coded twice give the published kappa, and alpha beside it."""
    rows = rows_of(shared("data/text") / "ukcat_double_coded_pairs.csv")
    pairs = [(r["icnptso_1"][:letters_kept], r["icnptso_2"][:letters_kept]) for r in rows]
    assert cohen_kappa(pairs) == pytest.approx(kappa, abs=0.0005)
    columns = codings_of([(r["org_id"], *pair) for r, pair in zip(rows, pairs, strict=True)])
    codings = read_codings(columns)
    choice = choice_tally(codings, among=np.ones(len(codings.codes), dtype=bool))
    assert choice is not None
    (found,) = agreements([choice], resamples=200)
    assert (codings.readers >= 2).sum() == len(rows) == 98
    assert found.alpha == pytest.approx(kappa, abs=0.002)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < kappa < found.upper


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[code] * second[code] for code in first) / n**2
    return (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


def codings_of(rows: Sequence[tuple[str, ...]]) -> dict[str, list[object]]:
    """One row a unit, then the code of each coder."""
    cells = [(unit, f"coder {i}", code) for unit, *codes in rows for i, code in enumerate(codes)]
    return {name: [cell[i] for cell in cells] for i, name in enumerate(("unit", "coder", "code"))}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[1, 1], [1, 1]], "Every value is the same"),
        ([[1], [0], [1]], "two coders or more"),
        ([[1, np.nan], [np.nan, 0]], "two coders or more"),
        (np.empty((0, 2)), "two coders or more"),
    ],
)
def test_where_agreement_cannot_be_told(table: list[list[float]], reason: str) -> None:
    """Where agreement has no meaning the answer says why, and holds no number."""
    found = krippendorff_alpha(table)
    assert (found.alpha, found.lower, found.upper) == (None, None, None)
    assert reason in found.reason
    assert found.reading == "cannot tell"


def test_a_ratio_scale_has_nothing_below_nought() -> None:
    """A ratio scale with a value below 0 gets a reason and no number."""
    assert "below 0" in krippendorff_alpha([[-1, 2], [3, 3]], level="ratio").reason


def test_no_interval_where_nobody_disagrees() -> None:
    """Full agreement has no interval, for drawing again cannot show any doubt."""
    found = krippendorff_alpha([[1, 1], [2, 2], [3, 3]])
    assert found.alpha == 1
    assert found.lower is None
    assert "nobody disagreed" in found.reason
    assert found.reading == "no interval, so do not lean on it"


def test_no_interval_where_a_code_is_too_rare() -> None:
    """A code met once has no interval, for many redrawn samples do not hold it at all."""
    table = [[1, 0], *[[0, 0]] * 20]
    found = krippendorff_alpha(table)
    assert found.alpha is not None
    assert found.lower is None
    assert "hold one value only" in found.reason


def test_the_same_seed_gives_the_same_interval() -> None:
    """An interval can be made again from its seed."""
    table = np.random.default_rng(1).integers(0, 2, (40, 3)).astype(float)
    once, twice, other = (krippendorff_alpha(table, seed=seed) for seed in (1, 1, 2))
    assert once == twice
    assert (once.lower, once.upper) != (other.lower, other.upper)


def test_reading_without_giving_a_code() -> None:
    """A coder who read a story and gave no code is counted as having given none."""
    columns = {
        "unit": [f"s{i // 2}" for i in range(30)],
        "coder": ["Alice", "Bob"] * 15,
        "code": ["hope", "hope", "hope", None, None, None] * 5,
    }
    report = theme_report(read_codings(columns), resamples=50)
    as_numbers = krippendorff_alpha([[1, 1], [1, 0], [0, 0]] * 5, resamples=0)
    assert report.codes["hope"].alpha == pytest.approx(as_numbers.alpha)
    assert report.choice is None


def test_ratings_are_compared_on_their_scale() -> None:
    """With values, a near miss on an interval scale counts less than a far one."""
    columns = {
        "unit": [f"s{i // 2}" for i in range(15)],
        "coder": ["Alice", "Bob"] * 7 + ["Alice"],
        "code": ["joy"] * 15,
        "value": [1.0, 2.0, 5.0, 5.0] * 3 + [3.0, None, 4.0],
    }
    report = theme_report(read_codings(columns), level="interval", resamples=0)
    expected = krippendorff_alpha([[1, 2], [5, 5]] * 3, level="interval", resamples=0)
    assert report.codes["joy"].alpha == report.overall.alpha == expected.alpha
    assert report.codes["joy"].units == 6


def test_prevalence_by_group_with_small_numbers_hidden() -> None:
    """A theme of two stories in a group is hidden, and so is the group that would give it away."""
    groups = {"north": (20, 9), "south": (20, 2), "east": (20, 6)}
    rows = [
        (f"{group}{i}", "Alice", "hope" if i < given else None, group)
        for group, (stories, given) in groups.items()
        for i in range(stories)
    ]
    columns = {n: [r[i] for r in rows] for i, n in enumerate(("unit", "coder", "code", "group"))}
    lines = {line.group: line for line in theme_report(read_codings(columns)).prevalence}
    assert (lines["all"].count, lines["all"].stories) == (17, 60)
    assert lines["north"] == Prevalence(
        "hope", "north", 9, 20, 0.45, *wilson(9, 20), suppressed=False
    )
    assert lines["south"].suppressed
    assert lines["east"].suppressed
    assert lines["south"].count is lines["east"].share is None


def coded(counts: dict[str, int], stories: int = 20) -> dict[str, list[object]]:
    """Codings of some stories: each code was given to the first so many, by both coders.

    A code of none was given to the first story, by one coder of three.
    """
    rows: list[tuple[object, ...]] = []
    for i in range(stories):
        for who in ("Alice", "Bob", "Charlie"):
            given = [code for code, many in counts.items()
                     if i < many or (many == 0 and i == 0 and who == "Alice")]  # fmt: skip
            rows += [(f"s{i}", who, code) for code in given or [None]]
    return {name: [row[k] for row in rows] for k, name in enumerate(("unit", "coder", "code"))}


def test_saturation_does_not_tell_whether_hidden_themes_were_met() -> None:
    """Where hidden themes have no story, 1 or 4, the report on saturation is the same."""
    told = []
    for few in ((0, 0), (1, 0), (4, 4)):
        counts = {"work": 15, "hope": 9} | dict(zip(("joy", "fear"), few, strict=True))
        report = theme_report(read_codings(coded(counts)), resamples=0)
        assert {line.theme for line in report.prevalence if line.suppressed} == {"joy", "fear"}
        told.append(report.saturation)
    assert told[0] == told[1] == told[2]
    assert told[0].base_codes is told[0].first_quiet is None
    assert told[0].runs == told[0].new_codes == []
    assert told[0].reached_at == 4
    assert told[0].sentence.startswith("Reached after 4 stories: later ones brought hardly any")
    assert theme_report(read_codings(coded({"work": 15})), resamples=0).saturation.base_codes == 1


def test_saturation_is_not_told_where_it_tells_of_the_one_that_is_hidden() -> None:
    """One hidden theme, or themes of which every story has exactly one."""
    alone = theme_report(read_codings(coded({"work": 15, "joy": 2})), resamples=0)
    assert alone.saturation.sentence == TELLS
    assert alone.saturation.reached_at is None
    each = {"unit": [f"s{i}" for i in range(24)], "coder": ["Alice"] * 24,
            "code": ["work"] * 16 + ["joy"] * 4 + ["fear"] * 4}  # fmt: skip
    report = theme_report(read_codings(each), resamples=0)
    assert sum(line.suppressed for line in report.prevalence) >= 2
    assert report.saturation.sentence == TELLS


def test_saturation_not_reached_is_said_without_counts() -> None:
    found = saturation([{"a"}] * 8 + [{"b"}, {"c"}])
    said = saturation_shown(found, hidden=2, one_each=False).sentence
    assert said == f"Not reached: the last stories still brought new themes. {UNCOUNTED}"
    assert saturation_shown(found, hidden=0, one_each=True) is found


def test_wilson_intervals() -> None:
    """A share of none or all still has an interval with room on the other side."""
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=5e-5)
    assert wilson(10, 10) == pytest.approx((0.7225, 1), abs=5e-5)
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    for count, total in ((-1, 10), (11, 10), (0, 0)):
        with pytest.raises(ValueError, match="between 0 and total"):
            wilson(count, total)


def test_saturation_by_base_run_and_threshold() -> None:
    """Saturation is reached where a run of stories adds no more than 5% to the base."""
    stories = [{"a", "b"}, {"b", "c"}, {"a", "d"}, {"e"}, {"f"}, {"a"}, {"b"}, {"a", "c"}]
    found = saturation(stories)
    assert found.base_codes == 5
    assert [run.new_codes for run in found.runs] == [1, 0, 0]
    assert found.runs[0].ratio == pytest.approx(0.2)
    assert found.reached_at == 5
    assert found.new_codes == [2, 1, 1, 1, 1, 0, 0, 0]
    assert found.sentence == "Reached after 5 stories: the 3 read after them brought no new theme."
    assert saturation(stories, threshold=0.2).reached_at == 4
    assert saturation(stories, base_size=6, run_length=3).sentence.startswith("Cannot be told")
    assert saturation([set()] * 9).sentence.endswith("no theme at all.")
    fresh = saturation([{str(i)} for i in range(9)])
    assert fresh.reached_at is None
    assert (
        fresh.sentence
        == "Not reached: the last 2 stories still brought 2 new themes, 50% of those in the base."
    )


def test_saturation_is_not_reached_where_later_stories_brought_more() -> None:
    """Two quiet stories in the middle are no saturation; what came after them is said."""
    stories = [{"a"}, {"b"}, {"c"}, {"d"}, {"a"}, {"b"}, {"e"}, {"f"}]
    found = saturation(stories)
    assert (found.reached_at, found.first_quiet) == (None, 4)
    assert found.sentence == (
        "Not reached: the last 2 stories still brought 2 new themes, 50% of those in the base. "
        "After 4 stories the next 2 brought hardly any, but later ones brought 2 new themes."
    )
    assert saturation([*stories, {"a"}, {"b"}]).reached_at == 8
    drip = saturation(
        [{str(i) for i in range(40)}, *[{str(max(40, 44 - i))} for i in range(8)]], base_size=1
    )
    assert drip.reached_at == 1
    assert "no 2 in a row brought more new themes than 0.05 of those in the base" in drip.sentence


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"unit": ["s"], "coder": ["A"], "code": [None], "value": [1]}, "Row 2, code: There is a"),
        (
            {"unit": ["s", "s"], "coder": ["A", "B"], "code": ["x", "x"], "group": ["n", "m"]},
            "Row 3, group: Row 2 puts s in “n”.",
        ),
        ({"unit": ["s", "s"], "coder": ["A", "A"], "code": ["x", "x"]}, "there twice"),
        ({"unit": [""], "coder": ["A"], "code": ["x"]}, "Row 2, unit: This cell is empty."),
        ({"unit": [], "coder": [], "code": []}, "no rows"),
    ],
)
def test_bad_codings_are_refused_by_their_place(
    columns: dict[str, list[object]], said: str
) -> None:
    """Codings that contradict themselves are refused by row and column."""
    with pytest.raises(TableError) as caught:
        read_codings(columns)
    assert said in str(caught.value)
