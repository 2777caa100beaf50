from django.apps import AppConfig


class ArticulateConfig(AppConfig):
    name = "makegood.articulate"
    label = "articulate"
