"""What the organisations of the example say of themselves, as data and as it is played."""

from datetime import datetime

from makegood.people import actions as people
from makegood.people.models import Area
from makegood.people.states import DpuloTest, OfferKind, OfferSide, ShownTo
from makegood.web.demo.cast import Cast

AREAS: dict[str, tuple[str, ...]] = {
    "moor": ("E06000047", "E06000065"),
    "tees": ("E06000002", "E06000004", "E06000003"),
    "independent": ("E08000019", "E06000002"),
    "harbour": ("E06000023", "E54000039"),
    "silver": ("E12000003",),
    "northern": ("E12000001", "E12000002"),
    "valley": ("E08000016",),
    "dales": ("E54000051",),
    "city": ("E06000023",),
    "unit": ("E92000001",),
    "assessors": ("K02000001",),
}

IDENTIFIERS: dict[str, tuple[str, str]] = {
    "moor": ("other", "XI-MAKEGOOD-EXAMPLE-1"),
    "tees": ("other", "XI-MAKEGOOD-EXAMPLE-2"),
    "independent": ("other", "XI-MAKEGOOD-EXAMPLE-3"),
}
"""No real register has these: a made-up number could be somebody's own."""

OFFERS: tuple[tuple[str, OfferSide, OfferKind, str], ...] = (
    ("moor", OfferSide.OFFER, OfferKind.KNOWLEDGE, "How we left a hospital trust, step by step"),
    ("moor", OfferSide.NEED, OfferKind.SKILL, "Somebody who reads a lease"),
    ("tees", OfferSide.OFFER, OfferKind.PLACE, "A training flat with a hoist, on Fridays"),
    ("tees", OfferSide.NEED, OfferKind.MONEY, "A loan for two adapted cars"),
    ("independent", OfferSide.OFFER, OfferKind.TALENT, "People who speak up in a meeting"),
    ("independent", OfferSide.OFFER, OfferKind.SKILL, "Access audits by those who use the ramp"),
    ("independent", OfferSide.NEED, OfferKind.PLACE, "A hall with level access and a loop"),
    ("harbour", OfferSide.OFFER, OfferKind.SKILL, "Minutes that everybody can read"),
    ("silver", OfferSide.OFFER, OfferKind.PLACE, "A warm hall for 40 people on weekday mornings"),
    ("silver", OfferSide.NEED, OfferKind.ASPIRATION, "Partners to open a café with us"),
)

CONTACTS: tuple[tuple[str, str, str, str, ShownTo], ...] = (
    ("moor", "Front desk", "moor@example.org", "01632 960 001", ShownTo.EVERYONE),
    ("moor", "Alice", "alice@example.org", "", ShownTo.SIGNED_IN),
    ("independent", "Office", "office@example.org", "01632 960 003", ShownTo.EVERYONE),
    ("silver", "Telephone friends", "", "01632 960 005", ShownTo.EVERYONE),
)


LED_BY = (("board", 7, 6), ("staff", 8, 5), ("volunteers", 12, 9))
"""Of Independent Together: how many there are, and how many of them are disabled people."""


def describe(cast: Cast, *, now: datetime) -> None:
    """Let the organisations of the example say where they work, and what they offer and need."""
    people.load_areas()
    for short, codes in AREAS.items():
        house, by = cast.organisations[short], cast.owner(short)
        for code in codes:
            people.add_area(house, area=Area.objects.get(code=code), by=by, now=now)
    for short, (scheme, value) in IDENTIFIERS.items():
        house, by = cast.organisations[short], cast.owner(short)
        people.add_identifier(house, scheme=scheme, value=value, by=by, now=now)
    for short, side, kind, words in OFFERS:
        house, by = cast.organisations[short], cast.owner(short)
        people.make_offer(house, side=side, kind=kind, words=words, by=by, now=now)
    for short, name, email, telephone, shown_to in CONTACTS:
        people.add_contact(
            cast.organisations[short],
            name=name,
            email=email,
            telephone=telephone,
            shown_to=shown_to,
            by=cast.owner(short),
            now=now,
        )
    people.state_dpulo(
        cast.organisations["independent"],
        answers=[
            people.DpuloAnswers(
                test=DpuloTest(test),
                people=all_of_them,
                disabled=disabled,
                evidence="Asked at the yearly meeting, each for themselves",
            )
            for test, all_of_them, disabled in LED_BY
        ],
        is_shown=True,
        by=cast.owner("independent"),
        now=now,
    )
