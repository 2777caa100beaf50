"""What is stored of capture."""

from makegood.capture.models.files import StoryFile, StoryFileWords
from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.stories import Story, StoryLink, StoryPrompts, StoryWords

__all__ = [
    "Story",
    "StoryFile",
    "StoryFileWords",
    "StoryLink",
    "StoryPrompts",
    "StoryPublication",
    "StoryWords",
]
