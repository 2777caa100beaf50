from django.contrib import admin

from makegood.capture.models import Story, StoryFile, StoryLink, StoryPrompts, StoryPublication
from makegood.kernel.admin import LookOnly

admin.site.register([StoryLink, StoryPrompts, Story, StoryFile, StoryPublication], LookOnly)
