from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "makegood.measures"
    label = "measures"
