from importlib import import_module

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "makegood.measures"
    label = "measures"

    def ready(self) -> None:
        import_module("makegood.measures.tasks")
