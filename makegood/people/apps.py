from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "makegood.people"
    label = "people"

    def ready(self) -> None:
        import_module("makegood.people.tasks")
