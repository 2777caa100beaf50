"""What is captured: stories with their consent, how far figures are checked, who was reminded of which."""

from makegood.capture.models.calls import Call, CallTry, CallWords
from makegood.capture.models.checks import Check, Dispute
from makegood.capture.models.complaints import Complaint, ComplaintWords
from makegood.capture.models.documents import Document, DocumentWords
from makegood.capture.models.files import StoryFile, StoryFileWords
from makegood.capture.models.notes import NotedPrivately, PrivateNote
from makegood.capture.models.publications import StoryPublication
from makegood.capture.models.reminders import Reminder, ReminderRound
from makegood.capture.models.safeguarding import Concern, ConcernStep, NamedPerson
from makegood.capture.models.samples import Sample, SampleItem
from makegood.capture.models.stories import Story, StoryLink, StoryPrompts, StoryWords
from makegood.capture.models.versions import StoryVersion, StoryVersionWords

__all__ = [
    "Call",
    "CallTry",
    "CallWords",
    "Check",
    "Complaint",
    "ComplaintWords",
    "Concern",
    "ConcernStep",
    "Dispute",
    "Document",
    "DocumentWords",
    "NamedPerson",
    "NotedPrivately",
    "PrivateNote",
    "Reminder",
    "ReminderRound",
    "Sample",
    "SampleItem",
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
