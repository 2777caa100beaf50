"""Which figures somebody was reminded of, so that nobody is reminded twice."""

from django.db import models

from makegood.capture.owing import Stage
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of


class Reminder(models.Model):
    """That those who owe the figure of a period were reminded of it, at one stage."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="figure_reminders"
    )
    period = models.DateField()
    stage = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Stage])
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "period", "stage"], name="reminded_once_at_each_stage"
            ),
            one_of("stage", Stage, name="reminder_stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.period:%Y-%m}, {self.stage}"


class ReminderRound(models.Model):
    """That everyone was reminded who had to be on a day."""

    held_on = models.DateField(unique=True)
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reminders of {self.held_on}"
