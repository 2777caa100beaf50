"""Posters and paper forms are documents that a screen reader reads, with the words of the page."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import close_story_link, set_prompts
from makegood.capture.papers import paper_form_pdf, paper_form_word, poster_pdf
from makegood.capture.queries import paper_form_data, poster_data
from makegood.capture.states import Basis, Consent, ToldAs, ToldFor
from tests.factories.cast import Cast
from tests.factories.loop import a_story_link
from tests.hostile.words import LEADS

ADDRESS = "https://makegood.example.org/tell/0123456789abcdefghijkl/"
MARKUP = '#panic("x") *b* _i_ $x$ = h \\ <l> @r `c` // c'


def text_of(made: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(made))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def words_of(made: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]


def test_a_poster_is_one_tagged_page_with_its_code_in_words(cast: Cast) -> None:
    link = a_story_link(cast)
    data = poster_data(link, address=ADDRESS, today=timezone.localdate())
    made = poster_pdf(data)
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    text = text_of(made)
    assert "What changed for you?" in text
    assert "fewer days lost to sickness" in text
    assert ADDRESS in text.replace(" ", "")
    assert made == poster_pdf(data)


def test_the_form_asks_what_the_page_asks(cast: Cast) -> None:
    link = a_story_link(cast)
    asked = ["What was it like before?", "What is different now?"]
    set_prompts(link.commitment, questions=asked, by=cast.erin)
    data = paper_form_data(link, address=ADDRESS, today=timezone.localdate())
    wanted = [
        *asked,
        *(each.words for each in ToldAs),
        *(each.words for each in ToldFor),
        *(each.words for each in Basis),
        *(each.words for each in Consent),
    ]
    on_paper, in_word = text_of(paper_form_pdf(data)), " ".join(words_of(paper_form_word(data)))
    assert [words for words in wanted if words not in on_paper] == []
    assert [words for words in wanted if words not in in_word] == []


def test_without_chosen_questions_people_tell_freely(cast: Cast) -> None:
    data = paper_form_data(a_story_link(cast), address=ADDRESS, today=timezone.localdate())
    assert data["questions"] == ["What changed for you?"]


@pytest.mark.parametrize("words", [MARKUP, *LEADS, "漢字 😀 é"])
def test_words_stay_words(words: str, cast: Cast) -> None:
    link = a_story_link(cast)
    link.label = words
    data = paper_form_data(link, address=ADDRESS, today=timezone.localdate())
    assert paper_form_pdf(data).startswith(b"%PDF-")
    assert paper_form_word(data).startswith(b"PK")


def test_recorders_take_them_while_the_link_is_open(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    client.force_login(cast.alice)
    parts = [link.commitment.reference, link.token]
    page = client.get(reverse("story_poster", args=parts)).content.decode()
    for name in ("poster_as_pdf", "paper_form_as_pdf", "paper_form_as_word"):
        path = reverse(name, args=parts)
        assert path in page
        answer = client.get(path)
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    close_story_link(link, by=cast.alice)
    assert client.get(reverse("poster_as_pdf", args=parts)).status_code == 404
