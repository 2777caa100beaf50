"""CAP: what must be true of what is captured."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from makegood.capture import rules
from makegood.capture.states import Consent, Evidence
from tests.rules.refusing import refused


def test_cap_01_capture_follows_signature() -> None:
    """CAP-01"""
    rules.check_contract_is_in_force(in_force=True)
    with refused("CAP-01", saying="not signed by both sides"):
        rules.check_contract_is_in_force(in_force=False)


def test_cap_02_a_closed_link_takes_no_story() -> None:
    """CAP-02"""
    rules.check_story_link_is_open(is_open=True)
    with refused("CAP-02", saying="Nothing you wrote was sent"):
        rules.check_story_link_is_open(is_open=False)


@pytest.mark.parametrize("first_name", ["", "  "])
def test_cap_03_a_name_is_given_to_be_shown(first_name: str) -> None:
    """CAP-03"""
    rules.check_named_story_has_a_name(is_named=True, first_name="Ann")
    rules.check_named_story_has_a_name(is_named=False, first_name=first_name)
    with refused("CAP-03"):
        rules.check_named_story_has_a_name(is_named=True, first_name=first_name)


def test_cap_04_figures_belong_to_a_measure() -> None:
    """CAP-04"""
    rules.check_commitment_is_in_numbers(has_series=True)
    with refused("CAP-04"):
        rules.check_commitment_is_in_numbers(has_series=False)


def test_cap_05_who_agrees_for_another_says_why_they_may() -> None:
    """CAP-05"""
    rules.check_basis_fits(is_for_another=False, fits=False, is_related=False)
    rules.check_basis_fits(is_for_another=True, fits=True, is_related=True)
    with refused("CAP-05", saying="what lets you agree"):
        rules.check_basis_fits(is_for_another=True, fits=False, is_related=True)
    with refused("CAP-05", saying="who you are to them"):
        rules.check_basis_fits(is_for_another=True, fits=True, is_related=False)


def test_cap_06_best_interests_show_no_name() -> None:
    """CAP-06"""
    rules.check_consent_fits_basis(is_wider=False)
    with refused("CAP-06", saying="without my name"):
        rules.check_consent_fits_basis(is_wider=True)


def test_consents_stand_from_the_fewest_readers_to_the_most() -> None:
    pairs = zip(Consent, list(Consent)[1:], strict=False)
    assert all(one.is_narrower_than(other) for one, other in pairs)
    assert not Consent.PUBLIC.is_narrower_than(Consent.PUBLIC)


def test_cap_09_with_a_story_goes_all_that_was_added() -> None:
    """CAP-09"""
    rules.check_file_may_be_added(is_standing=True)
    with refused("CAP-09", saying="took this story back"):
        rules.check_file_may_be_added(is_standing=False)


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"size": 5}, "larger than"),
        ({"is_from_a_phone": True}, "HEIC"),
        ({"is_known": False}, "cannot read"),
        ({"is_readable": False}, "cannot read"),
    ],
)
def test_cap_10_what_is_added_can_be_read(wrong: dict[str, Any], saying: str) -> None:
    """CAP-10"""
    good: dict[str, Any] = {
        "is_known": True,
        "is_from_a_phone": False,
        "is_readable": True,
        "size": 4,
        "most": 4,
    }
    rules.check_file_can_be_read(**good)
    with refused("CAP-10", saying=saying):
        rules.check_file_can_be_read(**good | wrong)


def test_cap_11_a_photo_is_told_in_words_too() -> None:
    """CAP-11"""
    rules.check_photo_is_described(is_photo=True, description="My garden")
    rules.check_photo_is_described(is_photo=False, description="")
    with refused("CAP-11", saying="what the photo shows"):
        rules.check_photo_is_described(is_photo=True, description=" ")


def test_cap_12_a_story_takes_a_few_files() -> None:
    """CAP-12"""
    rules.check_story_has_room(held=9, most=10)
    with refused("CAP-12", saying="takes 10 files"):
        rules.check_story_has_room(held=10, most=10)


def test_cap_13_a_few_questions_are_asked_each_once() -> None:
    """CAP-13"""
    rules.check_questions_are_few_and_told_apart(["What is different now?", "Why?"], most=2)
    for questions, saying in (
        ([], "at least one"),
        (["Why?", " "], "at least one"),
        (["Why?", "How?", "When?"], "at most 2"),
        (["Why?", " Why?"], "twice"),
    ):
        with refused("CAP-13", saying=saying):
            rules.check_questions_are_few_and_told_apart(questions, most=2)


def test_cap_14_what_is_typed_in_was_agreed_to() -> None:
    """CAP-14"""
    rules.check_it_was_agreed_before(is_past=True)
    with refused("CAP-14", saying="cannot be in the future"):
        rules.check_it_was_agreed_before(is_past=False)


def test_cap_15_somebody_is_named_before_people_are_asked() -> None:
    """CAP-15"""
    rules.check_somebody_is_told_when_harm_is_said(is_named=True)
    with refused("CAP-15", saying="name who is told"):
        rules.check_somebody_is_told_when_harm_is_said(is_named=False)


def test_cap_16_a_member_is_named() -> None:
    """CAP-16"""
    rules.check_named_person_belongs(belongs=True)
    with refused("CAP-16", saying="a member"):
        rules.check_named_person_belongs(belongs=False)


def test_cap_17_fear_is_told_with_a_story_that_stands() -> None:
    """CAP-17"""
    rules.check_concern_is_about_what_stands(is_standing=True)
    with refused("CAP-17", saying="999"):
        rules.check_concern_is_about_what_stands(is_standing=False)


def test_cap_18_nothing_harmful_is_kept() -> None:
    """CAP-18"""
    rules.check_file_does_no_harm(is_harmful=False, has_answer=True)
    with refused("CAP-18", saying="something harmful"):
        rules.check_file_does_no_harm(is_harmful=True, has_answer=True)
    with refused("CAP-18", saying="does not answer"):
        rules.check_file_does_no_harm(is_harmful=False, has_answer=False)


def test_cap_35_a_figure_is_for_a_period_that_asks() -> None:
    """CAP-35"""
    rules.check_figure_is_asked_for(is_asked=True, period="April 2024")
    with refused("CAP-35", saying="No figure is asked for April 2024"):
        rules.check_figure_is_asked_for(is_asked=False, period="April 2024")


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [(None, 10.0), (5.0, None), (-1.0, 10.0), (0.0, 0.0), (1.0, -1.0), (11.0, 10.0)],
)
def test_cap_36_parts_come_together(numerator: float | None, denominator: float | None) -> None:
    """CAP-36"""
    with refused("CAP-36"):
        rules.check_parts_make_a_share(numerator=numerator, denominator=denominator, is_share=True)


def test_cap_36_what_is_no_share_may_be_more_than_one() -> None:
    """CAP-36"""
    for parts in ((None, None), (0.0, 10.0), (10.0, 10.0)):
        rules.check_parts_make_a_share(numerator=parts[0], denominator=parts[1], is_share=True)
    rules.check_parts_make_a_share(numerator=11, denominator=10, is_share=False)


def test_cap_37_a_value_is_what_its_parts_make() -> None:
    """CAP-37"""
    rules.check_value_is_what_its_parts_make(value=4.4, made=4.44)
    rules.check_value_is_what_its_parts_make(value=0, made=0)
    with refused("CAP-37", saying="leave the figure empty"):
        rules.check_value_is_what_its_parts_make(value=5.4, made=4.44)


def test_cap_38_doubts_are_answered() -> None:
    """CAP-38"""
    rules.check_doubts_are_answered(doubts=[], is_sure=False)
    rules.check_doubts_are_answered(doubts=["Is it?"], is_sure=True)
    with refused("CAP-38", saying="Is it?"):
        rules.check_doubts_are_answered(doubts=["Is it?"], is_sure=False)


def test_cap_39_no_figure_says_why() -> None:
    """CAP-39"""
    rules.check_why_there_is_none(is_known=True, words="")
    rules.check_why_there_is_none(is_known=False, words="It burned")
    with refused("CAP-39"):
        rules.check_why_there_is_none(is_known=False, words=" ")


def test_cap_40_something_is_given() -> None:
    """CAP-40"""
    rules.check_figure_is_there(is_there=True)
    with refused("CAP-40"):
        rules.check_figure_is_there(is_there=False)


def test_cap_19_a_link_is_sent_while_it_opens_something() -> None:
    """CAP-19"""
    rules.check_link_opens_what_stands(is_standing=True)
    with refused("CAP-19"):
        rules.check_link_opens_what_stands(is_standing=False)


def test_cap_41_another_checks() -> None:
    """CAP-41"""
    rules.check_verifier_is_another(recorder=1, verifier=2)
    with refused("CAP-41"):
        rules.check_verifier_is_another(recorder=1, verifier=1)
    with refused("CAP-41", saying="You gave this document"):
        rules.check_verifier_is_another(recorder=1, verifier=1, what=Evidence.DOCUMENT)


def test_cap_42_verified_means_from_outside() -> None:
    """CAP-42"""
    rules.check_verified_from_outside(is_verified=True, is_inside=False)
    rules.check_verified_from_outside(is_verified=False, is_inside=True)
    with refused("CAP-42"):
        rules.check_verified_from_outside(is_verified=True, is_inside=True)


def test_cap_43_a_check_says_how() -> None:
    """CAP-43"""
    rules.check_it_says_how(how="The payroll")
    with refused("CAP-43"):
        rules.check_it_says_how(how=" ")


def test_cap_44_what_is_checked_is_a_figure() -> None:
    """CAP-44"""
    rules.check_there_is_a_figure(has_value=True)
    with refused("CAP-44"):
        rules.check_there_is_a_figure(has_value=False)


def test_cap_45_a_dispute_is_in_words() -> None:
    """CAP-45"""
    rules.check_words_are_given(words="Two teams are left out")
    with refused("CAP-45"):
        rules.check_words_are_given(words=" ")


def test_cap_46_one_open_dispute() -> None:
    """CAP-46"""
    rules.check_it_is_not_disputed_yet(is_same=True)
    with refused("CAP-46"):
        rules.check_it_is_not_disputed_yet(is_same=False)
    with refused("CAP-46", saying="This document is disputed"):
        rules.check_it_is_not_disputed_yet(is_same=False, what=Evidence.DOCUMENT)


def test_cap_73_stories_are_counted_as_they_stand() -> None:
    """CAP-73"""
    rules.check_count_is_as_it_stands(counted=2, standing=2)
    for counted, standing in ((0, 0), (2, 3), (3, 2)):
        with refused("CAP-73"):
            rules.check_count_is_as_it_stands(counted=counted, standing=standing)


def test_cap_47_a_sample_is_drawn_from_outside() -> None:
    """CAP-47"""
    rules.check_sample_is_from_outside(is_inside=False)
    with refused("CAP-47"):
        rules.check_sample_is_from_outside(is_inside=True)


def test_cap_48_nobody_draws_again() -> None:
    """CAP-48"""
    rules.check_one_sample_at_a_time(is_open=False)
    with refused("CAP-48"):
        rules.check_one_sample_at_a_time(is_open=True)


def test_cap_49_a_sample_is_of_what_came() -> None:
    """CAP-49"""
    rules.check_sample_size(size=1, captured=1)
    for size, captured in ((0, 3), (4, 3), (1, 0)):
        with refused("CAP-49"):
            rules.check_sample_size(size=size, captured=captured)
    rules.check_sample_size(size=2, captured=3, providers=2)
    with refused("CAP-49"):
        rules.check_sample_size(size=1, captured=3, providers=2)


def test_cap_50_a_worksheet_is_of_what_was_drawn() -> None:
    """CAP-50"""
    rules.check_sample_is_drawn(is_drawn=True)
    with refused("CAP-50"):
        rules.check_sample_is_drawn(is_drawn=False)


def test_cap_51_wrong_says_what_is_true_and_unknown_says_why() -> None:
    """CAP-51"""
    right = {"is_wrong": False, "is_unknown": False, "true_value": None, "value": 1.0, "note": ""}
    rules.check_finding_is_whole(**right)
    rules.check_finding_is_whole(**right | {"is_wrong": True, "true_value": 2.0})
    rules.check_finding_is_whole(**right | {"is_unknown": True, "note": "It is lost"})
    for wrong in (
        {"is_wrong": True},
        {"is_wrong": True, "true_value": 1.0},
        {"is_unknown": True, "note": " "},
    ):
        with refused("CAP-51"):
            rules.check_finding_is_whole(**right | wrong)


def test_cap_52_a_sample_closes_whole_or_says_why() -> None:
    """CAP-52"""
    rules.check_sample_is_whole(unanswered=0, why="")
    rules.check_sample_is_whole(unanswered=2, why="The office was closed")
    with refused("CAP-52"):
        rules.check_sample_is_whole(unanswered=1, why=" ")


def test_cap_53_a_document_is_told_in_words() -> None:
    """CAP-53"""
    rules.check_document_is_described(title="The rota", summary="Who was on duty")
    for title, summary in (("", "Who was on duty"), ("The rota", " ")):
        with refused("CAP-53"):
            rules.check_document_is_described(title=title, summary=summary)


def test_cap_54_a_document_tells_of_a_whole_time() -> None:
    """CAP-54"""
    first, last = date(2024, 4, 1), date(2024, 6, 30)
    rules.check_document_time_is_whole(from_on=None, until_on=None)
    rules.check_document_time_is_whole(from_on=first, until_on=last)
    for from_on, until_on in ((first, None), (None, last), (last, first)):
        with refused("CAP-54"):
            rules.check_document_time_is_whole(from_on=from_on, until_on=until_on)


def test_cap_55_what_is_withdrawn_says_why() -> None:
    """CAP-55"""
    rules.check_withdrawal_says_why(why="It is of another year")
    with refused("CAP-55"):
        rules.check_withdrawal_says_why(why=" ")


def test_cap_56_a_document_is_withdrawn_once() -> None:
    """CAP-56"""
    rules.check_document_stands(stands=True)
    with refused("CAP-56"):
        rules.check_document_stands(stands=False)


def test_cap_57_a_document_can_be_read() -> None:
    """CAP-57"""
    rules.check_document_can_be_kept(is_known=True, size=1, most=2**20)
    for is_known, size in ((False, 1), (True, 2**21), (True, 0)):
        with refused("CAP-57"):
            rules.check_document_can_be_kept(is_known=is_known, size=size, most=2**20)


def test_cap_75_what_is_published_is_what_was_read() -> None:
    rules.check_what_is_published_was_read(is_same=True)
    with refused("CAP-75", saying="read it as it is now".capitalize()):
        rules.check_what_is_published_was_read(is_same=False)


def test_cap_74_what_everyone_hears_tells_no_place() -> None:
    rules.check_file_tells_no_place(is_plain=True)
    with refused("CAP-74"):
        rules.check_file_tells_no_place(is_plain=False)


def test_cap_76_what_was_found_wrong_is_stood_by_once() -> None:
    """CAP-76"""
    rules.check_it_was_found_wrong(is_found_wrong=True, is_stood_by=False)
    with refused("CAP-76", saying="Nobody found"):
        rules.check_it_was_found_wrong(is_found_wrong=False, is_stood_by=False)
    with refused("CAP-76", saying="already"):
        rules.check_it_was_found_wrong(is_found_wrong=True, is_stood_by=True)
