from django.contrib import admin

from makegood.articulate.models import Need, Programme, Promise, Proposal
from makegood.kernel.admin import LookOnly

admin.site.register([Programme, Need, Proposal, Promise], LookOnly)
