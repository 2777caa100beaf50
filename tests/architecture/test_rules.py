"""Every rule has one number, one place, a test, a message, and a line in the manual."""

from __future__ import annotations

from makegood.web.generated_docs import Rule, all_rules, rules_in
from tests.architecture import numbers
from tests.architecture.breaches import none_of
from tests.architecture.sources import ROOT, Source, python_files, texts

GOOD = '''
def check_no_promise_is_lost(n: int) -> None:
    """CON-01 No promise is lost: each has its disposition.

    The finding of 2011 in one line.
    """
    if n:
        raise RuleBroken("CON-01", "Say what became of each promise.")
'''


def rule_files() -> list[Source]:
    return [s for s in python_files("makegood") if "rules" in (s.name, *s.parts[2:])]


def rule(number: str, path: str = "makegood/contract/rules.py") -> Rule:
    found = rules_in(GOOD.replace("CON-01", number), room="contract", path=path)
    return found[0]


def test_every_rule_is_numbered() -> None:
    none_of(numbers.unnumbered(rule_files()))


def test_every_number_is_borne_once() -> None:
    none_of(numbers.twice(all_rules()))


def test_every_rule_has_a_test() -> None:
    none_of(numbers.unspoken(all_rules(), written_tests().values()))


def test_every_rule_stands_in_the_manual() -> None:
    none_of(numbers.unspoken(all_rules(), [(ROOT / "docs" / "rules.md").read_text()]))


def test_every_rule_refuses_by_its_number() -> None:
    none_of(numbers.unmessaged(all_rules(), rule_files()))


def test_every_number_spoken_of_is_a_rule() -> None:
    told = {p: t for p, t in texts().items() if p.startswith(("makegood/", "docs/", "README"))}
    none_of(numbers.unknown(all_rules(), told))


def written_tests() -> dict[str, str]:
    """Return the tests, leaving out those of the walls, which speak of numbers as examples."""
    return {
        s.path: s.text
        for s in python_files("tests")
        if s.name.startswith("test_") and "architecture" not in s.parts
    }


def test_a_rule_is_read_off_its_docstring() -> None:
    found = rule("CON-01")
    assert found.number == "CON-01"
    assert found.sentence == "No promise is lost: each has its disposition."
    assert found.reason == "The finding of 2011 in one line."
    assert found.function == "check_no_promise_is_lost"


def test_a_rule_without_number_is_found() -> None:
    assert numbers.unnumbered([Source("r.py", 'def check_a() -> None:\n    """No number."""')])
    assert numbers.unnumbered([Source("r.py", 'def check_a() -> None:\n    """CON-01 No name."""')])
    assert not numbers.unnumbered([Source("r.py", GOOD)])


def test_a_number_borne_twice_is_found() -> None:
    assert numbers.twice([rule("CON-01"), rule("CON-02"), rule("CON-01")]) == ["CON-01"]


def test_a_rule_nobody_speaks_of_is_found() -> None:
    missing = numbers.unspoken([rule("CON-01"), rule("CON-02")], ["see CON-01"])
    assert missing == ["CON-02 No promise is lost: each has its disposition."]


def test_a_number_that_is_no_rule_is_found() -> None:
    assert numbers.unknown([rule("CON-01")], {"a.py": "CON-09 and PER-01"}) == [
        "a.py speaks of CON-09, which is no rule"
    ]


def test_a_rule_that_refuses_by_another_number_is_found() -> None:
    source = Source("makegood/contract/rules.py", GOOD)
    assert numbers.unmessaged([rule("CON-02")], [source]) == ["CON-02"]
    assert not numbers.unmessaged([rule("CON-01")], [source])
