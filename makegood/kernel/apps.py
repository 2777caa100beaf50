from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from makegood.kernel.ledger import guards


class KernelConfig(AppConfig):
    name = "makegood.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(guards.lower_guards_of, dispatch_uid="kernel.guards.lower")
        post_migrate.connect(guards.raise_guards_of, dispatch_uid="kernel.guards")
