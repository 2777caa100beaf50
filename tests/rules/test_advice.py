"""ADV: advice on a promise while it is written; each fires, each rests, none ever raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.articulate import rules
from makegood.articulate.advice import IDIOMS, JARGON, VAGUE, WIDE, Advice, MeasureSaid, Other, Said
from makegood.articulate.rules.advice import ADVISERS, advice_on
from makegood.kernel.reading import OUR_AGE, reading_age
from tests.rules.refusing import refused

ABSENCE = MeasureSaid(name="Staff absence rate", better="down")
SOUND = Said(
    today=date(2026, 1, 10),
    for_whom="nurses of the night team",
    what_changes="fewer days are lost to illness",
    measure=ABSENCE,
    baseline=5.0,
    baseline_on=date(2025, 12, 31),
    baseline_source="our payroll",
    alternative=5.2,
    target=4.5,
    added=0.7,
    starts_on=date(2026, 4, 1),
    due_on=date(2028, 3, 31),
    why_believed="A calm rota did it for one team.",
    evidence_level=2,
)
TOLD = replace(
    SOUND,
    in_numbers=False,
    in_words=True,
    measure=None,
    how_gathered="They would say that they sleep. We ask each of them once.",
    told_by="those who care for them",
    told_least=20,
    gathered_by="Valley Voices",
    provider="Moor View Care",
)
FIRES: tuple[tuple[str, Said, dict[str, Any], str], ...] = (
    ("ADV-01", SOUND, {"baseline": None}, "where it stands now"),
    ("ADV-02", SOUND, {"baseline_source": " "}, "comes from"),
    ("ADV-03", SOUND, {"baseline_on": None}, "when the figure"),
    ("ADV-03", SOUND, {"baseline_on": date(2023, 3, 31)}, "31 March 2023"),
    ("ADV-04", SOUND, {"alternative": None}, "without you"),
    ("ADV-05", SOUND, {"due_on": None}, "by when"),
    ("ADV-06", SOUND, {"due_on": date(2031, 4, 2)}, "5 years"),
    ("ADV-06", SOUND, {"compared_until": date(2027, 3, 31)}, "31 March 2027"),
    ("ADV-07", SOUND, {"added": 0.0}, "the same as"),
    ("ADV-07", SOUND, {"added": -0.1}, "worse than"),
    ("ADV-08", SOUND, {"what_changes": "service users feel safe"}, "“service users”"),
    ("ADV-08", SOUND, {"for_whom": "Stakeholders"}, "“stakeholders”"),
    ("ADV-10", SOUND, {"what_changes": "they sleep more and fall less"}, "“and”"),
    ("ADV-10", SOUND, {"what_changes": "they sleep more; they fall less"}, "“;”"),
    ("ADV-11", SOUND, {"what_changes": "Improve the night shift"}, "“Improve”"),
    ("ADV-11", SOUND, {"what_changes": "help with meals"}, "“Help”"),
    ("ADV-11", SOUND, {"what_changes": "we will support the night shift"}, "“Support”"),
    ("ADV-11", SOUND, {"what_changes": "they work less. To help them"}, "“Help”"),
    ("ADV-11", SOUND, {"for_whom": "People"}, "anybody"),
    ("ADV-13", SOUND, {"measure": replace(ABSENCE, is_retired=True)}, "is retired"),
    ("ADV-13", SOUND, {"measure": replace(ABSENCE, has_newer_words=True)}, "newer words"),
    ("ADV-14", SOUND, {"measure": replace(ABSENCE, better="neutral")}, "neither way"),
    ("ADV-15", TOLD, {"told_by": ""}, "who would tell it"),
    ("ADV-15", TOLD, {"told_least": None, "gathered_by": ""}, "how many at least or who gathers"),
    ("ADV-15", TOLD, {"gathered_by": "moor view care"}, "yourself"),
    ("ADV-16", SOUND, {"evidence_level": None}, "known to work"),
    ("ADV-17", SOUND, {"promised": 0.2, "smallest": 0.5}, "from chance"),
)
RESTS: tuple[dict[str, Any], ...] = (
    {"baseline_on": date(2024, 10, 1)},
    {"compared_until": date(2028, 3, 31)},
    {"what_changes": "first help comes sooner"},
    {"what_changes": "they know where to find support"},
    {"due_on": date(2031, 4, 1)},
    {"what_changes": "more of them are safe and well at home"},
    {"what_changes": "fewer of them wait for a pathologist"},
    {"for_whom": "people who use a wheelchair"},
    {"measure": None, "added": None},
    {"promised": 0.2, "smallest": 0.5, "told_after": 9},
    {"promised": 0.6, "smallest": 0.5},
    {"promised": None, "smallest": 0.5},
)


def numbers(said: Said) -> list[str]:
    return [advice.number for advice in advice_on(said)]


@pytest.mark.parametrize(("number", "sound", "changes", "saying"), FIRES)
def test_advice_is_given(number: str, sound: Said, changes: dict[str, Any], saying: str) -> None:
    """ADV-01 to ADV-17, each by what is lacking alone."""
    assert number not in numbers(sound)
    found = {advice.number: advice for advice in advice_on(replace(sound, **changes))}
    assert number in found
    assert saying in found[number].seen


@pytest.mark.parametrize("changes", RESTS)
def test_advice_rests(changes: dict[str, Any]) -> None:
    assert numbers(replace(SOUND, **changes)) == []


def test_a_sound_promise_needs_no_advice() -> None:
    assert numbers(SOUND) == []
    assert numbers(TOLD) == []


def test_hard_words_are_hard_to_read() -> None:
    """ADV-09"""
    hard = (
        "Interdisciplinary collaboration institutionalises organisational accountability, "
        "facilitating sustainable transformation of administrative responsibilities within "
        "neighbouring geographical jurisdictions notwithstanding considerable bureaucratic opposition"
    )
    assert "ADV-09" in numbers(replace(SOUND, why_believed=hard))
    assert "ADV-09" not in numbers(replace(SOUND, why_believed=" ".join(hard.split()[:2])))


def test_what_is_promised_twice_is_found() -> None:
    """ADV-12"""
    same = Other(reference="P-AAAA-01", for_whom="the night team’s nurses", what_changes="")
    like = replace(same, what_changes="Fewer days lost to illness", for_whom="night team nurses")
    found = advice_on(replace(SOUND, others=(same, like)))
    assert [one.number for one in found] == ["ADV-12"]
    assert "P-AAAA-01, in this proposal" in found[0].seen
    before = advice_on(replace(SOUND, others=(replace(like, is_here=False),)))
    assert "promised before" in before[0].seen
    other = replace(like, what_changes="fewer posts stand empty")
    assert numbers(replace(SOUND, others=(other,))) == []


TEXTS = st.text(max_size=300) | st.sampled_from(sorted({*JARGON, *VAGUE, *WIDE, *IDIOMS}))
FIGURES = st.none() | st.floats(allow_nan=True, allow_infinity=True)
DAYS = st.none() | st.dates()


@given(st.data())
def test_no_text_and_no_figure_makes_it_fail(data: st.DataObject) -> None:
    texts = ("for_whom", "what_changes", "baseline_source", "how_gathered", "told_by", "gathered_by",
             "why_believed")  # fmt: skip
    figures = ("baseline", "alternative", "target", "added", "promised", "smallest")
    days = ("baseline_on", "starts_on", "due_on", "compared_until")
    said = Said(
        today=data.draw(st.dates()),
        in_numbers=data.draw(st.booleans()),
        in_words=data.draw(st.booleans()),
        others=(Other(reference="P", for_whom=data.draw(TEXTS), what_changes=data.draw(TEXTS)),),
        **{name: data.draw(TEXTS) for name in texts},
        **{name: data.draw(FIGURES) for name in figures},
        **{name: data.draw(DAYS) for name in days},
    )
    for advice in advice_on(said):
        assert advice.seen
        assert advice.mend


def all_advice() -> list[Advice]:
    said = [replace(sound, **changes) for _, sound, changes, _ in FIRES]
    return [advice for each in said for advice in advice_on(each)]


def test_each_adviser_speaks_under_its_own_number_in_words_everyone_reads() -> None:
    found = {advice.number: advice for advice in all_advice()}
    assert {*found, "ADV-09", "ADV-12"} == {f"ADV-{n:02}" for n in range(1, len(ADVISERS) + 1)}
    for adviser in ADVISERS:
        assert (adviser.__doc__ or "").startswith("ADV-")
    own = ". ".join(f"{advice.why} {advice.mend}" for advice in found.values())
    assert (reading_age(own) or 0) <= OUR_AGE
    for advice in found.values():
        assert (reading_age(f"{advice.why} {advice.mend}") or 0) <= OUR_AGE + 2, advice.number


def test_plainer_words_are_not_jargon_themselves() -> None:
    assert not {plain for plain in JARGON.values() if plain in JARGON}
    assert all(word == word.casefold() for word in {*JARGON, *VAGUE, *WIDE, *IDIOMS})


def test_reading_age_follows_the_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59 + 5
    assert reading_age("The cat sat on the mat.") == pytest.approx(3.55)
    assert reading_age("") is None
    assert reading_age("… 12 %") is None


@given(st.text())
def test_any_text_has_a_reading_age_or_none(text: str) -> None:
    age = reading_age(text)
    assert age is None or age > -20


def test_art_55_and_56_advice_is_set_aside_while_given_with_a_reason() -> None:
    """ART-55 ART-56"""
    rules.check_advice_is_set_aside_with_a_reason(reason="It is one thing")
    rules.check_advice_is_given(is_given=True)
    with refused("ART-55"):
        rules.check_advice_is_set_aside_with_a_reason(reason=" ")
    with refused("ART-56"):
        rules.check_advice_is_given(is_given=False)


def test_art_57_to_60_evidence_and_who_is_asked() -> None:
    """ART-57 ART-58 ART-59 ART-60"""
    rules.check_level_of_evidence_rests_on_words(level=None, evidence="")
    rules.check_level_of_evidence_rests_on_words(level=1, evidence="A plan")
    rules.check_who_must_not_gather_does_not(gathered_by="", not_gathered_by="")
    rules.check_who_must_not_gather_does_not(gathered_by="Voices", not_gathered_by="us")
    for least in (None, 1):
        rules.check_somebody_is_asked(least=least)
    for address in ("", "https://example.org/a", "HTTP://example.org"):
        rules.check_link_leads_to_the_web(address)
    with refused("ART-57"):
        rules.check_level_of_evidence_rests_on_words(level=3, evidence=" ")
    with refused("ART-58"):
        rules.check_who_must_not_gather_does_not(
            gathered_by="The  team", not_gathered_by="the team"
        )
    with refused("ART-59"):
        rules.check_somebody_is_asked(least=0)
    for address in ("example.org", "javascript:alert(1)", "data:text/html,x"):
        with refused("ART-60"):
            rules.check_link_leads_to_the_web(address)


def test_art_61_to_63_power_has_what_it_needs() -> None:
    """ART-61 ART-62 ART-63"""
    rules.check_history_is_long_enough(points=13)
    rules.check_history_can_be_used(fault="")
    rules.check_power_is_of_a_measure(has_measure=True)
    for points, saying in ((0, "there is none"), (1, "there is 1."), (12, "there are 12.")):
        with refused("ART-61", saying=saying):
            rules.check_history_is_long_enough(points=points)
    with refused("ART-62", saying="all the same"):
        rules.check_history_can_be_used(fault="The figures are all the same.")
    with refused("ART-63"):
        rules.check_power_is_of_a_measure(has_measure=False)
