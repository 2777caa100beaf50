from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "makegood.capture"
    label = "capture"
