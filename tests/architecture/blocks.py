"""What a template names in one block is not there in another: a link made of it leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock", re.DOTALL)
NAMED = re.compile(r"{%[^%]* as (\w+) %}")


def strayed(text: str) -> Iterator[str]:
    """Yield each name that one block of a template gives and another block reads."""
    blocks = dict(BLOCK.findall(text))
    given = {block: set(NAMED.findall(inner)) for block, inner in blocks.items()}
    everywhere = set(NAMED.findall(BLOCK.sub("", text))) if "{% extends" not in text else set()
    for block, inner in blocks.items():
        elsewhere = set().union(*given.values()) - given[block] - everywhere
        yield from (
            f"{name}, in block {block}"
            for name in sorted(elsewhere)
            if re.search(rf"{{[{{%][^}}]*\b{name}\b", inner)
        )
