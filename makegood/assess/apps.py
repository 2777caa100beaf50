from importlib import import_module

from django.apps import AppConfig


class AssessConfig(AppConfig):
    name = "makegood.assess"
    label = "assess"

    def ready(self) -> None:
        import_module("makegood.assess.tasks")
