"""Every component is shown live, and every field is labelled, described and linked from its error."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from makegood.web.components.examples import ExampleForm, component_names, example_data
from makegood.web.components.field.parts import error_texts, field_parts, first_id
from makegood.web.components.gap.bars import FULL_WIDTH, gap_bars
from makegood.web.components.table.cells import table_cells
from makegood.web.components.thread import STATE_WORDS
from makegood.web.components.verdict.shapes import OPEN, SHAPES, verdict_shape

REQUEST = RequestFactory().get("/components/", {"q": "nurses"})


def render(source: str, **context: object) -> str:
    loaded = Template("{% load components %}" + source)
    return loaded.render(Context({"request": REQUEST, **context}))


def page() -> str:
    return Template("{% include 'web/components.html' %}").render(Context({"request": REQUEST}))


def test_every_folder_has_a_template_an_example_and_its_parameters(root: Path) -> None:
    folders = [f for f in (root / "makegood/web/components").iterdir() if f.is_dir()]
    folders = [f for f in folders if not f.name.startswith("_")]
    assert {f.name for f in folders} == set(component_names())
    for folder in folders:
        template = folder / f"{folder.name}.html"
        assert template.read_text().startswith("{% comment %}"), template


def test_every_component_is_on_the_live_page() -> None:
    shown = page()
    for name in component_names():
        assert f'<section id="{name}"' in shown, name


@pytest.mark.parametrize("name", component_names())
def test_examples_show_something_and_nothing_inline(name: str) -> None:
    shown = render(f"{{% include '{name}/example.html' %}}", data=example_data(name))
    assert len(shown.strip()) > 40
    assert not re.search(r"\sstyle=|<script|\son[a-z]+=", shown)


@pytest.mark.parametrize("name", list(ExampleForm.base_fields))
def test_every_field_is_labelled_and_says_what_is_wrong(name: str) -> None:
    form = ExampleForm({})
    bound = form[name]
    shown = render("{% field bound %}", bound=bound)
    assert f'id="{first_id(bound)}"' in shown
    assert bound.label in shown
    parts = field_parts(bound)
    assert bool(parts.error_id) == bound.field.required
    for each in parts.described_by.split():
        assert f'id="{each}"' in shown
    if parts.error_id:
        assert "Error:" in shown
        assert re.search(rf'aria-describedby="[^"]*{parts.error_id}', shown)


def test_each_error_in_the_summary_leads_to_its_field() -> None:
    form = ExampleForm({})
    shown = render("{% error_summary form %}{% form_fields form %}", form=form)
    links = re.findall(r'href="#([^"]+)"', shown)
    assert len(links) == sum(bound.field.required for bound in form)
    for link in links:
        assert f'id="{link}"' in shown


def test_an_error_of_the_whole_form_is_said_without_a_link() -> None:
    form = forms.Form({})
    form.add_error(None, "The two sides differ.")
    shown = render("{% error_summary form %}", form=form)
    assert "<strong>The two sides differ.</strong>" in shown
    assert "href" not in shown


def test_a_sound_form_has_no_summary() -> None:
    assert not render("{% error_summary form %}", form=forms.Form({})).strip()


def test_an_empty_answer_is_named() -> None:
    form = ExampleForm({})
    assert error_texts(form["what_changes"]) == ["Fill in “What will change?”"]
    assert error_texts(form["agrees"])[0].startswith("Tick ")


def test_what_was_typed_is_kept_even_when_it_is_no_number_or_date() -> None:
    typed = {"baseline": "5,6", "due_on_day": "31st", "due_on_month": "x", "due_on_year": "27"}
    shown = render("{% form_fields form %}", form=ExampleForm(typed))
    for words in typed.values():
        assert f'value="{words}"' in shown


def test_words_are_escaped() -> None:
    shown = render(
        "{% field bound %}", bound=ExampleForm({"what_changes": '"><b>x'})["what_changes"]
    )
    assert "<b>" not in shown


@given(st.lists(st.integers(0, 10**9), max_size=6))
def test_bars_narrow_as_their_values_do(values: list[int]) -> None:
    bars = gap_bars({"name": "x", "value": value} for value in values)
    widths = [bar["width"] for bar in bars]
    assert all(0 <= width <= FULL_WIDTH for width in widths)
    assert max(widths, default=0) == (FULL_WIDTH if any(values) else 0)
    for bar, other in pairwise(bars):
        assert other["before_width"] >= bar["width"]
        assert (other["value"] <= bar["value"]) or other["width"] >= bar["width"]


def test_cells_carry_their_columns_words_and_links() -> None:
    head, rows = table_cells(["Month", "Rate"], [["May", {"text": "4", "href": "/x"}]], numeric="2")
    assert [cell["is_number"] for cell in head] == [False, True]
    assert rows[0][1] == {"text": "4", "label": "Rate", "is_number": True, "href": "/x"}


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table_cells(["Month"], [["May", "4"]], numeric="")


def test_turning_pages_keeps_the_search() -> None:
    shown = render("{% pagination page %}", page=Paginator(range(95), 10).page(2))
    assert 'href="?q=nurses&amp;page=3"' in shown
    assert shown.count('aria-current="page"') == 1
    assert not render("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip()


def test_a_verdict_takes_its_shape_from_its_word() -> None:
    assert len(SHAPES) == 11
    assert verdict_shape("Delivered")[0] != verdict_shape("worse")[0]
    assert verdict_shape("something else")[0] == OPEN


@pytest.mark.parametrize("state", STATE_WORDS)
def test_a_stage_says_its_state_in_words(state: str) -> None:
    shown = render("{% stage 'Contract' state title='Signed' %}x{% endstage %}", state=state)
    assert STATE_WORDS[state] in shown


def test_one_is_said_as_one() -> None:
    steps = [{"name": "Promised", "value": 2}, {"name": "Contracted", "value": 1}]
    shown = render("{% gap steps unit='promises' %}", steps=steps)
    assert "2 promises<" in shown
    assert "1 promise<" in shown


def test_a_figure_without_a_picture_speaks_of_none() -> None:
    shown = render("{% figure 'Sickness' 'Nothing is recorded yet.' '' %}")
    assert "Nothing is recorded yet." in shown
    assert "sideways" not in shown
