from django.contrib import admin

from makegood.assess.models import Analysis, Citation, Finding, Reply
from makegood.kernel.admin import LookOnly

admin.site.register([Analysis, Finding, Citation, Reply], LookOnly)
