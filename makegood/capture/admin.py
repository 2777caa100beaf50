from django.contrib import admin

from makegood.capture.models import (
    Check,
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
)
from makegood.kernel.admin import LookOnly

admin.site.register(
    [
        NamedPerson,
        Concern,
        ConcernStep,
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
    ],
    LookOnly,
)
