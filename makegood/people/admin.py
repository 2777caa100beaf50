from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.people.models import Membership, Organisation, Person

admin.site.register([Person, Organisation, Membership], LookOnly)
