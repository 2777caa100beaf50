"""Which organisation somebody is here for: kept in the browser's session, worn by the person."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from makegood.people.queries import HAT, hat_worn, signed_in

Handler = Callable[[HttpRequest], HttpResponse]


def hats(handle: Handler) -> Handler:
    """Put the hat that was chosen in this browser on whoever is signed in."""

    def respond(request: HttpRequest) -> HttpResponse:
        if person := signed_in(request.user):
            person.hat = hat_worn(person, chosen=request.session.get(HAT))
        return handle(request)

    return respond
