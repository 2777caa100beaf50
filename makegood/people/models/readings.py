"""What auditors read: who may see everything is seen doing so."""

from django.db import models

from makegood.people.models.persons import Person


class Reading(models.Model):
    """A page that an auditor opened."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    path = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.path
