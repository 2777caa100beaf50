"""Persons: somebody with an account."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.people.states import Hat, HowOften

NAMELESS = "somebody without a name"
FORMER = "a former member"
"""How somebody is called who was erased."""


class PersonManager(BaseUserManager["Person"]):
    """Makes persons the way Django's own commands ask for."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. The ledger knows them by ``public_id`` alone.

    Once they are erased the row is a husk: it says that there was somebody, and not who.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, editable=False)

    notices_come = models.CharField(
        max_length=10, choices=[(h.value, h.value) for h in HowOften], default=HowOften.AT_ONCE
    )

    hat: Hat | None = None
    """Whom they act for in this browser; not stored. ``None``: for whichever they belong to."""

    audits: bool = False
    """Whether they read everything, and so are noted doing it; not stored."""

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            one_of("notices_come", HowOften, name="person_notices_known"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(name="", is_active=False, is_staff=False, is_superuser=False),
                name="person_erased_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return FORMER if self.erased_at else self.name or NAMELESS

    @property
    def addresses(self) -> "models.QuerySet[Any, str]":
        """Return the e-mail addresses they showed to be theirs, in small letters."""
        shown = self.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]  # allauth's
        return shown.annotate(small=Lower("email")).values_list("small", flat=True)

    def get_full_name(self) -> str:
        """Return the name as Django's own pages ask for it."""
        return str(self)
