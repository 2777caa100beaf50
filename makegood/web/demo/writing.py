"""Writing the case of two proposals of the example: one whole and clarified, one half written."""

from datetime import datetime, timedelta
from typing import Any

from makegood.articulate import actions as articulate
from makegood.articulate.models import Proposal
from makegood.articulate.states import ProposalPart
from makegood.people.models import Person

Content = dict[str, Any]


def _option(kind: str, name: str, cost: str, *, good: str, bad: str, scores: str) -> Content:
    """Return an option: ``scores`` are one digit for each criterion."""
    row = {"kind": kind, "name": name, "cost": cost, "benefits": good, "risks": bad}
    for place, score in enumerate(scores, start=1):
        row |= {f"score_{place}": score, f"reason_{place}": WHY[score]}
    return row


WHY = {
    "0": "Nothing would change.",
    "1": "It reaches hardly anyone.",
    "2": "It helps some, not those who ask most.",
    "3": "About as good as now.",
    "4": "People told us they would come.",
    "5": "It is what people asked for themselves.",
}

GARDEN: dict[ProposalPart, Content] = {
    ProposalPart.MOTIVES: {
        "answers": {
            "motives": ["users lead", "better service"],
            "main": "users lead",
            "words": "We want a place that we run, not one that is run for us.",
        },
        "rows": [],
    },
    ProposalPart.OPTIONS: {
        "answers": {
            "criterion_1": "Good for the people who use it",
            "criterion_2": "Led by them",
            "criterion_3": "Worth its cost",
        },
        "rows": [
            _option("nothing", "Do nothing", "0.00", good="It costs nothing.",
                    bad="People stay at home.", scores="003"),
            _option("alternative", "The alternative", "64000.00", good="It runs already.",
                    bad="Nobody who uses it decides anything.", scores="212"),
            _option("this", "This proposal", "52000.00", good="Friends, fresh air, work to be proud of.",
                    bad="A wet summer.", scores="554"),
            _option("other", "Plots in the town’s own gardens", "18000.00", good="Cheap.",
                    bad="No level paths, no toilet.", scores="224"),
        ],
    },
    ProposalPart.COSTS: {
        "answers": {
            "begins": "The April after you approve it",
            "price_1": "52000.00",
            "price_2": "49000.00",
            "price_3": "49000.00",
            "gap": "We raise the rest at two open days a year.",
        },
        "rows": [
            {"what": "Two part-time gardeners", "year_1": "38000.00", "year_2": "39100.00",
             "year_3": "40300.00"},
            {"what": "Raised beds and level paths", "year_1": "9500.00"},
            {"what": "Tools, seed, insurance", "year_1": "6200.00", "year_2": "5900.00",
             "year_3": "5900.00"},
        ],
    },
    ProposalPart.GOVERNANCE: {
        "answers": {
            "decides": "A committee of nine, seven of them disabled people who garden here.",
            "liable": "The organisation, up to its insurance. No member is liable beyond one pound.",
            "form": "A charitable incorporated organisation",
            "assurance": "An accountant looks at our books each year. The council visits twice.",
        },
        "rows": [],
    },
    ProposalPart.STAFF: {
        "answers": {
            "done": "Both gardeners drew the beds with us over four Saturdays.",
            "who": "The gardeners, and the three volunteers who open up.",
            "many": "5",
            "changed": "The shed moved next to the gate, so nobody carries tools up the slope.",
            "origin": "staff",
            "next": "They plan each season with the committee.",
        },
        "rows": [],
    },
    ProposalPart.USERS: {
        "answers": {
            "done": "Two open days, and a drawing on the wall that anyone could change.",
            "who": "People who use the day centre, and their families.",
            "many": "About 40",
            "changed": "There is a quiet corner now, and a bell for whoever cannot see the gate.",
            "origin": "people who use the service",
            "next": "They elect the committee, and may stop anything it plans.",
        },
        "rows": [],
    },
    ProposalPart.RISKS: {
        "answers": {},
        "rows": [
            {"what": "Too few people come in winter.", "likely": "medium", "effect": "medium",
             "done": "The glasshouse is heated on two days a week."},
            {"what": "Somebody is hurt by a tool.", "likely": "low", "effect": "high",
             "done": "Everyone is shown each tool. The sharp ones are locked away."},
        ],
    },
}  # fmt: skip
"""All parts of a proposal that waits for its decision."""

STEADY: dict[ProposalPart, Content] = {
    ProposalPart.MOTIVES: {"answers": {"motives": ["better service", "room to try"]}, "rows": []},
    ProposalPart.COSTS: {
        "answers": {"begins": "April"},
        "rows": [{"what": "Nurses in the evening", "year_1": "91000.00"}],
    },
    ProposalPart.RISKS: {"answers": {}, "rows": [{"what": "We do not find enough nurses."}]},
}
"""Half of a draft."""
DONE = {"A garden of our own": GARDEN}
BEGUN = {"Nurses on the first night home": STEADY}


def write_case(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Write what the example says in the parts of ``proposal``, if it says anything."""
    for script, is_done in ((DONE, True), (BEGUN, False)):
        for day, (part, content) in enumerate(script.get(proposal.title, {}).items()):
            articulate.write_part(
                proposal,
                part=part,
                piece=content,
                is_done=is_done or part == ProposalPart.MOTIVES,
                by=by,
                now=now + timedelta(days=day),
            )


def clarify(proposal: Proposal, *, buyer: Person, owner: Person, now: datetime) -> None:
    """Let the commissioner ask about one part, and the provider answer and change it."""
    if proposal.title not in DONE:
        return
    part = ProposalPart.RISKS
    asked = articulate.ask_clarification(
        proposal,
        part=part,
        question="Who is there when a gardener is ill?",
        by=buyer,
        now=now,
    )
    content = DONE[proposal.title][part]
    ill = {"what": "A gardener is ill.", "likely": "high", "effect": "low",
           "done": "Three volunteers know the garden. One of them opens up."}  # fmt: skip
    articulate.answer_clarification(
        asked,
        answer="One of three volunteers. We left it out, and have added it to our risks.",
        content={**content, "rows": [*content["rows"], ill]},
        by=owner,
        now=now + timedelta(days=4),
    )
