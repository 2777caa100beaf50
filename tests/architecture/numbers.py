"""Every rule has one number, one place, a test and a line in the manual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from makegood.web.generated_docs import NUMBER, Rule
from tests.architecture.sources import Source

FORM = "a rule reads `CON-01 A short name: what must be true.`"


def unnumbered(sources: Iterable[Source]) -> list[str]:
    """Return each check_… in a rules file whose docstring does not start as a rule does."""
    return [
        f"{source.path}: {name}; {FORM}"
        for source in sources
        for name, said in source.docstrings()
        if name.startswith("check_") and not (NUMBER.match(said) and ": " in said.split("\n\n")[0])
    ]


def twice(rules: Iterable[Rule]) -> list[str]:
    """Return each number that more than one rule bears."""
    return [number for number, n in Counter(rule.number for rule in rules).items() if n > 1]


def unspoken(rules: Iterable[Rule], texts: Iterable[str]) -> list[str]:
    """Return each rule whose number is in none of these texts."""
    said = {number for text in texts for number in NUMBER.findall(text)}
    return [f"{rule.number} {rule.sentence}" for rule in rules if rule.number not in said]


def unknown(rules: Iterable[Rule], texts: dict[str, str]) -> list[str]:
    """Return each number that has a rule's prefix and yet is no rule."""
    known = {rule.number for rule in rules}
    prefixes = {number[:4] for number in known}
    return [
        f"{path} speaks of {number}, which is no rule"
        for path, text in texts.items()
        for number in sorted(set(NUMBER.findall(text)) - known)
        if number[:4] in prefixes
    ]


def unmessaged(rules: Iterable[Rule], sources: Iterable[Source]) -> list[str]:
    """Return each check whose own file never refuses by its number."""
    refusals = {source.path: source.refusals() for source in sources}
    checks = (rule for rule in rules if rule.function.startswith("check_"))
    return [r.number for r in checks if r.number not in refusals.get(r.path, set())]
