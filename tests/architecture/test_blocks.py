"""Every name that a template reads is given where it is read."""

from __future__ import annotations

from tests.architecture.blocks import strayed
from tests.architecture.breaches import none_of
from tests.architecture.sources import ROOT

LOST = """{% extends "base.html" %}
{% block back %}{% url "members" slug as members_url %}{% back_link members_url %}{% endblock back %}
{% block main %}<a href="{{ members_url }}">Keep it</a>{% endblock main %}"""


def test_no_block_reads_what_another_names() -> None:
    none_of(
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "makegood").rglob("*.html"))
        for name in strayed(path.read_text())
    )


def test_a_name_from_another_block_is_found() -> None:
    assert list(strayed(LOST)) == ["members_url, in block main"]
    assert not list(strayed(LOST.replace("{{ members_url }}", "{% url 'members' slug %}")))
