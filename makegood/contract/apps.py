from importlib import import_module

from django.apps import AppConfig


class ContractConfig(AppConfig):
    name = "makegood.contract"
    label = "contract"

    def ready(self) -> None:
        import_module("makegood.contract.tasks")
