"""Groups that are not yet an organisation: where they come from and aim at, who founds them, who advises."""

import uuid

from django.db import models
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import AdviceState, LegalForm, ShownTo


class Formation(Recorded):
    """How a group becomes an organisation, and what came of it.

    That it is in formation is its legal form, and stands nowhere else.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="formation"
    )
    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="offshoots"
    )
    """The body it comes out of, where that is here."""
    parent_name = models.CharField(max_length=160, blank=True)
    aims_at = models.CharField(
        max_length=60, blank=True, choices=[(f.value, f.value) for f in LegalForm]
    )
    begun_at = models.DateTimeField(default=timezone.now)
    registered_on = models.DateField(null=True, blank=True)
    """The day it became an organisation in law."""
    why_no_number = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(aims_at__in=["", *(form.value for form in LegalForm)])
                & ~models.Q(aims_at=LegalForm.IN_FORMATION),
                name="formation_aim_known",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True)
                | ~models.Q(parent=models.F("organisation")),
                name="formation_parent_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in formation"


class Founder(Recorded):
    """Somebody who founds a group, by name or by what they do.

    One that is removed keeps its row, without its words and with a new salt: no digest leads back
    to them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="founders"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="founded"
    )
    """Their account, where they wrote it themselves."""
    name = models.CharField(max_length=120, blank=True)
    skills = models.TextField(blank=True)
    aspirations = models.TextField(blank=True)
    shown_to = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ShownTo])
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            one_of("shown_to", ShownTo, name="founder_shown_to_known"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True)
                | models.Q(name="", skills="", aspirations="", person__isnull=True),
                name="founder_removed_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "A founder who was removed"


class StepTaken(Recorded):
    """A step to the legal form that was done on a day; each is superseded, never changed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="steps_taken"
    )
    step = models.SlugField(max_length=40)
    """The key of a step in ``reference/legal_forms.toml``."""
    done_on = models.DateField(null=True, blank=True)
    """Empty where only something was noted."""
    note = models.TextField(blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps_taken")
    taken_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "step"],
                condition=models.Q(superseded_at__isnull=True),
                name="step_taken_one_current",
            ),
        ]

    def __str__(self) -> str:
        return self.step


class Advice(Recorded):
    """That a group asked a support unit for an adviser, who took it on, and until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advice")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advice_given")
    state = models.CharField(
        max_length=10, default=AdviceState.ASKED, choices=[(s.value, s.value) for s in AdviceState]
    )
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advice_asked")
    asked_at = models.DateTimeField()
    adviser = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="advises"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            one_of("state", AdviceState, name="advice_state_known"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~models.Q(state=AdviceState.ENDED),
                name="advice_one_at_a_time",  # PEO-82
            ),
            models.CheckConstraint(
                condition=models.Q(adviser__isnull=True, taken_at__isnull=True)
                | models.Q(adviser__isnull=False, taken_at__isnull=False),
                name="advice_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AdviceState.TAKEN) | models.Q(adviser__isnull=False),
                name="advice_taken_has_an_adviser",
            ),
        ]

    def __str__(self) -> str:
        return f"advice for {self.organisation}"


class AdviserNote(Recorded):
    """What an adviser suggests to a group, to one step or to all of it."""

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="notes")
    step = models.SlugField(max_length=40, blank=True)
    words = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advice_written")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.words
