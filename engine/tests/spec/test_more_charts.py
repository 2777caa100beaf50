"""Funnels, intervals, tornadoes and merit: pictures that anyone can read, and their words."""

import re
from dataclasses import replace
from math import inf
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from makegood_engine.charts import (
    Interval,
    Standing,
    Swing,
    funnel_plot,
    interval_plot,
    merit_plot,
    save_chart,
    to_pdf,
    to_png,
    tornado,
)
from makegood_engine.charts.merit import describe_merit, line_of
from makegood_engine.spc import Funnel, funnel

SVG = "{http://www.w3.org/2000/svg}"


def funnel_drawn(better: str = "down", width: int = 860) -> str:
    draws = np.random.default_rng(1)
    sizes = draws.integers(100, 2000, 40)
    tops = draws.binomial(sizes, 0.1)
    tops[3], tops[7] = round(0.25 * sizes[3]), 0
    found = funnel([f"Provider {i} <b>" for i in range(40)], tops, sizes, per=100)
    return funnel_plot(
        found, title="Readmitted <b>", unit="%", size="people", better=better, width=width
    )


ROWS = [
    Interval("Days lost", 0.57, 0.41, 0.73, 0.5, "delivered"),
    Interval("Waiting", -0.4, -0.7, -0.1, 0.5, "worse"),
    Interval("Falls", 0.3, 0.1, 0.45, 0.5, "improved but short"),
    Interval("Helped into work", 0.2, -inf, 0.9, 0.5, "cannot tell yet"),
    Interval("Volunteers", None, None, None, None, "reached, not shown to be added"),
]
SWINGS = [
    Swing("Drop-off", 2.9, 3.1, "25%", "15%"),
    Swing("Deadweight", 3.9, 2.1, "20%", "60%"),
    Swing("Nothing", 3.0, 3.0),
]
STANDINGS = [
    Standing("A-1", 8.0, 7.0, 9.0, "in"),
    Standing("A-2", 5.0, 4.0, 6.0, "too close to call", "9,000, lot 1", awarded=True, by_lot=True),
    Standing("A-3", 2.0, 1.0, 3.0, "out"),
]


def drawings() -> dict[str, str]:
    return {
        "funnel": funnel_drawn(),
        "intervals": interval_plot(ROWS, title="Verdicts", unit="points"),
        "tornado": tornado(SWINGS, title="Swings", unit="£ for each £1", middle=3.0),
        "merit": merit_plot(STANDINGS, title="Round one", least=1.5),
    }


@pytest.mark.parametrize("kind", drawings())
def test_it_is_named_and_described_for_those_who_cannot_see_it(kind: str) -> None:
    """Every chart has a title and a description, and says nothing by style or script."""
    root = ElementTree.fromstring(drawings()[kind])
    title, desc = root.findall(f"{SVG}title")[0], root.findall(f"{SVG}desc")[0]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert len(desc.text or "") > 40
    for node in root.iter():
        assert node.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("kind", drawings())
def test_nothing_is_drawn_off_the_page(kind: str) -> None:
    """Every word and mark lies on the page."""
    root = ElementTree.fromstring(drawings()[kind])
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for node in root.iter(f"{SVG}text"):
        x, y = float(node.get("x", 0)), float(node.get("y", 0))
        wide = 6.4 * len(node.text or "")
        left = {"end": x - wide, "middle": x - wide / 2}.get(node.get("text-anchor", ""), x)
        assert left >= -4, node.text
        assert left + wide <= width + 4, node.text
        assert 0 < y <= height, node.text


