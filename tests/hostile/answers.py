"""What forms are sent with besides hostile words: days, choices and addresses that their rules ask for."""

from __future__ import annotations

import re
from typing import Any

from tests.factories import building, varying

SECRET_WORD = "a long enough sentence"
PUBLISHED = {"source_url": "https://www.example.org/a", "published": "2024-03"}
EVIDENCE = {"evidence_level": "", "evidence_url": "https://www.example.org/b", "told_least": "5"}


def _on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    parts = {"day": day, "month": month, "year": year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


SINCE = {"uses_option": None, "rests_from_on": "", "rests_until_on": ""}
ANSWERS: dict[str, dict[str, Any]] = {
    "add_promise": EVIDENCE,
    "revise_promise": EVIDENCE,
    "work_out_power": {
        "history": "typed",
        "figures": building.as_typed(building.figures()),
        "file": None,
    },
    "account_signup": {"password1": SECRET_WORD, "password2": SECRET_WORD},
    "add_document": _on("from_on", 1, 4, 2024) | _on("until_on", 30, 6, 2024),
    "add_contact": {"telephone": "01632 960 002"},
    "add_identifier": {"value": "SC123456"},
    "ask_for_call": {"reach": "01632 960 003"},
    "bring_in": {"text": ""},
    "bring_in_by_form": {"text": "", "contracted_due_on": ""}
    | {"starts_on": "1/4/2024", "ends_on": "1/4/2027"}
    | {"decided_on": "1/3/2024", "due_on": "1/4/2025"},
    "capture": {"why_none": ""},
    "claim_organisation": {"link": "https://www.example.org"},
    "contracts": {"commissioner": "", "provider": "", "programme": ""},
    "correct_figure": {"value": "3.25"},
    "stand_by_figure": {},
    "define_measure": {"lowest": "0", "highest": "100"} | PUBLISHED,
    "measures": {"topic": "", "kind": "", "better": "", "frequency": "", "made": ""},
    "revise_measure": {"lowest": "0", "highest": "100"} | PUBLISHED,
    "add_commitment": {"how_known": "stories", "measure": ""},
    "set_criteria": {f"weight_{at}": "13" if at <= 4 else "12" for at in range(1, 9)},
    "intend_decision": {"outcome": "declined"},
    "answer_challenge": {"is_upheld": "no"},
    "declare_interest": {"has_interest": "yes"},
    "change_score": {"points": "1"},
    "agree_figures": {"trajectory": ""},
    "agree_judging": {"pool": "", "every": "", "looks_on": ""},
    "agree_consequence": {"follows": "pounds", "payment_share": ""},
    "agree_evidence": {"verification": "verified"},
    "revise_additional": {"how_known": "stories", "measure": ""},
    "begin_variation": SINCE,
    "revise_variation": SINCE,
    "vary_commitment": {"is_released": None, "whom": "more people"},
    "vary_part": {"trajectory": ""},
    "agree_kpi": {"kpi_approaching": "4.7", "kpi_improvement": "4.9"},
    "begin_handover": {"ground": "moves"} | _on("from_on", 1, 1, 2025),
    "revise_handover": {"ground": "moves"} | _on("from_on", 1, 1, 2025),
    "end_contract": {"ground": "breach"}
    | varying.as_typed("notice_on", varying.in_days(0))
    | varying.as_typed("ends_on", varying.in_days(100)),
    "begin_notice": _on("from_on", 1, 7, 2024) | _on("until_on", 30, 9, 2024),
    "dispose_promise": {"fate": "changed", "whom": "more people"},
    "end_formation": {"number": "SC123457"},
    "needs": {"area": ""},
    "portfolio": {"area": ""},
    "give_figures": {"value": "", "numerator": "", "denominator": "", "why_none": "other"},
    "prepare_story": {"others": ""},
    "promises": {"area": ""},
    "organisations": {"area": "", "place": "", "works_in": ""},
    "story_versions": {"language": "cy"},
    "revise_contact": {"telephone": "01632 960 003"},
    "revise_organisation": {"website": "https://www.example.org"},
    "report_duplicate": {"other": "/organisations/spare-twice/"},
    "name_predecessor": {"other": "/organisations/spare-before/"},
    "name_successor": {"other": "/organisations/spare-after/"},
    "weigh_options": {"is_done": None},
    "members": {"email": "charlie@example.org"},
}
"""What a form needs besides words that are only words."""
KEPT = {"revise_measure": ("unit", "kind", "better", "frequency")}
"""What a form is sent with as it holds it, for another answer is refused."""
YEARS = {
    "agreed_on": "2024",
    "starts_on": "2024",
    "due_on": "2025",
    "ends_on": "2027",
    "period_on": "2024",
    "closed_on": "2024",
    "since_on": "2024",
    "signed_on": "2024",
    "done_on": "2024",
    "registered_on": "2024",
}
DAY = re.compile(r"(\w+)_(day|month|year)")
