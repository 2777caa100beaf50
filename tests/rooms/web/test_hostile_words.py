"""Words stay words: whatever is written into whatever form, no page makes anything else of it.

Every form of every page is found and sent with hostile words in all that takes words; every answer
on the way, and every page that shows what was sent, is then read for what the words became.
"""

from __future__ import annotations

import pytest
from django.core import mail

from tests.architecture.breaches import none_of
from tests.factories.cast import Cast
from tests.hostile.play import Walk, ask_oddly, fill_every_form, hostile_cast, walk_on
from tests.hostile.words import LEADS, SUM, Words, became, formulas

NOT_TAKEN = {
    "get components": "an example of a form, which takes nothing",
    "post components": "an example of a form, which takes nothing",
    "post bring_worksheet_back": "a worksheet is of what was drawn; tests/rooms/capture sends one",
    "post bring_figures_back": "such a file is of what is due; tests/rooms/capture sends one",
}


SENDING = ("nobody", "alice", "charlie", "dana", "erin", "frank", "grace")
"""Those who have anything to send; tests/deep has them all, and every page."""


@pytest.fixture
def filled(db: None, monkeypatch: pytest.MonkeyPatch) -> Walk:
    say = Words()
    walk = Walk(cast=hostile_cast(monkeypatch, say=say), say=say)
    fill_every_form(walk, visitors=SENDING)
    return walk


def test_what_is_written_stays_words(filled: Walk) -> None:
    assert {about: why for about, why in filled.refused.items() if about not in NOT_TAKEN} == {}
    assert set(NOT_TAKEN) <= set(filled.refused), "NOT_TAKEN explains what needs no word"
    assert len(filled.taken) >= 40
    walk_on(filled)
    none_of(filled.faults)
    _no_formula(filled)
    _letters_are_plain()


def test_what_is_asked_for_stays_words(cast: Cast) -> None:
    walk = Walk(cast=cast, say=Words())
    ask_oddly(walk)
    assert walk.asked > 100
    none_of(walk.faults)


def _no_formula(walk: Walk) -> None:
    """Fail with each cell of each table, however it is reached, that a spreadsheet would work out."""
    assert any("rejected.csv" in about for about in walk.tables)
    held = "".join(walk.tables.values())
    assert all(f"'{lead.strip()}zq" in held for lead in ("=", "+", "-", "@", "\t="))
    none_of(
        f"{about}: {cell[:40]!r}" for about, page in walk.tables.items() for cell in formulas(page)
    )


def _letters_are_plain() -> None:
    assert mail.outbox
    none_of(
        f"{letter.subject}: not plain"
        for letter in mail.outbox
        if letter.content_subtype != "plain" or "\n" in letter.subject
    )


HELD = '<p title="{0}">{0}</p>'


@pytest.mark.parametrize(
    "page",
    [
        "<p><b zq>bold</b></p>",
        '<p title="" zq>broken out</p>',
        "<p onclick=alert(1)>pressed</p>",
        "<a href=' java\nscript:alert(1)'>led</a>".replace("java\nscript", "javascript"),
        '<form action="data:text/html,x"></form>',
        '<script>let words = "zq"</script>',
        '<p style="color: red">dressed</p>',
        "<p>=zq49!</p>",
        "<svg zq></svg>",
    ],
)
def test_what_became_more_than_words_would_be_found(page: str) -> None:
    assert became(page, kind="text/html")


def test_words_that_stayed_words_are_not_blamed() -> None:
    words = Words()(5000).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page = HELD.format(words.replace('"', "&quot;"))
    assert SUM in page
    assert became(page, kind="text/html") == []


def test_formulas_would_be_found() -> None:
    cells = [f'"{lead}zq"' for lead in LEADS if lead not in {"javascript:", "http:"}]
    assert len(formulas("\n".join(cells))) == len(cells)
    assert formulas("-4.5,+3,−2,'=zq,plain") == []
