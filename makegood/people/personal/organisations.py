"""What organisations say of themselves, and whom they name."""

from dataclasses import replace

from makegood.kernel.personal import (
    ADDRESSES,
    AtErasure,
    Basis,
    Held,
    done_for_organisation,
    nothing_about_people,
)
from makegood.people.models import (
    Area,
    Contact,
    DpuloAnswer,
    DpuloStatement,
    Identifier,
    Offer,
    Organisation,
    Succession,
    Workplace,
)

ORGANISATIONS = (
    Held(
        store=Contact,
        holds={
            "organisation": "which organisation names you",
            "name": "the name of whom to reach at an organisation",
            "job": "what they do there",
            "email": "an e-mail address to reach them by",
            "telephone": "a telephone number to reach them by",
        },
        plain=("public_id",),
        heading="Whom to reach",
        about="People whom an organisation names as its contacts",
        why="So that others can reach an organisation.",
        basis=Basis.PUBLIC_TASK,
        kept="Until the organisation erases it. Nothing of it is left then.",
        seen_by=(
            "As the organisation chose: everyone, whoever is signed in, or its members. Besides them "
            "whoever runs this Makegood."
        ),
        whose="email",
        key=ADDRESSES,
        corrected="By an owner or editor of the organisation. Take it down yourself under “Your data”.",
        at_erasure=AtErasure.EMPTIED,
        stays="That there was somebody to reach stays. Nothing that leads to you does.",
    ),
    replace(
        done_for_organisation(
            Succession,
            "who said which organisation follows which",
            "public_id",
            by="named_by",
            words={
                "settled_by": "who answered whether it is so, or undid it",
                "reason": "how it came about",
                "undoing_reason": "why it was undone",
            },
        ),
        or_whose="settled_by",
    ),
    nothing_about_people(Organisation, "slug", "name", "summary", "website", "closing_reason"),
    nothing_about_people(Identifier, "scheme", "value"),
    nothing_about_people(Area, "code", "name", "path", "within", "nhs_code"),
    nothing_about_people(Workplace),
    nothing_about_people(DpuloStatement, "reason"),
    nothing_about_people(DpuloAnswer, "evidence"),
    nothing_about_people(Offer, "public_id", "words"),
)
