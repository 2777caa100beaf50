from django.contrib import admin

from makegood.capture.models import Story, StoryFile, StoryLink, StoryPublication
from makegood.kernel.admin import LookOnly

admin.site.register([StoryLink, Story, StoryFile, StoryPublication], LookOnly)
