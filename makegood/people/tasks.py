"""What follows a sign-in."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from makegood.people.browsers import browser_in_words
from makegood.people.sessions import BROWSER


@receiver(user_logged_in)
def note_browser(*, request: HttpRequest, **_: object) -> None:
    """Keep which browser it was, so that a person knows it again in their list."""
    request.session[BROWSER] = browser_in_words(request.headers.get("User-Agent", ""))
