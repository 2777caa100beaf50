"""What is captured: stories with their consent, and which figures somebody was reminded of."""

from makegood.capture.models.calls import Call, CallTry, CallWords
from makegood.capture.models.complaints import Complaint, ComplaintWords
from makegood.capture.models.files import StoryFile, StoryFileWords
from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.reminders import Reminder, ReminderRound
from makegood.capture.models.safeguarding import Concern, ConcernStep, NamedPerson
from makegood.capture.models.stories import Story, StoryLink, StoryPrompts, StoryWords
from makegood.capture.models.versions import StoryVersion, StoryVersionWords

__all__ = [
    "Call",
    "CallTry",
    "CallWords",
    "Complaint",
    "ComplaintWords",
    "Concern",
    "ConcernStep",
    "NamedPerson",
    "Reminder",
    "ReminderRound",
    "Story",
    "StoryFile",
    "StoryFileWords",
    "StoryLink",
    "StoryPrompts",
    "StoryPublication",
    "StoryVersion",
    "StoryVersionWords",
    "StoryWords",
]
