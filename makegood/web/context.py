"""What every template may ask of its surroundings."""

from django.conf import settings
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Say whether this is the demonstration, whose every page is marked *example*."""
    return {"demo_mode": settings.DEMO}
