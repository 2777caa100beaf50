from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.people.models import (
    Area,
    Contact,
    Identifier,
    Membership,
    Offer,
    Organisation,
    Person,
)

admin.site.register([Person, Organisation, Membership, Identifier, Area, Contact, Offer], LookOnly)
