"""What is measured in the example programme."""

from makegood.measures.states import Better, MeasureKind
from makegood.web.demo.figures import Shape
from makegood.web.demo.script import MeasureScript

MEASURES: dict[str, MeasureScript] = {
    "sickness": MeasureScript(
        name="Staff sickness absence",
        unit="%",
        kind=MeasureKind.PERCENTAGE,
        better=Better.DOWN,
        definition="Working days lost to sickness in the month, out of all working days.",
        shape=Shape(level=5.6, season=0.5, noise=0.28),
        highest=100.0,
    ),
    "vacancies": MeasureScript(
        name="Staff vacancy rate",
        unit="%",
        kind=MeasureKind.PERCENTAGE,
        better=Better.DOWN,
        definition="Posts without anyone in them on the last day of the month, out of all posts.",
        shape=Shape(level=11.5, season=0.3, noise=0.6),
        highest=100.0,
    ),
    "waiting": MeasureScript(
        name="People seen within four weeks",
        unit="%",
        kind=MeasureKind.PERCENTAGE,
        better=Better.UP,
        definition="People first seen in the month within 28 days of asking, out of all first seen.",
        shape=Shape(level=72.0, season=2.0, noise=2.5, places=1),
        highest=100.0,
    ),
    "falls": MeasureScript(
        name="Falls per 1,000 days of care",
        unit="falls",
        kind=MeasureKind.RATE,
        better=Better.DOWN,
        definition="Falls recorded in the month for every 1,000 days on which care was given.",
        shape=Shape(level=6.2, season=0.4, noise=1.1),
    ),
    "volunteering": MeasureScript(
        name="Volunteer hours",
        unit="hours",
        kind=MeasureKind.COUNT,
        better=Better.UP,
        definition="Hours given by volunteers in the month.",
        shape=Shape(level=140.0, season=12.0, noise=18.0, places=0),
        has_pool=False,
    ),
}
