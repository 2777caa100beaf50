"""What is needed in the example programme, and what happens otherwise."""

from makegood.web.demo.figures import Shape
from makegood.web.demo.script import NeedScript, PastScript

NEEDS = (
    NeedScript(
        key="nursing",
        commissioner="valley",
        title="Community nursing in the valley",
        description="Nursing at home for about 900 people a year. Most are over 75. What matters "
        "most is that the same few nurses come, and that they come soon.",
        alternative="The hospital trust keeps the service. Staff sickness has stood at 5.6% for "
        "three years, and one post in nine is empty.",
        past=(
            PastScript(
                measure="sickness",
                baseline=5.6,
                reaches=5.6,
                source="The trust’s payroll, made up for the example",
                shape=Shape(level=5.6, season=0.5, noise=0.28),
            ),
        ),
        cost=(2_300_000, 2_450_000, "the trust’s accounts, made up for the example"),
    ),
    NeedScript(
        key="home",
        commissioner="dales",
        title="Home from hospital",
        description="Help for six weeks after a hospital stay, so that people can live at home.",
        alternative="An agency sends whoever is free. About six falls happen in every 1,000 days.",
    ),
    NeedScript(
        key="own",
        commissioner="valley",
        title="Living as I choose",
        description="Personal assistance led by disabled people themselves.",
        alternative="The council arranges visits by the clock.",
    ),
    NeedScript(
        key="therapy",
        commissioner="city",
        title="Talking therapy near home",
        description="Therapy in neighbourhood rooms for people who wait longest now.",
        alternative="The clinic in the centre goes on. Seven in ten are seen within four weeks.",
    ),
    NeedScript(
        key="company",
        commissioner="dales",
        title="Company for older people",
        description="Regular visits for people who see nobody else from week to week.",
        alternative="A telephone line, open on weekdays.",
    ),
    NeedScript(
        key="advice",
        commissioner="valley",
        title="Advice for families who care",
        description="One place to ask, by telephone or face to face, for families who care for "
        "somebody at home. About 1,200 families a year.",
        alternative="The council’s own line goes on. Seven in ten get an answer within four weeks.",
        past=(
            PastScript(
                measure="waiting",
                baseline=71.0,
                reaches=70.0,
                source="The council’s own count, made up for the example",
                shape=Shape(level=71.0, season=2.0, noise=2.5, places=1),
            ),
        ),
        cost=(180_000, 210_000, "the council’s budget, made up for the example"),
        asked=(
            (
                "silver",
                "May two organisations propose together?",
                "Yes. One of them answers for the whole, and the proposal says who does what.",
            ),
            ("harbour", "Would the council’s staff move to whoever is chosen?", ""),
        ),
        opened=1,
        closes=2,
        invited=("independent", "silver"),
    ),
)
