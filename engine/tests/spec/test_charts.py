"""Charts that anyone can read: in words, in shapes, in rows, and small."""

import re
import time
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood_engine.charts import (
    Comparator,
    comparator_of,
    describe,
    signal_words,
    spc_chart,
    table_rows,
)
from makegood_engine.charts.frame import line_named
from makegood_engine.charts.scales import date_ticks, spread, value_range, value_ticks
from makegood_engine.charts.words import why_marked
from makegood_engine.spc import PTD, RULESETS, analyse

SVG = "{http://www.w3.org/2000/svg}"


def months(count: int) -> list[date]:
    return [date(2014 + m // 12, m % 12 + 1, 1) for m in range(count)]


def drawn(count: int, *, better: str = "down", shift: float = -0.6, **said: object) -> str:
    draws = np.random.default_rng(count)
    values = 4.5 + draws.normal(0, 0.15, count)
    values[count // 2 :] += shift
    points = analyse(values, better=better, target=4.0)
    return spc_chart(
        points, months(count), title="Sickness <b>", unit="% of days lost", better=better, **said  # type: ignore[arg-type]  # options
    )  # fmt: skip


def full(count: int) -> str:
    days = months(count)
    draws = np.random.default_rng(9)
    pool = [dict(zip(days, draws.normal(4.6, 0.2, count).tolist(), strict=True)) for _ in range(9)]
    return drawn(
        count, target=4.0, starts_on=days[count // 2], comparator=comparator_of(pool, days),
        rebases=[(days[count // 2], "new rota")],
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 12, 36, 120])
def test_it_is_well_formed_and_named_for_those_who_cannot_see_it(count: int) -> None:
    root = ElementTree.fromstring(full(count))
    assert root.get("role") == "img"
    title, desc = root.findall(f"{SVG}title")[0], root.findall(f"{SVG}desc")[0]
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == "Sickness <b>"
    assert desc.text is not None
    assert "% of days lost" in desc.text
    assert "ptd-0.2.2" in desc.text


def test_no_inline_style_and_no_script() -> None:
    for node in ElementTree.fromstring(full(36)).iter():
        assert node.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]


def test_every_part_has_its_class_and_a_colour_of_its_own() -> None:
    chart = full(36)
    for part in (
        "line", "point--improvement", "point--concern", "limit", "mean", "target", "start",
        "rebase", "comparator", "comparator-band", "text", "axis",
    ):  # fmt: skip
        found = re.search(rf'<[^>]*class="[^"]*mg-chart__{part}[" ][^>]*>', chart)
        assert found, part
        assert re.search(r'(fill|stroke)="#', found[0]), part


def test_shape_says_what_colour_says() -> None:
    """Improvement points to the better side, concern to the worse."""
    for better, shift, points_up in (("down", -0.6, False), ("up", 0.6, True)):
        root = ElementTree.fromstring(drawn(36, better=better, shift=shift))
        found = {
            kind: [
                mark.get("d") or ""
                for group in root.iter(f"{SVG}g")
                if f"mg-chart__point--{kind}" in (group.get("class") or "")
                for mark in group.findall(f"{SVG}path")
            ]
            for kind in ("improvement", "concern")
        }
        assert found["improvement"]
        assert found["concern"]
        assert {rises(path) for path in found["improvement"]} == {points_up}
        assert {rises(path) for path in found["concern"]} == {not points_up}


def rises(path: str) -> bool:
    """A triangle drawn from its tip points up when its next corner is lower on the page."""
    found = re.match(r"M[\d.]+ [\d.]+l[\d.]+ ?(-?\d+)h", path)
    assert found, path
    return int(found[1]) > 0


def test_size_and_speed_at_120_points() -> None:
    chart = full(120)
    assert len(chart.encode()) <= 20_000
    times = []
    for _ in range(5):
        start = time.process_time()  # of this process alone, whatever else the machine does
        full(120)
        times.append(time.process_time() - start)
    # drawing it is well under 10 ms; the rest is making the figures, and slower machines
    assert min(times) < 0.05


@given(
    places=st.lists(st.floats(0, 300), min_size=1, max_size=6),
)
def test_labels_never_touch(places: list[float]) -> None:
    moved = spread(places, gap=19, low=0, high=300)
    assert all(b - a >= 19 - 1e-6 for a, b in pairwise(sorted(moved)))
    assert all(-1e-6 <= at <= 300 + 1e-6 for at in moved)
    order = sorted(range(len(places)), key=lambda i: places[i])
    assert sorted(moved) == [moved[i] for i in order]


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6))
def test_axes_have_round_readable_ticks(low: float, span: float) -> None:
    low, high = value_range([low, low + span])
    ticks, places = value_ticks(low, high)
    assert 3 <= len(ticks) <= 8
    assert all(low - 1e-6 * span <= tick <= high + 1e-6 * span for tick in ticks)
    assert len({f"{tick:.{places}f}" for tick in ticks}) == len(ticks)


@given(first=st.dates(date(1990, 1, 1), date(2020, 1, 1)), days=st.integers(0, 9000))
def test_dates_are_named_without_crowding(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    ticks = date_ticks(first, last)
    assert 1 <= len(ticks) <= 9
    assert all(first <= day <= last for day, _ in ticks)


def test_missing_values_break_the_line() -> None:
    points = analyse([4.0, 5.0, None, 4.5, 4.2])
    chart = spc_chart(points, months(5), title="t", unit="u", better="up")
    assert chart.count('class="mg-chart__line"') == 2


def test_nothing_known_is_drawn_quietly() -> None:
    chart = spc_chart(analyse([]), [], title="t", unit="u", better="up")
    assert "There are no figures yet." in chart
    assert "There are no figures yet." in spc_chart(
        analyse([None, None]), months(2), title="t", unit="u", better="up"
    )


def test_the_same_chart_twice_is_the_same_text() -> None:
    assert full(36) == full(36)


def test_its_numbers_as_rows() -> None:
    points = analyse([4.0] * 6 + [4.2, 4.0] * 6 + [9.0, None], better="up")
    rows = table_rows(points, months(20), comparator=[1.0] * 20)
    assert rows[18].signal == "improvement: above the upper limit"
    assert rows[19].signal == "no figure"
    assert rows[19].value is None
    assert rows[0].label == "Jan 2014"
    assert rows[0].comparator == 1.0


def test_every_signal_has_plain_words() -> None:
    said = [signal_words(label) for label in PTD.labels]
    assert said == [
        "usual variation",
        "above the upper limit",
        "below the lower limit",
        "7 or more in a row rising",
        "7 or more in a row falling",
        "2 of 3 far above the average",
        "2 of 3 far below the average",
        "7 or more in a row above the average",
        "7 or more in a row below the average",
    ]


def test_a_band_needs_three_comparators() -> None:
    days = months(2)
    pool: list[dict[date, float | None]] = [
        {days[0]: 1.0, days[1]: 1.0},
        {days[0]: 2.0},
        {days[0]: 3.0},
    ]
    found = comparator_of(pool, days)
    assert found.mean == [2.0, None]
    assert isinstance(found, Comparator)


def test_lengths_and_order_must_fit() -> None:
    points = analyse([1.0, 2.0])
    for days, words in ((months(3), "3 periods"), (months(2)[::-1], "in order")):
        with pytest.raises(ValueError, match=words):
            spc_chart(points, days, title="t", unit="u", better="up")


LONG = "the new rota began on every ward, and the old agency contract was ended after its review"


def texts(chart: str) -> list[tuple[float, float, float, str]]:
    """Every text: left, right, foot and words, at about the width of its letters."""
    found = []
    for node in ElementTree.fromstring(chart).iter(f"{SVG}text"):
        words, x = node.text or "", float(node.get("x", 0))
        wide = 7 * len(words)
        left = {"end": x - wide, "middle": x - wide / 2}.get(node.get("text-anchor", ""), x)
        found.append((left, left + wide, float(node.get("y", 0)), words))
    return found


@pytest.mark.parametrize("at", [1, 18, 35])
@pytest.mark.parametrize("why", ["new rota", LONG, LONG * 3])
def test_a_reason_of_any_length_keeps_to_the_page_and_is_whole(at: int, why: str) -> None:
    """A reason too long for its place stands beneath the chart, and none of it is lost."""
    day = months(36)[at]
    chart = drawn(36, rebases=[(day, why)], starts_on=day)
    found = texts(chart)
    assert all(left >= 0 and right <= 860 for left, right, _, _ in found)
    assert why in " ".join(words for *_, words in found)
    fits = why == "new rota" or (why == LONG and at == 1)
    assert ("New limits: see below" in chart) is not fits


def test_marks_stand_above_every_line_of_the_chart() -> None:
    """However many marks share a day, none lies on a limit, the target or the grid."""
    day = months(36)[20]
    chart = drawn(36, rebases=[(day, "new rota"), (day, "recount")], starts_on=day, target=9.0)
    root = ElementTree.fromstring(chart)
    marks = [
        float(n.get("y", 0)) for n in root.iter(f"{SVG}text") if "mark" in (n.get("class") or "")
    ]
    grid = [
        float(n.get("y1", 0)) for n in root.iter(f"{SVG}line") if "grid" in (n.get("class") or "")
    ]
    levels = [
        float(re.findall(r"[\d.]+", n.get("d") or "")[1])
        for n in root.iter(f"{SVG}path")
        if re.search("limit|mean", n.get("class") or "")
    ]
    assert len(marks) == 3
    assert len(levels) >= 3
    assert max(marks) < min([*grid, *levels])


def test_the_median_is_called_the_median() -> None:
    """Rules of runs have a median, no average and no limits, and the chart says so."""
    values = [1.0, 2.0, 3.0, 4.0] * 3 + [8.0, 9.0, 8.5, 9.5] * 3
    points = analyse(values, better="up", ruleset="anhoej")
    chart = spc_chart(points, months(24), title="t", unit="u", better="up")
    labels = [words for *_, words in texts(chart)]
    assert any(words.startswith("Median ") for words in labels)
    assert not any(words.startswith("Average ") for words in labels)
    assert "The median is 6." in chart
    assert "The average is" not in chart


RUN = [5.0, 5.2] * 6 + [4.9] * 6


@pytest.mark.parametrize(
    ("values", "fix", "ruleset", "said"),
    [
        (
            [1.0, 2.0] * 6 + [8.0, 9.0] * 6,
            None,
            "anhoej",
            (
                "Why 24 points are marked: a run too long above the median, 12 (Jan 2015 to Dec 2015); "
                "a run too long below the median, 12 more (Jan 2014 to Dec 2014)."
            ),
        ),
        (
            [1.0, 1.1] * 9 + [5.0],
            12,
            "ptd-0.2.2",
            "Why 1 point is marked: above the upper limit, 1 (Jul 2015).",
        ),
        (
            [*RUN, 4.1, 4.9, 4.1],
            12,
            "ptd-0.2.2",
            (
                "Why 9 points are marked: below the lower limit, 2 (Jul 2015 and Sep 2015); "
                "7 or more in a row below the average, 7 more (Jan 2015 to Jun 2015 and Aug 2015)."
            ),
        ),
    ],
)
def test_points_that_are_marked_say_why(
    values: list[float], fix: int | None, ruleset: str, said: str
) -> None:
    """The reasons stand beneath the chart, with counts that come to all that is marked, and when."""
    points = analyse(values, better="up", ruleset=ruleset, fix_after=fix)
    chart = spc_chart(points, months(len(values)), title="t", unit="u", better="up")
    assert said in " ".join(words for *_, words in texts(chart))
    assert said in (ElementTree.fromstring(chart).findtext(f"{SVG}desc") or "")
    assert f"; {said.partition(': ')[2].partition(',')[0]}</title>" in chart
    days = months(len(values))
    assert said in describe(points, days, unit="u", target=None)
    assert said not in describe(points, days, unit="u", target=None, beside_chart=True)


@pytest.mark.parametrize("ruleset", RULESETS)
@given(data=st.data())
def test_the_counts_of_why_come_to_what_is_marked(ruleset: str, data: st.DataObject) -> None:
    """Whatever a rule set marks, every point of it or a part, each mark is counted once."""
    close = st.floats(0, 10).map(lambda x: round(x, 6))  # none too small to compare
    number = st.one_of(st.none(), close, st.floats(40, 50))
    points = analyse(data.draw(st.lists(number, min_size=1, max_size=60)), ruleset=ruleset)
    said = why_marked(points, months(len(points)))
    counted = sum(int(k) for k in re.findall(r", (\d+)(?: more)? \(", said))
    marked = sum(one != "common_cause" for one in points.point_type)
    assert counted == marked
    assert (f"Why {marked} point" in said) is bool(marked)


def test_limits_that_are_fixed_are_said_to_be() -> None:
    """Lines held to the first periods, or begun anew, are said so in words and on the chart."""
    values = [5.0, 5.2] * 9
    said = "Fixed: the average and limits are those of the first 12 periods."
    for fix, told in ((12, True), (None, False), (18, False)):
        chart = spc_chart(
            analyse(values, fix_after=fix), months(18), title="t", unit="u", better="up"
        )
        assert (said in " ".join(words for *_, words in texts(chart))) is told
        assert (said in (ElementTree.fromstring(chart).findtext(f"{SVG}desc") or "")) is told
    runs = analyse(values, fix_after=12, ruleset="anhoej")
    assert "Fixed: the median is that of the first 12 periods." in runs.notes


def test_the_average_in_words_is_that_of_the_present_limits() -> None:
    """After new limits the description gives their average, and says since when."""
    points = analyse([5.0, 5.2] * 9 + [4.0, 4.2] * 9, rebases=[18], fix_after=12)
    said = describe(points, months(36), unit="u", target=None)
    assert "Since Jul 2015 the average is 4.1." in said
    assert "Fixed: the average and limits are those of the first 12 periods." in said
    assert "The average is 5.1." in describe(
        analyse([5.0, 5.2] * 9), months(18), unit="u", target=None
    )


def test_what_must_be_known_stands_on_the_chart() -> None:
    """Trial limits, runs and limits too narrow are said on the chart, not only beside it."""
    few = spc_chart(analyse([1.0, 2.0]), months(2), title="t", unit="u", better="up")
    assert "Trial limits: 2 points so far. They settle from 13." in [w for *_, w in texts(few)]
    sizes = [100_000] * 24
    tops = [10_000 + 900 * (i % 3) for i in range(24)]
    points = analyse(numerators=tops, denominators=sizes, chart="p")
    many = spc_chart(points, months(24), title="t", unit="u", better="up")
    assert "An XmR chart of the same values is the better choice." in " ".join(
        words for *_, words in texts(many)
    )


def test_limits_that_vary_are_drawn_in_steps() -> None:
    """Each point of a p chart stands beside the limits of its own denominator."""
    sizes = [100, 100, 400, 400, 900]
    points = analyse(numerators=[n // 10 for n in sizes], denominators=sizes, chart="p")
    chart = spc_chart(points, months(5), title="t", unit="u", better="up")
    paths = [
        node.get("d") or ""
        for node in ElementTree.fromstring(chart).iter(f"{SVG}path")
        if node.get("class") == "mg-chart__limit"
    ]
    assert len(paths) == 2
    for path in paths:
        heights = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", path)]
        assert len(heights) == 6
        assert len(set(heights)) == 3


def drawn_at(width: int, level: float, unit: str = "£ a month", **said: object) -> str:
    draws = np.random.default_rng(3)
    values = (level * (1 + draws.normal(0, 0.05, 36))).tolist()
    return spc_chart(
        analyse(values, better="up", target=level), months(36), title="t", unit=unit, better="up",
        target=level, width=width, **said,  # type: ignore[arg-type]  # options
    )  # fmt: skip


@pytest.mark.parametrize("width", [320, 360, 860, 1200])
@pytest.mark.parametrize(
    "level", [0.0004, 5.0, 9_900.0, 1_250_000.0, 12_345_678.0, -4e9, 3e13, 2e40]
)
def test_no_number_is_cut_however_large_or_narrow(width: int, level: float) -> None:
    """The axis is as wide as its widest number, and every word lies on the page at any width."""
    for left, right, _, words in texts(drawn_at(width, level)):
        assert left >= 0, words
        assert right <= width, words


@pytest.mark.parametrize(
    ("level", "tick"),
    [
        (1_250_000.0, "1.2 million"),
        (2.2e9, "2.2 billion"),
        (600_000.0, "600,000"),
        (5e18, "5.0 × 10¹⁸"),
    ],
)
def test_large_numbers_are_said_in_words_on_the_axis(level: float, tick: str) -> None:
    """From a million on the axis says millions; where a pointer rests the figure stands whole."""
    chart = drawn_at(860, level)
    assert tick in [words for *_, words in texts(chart)]


def test_a_figure_stands_whole_where_a_pointer_rests() -> None:
    """What the axis rounds, the mark says as it was given."""
    points = analyse([1_250_000.25, 1_260_001.0, 1_240_000.5])
    chart = spc_chart(points, months(3), title="t", unit="u", better="up")
    assert "Jan 2014: 1,250,000.25</title>" in chart
    assert "Feb 2014: 1,260,001</title>" in chart


def test_lines_that_differ_are_told_apart() -> None:
    """Limits close together, beside a target far off, have the decimals to differ."""
    draws = np.random.default_rng(3)
    points = analyse((0.2 + draws.normal(0, 0.0005, 24)).tolist(), better="up", target=90.0)
    chart = spc_chart(points, months(24), title="t", unit="u", better="up", target=90.0)
    said = [
        words.split()[-1]
        for *_, words in texts(chart)
        if words.startswith(("Upper", "Lower", "Average"))
    ]
    assert len(said) == len(set(said)) == 3
    told = describe(points, months(24), unit="u", target=90.0)
    lower, upper = re.findall(r"The limits are ([\d.]+) and ([\d.]+)\.", told)[0]
    assert lower != upper


@pytest.mark.parametrize("width", [320, 360, 440])
def test_a_narrow_chart_names_its_lines_beneath(width: int) -> None:
    """Where names have no room beside the lines, they stand beneath, and nothing is lost."""
    day = months(36)[12]
    narrow, wide = (
        drawn_at(w, 5.0, starts_on=day, rebases=[(day, LONG)], unit="A unit of some length, " * 4)
        for w in (width, 860)
    )
    named = [
        (y, words) for *_, y, words in texts(narrow) if re.match("Upper|Average|Target", words)
    ]
    assert len(named) == 3
    base = max(y for *_, y, words in texts(narrow) if re.fullmatch(r"20\d\d|\w{3} 20\d\d", words))
    assert all(y > base for y, _ in named)
    for part in (LONG, " ".join(["A unit of some length,"] * 4)):
        assert part in " ".join(words for *_, words in texts(narrow))
    sizes = {node.get("font-size", "14") for node in ElementTree.fromstring(narrow).iter()}
    assert sizes == {"14"}
    assert len({words for *_, words in texts(wide)} & {words for _, words in named}) == 3


@pytest.mark.parametrize("width", [319, 2001])
def test_a_width_that_cannot_be_read_is_refused(width: int) -> None:
    """A chart of no width would only look like one."""
    with pytest.raises(ValueError, match="320 to 2,000"):
        drawn_at(width, 5.0)


def test_the_key_shows_dashes_and_their_gaps() -> None:
    """A line's mark in the key holds three of the longest dashes, whole, and stands clear of its words."""
    entry = line_named("Target", "target", "#000", "12 5")
    drawn = entry.mark(6.0, 0.0)
    ends = {name: float(found) for name, found in re.findall(r'(x[12])="([-\d.]+)"', drawn)}
    assert ends["x2"] - ends["x1"] == 3 * 12 + 2 * 5
    assert ends["x2"] < entry.room


def test_a_figure_found_wrong_is_crossed_and_said() -> None:
    """Not by colour alone: a cross over its mark, its words in the key, and its month in the description."""
    days = months(24)
    plain, crossed = drawn(24), drawn(24, wrong=[days[5]])
    assert plain.count("mg-chart__wrong") == 0
    assert crossed.count("mg-chart__wrong") == 2  # the point, and the key
    assert "Jun 2014: found wrong, not corrected</title>" in crossed
    assert "Found wrong, and not corrected: Jun 2014." in crossed
    many = describe(analyse([1.0] * 9), days[:9], unit="u", target=None, wrong=days[:5])
    assert "Found wrong, and not corrected: Jan 2014, Feb 2014, Mar 2014 and 2 more." in many
