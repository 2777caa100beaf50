"""One tag for each component: `{% load components %}`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from makegood.web.components.examples import component_names, example_data
from makegood.web.components.field.parts import error_texts, field_parts, first_id
from makegood.web.components.gap.bars import gap_bars
from makegood.web.components.scale.places import scale_places
from makegood.web.components.table.cells import table_cells
from makegood.web.components.thread import STATE_WORDS
from makegood.web.components.verdict.shapes import verdict_shape

register = template.Library()
Shown = dict[str, Any]


@register.inclusion_tag("field/field.html")
def field(
    bound: BoundField, *, prefix: str = "", suffix: str = "", mark_optional: bool = True
) -> Shown:
    """One form field with its label, hint and error."""
    parts = field_parts(bound, mark_optional=mark_optional)
    return {"parts": parts, "prefix": prefix, "suffix": suffix}


@register.simple_tag
def form_fields(form: forms.BaseForm, *, mark_optional: bool = True) -> SafeString:
    """Every field of a form, in order."""
    shown = ({"parts": field_parts(bound, mark_optional=mark_optional)} for bound in form)
    return SafeString("".join(render_to_string("field/field.html", each) for each in shown))


@register.inclusion_tag("errors/errors.html")
def error_summary(*given: forms.BaseForm, takes_focus: bool = True) -> Shown:
    """What to mend in the forms given, each line linked to its field."""
    errors = []
    for form in given:
        errors += [{"id": "", "text": text} for text in form.non_field_errors()]
        for bound in form:
            texts = error_texts(bound, names_field=True)
            errors += [{"id": first_id(bound), "text": text} for text in texts]
    return {"errors": errors, "takes_focus": takes_focus}


@register.inclusion_tag("button/button.html")
def button(
    text: str, *, kind: str = "", href: str = "", name: str = "", value: str = "", form: str = ""
) -> Shown:
    """A button, or a link that looks like one."""
    return {"text": text, "kind": kind, "href": href, "name": name, "value": value, "form": form}


@register.inclusion_tag("back/back.html")
def back_link(href: str, *, text: str = "Back") -> Shown:
    """The way back, above the heading."""
    return {"href": href, "text": text}


@register.inclusion_tag("breadcrumbs/breadcrumbs.html")
def breadcrumbs(*names_and_addresses: str) -> Shown:
    """Where this page stands: names and addresses in turn."""
    pairs = zip(names_and_addresses[::2], names_and_addresses[1::2], strict=True)
    return {"steps": list(pairs)}


@register.inclusion_tag("notices/notices.html")
def notices(messages: Iterable[Any] | None) -> Shown:
    """What just happened: Django's messages."""
    return {"messages": messages or ()}


@register.inclusion_tag("status/status.html")
def status(word: str, *, kind: str = "neutral") -> Shown:
    """Where a thing stands, in a word."""
    return {"word": word, "kind": kind}


@register.inclusion_tag("summary/summary.html")
def summary(rows: Iterable[Mapping[str, Any]]) -> Shown:
    """Names and values, each with its source and a way to change it."""
    return {"rows": rows}


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """Words set apart."""
    return render_to_string("inset/inset.html", {"content": content})


@register.simple_block_tag
def details(content: SafeString, summary: str, *, is_open: bool = False) -> SafeString:
    """Something more, one key away; open where something in it has to be seen."""
    shown = {"content": content, "summary": summary, "is_open": is_open}
    return render_to_string("details/details.html", shown)


@register.inclusion_tag("table/table.html")
def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numeric: str = "",
) -> Shown:
    """A table that becomes cards on a narrow screen."""
    headings, cells = table_cells(head, rows, numeric=numeric)
    return {"caption": caption, "head": headings, "rows": cells}


