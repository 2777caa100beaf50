from django.contrib import admin

from makegood.kernel.admin import LookOnly
from makegood.people.models import (
    Advice,
    AdviserNote,
    Area,
    Claim,
    Contact,
    DpuloAnswer,
    DpuloStatement,
    Formation,
    Founder,
    Identifier,
    Membership,
    MotiveAnswer,
    NamedMotive,
    Offer,
    Organisation,
    Person,
    StepTaken,
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
        Formation,
        Founder,
        StepTaken,
        Advice,
        AdviserNote,
        MotiveAnswer,
        NamedMotive,
    ],
    LookOnly,
)
