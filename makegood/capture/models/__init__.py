"""What is stored of capture."""

from makegood.capture.models.files import StoryFile, StoryFileWords
from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.stories import Story, StoryLink, StoryWords

__all__ = ["Story", "StoryFile", "StoryFileWords", "StoryLink", "StoryPublication", "StoryWords"]
