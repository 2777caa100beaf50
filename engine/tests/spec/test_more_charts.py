"""Funnels, intervals, tornadoes and merit: pictures that anyone can read, and their words."""

import re
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
from makegood_engine.charts.merit import line_of
from makegood_engine.spc import funnel

SVG = "{http://www.w3.org/2000/svg}"


def funnel_drawn(better: str = "down") -> str:
    draws = np.random.default_rng(1)
    sizes = draws.integers(100, 2000, 40)
    tops = draws.binomial(sizes, 0.1)
    tops[3], tops[7] = round(0.25 * sizes[3]), 0
    found = funnel([f"Provider {i} <b>" for i in range(40)], tops, sizes, per=100)
    return funnel_plot(found, title="Readmitted <b>", unit="%", size="people", better=better)


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
    Standing("A-2", 5.0, 4.0, 6.0, "too close to call", "drawn by lot"),
    Standing("A-3", 2.0, 1.0, 3.0, "out"),
]


def drawings() -> dict[str, str]:
    return {
        "funnel": funnel_drawn(),
        "intervals": interval_plot(ROWS, title="Verdicts", unit="points"),
        "tornado": tornado(SWINGS, title="Swings", unit="£ for each £1", middle=3.0),
        "merit": merit_plot(STANDINGS, title="Round one"),
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


def test_a_funnel_names_those_beyond_the_outer_limits_and_ranks_nobody() -> None:
    """Those beyond 99.8% are named, in the words too; the rest only where a pointer rests."""
    drawn = funnel_drawn()
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert "Provider 3 &lt;b&gt;" in words
    assert "Provider 7 &lt;b&gt;" in words
    assert not [one for one in words if one.startswith("Provider 1 ")]
    desc = ElementTree.fromstring(drawn).findtext(f"{SVG}desc")
    assert desc is not None
    assert "2 beyond the 99.8% limits: Provider 3 <b>, Provider 7 <b>." in desc


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


def test_the_line_is_where_the_money_ended() -> None:
    """The line lies midway between the least that was in and the best that was out."""
    assert line_of(STANDINGS) == 5.0
    assert line_of(STANDINGS[:1]) is None
    drawn = merit_plot(STANDINGS, title="Round one")
    assert "Where the money ended" in drawn
    assert "1 funded, 1 not, 1 too close to call" in drawn
    assert "drawn by lot" in drawn
    assert "Never funded below this" not in drawn
    assert "Never funded below this" in merit_plot(STANDINGS, title="Round one", least=1.5)
    with pytest.raises(ValueError, match="not a standing"):
        merit_plot([Standing("A", 1, 0, 2, "maybe")], title="Round one")


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


def test_a_pdf_has_a_title_and_words_for_its_picture() -> None:
    """The PDF says of itself that it meets PDF/UA-1."""
    made = to_pdf(drawings()["merit"])
    assert b"pdfuaid" in made
    assert b"/StructTreeRoot" in made or b"/ObjStm" in made
    assert len(to_png(drawings()["merit"], dpi=36)) < len(to_png(drawings()["merit"], dpi=144))
