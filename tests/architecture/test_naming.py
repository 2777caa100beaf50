"""Acts say who does them, arguments say what they are, and times say that they are times."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from tests.architecture import naming
from tests.architecture.breaches import none_of
from tests.architecture.sources import Source, python_files

ACTIONS = "makegood/contract/actions.py"


def test_only_the_first_argument_goes_by_place() -> None:
    none_of(naming.loose_arguments(python_files("makegood")))


def test_every_act_asks_who_does_it() -> None:
    none_of(naming.anonymous_acts(python_files("makegood")))


def test_times_and_dates_are_named_as_such() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("makegood.")]
    assert ours
    none_of(naming.misnamed_times(ours))


def test_a_loose_argument_is_found() -> None:
    assert naming.loose_arguments([Source(ACTIONS, "def sign(contract, person): ...")])
    assert not naming.loose_arguments([Source(ACTIONS, "def sign(contract, *, by): ...")])
    assert not naming.loose_arguments([Source(ACTIONS, "def _sign(contract, by): ...")])
    assert not naming.loose_arguments([Source("makegood/web/views.py", "def f(a, b): ...")])


def test_an_anonymous_act_is_found() -> None:
    assert naming.anonymous_acts([Source(ACTIONS, "def sign(contract): ...")])
    folder = "makegood/contract/actions/sign.py"
    assert naming.anonymous_acts([Source(folder, "def sign(contract): ...")])
    assert not naming.anonymous_acts([Source(ACTIONS, "def sign(contract, *, by): ...")])
    assert not naming.anonymous_acts([Source("makegood/contract/queries.py", "def due(): ...")])


def test_a_misnamed_time_is_found() -> None:
    class Thing(models.Model):
        signed = models.DateTimeField()
        due = models.DateField()
        made_at = models.DateTimeField()
        due_on = models.DateField()

        class Meta:
            app_label = "kernel"
            abstract = True

    found = naming.misnamed_times([Thing])
    assert [line.partition(":")[0] for line in found] == ["Thing.signed", "Thing.due"]


def test_every_exception_is_still_needed() -> None:
    acts = {node.name for _, node in naming.public(python_files("makegood"))}
    assert set(naming.WITHOUT_BY) <= acts
