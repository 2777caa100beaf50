from django.apps import AppConfig


class AssessConfig(AppConfig):
    name = "makegood.assess"
    label = "assess"
