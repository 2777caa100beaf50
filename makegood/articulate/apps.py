from importlib import import_module

from django.apps import AppConfig


class ArticulateConfig(AppConfig):
    name = "makegood.articulate"
    label = "articulate"

    def ready(self) -> None:
        import_module("makegood.articulate.tasks")
        import_module("makegood.articulate.receivers")
