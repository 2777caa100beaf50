"""A real browser opens pages full of hostile words: nothing runs, nothing is refused by our policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.factories import examples
from tests.factories.sign_in import with_second_step
from tests.hostile.play import hostile_cast
from tests.hostile.words import MARK, Words
from tests.journeys.visitor import Visitor

PAGES = (
    "/promises/{promise}/",
    "/proposals/{approved}/",
    "/programmes/",
    "/needs/{need}/",
    "/organisations/",
    "/measures/",
    "/measures/{measure}/",
    "/desk/",
    "/capture/{commitment}/",
    "/findings/{sent-finding}/",
    "/promises/?q=%22%3E%3Csvg%20zq%20onload%3Dalert(1)%3E",
)
REFUSED_BY_POLICY = """
document.addEventListener("securitypolicyviolation",
  event => console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
"""


def test_a_browser_makes_nothing_of_words(
    visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = hostile_cast(monkeypatch, say=Words())
    names = {part.strip("{}") for page in PAGES for part in page.split("/") if part[:1] == "{"}
    made = {name: next(iter(examples.EXAMPLES[name](cast).values())) for name in sorted(names)}
    alice, dialogs = visitor(), []
    alice.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    alice.page.add_init_script(REFUSED_BY_POLICY)
    alice.become(cast.alice)
    for page in PAGES:
        alice.open(page.format(**made))
        assert alice.page.locator(f"[{MARK}], [onx], [onload], [onerror]").count() == 0
        assert MARK in alice.page.locator("main").inner_text() or "?q=" in page
    assert dialogs == []


def test_the_admins_pages_are_within_the_policy(
    visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = hostile_cast(monkeypatch, say=Words())
    examples.EXAMPLES["sent-finding"](cast)
    olive = visitor()
    olive.check_axe = olive.check_narrow = lambda: None  # these pages are Django's own
    olive.page.add_init_script(REFUSED_BY_POLICY)
    with_second_step(cast.operator)
    olive.become(cast.operator)
    for page in ("", "people/organisation/", "people/organisation/1/change/", "capture/story/"):
        address = f"/admin/{page}".replace("/1/", f"/{cast.provider.pk}/")
        olive.open(address)
        assert olive.page.locator(f"[{MARK}], [onx], [onload], [onerror]").count() == 0
