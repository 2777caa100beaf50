"""CON: what must be true of decisions, contracts and commitments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.contract import rules
from tests.rules.refusing import refused

references = st.sets(st.integers(1, 12).map("P-7K3M-{:02d}".format), max_size=8)


@given(references, references)
def test_con_01_no_promise_is_lost(promised: set[str], disposed: set[str]) -> None:
    """CON-01"""
    lost = promised - disposed
    if not lost:
        rules.check_no_promise_is_lost(promised=promised, disposed=disposed)
        return
    with pytest.raises(rules.RuleBroken) as caught:
        rules.check_no_promise_is_lost(promised=promised, disposed=disposed)
    assert caught.value.number == "CON-01"
    assert all(reference in caught.value.sentence for reference in lost)


@given(references)
def test_con_01_every_disposition_may_be_there(promised: set[str]) -> None:
    rules.check_no_promise_is_lost(promised=promised, disposed=promised)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_con_02_a_difference_has_its_reason(reason: str) -> None:
    """CON-02"""
    with refused("CON-02", saying="Give the reason"):
        rules.check_difference_has_a_reason(is_as_promised=False, reason=reason)
    rules.check_difference_has_a_reason(is_as_promised=True, reason=reason)
    rules.check_difference_has_a_reason(is_as_promised=False, reason="Too dear")


def test_con_03_what_was_signed_stays_signed() -> None:
    """CON-03"""
    rules.check_contract_is_a_draft(is_draft=True)
    with refused("CON-03", saying="stay as they are"):
        rules.check_contract_is_a_draft(is_draft=False)


@pytest.mark.parametrize("side", ["provider", "commissioner"])
def test_con_04_each_side_signs_once(side: str) -> None:
    """CON-04"""
    other = {"provider", "commissioner"} - {side}
    rules.check_each_side_signs_once(signed=(), side=side)
    rules.check_each_side_signs_once(signed=other, side=side)
    with refused("CON-04", saying=side):
        rules.check_each_side_signs_once(signed={side}, side=side)


def test_con_05_an_assessor_is_not_a_party() -> None:
    """CON-05"""
    rules.check_assessor_is_not_a_party(assessor=3, parties={1, 2})
    for party in (1, 2):
        with refused("CON-05"):
            rules.check_assessor_is_not_a_party(assessor=party, parties={1, 2})


def test_con_06_a_decision_has_its_reasons() -> None:
    """CON-06"""
    rules.check_decision_has_reasons(reasons="It answers the need")
    with refused("CON-06"):
        rules.check_decision_has_reasons(reasons=" ")


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(0, 4000))
def test_con_07_and_con_08_time_runs_forward(starts: date, days: int) -> None:
    """CON-07, CON-08"""
    later = starts + timedelta(days=days + 1)
    rules.check_contract_ends_after_it_starts(starts_on=starts, ends_on=later)
    rules.check_commitment_is_due_after_it_starts(starts_on=starts, due_on=later)
    for end in (starts, starts - timedelta(days=1)):
        with refused("CON-07"):
            rules.check_contract_ends_after_it_starts(starts_on=starts, ends_on=end)
        with refused("CON-08"):
            rules.check_commitment_is_due_after_it_starts(starts_on=starts, due_on=end)


@pytest.mark.parametrize(
    ("has_measure", "baseline", "target"),
    [(False, 5.0, 4.0), (True, None, 4.0), (True, 5.0, None)],
)
def test_con_09_a_commitment_in_numbers_lacks_nothing(
    has_measure: bool, baseline: float | None, target: float | None
) -> None:
    """CON-09"""
    terms = {"has_measure": has_measure, "baseline": baseline, "target": target}
    with refused("CON-09"):
        rules.check_commitment_in_numbers_can_be_measured(in_numbers=True, **terms)
    rules.check_commitment_in_numbers_can_be_measured(in_numbers=False, **terms)


def test_con_10_changed_means_changed() -> None:
    """CON-10"""
    rules.check_changed_commitment_differs(differs=True)
    with refused("CON-10", saying="as promised"):
        rules.check_changed_commitment_differs(differs=False)


def test_con_11_a_contract_follows_an_approval() -> None:
    """CON-11"""
    rules.check_proposal_is_approved(is_approved=True)
    with refused("CON-11", saying="Approve the proposal"):
        rules.check_proposal_is_approved(is_approved=False)


def test_con_12_a_contract_settles_its_own_promises() -> None:
    """CON-12"""
    rules.check_promise_is_of_the_contract(proposal=7, contracted=7)
    with refused("CON-12"):
        rules.check_promise_is_of_the_contract(proposal=7, contracted=8)


def test_as_promised_means_as_promised() -> None:
    """CON-13"""
    rules.check_as_promised_is_as_promised(differs=False)
    with refused("CON-13", saying="changed"):
        rules.check_as_promised_is_as_promised(differs=True)


def test_a_commitment_is_due_while_its_contract_runs() -> None:
    """CON-14"""
    end = date(2025, 3, 31)
    rules.check_commitment_is_due_within_its_contract(due_on=end, ends_on=end)
    with refused("CON-14", saying="31 March 2025"):
        rules.check_commitment_is_due_within_its_contract(due_on=date(2025, 4, 1), ends_on=end)


def test_one_signs_what_one_has_read() -> None:
    """CON-15"""
    rules.check_terms_are_those_read({"a"}, terms="a")
    with refused("CON-15", saying="Read them again"):
        rules.check_terms_are_those_read({"a", "b"}, terms="a")


def test_nobody_signs_for_both_sides() -> None:
    """CON-16"""
    rules.check_one_person_signs_for_one_side(has_signed=False)
    with refused("CON-16"):
        rules.check_one_person_signs_for_one_side(has_signed=True)


def test_a_proposal_has_one_contract() -> None:
    """CON-17"""
    rules.check_proposal_is_contracted_once(exists=False)
    with refused("CON-17"):
        rules.check_proposal_is_contracted_once(exists=True)


def test_nobody_is_their_own_comparator() -> None:
    """CON-18"""
    rules.check_nobody_is_their_own_comparator(own=False)
    with refused("CON-18"):
        rules.check_nobody_is_their_own_comparator(own=True)


def test_con_19_one_signs_within_ones_limit() -> None:
    """CON-19"""
    rules.check_signature_is_within_limit(limit=None, value=None)
    rules.check_signature_is_within_limit(limit=Decimal(100), value=Decimal(100))
    with refused("CON-19", saying="up to £100; this one is for £100.01"):
        rules.check_signature_is_within_limit(limit=Decimal(100), value=Decimal("100.01"))
    with refused("CON-19", saying="has no value written in it"):
        rules.check_signature_is_within_limit(limit=Decimal(100), value=None)


def test_con_20_nobody_signs_before_it_exists() -> None:
    """CON-20"""
    rules.check_parties_exist_in_law(in_formation=[])
    with refused("CON-20", saying="The New Ones is not registered in law"):
        rules.check_parties_exist_in_law(in_formation=["The New Ones"])


def test_con_21_a_contract_binds_who_is_there() -> None:
    """CON-21"""
    rules.check_nobody_it_binds_closed(closed=[])
    with refused("CON-21", saying="Hill Care and Dale Care closed"):
        rules.check_nobody_it_binds_closed(closed=["Hill Care", "Dale Care"])


def test_con_50_what_is_withheld_has_its_reason() -> None:
    """CON-50"""
    rules.check_withholding_has_a_reason(reason="The next tender is open")
    with refused("CON-50", saying="Give the reason"):
        rules.check_withholding_has_a_reason(reason="  ")


@pytest.mark.parametrize("until_on", [date(2026, 3, 2), date(2031, 3, 1)])
def test_con_51_a_withholding_ends_on_a_day_to_come(until_on: date) -> None:
    """CON-51"""
    rules.check_withholding_ends(until_on, today=date(2026, 3, 1), most_years=5)


@pytest.mark.parametrize(
    ("until_on", "saying"),
    [
        (date(2026, 3, 1), "a day to come"),
        (date(2020, 1, 1), "a day to come"),
        (date(2031, 3, 2), "at most 5 years"),
    ],
)
def test_con_51_nothing_is_withheld_for_good(until_on: date, saying: str) -> None:
    """CON-51"""
    with refused("CON-51", saying=saying):
        rules.check_withholding_ends(until_on, today=date(2026, 3, 1), most_years=5)


def test_con_52_a_part_is_withheld_once() -> None:
    """CON-52"""
    rules.check_part_is_withheld_once(is_withheld=False)
    with refused("CON-52", saying="withheld already"):
        rules.check_part_is_withheld_once(is_withheld=True)


names = st.text(
    st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=12
)


@given(names, names, st.booleans())
def test_con_22_another_name_signs(first: str, last: str, is_loud: bool) -> None:
    """CON-22"""
    written = f" {first}   {last} ".upper() if is_loud else f"{first} {last}"
    other = f"{first} {last}".upper() if is_loud else f"  {first} {last}"
    with refused("CON-22", saying="signed for the other side"):
        rules.check_another_name_signs(written, others=["Ann Other", other])
    rules.check_another_name_signs(f"{first} {last} junior", others=[other])


def test_con_23_a_paper_was_signed_before() -> None:
    """CON-23"""
    today = date(2026, 5, 1)
    rules.check_paper_was_signed_before(today, today=today)
    with refused("CON-23", saying="to come"):
        rules.check_paper_was_signed_before(today + timedelta(days=1), today=today)


def test_con_24_a_scan_is_a_pdf_or_a_picture() -> None:
    """CON-24"""
    rules.check_scan_can_be_kept(is_known=True, is_empty=False)
    with refused("CON-24", saying="PDF, PNG or JPEG"):
        rules.check_scan_can_be_kept(is_known=False, is_empty=False)
    with refused("CON-24", saying="empty"):
        rules.check_scan_can_be_kept(is_known=False, is_empty=True)


@pytest.mark.parametrize(
    ("name", "role"), [("", "Chair"), (" ", "Chair"), ("Pat", ""), ("Pat", " ")]
)
def test_con_25_a_paper_says_who_signed(name: str, role: str) -> None:
    """CON-25"""
    rules.check_paper_says_who_signed(name="Pat", role="Chair")
    with refused("CON-25", saying="who signed"):
        rules.check_paper_says_who_signed(name=name, role=role)


def test_con_26_who_signed_stands_until_the_other_side_signed() -> None:
    """CON-26"""
    rules.check_signature_is_not_awaited(is_awaited=False)
    with refused("CON-26", saying="Wait until both sides have signed"):
        rules.check_signature_is_not_awaited(is_awaited=True)


def test_con_27_options_to_extend_are_whole() -> None:
    """CON-27"""
    rules.check_options_to_extend_are_whole(extensions=None, months=None)
    rules.check_options_to_extend_are_whole(extensions=2, months=12)
    for extensions, months in ((1, None), (None, 12)):
        with refused("CON-27", saying="how many months each"):
            rules.check_options_to_extend_are_whole(extensions=extensions, months=months)
    with refused("CON-27", saying="leave both empty"):
        rules.check_options_to_extend_are_whole(extensions=0, months=12)
    with refused("CON-27", saying="120 months"):
        rules.check_options_to_extend_are_whole(extensions=11, months=11)


def test_con_28_notice_is_whole() -> None:
    """CON-28"""
    rules.check_notice_is_whole(months=None, by="", runs_months=12)
    rules.check_notice_is_whole(months=6, by="either side", runs_months=12)
    for months, by in ((6, ""), (None, "either side")):
        with refused("CON-28", saying="who may give it"):
            rules.check_notice_is_whole(months=months, by=by, runs_months=12)
    with refused("CON-28", saying="leave both empty"):
        rules.check_notice_is_whole(months=0, by="either side", runs_months=12)
    with refused("CON-28", saying="longer than the contract"):
        rules.check_notice_is_whole(months=13, by="either side", runs_months=12)


def test_con_29_a_contract_is_told_one_way() -> None:
    """CON-29"""
    rules.check_contract_is_told_one_way(differing=[])
    with refused("CON-29", saying="title and value"):
        rules.check_contract_is_told_one_way(differing=["title", "value"])


def test_con_30_a_dispute_says_why() -> None:
    """CON-30"""
    rules.check_dispute_says_why(is_disputed=False, words="")
    rules.check_dispute_says_why(is_disputed=True, words="The target was 5")
    with refused("CON-30", saying="what is wrong"):
        rules.check_dispute_says_why(is_disputed=True, words=" ")


def test_con_31_what_was_made_here_is_not_confirmed() -> None:
    """CON-31"""
    rules.check_it_was_brought_in(is_brought_in=True)
    with refused("CON-31", saying="made here"):
        rules.check_it_was_brought_in(is_brought_in=False)


def test_con_32_a_decision_was_made() -> None:
    """CON-32"""
    today = date(2026, 5, 1)
    rules.check_decision_was_made(today, today=today)
    with refused("CON-32", saying="to come"):
        rules.check_decision_was_made(today + timedelta(days=1), today=today)


def test_con_33_a_measure_is_known() -> None:
    """CON-33"""
    rules.check_measure_is_known(is_known=True, measure="Falls")
    with refused("CON-33", saying="no measure of the library"):
        rules.check_measure_is_known(is_known=False, measure="Fals")


def test_one_records_the_paper_of_one_side() -> None:
    rules.check_one_records_the_paper_of_one_side(has_recorded=False)
    with refused("CON-35"):
        rules.check_one_records_the_paper_of_one_side(has_recorded=True)
