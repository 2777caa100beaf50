"""Stories of the example: how one comes to be shown."""

from datetime import datetime

from makegood.capture import actions as capture
from makegood.capture.models import Story
from makegood.capture.queries import suggested_for
from makegood.contract.models import Commitment
from makegood.people.models import Person


def show(story: Story, *, by: Person, now: datetime) -> None:
    """Leave out all that is suggested, and publish the story."""
    capture.prepare_publication(story, omissions=suggested_for(story), by=by, now=now)
    capture.publish_story(story, by=by, now=now)


def answer_for_safety(commitment: Commitment, *, by: Person, now: datetime) -> None:
    """Let whoever wrote the promise be told when somebody may be harmed."""
    provider = commitment.contract.provider
    capture.name_safeguarding_person(provider, person=by, by=by, now=now)
