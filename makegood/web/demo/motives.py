"""Why the organisations of the example were wanted, and what they said a year after."""

from datetime import datetime

from makegood.people import actions as people
from makegood.people.models import Organisation
from makegood.people.states import Kind, Motive
from makegood.web.demo.cast import Cast

OWN = ("moor", "tees", "independent", "harbour", "silver", "northern")
OTHERS = (
    "Beck Foot Day Centre", "Brook Lane Carers", "Canal Side Kitchen", "Cinder Path Rehab",
    "Dove Row Sitters", "East Quay Advocates", "Ferry Road Nurses", "Glass House Gardens",
    "High Moss Transport", "Iron Bridge Respite", "Keld Head Physio", "Lamb Lane Nursery",
    "Mill Race Counsellors", "North Pier Friends", "Orchard End Homes", "Pit Village Wellbeing",
    "Quarry Bank Hearing Aids", "Rope Walk Repairs", "Saltern Way Sight Aids",
)  # fmt: skip
"""Small providers of the example of whom no more is told."""
NAMED: dict[Motive, tuple[range, range]] = {
    Motive.AUTONOMY: (range(18), range(17)),
    Motive.FASTER_DECISIONS: (range(12), range(6, 18)),
    Motive.BETTER_SERVICE: (range(11, 25), range(8, 25)),
    Motive.LESS_BUREAUCRACY: (range(3, 19), range(3, 9)),
    Motive.ROOM_TO_TRY: (range(20, 25), range(12, 25)),
    Motive.STAFF_VOICE: (range(9, 16), range(9, 17)),
    Motive.LEAST_WORST: (range(6, 14), range(10, 12)),
    Motive.WE_HAD_TO: (range(22, 25), range(0)),
}
"""Which of the organisations name a motive at the start, and a year after, counted in their order."""
WORDS = (
    "The trust took nine months to say yes to a second kettle.",
    "Some of it is slower than we thought. The kettle took a day.",
)
"""What the first of them said in its own words, each time."""


def say_why(cast: Cast, *, start: datetime, later: datetime) -> None:
    """Let every provider of the example say why at ``start``, and again ``later``."""
    owner = people.welcome_person(email="olga@example.org", name="Olga", now=start)
    houses = [(cast.organisations[short], cast.owner(short)) for short in OWN]
    for name in OTHERS:
        made: Organisation = people.register_organisation(
            name=f"{name} (example)", kind=Kind.PROVIDER, is_example=True, by=owner, now=start
        )
        houses.append((made, owner))
    for place, (house, by) in enumerate(houses):
        for time, now in enumerate((start, later)):
            motives = [motive for motive, named in NAMED.items() if place in named[time]]
            said = people.MotivesSaid(
                motives=motives, main=motives[0], words="" if place else WORDS[time]
            )
            people.state_motives(house, said=said, by=by, now=now)
