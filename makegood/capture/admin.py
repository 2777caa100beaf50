from django.contrib import admin

from makegood.capture.models import (
    Call,
    CallTry,
    Complaint,
    Concern,
    ConcernStep,
    NamedPerson,
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
        StoryVersion,
    ],
    LookOnly,
)
