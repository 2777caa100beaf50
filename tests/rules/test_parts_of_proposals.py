"""Parts of a proposal: nothing is written over unseen, sent half done, or sent unread."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from makegood.articulate import rules
from makegood.articulate.differences import Change, changed, compared
from makegood.articulate.parts import (
    PARTS,
    Line,
    empty,
    grids_of,
    lines_of,
    missing_in,
    piece_of,
    row_asked,
    total,
    with_piece,
)
from makegood.articulate.states import CASE, OptionKind, ProposalPart
from tests.rules.refusing import refused

TODAY, DAY = date(2026, 4, 1), timedelta(days=1)
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def test_nobodys_words_are_written_over_unseen() -> None:
    rules.check_nobody_wrote_meanwhile(is_as_read=True)
    with refused("ART-40"):
        rules.check_nobody_wrote_meanwhile(is_as_read=False)


def test_a_part_that_is_done_says_all_it_should() -> None:
    rules.check_done_part_is_whole(missing=[])
    with refused("ART-41", saying="“A”; “B”; “C”, and 2 more"):
        rules.check_done_part_is_whole(missing=["A", "B", "C", "D", "E"])


def test_no_part_is_sent_half_done() -> None:
    rules.check_no_part_is_half_done(begun=[])
    with refused("ART-42", saying="What could go wrong"):
        rules.check_no_part_is_half_done(begun=["What could go wrong"])


def test_a_proposal_says_what_it_would_do() -> None:
    rules.check_proposal_says_what_it_would_do(summary="A team of ten")
    with refused("ART-43"):
        rules.check_proposal_says_what_it_would_do(summary=" \n")


def test_what_is_sent_was_read() -> None:
    rules.check_what_is_sent_was_read(is_as_read=True)
    with refused("ART-44"):
        rules.check_what_is_sent_was_read(is_as_read=False)


def test_a_file_can_be_opened_by_everyone() -> None:
    rules.check_file_can_be_kept(is_known=True, size=10, most=10)
    with refused("ART-45"):
        rules.check_file_can_be_kept(is_known=False, size=10, most=10)
    with refused("ART-45"):
        rules.check_file_can_be_kept(is_known=True, size=11, most=10)


def test_a_file_says_in_words_what_it_shows() -> None:
    rules.check_file_is_described(title="Rota", description="Two people a shift")
    for title, description in (("", "x"), ("Rota", " ")):
        with refused("ART-46"):
            rules.check_file_is_described(title=title, description=description)


def test_files_are_few() -> None:
    rules.check_files_are_few(held=9, most=10)
    with refused("ART-47"):
        rules.check_files_are_few(held=10, most=10)


def test_a_clarification_asks_something_and_gives_time() -> None:
    for day in (None, TODAY + timedelta(days=1)):
        rules.check_clarification_asks_something(question="Why?", answer_by_on=day, today=TODAY)
    for question, day in ((" ", None), ("Why?", TODAY)):
        with refused("ART-48"):
            rules.check_clarification_asks_something(
                question=question, answer_by_on=day, today=TODAY
            )


def test_an_answer_says_something() -> None:
    rules.check_clarification_is_answered(answer="Because")
    with refused("ART-49"):
        rules.check_clarification_is_answered(answer="  ")


def test_only_what_waits_for_a_decision_is_clarified() -> None:
    rules.check_proposal_waits_for_its_decision(is_proposed=True)
    with refused("ART-50"):
        rules.check_proposal_waits_for_its_decision(is_proposed=False)


def test_an_invitation_to_write_is_taken_up_in_time() -> None:
    stands = {"is_ended": False, "is_draft": True, "expires_at": NOW + DAY, "now": NOW}
    rules.check_invitation_to_write_is_open(**stands)
    for wrong in ({"is_ended": True}, {"is_draft": False}, {"expires_at": NOW}):
        with refused("ART-51"):
            rules.check_invitation_to_write_is_open(**stands | wrong)


def test_who_writes_no_more_stays_out() -> None:
    rules.check_writing_has_not_ended(is_ended=False)
    with refused("ART-52"):
        rules.check_writing_has_not_ended(is_ended=True)


OPTIONS = {
    "answers": {"criterion_1": "Good", "criterion_3": "Cheap"},
    "rows": [
        {"kind": "nothing", "name": "Do nothing", "cost": "0.00", "score_1": "0", "score_3": "5"},
        {"kind": "this", "name": "This proposal", "cost": "90000.00", "score_1": "5"},
    ],
}
COSTS = {
    "answers": {"begins": "April 2027", "price_1": "900.00", "price_2": "950.50"},
    "rows": [
        {"what": "Staff", "year_1": "600.10", "year_2": "700.00"},
        {"what": "Rooms", "year_1": "299.90"},
    ],
}


def test_every_part_of_the_case_is_asked_and_begins_unanswered() -> None:
    assert tuple(PARTS) == CASE
    assert all(missing_in(part, empty(part)) for part in CASE)
    kinds = [row["kind"] for row in empty(ProposalPart.OPTIONS)["rows"]]
    assert kinds == [OptionKind.NOTHING, OptionKind.ALTERNATIVE, OptionKind.THIS]


def test_scores_are_added_only_where_all_are_there_and_no_option_is_named_the_winner() -> None:
    assert total(OPTIONS["rows"][0], content=OPTIONS) == 5
    assert total(OPTIONS["rows"][1], content=OPTIONS) is None
    [grid] = grids_of(ProposalPart.OPTIONS, OPTIONS)
    assert grid.head == ["Option", "Costs a year", "Good", "Cheap", "Added up"]
    assert grid.rows == [
        ["Do nothing", "£0", "0", "5", "5 of 10"],
        ["This proposal", "£90,000", "5", "not scored", "not all scored"],
    ]


def test_a_score_is_asked_with_its_reason_by_each_criterion() -> None:
    names = [asked.name for asked in row_asked(ProposalPart.OPTIONS, OPTIONS)]
    assert names[-4:] == ["score_1", "reason_1", "score_3", "reason_3"]
    assert "This proposal: Cheap: score" in missing_in(ProposalPart.OPTIONS, OPTIONS)


def test_costs_add_up_to_the_penny_and_stand_beside_the_price() -> None:
    [grid] = grids_of(ProposalPart.COSTS, COSTS)
    assert grid.rows[-2:] == [
        ["All costs", "£900", "£700", "£1,600"],
        ["Price to the commissioner", "£900", "£950.50", "£1,850.50"],
    ]
    assert missing_in(ProposalPart.COSTS, COSTS) == []


def test_a_main_motive_is_one_of_those_chosen() -> None:
    part, content = ProposalPart.MOTIVES, {"answers": {"motives": ["autonomy"]}, "rows": []}
    assert missing_in(part, content) == []
    content["answers"]["main"] = "new money"
    assert missing_in(part, content) == ["which matters most, of those you chose"]


def test_a_page_changes_its_own_piece_and_no_other() -> None:
    row = {"kind": "this", "name": "This proposal", "cost": "1.00"}
    changed_one = with_piece(OPTIONS, {"row": row}, 2)
    assert changed_one["rows"] == [OPTIONS["rows"][0], row]
    assert changed_one["answers"] == OPTIONS["answers"]
    assert with_piece(OPTIONS, {"row": {}}, 2)["rows"] == OPTIONS["rows"][:1]
    assert piece_of(OPTIONS, 3) == {"row": {}}
    assert with_piece(OPTIONS, {"answers": {}}, "answers")["rows"] == OPTIONS["rows"]


def test_what_is_not_answered_is_not_read_out() -> None:
    lines = lines_of(ProposalPart.COSTS, COSTS)
    assert all(line.text for line in lines)
    assert ("Line 2", "Year 1", "£299.90") in [(a.group, a.label, a.text) for a in lines]


def test_two_versions_are_compared_word_by_word() -> None:
    old = [line("A", "We visit twice a week"), line("B", "Gone"), line("D", "Same")]
    new = [line("A", "We visit every day of the week"), line("C", "Come"), line("D", "Same")]
    found = {each.label: each for each in compared(old, new)}
    assert {label: each.change for label, each in found.items()} == {
        "A": Change.CHANGED, "B": Change.LEFT_OUT, "C": Change.ADDED, "D": Change.SAME,
    }  # fmt: skip
    assert "".join(run.text for run in found["A"].before) == "We visit twice a week"
    assert "".join(run.text for run in found["A"].after) == "We visit every day of the week"
    assert [run.text for run in found["A"].before if run.change == Change.LEFT_OUT] == ["twice a "]
    assert [each.label for each in changed(old, new)] == ["A", "C", "B"]


def line(label: str, text: str) -> Line:
    return Line(group="", label=label, text=text)
