"""What groups that start an organisation hold about their founders and advisers."""

from functools import partial

from makegood.kernel.personal import AtErasure, Basis, Held, nothing_about_people
from makegood.people.models import (
    Advice,
    AdviserNote,
    Formation,
    Founder,
    MotiveAnswer,
    NamedMotive,
    StepTaken,
)

_group = partial(
    Held,
    heading="Groups that start an organisation",
    about="People who found a group, advise one, or say why it is wanted",
    basis=Basis.PUBLIC_TASK,
    kept="As long as this Makegood stands.",
    seen_by=(
        "Members of the group, whoever advises it, founders who wrote of themselves, and whoever runs "
        "this Makegood."
    ),
    at_erasure=AtErasure.STAYS,
    stays="What was done for the group stays, as a former member’s (article 17(3)(b)).",
)

GROUPS = (
    _group(
        store=Founder,
        holds={
            "name": "the name of who founds a group, or what they are",
            "skills": "what they can do",
            "aspirations": "what they hope for",
            "person": "that you wrote it of yourself",
        },
        plain=("public_id",),
        why="To know who starts an organisation, and to advise them.",
        kept="Until you or the group erase it, or you your account. Nothing of it is left then.",
        seen_by=(
            "Members of the group, its adviser, whom the founder lets see it, and whoever runs this "
            "Makegood."
        ),
        whose="person",
        corrected="By an owner or editor of the group, or ask whoever runs this Makegood.",
        at_erasure=AtErasure.EMPTIED,
        stays="That there was a founder stays. Nothing they said does.",
    ),
    _group(
        store=StepTaken,
        holds={
            "taken_by": "that you ticked off a step to a legal form",
            "note": "what you noted beside it",
        },
        plain=("step",),
        why="To see how far a group is on its way.",
        whose="taken_by",
        corrected="By ticking the step off anew. The first stays on the record.",
    ),
    _group(
        store=Advice,
        holds={
            "asked_by": "who asked for an adviser",
            "words": "what was asked for",
            "adviser": "who advises",
        },
        plain=("public_id",),
        why="To find somebody who helps a group on its way.",
        seen_by=(
            "Members of the group, its adviser, those who advise at the support unit asked, and "
            "whoever runs this Makegood."
        ),
        whose="asked_by",
        or_whose="adviser",
        corrected="Take it back, and ask again.",
    ),
    _group(
        store=AdviserNote,
        holds={"written_by": "that you advised a group", "words": "what you suggested"},
        plain=("step",),
        why="To help a group on its way.",
        whose="written_by",
        corrected="By another suggestion. The first stays beside it.",
    ),
    _group(
        store=MotiveAnswer,
        holds={
            "answered_by": "that you said why an organisation is wanted",
            "words": "what you said of it in your own words",
        },
        why="To learn why people want such an organisation, and whether it is what they hoped for.",
        seen_by=(
            "Members of the organisation, and whoever runs this Makegood. Everyone sees how many name "
            "a reason, never fewer than five."
        ),
        whose="answered_by",
        corrected="By answering anew. The first answer stays on the record.",
    ),
    nothing_about_people(NamedMotive),
    nothing_about_people(Formation, "parent_name", "why_no_number"),
)
