"""A group of the example that is not yet an organisation, as data and as it is played."""

from datetime import date, datetime, timedelta

from makegood.people import actions as people
from makegood.people.models import Organisation
from makegood.people.states import Kind, LegalForm, OfferKind, OfferSide, ShownTo
from makegood.web.demo.cast import Cast

FOUNDERS: tuple[tuple[str, str, str, ShownTo], ...] = (
    ("Head of the therapy team (example)", "Running a service; rotas; budgets",
     "To decide within a week what now takes a year", ShownTo.EVERYONE),
    ("Occupational therapist (example)", "Home adaptations; teaching",
     "To follow each person from ward to front door", ShownTo.MEMBERS),
    ("Somebody who used the service (example)", "Knows what a bad week is like; chairs meetings",
     "A board on which half have been patients", ShownTo.MEMBERS),
)  # fmt: skip
STEPS: tuple[tuple[str, int, str], ...] = (
    ("purpose", 80, "Agreed in the canteen, in nine words."),
    ("parent", 62, "The board is for it, if pensions are settled."),
    ("three_members", 41, "Eleven signed the sheet."),
    ("name", 20, ""),
)
"""Which step, how many days ago it was done, and what was noted."""
ADVICE: tuple[tuple[str, str], ...] = (
    (
        "rules_of_society",
        "Take model rules unchanged: it costs £40, and you can change them later.",
    ),
    ("plan", "Put in the month in which the first payment comes late."),
    ("", "You are further than most after three months. Pensions first."),
)


def start_a_group(cast: Cast, *, today: date, now: datetime) -> Organisation:
    """Let therapists on the fell be on their way, with Frank beside them; ``now`` is months ago."""
    charlie, frank, unit = cast.people["Charlie"], cast.people["Frank"], cast.organisations["unit"]
    group = people.register_organisation(
        name="Fell Side Therapies (example)",
        kind=Kind.PROVIDER,
        legal_form=LegalForm.IN_FORMATION,
        summary="Therapists of a health board who want to run their own service.",
        is_example=True,
        by=charlie,
        now=now,
    )
    people.plan_formation(
        group,
        parent_name=str(cast.organisations["dales"]),
        aims_at=LegalForm.COMMUNITY_BENEFIT,
        by=charlie,
        now=now,
    )
    for name, skills, aspirations, shown_to in FOUNDERS:
        said = people.FounderSaid(
            name=name, skills=skills, aspirations=aspirations, shown_to=shown_to
        )
        people.add_founder(group, said=said, by=charlie, now=now)
    for step, days, note in STEPS:
        day = today - timedelta(days=days)
        people.take_step(group, step=step, done_on=day, note=note, by=charlie)
    words = "Which rules to take, and what to do about pensions."
    asked = people.ask_for_adviser(group, unit=unit, words=words, by=charlie, now=now)
    advice = people.take_advice(asked, adviser=frank, by=frank, now=now)
    for step, words in ADVICE:
        people.write_advice(advice, words=words, step=step, by=frank)
    need = "Somebody who has moved pensions from a health board"
    people.make_offer(
        group, side=OfferSide.NEED, kind=OfferKind.KNOWLEDGE, words=need, by=charlie, now=now
    )
    return group
