from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "makegood.web"
    label = "web"

    def ready(self) -> None:
        import_module("makegood.web.checks")
        import_module("makegood.web.tasks")
