"""What is needed in the example programme, and what happens otherwise."""

from makegood.web.demo.script import NeedScript

NEEDS = (
    NeedScript(
        key="nursing",
        commissioner="valley",
        title="Community nursing in the valley",
        description="Nursing at home for about 900 people a year. Most are over 75. What matters "
        "most is that the same few nurses come, and that they come soon.",
        alternative="The hospital trust keeps the service. Staff sickness has stood at 5.6% for "
        "three years, and one post in nine is empty.",
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
)