def words_of(drawn: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_a_funnel_names_those_beyond_the_outer_limits_and_ranks_nobody() -> None:
    """Those beyond 99.8%, high and low, have a number from left to right, and their names beneath."""
    drawn = funnel_drawn()
    words = words_of(drawn)
    assert "Provider 3 <b>: 25, high" in words
    assert "Provider 7 <b>: 0, low" in words
    assert [one for one in words if one in {"1", "2"}] == ["1", "2", "1", "2"]
    assert not [one for one in words if one.startswith("Provider 1 ")]
    desc = ElementTree.fromstring(drawn).findtext(f"{SVG}desc")
    assert desc is not None
    assert "1 beyond the 99.8% limits, high: Provider 3 <b>." in desc
    assert "1 beyond the 99.8% limits, low: Provider 7 <b>." in desc


def crowded(names: int) -> Funnel:
    """Many providers of one size beyond the limits, with names as long as trusts have."""
    long = "Northern and Southern Example Hospitals and Community Services NHS Foundation Trust {}"
    apart = [long.format(i) for i in range(names)]
    tops = [800 + 5 * (i % 4) if i % 2 else 10 + 4 * (i % 5) for i in range(names)]
    rest = 400
    return funnel(
        [*apart, *(f"Other {i}" for i in range(rest))], [*tops, *[400] * rest],
        [*(8000 + 40 * i for i in range(names)), *[8000] * rest], per=1000,
    )  # fmt: skip


def boxes(drawn: str, parts: set[str]) -> list[tuple[float, float, float, float]]:
    """Where the words of some parts stand: left, right, top, foot."""
    found = []
    for node in ElementTree.fromstring(drawn).iter(f"{SVG}text"):
        if (node.get("class") or "").rpartition("--")[2] not in parts:
            continue
        x, y, wide = float(node.get("x", 0)), float(node.get("y", 0)), 7.2 * len(node.text or "")
        left = {"end": x - wide, "middle": x - wide / 2}.get(node.get("text-anchor", ""), x)
        found.append((left, left + wide, y - 10, y))
    return found


def test_however_many_and_long_the_names_none_is_lost_or_touches_another() -> None:
    """Twenty trusts of eighty letters: each is named in full, on the page, clear of the others."""
    found = crowded(20)
    assert found.outside[:20].all()
    drawn = funnel_plot(found, title="t", unit="per 1,000", size="stays")
    text = " ".join(words_of(drawn))
    for name in found.names[:20]:
        assert f"{name}: " in text
    places = boxes(drawn, {"number", "key", "note"})
    assert len(places) == 20 * 3 + 2
    for i, (left, right, top, foot) in enumerate(places):
        assert left >= 0
        assert right <= 860
        for a, b, c, d in places[i + 1 :]:
            assert right <= a or b <= left or foot <= c or d <= top


def test_short_names_stand_in_two_columns() -> None:
    """Where every name is short, two stand beside one another, and nothing is lost."""
    found = crowded(9)
    short = replace(found, names=tuple(name[-1] for name in found.names))
    long, two = (funnel_plot(one, title="t", unit="u", size="s") for one in (found, short))
    high = [
        float((ElementTree.fromstring(one).get("viewBox") or "").split()[3]) for one in (long, two)
    ]
    assert high[1] < high[0]
    assert all(f"{i}: " in " ".join(words_of(two)) for i in range(9))


@pytest.mark.parametrize("smallest", [1, 12, 150])
def test_the_limits_of_a_funnel_reach_the_smallest_provider(smallest: int) -> None:
    """Each limit begins at the smallest provider, or where it comes onto the page; none beyond it."""
    sizes = np.array([smallest, 800, 4_000, 9_000, 20_000])
    found = funnel([f"P{i}" for i in range(5)], np.round(sizes * 0.1), sizes, per=100)
    root = ElementTree.fromstring(funnel_plot(found, title="t", unit="%", size="people"))
    at = next(float(one.get("cx", 0)) for one in root.iter(f"{SVG}circle"))
    grid = [float(one.get("y1", 0)) for one in root.iter(f"{SVG}line")]
    top, foot = 44, max(grid)
    limits = [
        [float(number) for number in re.findall(r"[\d.]+", one.get("d") or "")]
        for one in root.iter(f"{SVG}path")
        if "limit" in (one.get("class") or "")
    ]
    assert len(limits) == 4
    for x, y, *rest in limits:
        assert abs(x - at) < 0.2 or abs(y - top) < 0.2 or abs(y - foot) < 0.2
        assert all(top - 0.2 <= other <= foot + 0.2 for other in rest[1::2])


def test_the_chart_itself_says_how_its_limits_were_made() -> None:
    """Limits widened for providers that differ by more than chance are said to be, on the chart."""
    draws = np.random.default_rng(2)
    sizes = draws.integers(2_000, 9_000, 60)
    tops = draws.binomial(sizes, np.clip(draws.normal(0.1, 0.03, 60), 0.01, 0.3))
    wide = funnel([f"P{i}" for i in range(60)], tops, sizes)
    assert wide.note in words_of(funnel_plot(wide, title="t", unit="u", size="s"))
    assert "widened" in wide.note
    assert "The limits are those of chance alone." in words_of(funnel_drawn())


def test_a_funnel_says_better_and_worse_by_shape() -> None:
    """A high figure points up; it is worse where down is better, better where up is."""
    assert "point--concern" in funnel_drawn("down")
    assert "Worse, beyond 99.8%" in funnel_drawn("down")
    assert "Better, beyond 99.8%" in funnel_drawn("up")
    assert "Worse" not in funnel_drawn("neutral")
    assert "Beyond 99.8%" in funnel_drawn("neutral")


def test_intervals_show_nothing_the_promise_and_what_could_not_be_tested() -> None:
    """A row without a test has its words alone; an endless interval runs to the edge."""
    drawn = interval_plot(ROWS, title="Verdicts", unit="points")
    assert drawn.count("mg-chart__interval") == 4
    assert drawn.count("mg-chart__target") == 4
    assert "Nothing added" in drawn
    assert "reached, not shown to be added" in drawn
    assert "Days lost: 0.57 (0.41 to 0.73), promised 0.5; delivered." in drawn
    assert "Helped into work: 0.2 (an unknown amount to 0.9)" in drawn


def test_intervals_without_any_test_are_still_drawn() -> None:
    """Nothing to draw is no error: the words stand."""
    assert "Volunteers" in interval_plot(ROWS[4:], title="Verdicts", unit="points")


def test_a_tornado_puts_the_widest_first() -> None:
    """The input that moves the answer most stands at the top."""
    drawn = tornado(SWINGS, title="Swings", unit="£", middle=3.0)
    assert drawn.index(">Deadweight<") < drawn.index(">Drop-off<") < drawn.index(">Nothing<")
    assert "Deadweight" in tornado(SWINGS, title="Swings", unit="£", middle=3.0, most=1)
    assert "Drop-off" not in tornado(SWINGS, title="Swings", unit="£", middle=3.0, most=1)


def test_a_tornado_says_which_ends_it_shows_and_money_as_money() -> None:
    """The ends are the 5th and 95th percentiles, on the chart and in its words; £ stands first."""
    drawn = tornado(SWINGS, title="Swings", unit="£ for each £1", middle=3.0)
    assert "5th percentile" in " ".join(words_of(drawn))
    assert "95th percentile" in " ".join(words_of(drawn))
    assert (
        "With every input at its middle (50th percentile), £3 for each £1, which need not be the "
        in drawn
    )
    assert "middle draw. Each input in turn at its 5th" in drawn
    assert "every input at its middle (50th percentile), which need not" in " ".join(
        words_of(drawn)
    )


LONG = "Value of one point of life satisfaction (0 to 10) for one person for one year"


@pytest.mark.parametrize("width", [320, 360, 860])
@pytest.mark.parametrize("name", [LONG, f"{LONG}, in every borough of the example authority" * 2])
def test_names_of_rows_are_wrapped_and_never_shrunk(name: str, width: int) -> None:
    """A long name stands on up to three lines of one size; what is cut is said where a pointer rests."""
    for drawn in (
        tornado([Swing(name, 2.0, 4.0, "12", "15")], title="t", unit="u", middle=3.0, width=width),
        interval_plot(
            [Interval(name, 1, 0, 2, 1, "not reached, not shown to be added")], title="t", unit="u",
            width=width,
        ),
    ):  # fmt: skip
        root = ElementTree.fromstring(drawn)
        assert {node.get("font-size", "14") for node in root.iter()} == {"14"}
        said = " ".join(words_of(drawn))
        assert (name in said) is (name == LONG)
        assert drawn.count(f"<title>{name}</title>") == (0 if name == LONG else 3)
        assert name in (root.findtext(f"{SVG}desc") or "")
        places = boxes(drawn, {"label", "verdict", "end"})
        for k, (left, right, top, foot) in enumerate(places):
            assert left >= 0
            assert right <= width
            for a, b, c, d in places[k + 1 :]:
                assert right <= a or b <= left or foot <= c or d <= top


def narrow() -> dict[str, str]:
    return {
        "funnel": funnel_drawn(width=340),
        "intervals": interval_plot(ROWS, title="Verdicts", unit="percentage points", width=340),
        "tornado": tornado(SWINGS, title="Swings", unit="£ for each £1", middle=3.0, width=340),
        "merit": merit_plot(STANDINGS, title="Round one", least=1.5, width=340),
    }


@pytest.mark.parametrize("kind", narrow())
def test_a_narrow_chart_says_all_that_a_wide_one_does(kind: str) -> None:
    """At the width of a telephone every word of a wide chart is there, on the page."""
    wide, thin = drawings()[kind], narrow()[kind]
    words = " ".join(words_of(thin))
    for said in words_of(wide):
        if not re.match(r"95%|99.8%|[-−\d.,]+$|added, in", said):
            assert said in words
    for node in ElementTree.fromstring(thin).iter(f"{SVG}text"):
        x, room = float(node.get("x", 0)), 6.4 * len(node.text or "")
        left = {"end": x - room, "middle": x - room / 2}.get(node.get("text-anchor", ""), x)
        assert left >= -1, node.text
        assert left + room <= 341, node.text


@pytest.mark.parametrize("width", [320, 360, 860, 1280])
def test_a_merit_plot_of_any_width_keeps_its_words_apart(width: int) -> None:
    """Numbers of any size, two lines that all but meet and their words stand clear of one another."""
    ones = [Standing("A", 9e5, 8e5, 1e6, "in"), Standing("B", 1e5, 0, 2e5, "out")]
    drawn = merit_plot(ones, title="t", unit="merit in points", least=4.99e5, width=width)
    assert ElementTree.fromstring(drawn).get("width") in {None, str(width)}
    assert words_of(drawn).count("Where the money ended") == 1
    assert words_of(drawn).count("Least to be funded") == 1
    assert {drawn.count(f'line class="mg-chart__{part}"') for part in ("target", "start")} == {
        1 if width >= 600 else 2
    }
    places = boxes(drawn, {"label", "legend", "key", "unit"})
    for k, (left, right, top, foot) in enumerate(places):
        assert left >= 0
        assert right <= width
        for a, b, c, d in places[k + 1 :]:
            assert right <= a or b <= left or foot <= c or d <= top


@pytest.mark.parametrize("width", [860, 360])
@pytest.mark.parametrize(("alike", "size"), [(10, 400.0), (2, 60.0)])
def test_the_outer_limits_of_a_funnel_are_always_on_the_page(
    alike: int, size: float, width: int
) -> None:
    """However near to one another providers are, the axis reaches all four limits."""
    sizes = np.array([*(30.0 + 2 * i for i in range(alike)), size])
    found = funnel([f"P{i}" for i in range(alike + 1)], np.round(0.3 * sizes), sizes, per=100)
    drawn = funnel_plot(found, title="t", unit="%", size="people", width=width)
    assert drawn.count('path class="mg-chart__limit"') == 2
    assert drawn.count('path class="mg-chart__outer-limit"') == 2


def test_the_line_is_where_the_money_ended() -> None:
    """The line lies midway between the least that was in and the best that was out."""
    assert line_of(STANDINGS) == 5.0
    assert line_of(STANDINGS[:1]) is None
    drawn = merit_plot(STANDINGS, title="Round one")
    assert "Where the money ended" in drawn
    assert "Least to be funded" not in drawn
    assert "Least to be funded" in merit_plot(STANDINGS, title="Round one", least=1.5)
    with pytest.raises(ValueError, match="not a standing"):
        merit_plot([Standing("A", 1, 0, 2, "maybe")], title="Round one")


@pytest.mark.parametrize("width", [860, 360])
def test_what_the_bars_and_the_line_of_a_merit_plot_are_is_said(width: int) -> None:
    """The line is no border between funded and not where lots were drawn, and that is said."""
    words = " ".join(words_of(merit_plot(STANDINGS, title="Round one", width=width)))
    bar = "Each mark is the merit of an application; its bar is where that merit lies, 90% sure."
    line = "is midway between the least merit surely funded and the most surely not."
    lots = "Lots decided on those too close to call, on either side of it."
    assert f"{bar} “Where the money ended” {line} {lots}" in words
    sure = [STANDINGS[0], STANDINGS[2]]
    drawn = merit_plot(sure, title="Round one", width=width)
    assert f"“Where the money ended” {line}" in " ".join(words_of(drawn))
    assert "Lots" not in drawn
    assert "“Where the money ended”" not in merit_plot(sure[:1], title="Round one", width=width)
    assert f"about 5, {line[3:]} {lots}" in describe_merit(STANDINGS, line_at=5.0)


@pytest.mark.parametrize(
    ("standing", "awarded", "by_lot", "ended"),
    [
        ("in", True, False, "Funded on merit"),
        ("out", False, False, "Not funded"),
        ("too close to call", True, True, "Funded by lot"),
        ("too close to call", False, True, "Not funded, by lot"),
        ("too close to call", True, False, "Funded, too close to call"),
        ("too close to call", False, False, "Not funded, too close to call"),
        ("too close to call", None, False, "Too close to call"),
    ],
)
def test_how_an_application_ended_is_said(
    standing: str, awarded: bool | None, by_lot: bool, ended: str
) -> None:
    """By merit, by lot among the too close, or not: in words, above the names, and in the legend."""
    one = Standing("Example", 5, 4, 6, standing, "5,000", awarded=awarded, by_lot=by_lot)
    drawn = merit_plot([one], title="Round one")
    words = words_of(drawn)
    assert words.count(ended) == 1
    assert f"{ended} (1)" in words
    assert "Example: 5,000" in words
    assert f"{ended} (1): Example." in drawn


def test_one_passed_over_is_explained() -> None:
    """Why one of less merit was funded ahead of another stands beneath the chart and in its description."""
    why = "B was funded ahead of it, with less merit."
    drawn = merit_plot(
        [Standing("A", 6, 5, 7, "out", passed_by=why), Standing("B", 5, 4, 6, "in")],
        title="Round one",
    )
    assert drawn.count(f"A was not funded. {why}") == 2
    assert "Where the money ended" not in drawn


def test_each_ending_has_a_mark_of_its_own_shape() -> None:
    """Funded by lot is a full diamond, not funded by lot an open one: not by colour alone."""
    drawn = merit_plot(
        [
            Standing("A", 6, 5, 7, "too close to call", awarded=True, by_lot=True),
            Standing("B", 5, 4, 6, "too close to call", awarded=False, by_lot=True),
        ],
        title="Round one",
    )
    assert 'point--neutral" fill="#16202c"' in drawn
    assert 'point--open" fill="#fffdf8" stroke="#16202c"' in drawn


@pytest.mark.parametrize("many", [3, 40, 150])
def test_every_application_is_named_by_its_place(many: int) -> None:
    """However many, each has its number at the foot or beneath, and its whole name once."""
    long = "A Community Interest Company of the Example Valley, Number {}"
    ones = [
        Standing(long.format(i), many - i, many - i - 1, many - i + 1, "in" if i < 2 else "out")
        for i in range(many)
    ]
    words = words_of(merit_plot(ones, title="Round one"))
    assert all(words.count(long.format(i)) == 1 for i in range(many))
    assert words.count("3") >= (2 if many <= 40 else 1)


@pytest.mark.parametrize("kind", drawings())
def test_a_chart_becomes_a_picture_or_a_page(kind: str, tmp_path: Path) -> None:
    """The ending of the name chooses SVG, PNG or an accessible PDF."""
    svg = drawings()[kind]
    for ending, begins in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        save_chart(svg, tmp_path / f"chart{ending}")
        assert (tmp_path / f"chart{ending}").read_bytes().startswith(begins)
    assert len(list(tmp_path.iterdir())) == 3
    with pytest.raises(ValueError, match="must end in"):
        save_chart(svg, tmp_path / "chart.gif")


def test_a_saved_chart_has_its_title_above_it(tmp_path: Path) -> None:
    """On a page the figure says the title; a file of its own shows it, in as many lines as it needs."""
    title = "A title that goes on & on, " * 6
    svg = interval_plot(ROWS, title=title, unit="points", width=360)
    assert title.strip() not in " ".join(words_of(svg))
    save_chart(svg, tmp_path / "chart.svg")
    saved = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert title.strip() in " ".join(words_of(saved))
    root = ElementTree.fromstring(saved)
    _, top, _, high = map(float, (root.get("viewBox") or "").split())
    heights = [float(node.get("y", 0)) for node in root.iter(f"{SVG}text")]
    assert top < min(heights) < 0 < max(heights) < top + high


def test_a_title_stays_on_the_page_in_the_widest_of_the_usual_fonts(tmp_path: Path) -> None:
    """DejaVu Sans, in which a bold letter of 18 units is 11.16 wide here, stands in for a missing font."""
    title = "Merit, and where the money ended"
    save_chart(merit_plot(STANDINGS, title=title, width=360), tmp_path / "chart.svg")
    root = ElementTree.fromstring((tmp_path / "chart.svg").read_text(encoding="utf-8"))
    lines = [node.text or "" for node in root.iter(f"{SVG}text") if node.get("font-size") == "18"]
    assert " ".join(lines) == title
    assert all(4 + 11.16 * len(line) <= 360 for line in lines)


def test_a_pdf_has_a_title_and_words_for_its_picture() -> None:
    """The PDF says of itself that it meets PDF/UA-1."""
    made = to_pdf(drawings()["merit"])
    assert b"pdfuaid" in made
    assert b"/StructTreeRoot" in made or b"/ObjStm" in made
    assert len(to_png(drawings()["merit"], dpi=36)) < len(to_png(drawings()["merit"], dpi=144))
