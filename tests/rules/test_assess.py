"""ASS: what must be true of findings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.assess import rules
from makegood.assess.states import SAID, SAYS_NOTHING, Conclusion
from makegood_engine.verdict.rules import Finding as Verdict
from tests.rules.refusing import refused

TODAY = date(2030, 3, 31)


def test_ass_01_no_one_judges_their_own_work() -> None:
    """ASS-01"""
    rules.check_assessor_is_independent(belongs_to_provider=False)
    with refused("ASS-01", saying="someone else"):
        rules.check_assessor_is_independent(belongs_to_provider=True)


def test_ass_02_a_finding_has_its_reasons() -> None:
    """ASS-02"""
    rules.check_finding_has_reasons(reasons="Eight months below the line")
    with refused("ASS-02"):
        rules.check_finding_has_reasons(reasons="\t")


@given(st.integers(-400, 400))
def test_ass_03_the_provider_is_heard_or_its_time_is_up(days: int) -> None:
    """ASS-03"""
    reply_by = TODAY + timedelta(days=days)
    rules.check_provider_was_heard(has_reply=True, reply_by=reply_by, today=TODAY)
    if reply_by < TODAY:
        rules.check_provider_was_heard(has_reply=False, reply_by=reply_by, today=TODAY)
    else:
        with refused("ASS-03", saying=f"{reply_by:%Y}"):
            rules.check_provider_was_heard(has_reply=False, reply_by=reply_by, today=TODAY)


def test_ass_03_without_a_last_day_only_a_reply_will_do() -> None:
    rules.check_provider_was_heard(has_reply=True, reply_by=None, today=TODAY)
    with refused("ASS-03"):
        rules.check_provider_was_heard(has_reply=False, reply_by=None, today=TODAY)


@pytest.mark.parametrize(("has_analysis", "stories"), [(True, 0), (False, 1), (True, 2)])
def test_ass_04_a_finding_rests_on_evidence(has_analysis: bool, stories: int) -> None:
    """ASS-04"""
    rules.check_finding_cites_evidence(has_analysis=has_analysis, stories=stories)
    with refused("ASS-04"):
        rules.check_finding_cites_evidence(has_analysis=False, stories=0)


def test_ass_05_what_was_sent_stays_sent() -> None:
    """ASS-05"""
    rules.check_finding_is_a_draft(is_draft=True)
    with refused("ASS-05"):
        rules.check_finding_is_a_draft(is_draft=False)


@pytest.mark.parametrize(("told_for", "is_withdrawn"), [(8, False), (7, True), (8, True)])
def test_ass_06_a_finding_cites_its_own_stories(told_for: int, is_withdrawn: bool) -> None:
    """ASS-06"""
    rules.check_story_may_be_cited(told_for=7, commitment=7, is_withdrawn=False)
    with refused("ASS-06"):
        rules.check_story_may_be_cited(told_for=told_for, commitment=7, is_withdrawn=is_withdrawn)


@pytest.mark.parametrize(("verdict", "wrong"), [("delivered", 0), ("", 2), ("worse", 1)])
def test_ass_07_a_finding_against_the_evidence_says_why(verdict: str, wrong: int) -> None:
    """ASS-07"""
    say = rules.check_finding_against_evidence_says_why
    say(verdict="", wrong=0, words="")
    say(verdict=verdict, wrong=wrong, words="The ward closed")
    with refused("ASS-07", saying=verdict or "found wrong"):
        say(verdict=verdict, wrong=wrong, words=" ")


def test_every_verdict_of_the_engine_says_with_which_findings_it_goes() -> None:
    assert {each.value for each in Verdict} == SAYS_NOTHING - {""} | set(SAID)


@pytest.mark.parametrize(
    ("conclusion", "verdict", "agrees"),
    [
        (Conclusion.DELIVERED, "delivered", True),
        (Conclusion.PARTLY, "delivered", False),
        (Conclusion.DELIVERED, "too soon to tell", False),
        (Conclusion.DELIVERED, "no verdict", True),
        (Conclusion.DELIVERED, "", True),
    ],
)
def test_a_finding_agrees_with_a_verdict(
    conclusion: Conclusion, verdict: str, agrees: bool
) -> None:
    assert conclusion.agrees_with(verdict) == agrees
