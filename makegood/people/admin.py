from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.people.models import (
    Area,
    Claim,
    Contact,
    DpuloAnswer,
    DpuloStatement,
    Identifier,
    Membership,
    Offer,
    Organisation,
    Person,
    Succession,
    Workplace,
)

admin.site.register(
    [
        Person,
        Organisation,
        Membership,
        Identifier,
        Area,
        Workplace,
        Contact,
        Offer,
        Claim,
        Succession,
        DpuloStatement,
        DpuloAnswer,
    ],
    LookOnly,
)
