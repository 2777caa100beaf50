"""What is stored of capture."""

from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.stories import Story, StoryLink, StoryWords

__all__ = ["Story", "StoryLink", "StoryPublication", "StoryWords"]
