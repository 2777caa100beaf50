"""The harness itself: it finds faults where there are some, and walks by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
FORM = """<!doctype html><html lang="en"><head><title>Form</title></head><body><main><h1>Form</h1>
<form><label for="a">Name</label><input id="a">
<fieldset><legend>Colour</legend>
<input type="radio" name="c" id="r"><label for="r">Red</label>
<input type="radio" name="c" id="g"><label for="g">Green</label></fieldset>
<input type="checkbox" id="k"><label for="k">I agree</label>
<label for="s">Town</label><select id="s"><option>Ayr</option><option>Bath</option></select>
<button type="button" tabindex="-1">Hidden from Tab</button></form></main></body></html>"""


def at_form(ann: Visitor, page: str = FORM) -> None:
    """Let this person open a made-up page, as if the platform had sent it."""
    answer = {"body": page, "content_type": "text/html"}
    ann.page.route(f"{ann.address}/form/", lambda route: route.fulfill(**answer))
    ann.open("/form/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_is_filled_by_keyboard(visitor: Arrive, scripts: bool) -> None:
    ann = visitor(scripts=scripts)
    at_form(ann)
    ann.write("Name", "Ann")
    ann.choose("Green")
    ann.choose("I agree")
    ann.select("Town", "Bath")
    assert ann.field("Name").input_value() == "Ann"
    assert ann.field("Green").is_checked()
    assert ann.field("I agree").is_checked()
    assert ann.heading() == "Form"
    ann.see("I agree")


def test_a_button_tab_cannot_reach_is_found(visitor: Arrive) -> None:
    ann = visitor()
    at_form(ann)
    with pytest.raises(AssertionError, match=r"Tab never reached button “Hidden from Tab”.*Name"):
        ann.tab_to("button", "Hidden from Tab")


@pytest.mark.sqlite
def test_an_unlabelled_picture_is_found(visitor: Arrive) -> None:
    ann = visitor()
    with pytest.raises(AssertionError, match="image-alt"):
        at_form(ann, FORM.replace("</main>", '<img src="data:,"></main>'))


@pytest.mark.sqlite
def test_a_page_too_wide_is_found(visitor: Arrive) -> None:
    ann = visitor()
    with pytest.raises(AssertionError, match="sideways"):
        at_form(ann, FORM.replace("<h1>", '<h1><svg width="400" height="9"></svg>'))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("console.error('oh dear')", "oh dear"),
        ("setTimeout(() => { throw new Error('lost') })", "lost"),
        ("fetch('/nowhere-at-all/')", "answered 40"),
    ],
)
def test_a_fault_behind_the_page_is_found(visitor: Arrive, script: str, said: str) -> None:
    ann = visitor()
    at_form(ann)
    ann.page.evaluate(script)
    ann.page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match=said):
        ann.open("/form/")


def test_a_wrong_status_is_found(visitor: Arrive) -> None:
    ann = visitor()
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        ann.open("/nowhere-at-all/")
