"""How somebody is here: for which organisation, kept in the browser's session, and whether as auditor."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from makegood.kernel.references import SECRET_PARTS
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
            note_reading(_address(request), by=person)
        return response

    return respond


def _address(request: HttpRequest) -> str:
    """Return what was opened; of a private link only what kind of page it is."""
    match = request.resolver_match
    is_private = match is not None and not SECRET_PARTS.isdisjoint(match.kwargs)
    return f"{match.url_name}" if match and is_private else request.path
