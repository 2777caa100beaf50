"""What every template may ask of its surroundings."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Say whether this is the demonstration, whose every page is marked *example*, and where we are."""
    return {
        "demo_mode": settings.DEMO,
        "letters_are_in": settings.EMAIL_FILE_PATH if settings.DEMO else "",
        "address_here": _address(request),
    }


def _address(request: HttpRequest) -> str:
    try:
        return f"{request.scheme}://{request.get_host()}{request.path}"
    except DisallowedHost:  # the page that says so is not to fail of it
        return ""
