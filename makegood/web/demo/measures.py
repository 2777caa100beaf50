"""What is measured in the example programme: measures of the library, and how they move there."""

from makegood.web.demo.figures import Shape
from makegood.web.demo.script import MeasureScript

MEASURES: dict[str, MeasureScript] = {
    "sickness": MeasureScript(
        name="Staff sickness absence", shape=Shape(level=5.6, season=0.5, noise=0.28)
    ),
    "vacancies": MeasureScript(
        name="Staff vacancy rate", shape=Shape(level=11.5, season=0.3, noise=0.6)
    ),
    "waiting": MeasureScript(
        name="People seen within four weeks",
        shape=Shape(level=72.0, season=2.0, noise=2.5, places=1),
    ),
    "falls": MeasureScript(
        name="Falls per 1,000 days of care", shape=Shape(level=6.2, season=0.4, noise=1.1)
    ),
    "volunteering": MeasureScript(
        name="Volunteer hours",
        shape=Shape(level=140.0, season=12.0, noise=18.0, places=0),
        has_pool=False,
    ),
}
REVISED = "volunteering"
"""The measure whose words were revised after promises were made with it."""
CLEARER = "Hours given by volunteers in the month, to the half-hour, travel left out."
