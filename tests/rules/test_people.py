"""PEO: what must be true of organisations and their members."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from makegood.people import rules
from makegood.people.registers import OTHER
from makegood.people.states import MOST_CLAIMS, Appointment, Kind, Role
from tests.rules.refusing import refused


def test_peo_01_an_owner_remains() -> None:
    """PEO-01"""
    rules.check_an_owner_remains(owners_left=1)
    with refused("PEO-01", saying="Make someone else owner"):
        rules.check_an_owner_remains(owners_left=0)


def test_peo_02_a_member_is_known() -> None:
    """PEO-02"""
    rules.check_a_person_is_known("Ann", email="ann@example.org")
    with refused("PEO-02", saying="ann@example.org"):
        rules.check_a_person_is_known(None, email="ann@example.org")


def test_peo_03_auditors_are_appointed() -> None:
    """PEO-03"""
    rules.check_an_operator_appoints_auditors(is_auditing=False, is_operator=False)
    rules.check_an_operator_appoints_auditors(is_auditing=True, is_operator=True)
    with refused("PEO-03", saying="Only an operator"):
        rules.check_an_operator_appoints_auditors(is_auditing=True, is_operator=False)


@pytest.mark.parametrize(
    ("scheme", "typed", "written"),
    [
        ("GB-COH", "9506232", "GB-COH-09506232"),
        ("GB-COH", "12345", "GB-COH-00012345"),
        ("GB-COH", " sc 12345 ", "GB-COH-SC012345"),
        ("GB-COH", "gb-coh-09506232", "GB-COH-09506232"),
        ("GB-COH", "ip12345r", "GB-COH-IP12345R"),
        ("GB-CHC", "1 090 095", "GB-CHC-1090095"),
        ("GB-SC", "587", "GB-SC-SC000587"),
        ("GB-SC", "sc042386", "GB-SC-SC042386"),
        ("GB-NIC", "NIC100019", "GB-NIC-100019"),
        ("GB-NHS", "rax", "GB-NHS-RAX"),
        ("GB-LAE", "ged", "GB-LAE-GED"),
        ("XI-ROR", "05ASF4E91", "XI-ROR-05asf4e91"),
        (OTHER, "gb-coh-9506232", "GB-COH-09506232"),
        (OTHER, "nl-kvk-27264198", "NL-KVK-27264198"),
        (OTHER, "CN-11-CR-91", "CN-11-CR-91"),
    ],
)
def test_peo_20_an_identifier_is_put_right(scheme: str, typed: str, written: str) -> None:
    """PEO-20"""
    found = rules.check_an_identifier_is_written_as_in_its_register(typed, scheme=scheme)
    assert str(found) == written


@pytest.mark.parametrize(
    ("scheme", "typed", "saying"),
    [
        ("GB-COH", "123456789", "not a number of Companies House. Write it like 09506232"),
        ("GB-COH", "Moor View Care", "not a number of Companies House"),
        ("GB-CHC", "12345", "like 1090095 or 279417"),
        ("GB-SC", "SCARBOROUGH", "SC042386"),
        ("GB-NIC", "900019", "100019"),
        ("GB-LAE", "G3D", "GED"),
        (OTHER, "09506232", "like NL-KVK-27264198"),
        (OTHER, "GB-COH-123456789", "like NL-KVK-27264198"),
        (OTHER, "NL-KVK-" + "1" * 60, "like NL-KVK-27264198"),
        ("bogus", "1", "like NL-KVK-27264198"),
    ],
)
def test_peo_20_an_identifier_can_be_looked_up(scheme: str, typed: str, saying: str) -> None:
    """PEO-20"""
    with refused("PEO-20", saying=saying):
        rules.check_an_identifier_is_written_as_in_its_register(typed, scheme=scheme)


def test_peo_21_an_identifier_tells_organisations_apart() -> None:
    """PEO-21"""
    rules.check_an_identifier_is_one_organisations_own(holder="", identifier="GB-NHS-RAX")
    with refused("PEO-21", saying="Harbour has GB-NHS-RAX"):
        rules.check_an_identifier_is_one_organisations_own(
            holder="Harbour", identifier="GB-NHS-RAX"
        )


def test_peo_22_an_identifier_is_given_once() -> None:
    """PEO-22"""
    rules.check_an_identifier_is_given_once(is_there=False, identifier="GB-NHS-RAX")
    with refused("PEO-22", saying="GB-NHS-RAX"):
        rules.check_an_identifier_is_given_once(is_there=True, identifier="GB-NHS-RAX")


def test_peo_23_an_area_stands() -> None:
    """PEO-23"""
    last = date(2023, 3, 31)
    rules.check_an_area_stands(name="Cumbria", until_on=None, today=date(2026, 1, 1))
    rules.check_an_area_stands(name="Cumbria", until_on=last, today=last)
    with refused("PEO-23", saying="Cumbria came to an end on 31 March 2023"):
        rules.check_an_area_stands(name="Cumbria", until_on=last, today=date(2023, 4, 1))


def test_peo_24_a_contact_can_be_reached() -> None:
    """PEO-24"""
    rules.check_a_contact_can_be_reached(email="desk@example.org", telephone="")
    rules.check_a_contact_can_be_reached(email="", telephone="01632 960 001")
    with refused("PEO-24", saying="an e-mail address or a telephone number"):
        rules.check_a_contact_can_be_reached(email="", telephone="")


def test_peo_25_an_offer_is_made_once() -> None:
    """PEO-25"""
    rules.check_an_offer_is_made_once(is_open=False, side="need")
    with refused("PEO-25", saying="You have this need already"):
        rules.check_an_offer_is_made_once(is_open=True, side="need")


def test_peo_40_nobody_leaves_an_organisation_without_an_owner() -> None:
    """PEO-40"""
    with refused("PEO-40", saying="Fell Care, Moor View Care"):
        rules.check_no_organisation_is_orphaned(owned_alone=["Moor View Care", "Fell Care"])
    rules.check_no_organisation_is_orphaned(owned_alone=[])


def test_peo_05_a_role_fits() -> None:
    """PEO-05"""
    rules.check_role_fits(Role.RECORDER, kind=Kind.PROVIDER)
    with refused("PEO-05", saying="A commissioner has no use for a recorder."):
        rules.check_role_fits(Role.RECORDER, kind=Kind.COMMISSIONER)


def test_peo_06_an_audit_ends() -> None:
    """PEO-06"""
    today = date(2026, 4, 1)
    rules.check_an_audit_ends(Role.READER, ends_on=None, today=today)
    for ends_on in (today, today + timedelta(days=366)):
        rules.check_an_audit_ends(Role.AUDITOR, ends_on=ends_on, today=today)
    for ends_on in (None, today - timedelta(days=1), today + timedelta(days=367)):
        with refused("PEO-06", saying="within a year"):
            rules.check_an_audit_ends(Role.AUDITOR, ends_on=ends_on, today=today)


def test_peo_07_a_limit_is_for_signing() -> None:
    """PEO-07"""
    rules.check_a_limit_is_for_signing(Role.READER, limit=None)
    rules.check_a_limit_is_for_signing(Role.SIGNATORY, limit=Decimal(1))
    with refused("PEO-07", saying="A reader signs nothing"):
        rules.check_a_limit_is_for_signing(Role.READER, limit=Decimal(1))
    with refused("PEO-07", saying="above £0"):
        rules.check_a_limit_is_for_signing(Role.OWNER, limit=Decimal(0))


def test_peo_08_an_invitation_runs_out() -> None:
    """PEO-08"""
    now = datetime(2026, 4, 1, tzinfo=UTC)
    rules.check_invitation_is_fresh(expires_at=now, now=now)
    with refused("PEO-08", saying="send it again"):
        rules.check_invitation_is_fresh(expires_at=now, now=now + timedelta(seconds=1))


def test_peo_09_a_successor_is_at_hand() -> None:
    """PEO-09"""
    rules.check_successor_belongs(belongs=True, is_oneself=False)
    for belongs, is_oneself in ((False, False), (True, True)):
        with refused("PEO-09", saying="another member"):
            rules.check_successor_belongs(belongs=belongs, is_oneself=is_oneself)


def test_peo_26_a_share_can_be_counted() -> None:
    """PEO-26"""
    rules.check_a_share_can_be_counted(words="the board", people=8, disabled=8, may_be_nobody=False)
    rules.check_a_share_can_be_counted(words="the staff", people=0, disabled=0, may_be_nobody=True)
    with refused("PEO-26", saying="9 cannot be disabled people: there are 8"):
        rules.check_a_share_can_be_counted(
            words="the staff", people=8, disabled=9, may_be_nobody=True
        )
    with refused("PEO-26", saying="There is at least one"):
        rules.check_a_share_can_be_counted(
            words="the board", people=0, disabled=0, may_be_nobody=False
        )


def test_peo_27_a_share_is_evidenced() -> None:
    """PEO-27"""
    rules.check_a_share_is_evidenced(words="the staff", people=0, evidence="")
    rules.check_a_share_is_evidenced(words="the staff", people=3, evidence="asked")
    with refused("PEO-27", saying="how many of the staff"):
        rules.check_a_share_is_evidenced(words="the staff", people=3, evidence=" ")


def test_peo_28_working_towards_has_its_day() -> None:
    """PEO-28"""
    today = date(2026, 5, 1)
    for day in (None, date(2026, 5, 2)):
        rules.check_a_share_is_reached_on_a_day_to_come(
            words="the staff", towards_on=day, today=today
        )
    with refused("PEO-28", saying="The day for the staff is past"):
        rules.check_a_share_is_reached_on_a_day_to_come(
            words="the staff", towards_on=today, today=today
        )


def test_peo_29_a_dpulo_is_led_by_disabled_people() -> None:
    """PEO-29"""
    rules.check_enough_of_them_are_disabled_people(short=[])
    with refused("PEO-29", saying="Of the board too few."):
        rules.check_enough_of_them_are_disabled_people(short=["Of the board too few."])


def test_peo_50_a_claim_is_made_once() -> None:
    """PEO-50"""
    rules.check_a_claim_is_made_once(is_open=False, is_owner=False, organisation="Hill Care")
    with refused("PEO-50", saying="waits already"):
        rules.check_a_claim_is_made_once(is_open=True, is_owner=False, organisation="Hill Care")
    with refused("PEO-50", saying="an owner of Hill Care already"):
        rules.check_a_claim_is_made_once(is_open=False, is_owner=True, organisation="Hill Care")


def test_peo_51_a_claim_shows_something() -> None:
    """PEO-51"""
    rules.check_a_claim_shows_something(domain="hill.example.org", link="", words="")
    rules.check_a_claim_shows_something(domain="", link="https://register.example.org", words="")
    rules.check_a_claim_shows_something(domain="", link="", words="Ring our front desk")
    with refused("PEO-51", saying="how you can be known"):
        rules.check_a_claim_shows_something(domain="", link="", words=" ")


def test_peo_52_few_claims_wait() -> None:
    """PEO-52"""
    rules.check_few_claims_wait(waiting=MOST_CLAIMS - 1)
    with refused("PEO-52", saying="Take one back"):
        rules.check_few_claims_wait(waiting=MOST_CLAIMS)


def test_peo_53_nobody_decides_on_their_own_claim() -> None:
    """PEO-53"""
    rules.check_nobody_decides_on_their_own_claim(is_own=False)
    with refused("PEO-53", saying="Somebody else"):
        rules.check_nobody_decides_on_their_own_claim(is_own=True)


def test_peo_54_a_decision_on_a_claim_has_a_reason() -> None:
    """PEO-54"""
    rules.check_a_decision_on_a_claim_has_a_reason("The register names her.")
    with refused("PEO-54", saying="Say why"):
        rules.check_a_decision_on_a_claim_has_a_reason(" ")


def test_peo_55_trust_is_given() -> None:
    """PEO-55"""
    rules.check_an_operator_entrusts(is_operator=True, kind=Kind.SUPPORT_UNIT)
    with refused("PEO-55", saying="Only an operator"):
        rules.check_an_operator_entrusts(is_operator=False, kind=Kind.SUPPORT_UNIT)
    with refused("PEO-55", saying="Only a support unit"):
        rules.check_an_operator_entrusts(is_operator=True, kind=Kind.PROVIDER)


def test_peo_60_a_closing_is_not_foretold() -> None:
    """PEO-60"""
    today = date(2026, 4, 1)
    rules.check_a_closing_day_is_not_to_come(closed_on=today, today=today)
    with refused("PEO-60", saying="to come"):
        rules.check_a_closing_day_is_not_to_come(closed_on=date(2026, 4, 2), today=today)


def test_peo_61_a_closing_has_a_reason() -> None:
    """PEO-61"""
    rules.check_a_closing_has_a_reason("Its work went to another.")
    with refused("PEO-61", saying="Say why"):
        rules.check_a_closing_has_a_reason(" ")


def test_peo_62_nobody_closes_in_mid_contract() -> None:
    """PEO-62"""
    rules.check_nothing_needs_it(still=[], organisation="Hill Care")
    with refused("PEO-62", saying="Hill Care is still needed: contract C-1 is in force."):
        rules.check_nothing_needs_it(still=["contract C-1 is in force"], organisation="Hill Care")


def test_peo_63_operators_reopen() -> None:
    """PEO-63"""
    rules.check_an_operator_reopens(is_operator=True)
    with refused("PEO-63", saying="Only an operator"):
        rules.check_an_operator_reopens(is_operator=False)


def test_peo_64_an_organisation_closes_once() -> None:
    """PEO-64"""
    rules.check_it_closes_once(closed_on=None, organisation="Hill Care")
    with refused("PEO-64", saying="Hill Care closed on 1 April 2026 already"):
        rules.check_it_closes_once(closed_on=date(2026, 4, 1), organisation="Hill Care")


def test_peo_65_nobody_follows_themselves() -> None:
    """PEO-65"""
    rules.check_nobody_follows_themselves(is_same=False)
    with refused("PEO-65", saying="Name another"):
        rules.check_nobody_follows_themselves(is_same=True)


def test_peo_66_succession_runs_one_way() -> None:
    """PEO-66"""
    names = {"predecessor": "Hill Care", "successor": "Dale Care"}
    rules.check_succession_runs_one_way(leads_back=False, **names)
    with refused("PEO-66", saying="Hill Care follows Dale Care"):
        rules.check_succession_runs_one_way(leads_back=True, **names)


def test_peo_67_a_succession_is_said_once() -> None:
    """PEO-67"""
    names = {"predecessor": "Hill Care", "successor": "Dale Care"}
    rules.check_a_succession_is_said_once(is_said=False, **names)
    with refused("PEO-67", saying="Dale Care follows Hill Care is said already"):
        rules.check_a_succession_is_said_once(is_said=True, **names)


def test_peo_68_a_succession_has_a_reason() -> None:
    """PEO-68"""
    rules.check_a_succession_has_a_reason("They merged.")
    with refused("PEO-68", saying="how it came about"):
        rules.check_a_succession_has_a_reason(" ")


def test_peo_69_a_succession_is_not_foretold() -> None:
    """PEO-69"""
    today = date(2026, 4, 1)
    rules.check_a_succession_is_not_foretold(since_on=today, today=today)
    with refused("PEO-69", saying="to come"):
        rules.check_a_succession_is_not_foretold(since_on=date(2026, 4, 2), today=today)


def test_peo_70_whoever_decides_stands_outside() -> None:
    """PEO-70"""
    rules.check_whoever_decides_stands_outside(own=None)
    with refused("PEO-70", saying="You belong to Hill Care"):
        rules.check_whoever_decides_stands_outside(own="Hill Care")


def test_peo_71_one_merges_into_another() -> None:
    """PEO-71"""
    rules.check_one_merges_into_another(is_same=False)
    with refused("PEO-71", saying="Name the other one"):
        rules.check_one_merges_into_another(is_same=True)


def test_peo_72_both_are_of_one_kind() -> None:
    """PEO-72"""
    rules.check_both_are_of_one_kind(goes=Kind.PROVIDER, stays=Kind.PROVIDER)
    with refused("PEO-72", saying="One is a support unit, the other a provider"):
        rules.check_both_are_of_one_kind(goes=Kind.SUPPORT_UNIT, stays=Kind.PROVIDER)


def test_peo_73_it_merges_once() -> None:
    """PEO-73"""
    rules.check_it_merges_once(merged_into=None, organisation="Hill Care")
    with refused("PEO-73", saying="Hill Care was merged into Dale Care already"):
        rules.check_it_merges_once(merged_into="Dale Care", organisation="Hill Care")


def test_peo_74_what_stays_is_open() -> None:
    """PEO-74"""
    for stays_closed, goes_closed in ((False, False), (False, True), (True, True)):
        rules.check_what_stays_is_open(
            stays_closed=stays_closed, goes_closed=goes_closed, stays="Dale Care"
        )
    with refused("PEO-74", saying="Dale Care closed"):
        rules.check_what_stays_is_open(stays_closed=True, goes_closed=False, stays="Dale Care")


def test_peo_75_nothing_open_stands_in_its_name() -> None:
    """PEO-75"""
    rules.check_nothing_open_stands_in_its_name(still=[], organisation="Hill Care")
    with refused("PEO-75", saying="Hill Care cannot go yet: need N-1 is open; need N-2 is open."):
        rules.check_nothing_open_stands_in_its_name(
            still=["need N-1 is open", "need N-2 is open"], organisation="Hill Care"
        )


def test_peo_76_a_merging_has_a_reason() -> None:
    """PEO-76"""
    rules.check_a_merging_has_a_reason("They share a number.")
    with refused("PEO-76", saying="Say how you know"):
        rules.check_a_merging_has_a_reason(" ")


def test_peo_36_two_that_stay_two_have_a_reason() -> None:
    """PEO-36"""
    rules.check_two_that_stay_two_have_a_reason("Each has its own number.")
    with refused("PEO-36", saying="Say why they are two"):
        rules.check_two_that_stay_two_have_a_reason(" ")


def test_peo_77_what_was_merged_stays_merged() -> None:
    """PEO-77"""
    rules.check_what_was_merged_stays_merged(merged_into=None, organisation="Hill Care")
    with refused("PEO-77", saying="Hill Care is one with Dale Care now"):
        rules.check_what_was_merged_stays_merged(merged_into="Dale Care", organisation="Hill Care")


def test_peo_93_what_stays_is_as_far() -> None:
    """PEO-93"""
    for goes, stays in ((False, False), (True, False), (True, True)):
        rules.check_what_stays_is_as_far(
            goes_in_formation=goes, stays_in_formation=stays, stays="Hill Care"
        )
    with refused("PEO-93", saying="Hill Care is still in formation"):
        rules.check_what_stays_is_as_far(
            goes_in_formation=False, stays_in_formation=True, stays="Hill Care"
        )


def test_peo_94_an_undoing_has_a_reason() -> None:
    """PEO-94"""
    rules.check_an_undoing_has_a_reason("Another one was meant.")
    with refused("PEO-94", saying="Say why it is not so"):
        rules.check_an_undoing_has_a_reason(" ")


def test_peo_96_a_last_day_is_to_come() -> None:
    """PEO-96"""
    today = date(2026, 11, 22)
    for day in (None, today, today + timedelta(days=1)):
        rules.check_a_last_day_is_to_come(day, today=today)
    with refused("PEO-96", saying="21 November 2026 has passed"):
        rules.check_a_last_day_is_to_come(today - timedelta(days=1), today=today)


def test_peo_37_no_role_grows_by_the_way() -> None:
    """PEO-37"""
    assert rules.check_one_role_is_all_of_both(1, role=Role.SIGNATORY, person="Bob") == 1
    with refused("PEO-37", saying="Bob is signatory already"):
        rules.check_one_role_is_all_of_both(None, role=Role.SIGNATORY, person="Bob")


def test_peo_37_what_is_for_as_much_and_as_long_covers_another() -> None:
    """PEO-37"""
    little, much, soon, late = Decimal(5), Decimal(9), date(2026, 11, 22), date(2027, 11, 22)
    for mine, theirs, covers in (
        ((None, None), (much, late), True),
        ((much, late), (little, soon), True),
        ((much, late), (much, late), True),
        ((little, late), (much, late), False),
        ((much, late), (None, late), False),
        ((much, soon), (much, late), False),
        ((much, late), (little, None), False),
    ):
        one, other = (
            Appointment(role=Role.SIGNATORY, signing_limit=limit, ends_on=until)
            for limit, until in (mine, theirs)
        )
        assert one.covers(other) is covers


def test_peo_38_a_role_that_changes_is_held() -> None:
    """PEO-38"""
    rules.check_a_role_that_changes_is_held(has_ended=False, role=Role.READER)
    with refused("PEO-38", saying="no longer reader"):
        rules.check_a_role_that_changes_is_held(has_ended=True, role=Role.READER)


def test_an_operator_lets_people_in_again() -> None:
    """PEO-97"""
    rules.check_an_operator_lets_in_again(is_operator=True)
    with refused("PEO-97", saying="Only an operator"):
        rules.check_an_operator_lets_in_again(is_operator=False)


def test_an_address_is_one_persons() -> None:
    """PEO-98"""
    rules.check_an_address_is_one_persons(is_anothers=False)
    with refused("PEO-98", saying="Somebody else"):
        rules.check_an_address_is_one_persons(is_anothers=True)


def test_peo_99_what_moved_is_done_where_it_went() -> None:
    """PEO-99"""
    rules.check_it_stands_where_it_stood(was_moved=False)
    with refused("PEO-99", saying="Open it there"):
        rules.check_it_stands_where_it_stood(was_moved=True)


def test_peo_43_one_of_the_same_name_is_another_one() -> None:
    """PEO-43"""
    rules.check_one_of_the_same_name_is_another([], is_another=False)
    rules.check_one_of_the_same_name_is_another(["Fell Care"], is_another=True)
    with refused("PEO-43", saying="Fell Care may be it already."):
        rules.check_one_of_the_same_name_is_another(["Fell Care"], is_another=False)
