from django.contrib import admin

from makegood.capture.models import Story, StoryLink
from makegood.kernel.admin import LookOnly

admin.site.register([StoryLink, Story], LookOnly)