@register.inclusion_tag("pagination/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> Shown:
    """Turning the pages of a list."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(each, address(each) if isinstance(each, int) else "") for each in numbers],
        "previous": address(page.number - 1),
        "next": address(page.number + 1),
    }


@register.inclusion_tag("search/search.html")
def search_box(
    label: str, *, value: str = "", action: str = "", name: str = "q", hint: str = ""
) -> Shown:
    """One box to search with."""
    return {"label": label, "value": value, "action": action, "name": name, "hint": hint}


@register.simple_block_tag
def filters(content: SafeString, action: str = "", *, is_narrowed: bool = True) -> SafeString:
    """Narrow a list."""
    shown = {"content": content, "action": action, "is_narrowed": is_narrowed}
    return render_to_string("filters/filters.html", shown)


@register.inclusion_tag("filters/list_filter.html")
def list_filter(form: forms.BaseForm, *, is_narrowed: bool) -> Shown:
    """Narrow a list by a form of filters: words first, the rest folded."""
    return {"form": form, "is_narrowed": is_narrowed}


@register.inclusion_tag("scale/scale.html")
def scale(rows: Iterable[Mapping[str, Any]], *, better: str, unit: str = "") -> Shown:
    """Promises on one scale."""
    return {"rows": scale_places(rows, better=better), "better": better, "unit": unit}


@register.inclusion_tag("empty/empty.html")
def empty_state(title: str, sentence: str, *, href: str = "", link: str = "") -> Shown:
    """Nothing here yet, and what to do about it."""
    return {"title": title, "sentence": sentence, "href": href, "link": link}


@register.inclusion_tag("figure/figure.html")
def figure(
    title: str,
    sentence: str,
    svg: SafeString,
    head: Sequence[str] = (),
    rows: Iterable[Sequence[object]] = (),
    *,
    source: str = "",
    numeric: str = "",
) -> Shown:
    """A picture, what it shows in a sentence, and its numbers."""
    return {
        "title": title,
        "sentence": sentence,
        "svg": svg,
        "head": head,
        "rows": rows,
        "source": source,
        "numeric": numeric,
    }


@register.simple_block_tag
def thread(content: SafeString) -> SafeString:
    """One promise across its four stages."""
    return render_to_string("thread/thread.html", {"content": content})


@register.simple_block_tag
def stage(content: SafeString, name: str, state: str, title: str = "") -> SafeString:
    """One stage of the thread."""
    shown = {"content": content, "name": name, "state": state, "title": title}
    return render_to_string("thread/stage.html", shown | {"word": STATE_WORDS[state]})


@register.inclusion_tag("gap/gap.html")
def gap(steps: Iterable[Mapping[str, Any]], *, unit: str = "", one: str = "") -> Shown:
    """Promised, contracted, captured, shown: what was lost at each step."""
    return {"steps": gap_bars(steps), "unit": unit, "one": one or unit.removesuffix("s")}


@register.inclusion_tag("verdict/verdict.html")
def verdict(word: str, sentence: str, *, trace: str = "") -> Shown:
    """What the statistics say: a shape, the word, a sentence."""
    kind, shape = verdict_shape(word)
    return {"word": word, "sentence": sentence, "trace": trace, "kind": kind, "shape": shape}


@register.inclusion_tag("stat/stat.html")
def stat(
    value: object,
    label: str,
    *,
    unit: str = "",
    period: str = "",
    source: str = "",
    trace: str = "",
) -> Shown:
    """One figure, with its unit, period and source beside it."""
    return {
        "value": value,
        "label": label,
        "unit": unit,
        "period": period,
        "source": source,
        "trace": trace,
    }


@register.inclusion_tag("tasks/tasks.html")
def task_list(tasks: Iterable[Mapping[str, Any]], *, prefix: str = "task") -> Shown:
    """Long work as short pages, each with where it stands."""
    return {"tasks": tasks, "prefix": prefix}


@register.inclusion_tag("quote/quote.html")
def quote(
    text: str,
    *,
    by: str = "",
    at: object = "",
    consent: str = "",
    parts: Sequence[Any] = (),
    lang: str = "",
) -> Shown:
    """A person's own words, with what they agreed to; ``parts`` says what is left out of them."""
    said = {"text": text, "by": by, "at": at, "consent": consent}
    return said | {"parts": parts, "lang": lang}


@register.inclusion_tag("timeline/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]]) -> Shown:
    """What happened, in order."""
    return {"events": events}


@register.simple_block_tag
def confirm(content: SafeString, title: str, reference: str = "") -> SafeString:
    """The page after an act is done."""
    shown = {"content": content, "title": title, "reference": reference}
    return render_to_string("confirm/confirm.html", shown)


@register.simple_tag
def all_components() -> list[Shown]:
    """Every component with what its example is shown with, for the live page."""
    return [
        {"name": name, "example": f"{name}/example.html", "data": example_data(name)}
        for name in component_names()
    ]
