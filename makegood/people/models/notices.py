"""Notices: what happened that concerns a person, and whether it was written to them."""

from textwrap import shorten

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import Right

SHORT = 160


class Notice(models.Model):
    """One thing that happened, told to somebody who may do something about it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notices")
    right = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Right])
    words = models.TextField()
    """All that is told, whole: it may name organisations, and hold a reason that somebody gave."""
    path = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [one_of("right", Right, name="notice_right_known")]

    def __str__(self) -> str:
        return self.words

    @property
    def heading(self) -> str:
        """Return the words in one short line, with … where they go on."""
        return shorten(self.words, width=SHORT, placeholder=" …")

    @property
    def goes_on(self) -> bool:
        """Return whether there is more to read than the heading."""
        return self.heading != self.words
