from django.contrib import admin

from makegood.capture.models import (
    Call,
    CallTry,
    Check,
    Complaint,
    Concern,
    ConcernStep,
    Dispute,
    Document,
    NamedPerson,
    Sample,
    SampleItem,
    Story,
    StoryFile,
    StoryLink,
    StoryPrompts,
    StoryPublication,
    StoryVersion,
)
from makegood.kernel.admin import LookOnly

admin.site.register(
    [
        NamedPerson,
        Concern,
        ConcernStep,
        Call,
        CallTry,
        Complaint,
        StoryLink,
        StoryPrompts,
        Story,
        StoryFile,
        StoryPublication,
        Check,
        Dispute,
        Sample,
        SampleItem,
        Document,
        StoryVersion,
    ],
    LookOnly,
)
