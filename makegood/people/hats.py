"""How somebody is here: for which organisation, kept in the browser's session, and whether as auditor."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from makegood.people.actions import note_reading
from makegood.people.queries import HAT, bearing_of, signed_in

Handler = Callable[[HttpRequest], HttpResponse]


def hats(handle: Handler) -> Handler:
    """Put the hat that was chosen in this browser on whoever is signed in; note what auditors read."""

    def respond(request: HttpRequest) -> HttpResponse:
        person = signed_in(request.user)
        if person:
            bearing = bearing_of(person, chosen=request.session.get(HAT))
            person.hat, person.audits = bearing.hat, bearing.audits
        response = handle(request)
        if person and person.audits and response.status_code == HTTPStatus.OK:
            note_reading(request.path, by=person)
        return response

    return respond
