from django.apps import AppConfig


class ContractConfig(AppConfig):
    name = "makegood.contract"
    label = "contract"
