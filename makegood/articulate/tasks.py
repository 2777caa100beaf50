"""What articulate answers when it hears that an organisation is to be merged into another."""

from django.dispatch import receiver

from makegood.articulate.queries import needs_open_at, programmes_of, proposals_open_at
from makegood.people.models import Organisation
from makegood.people.signals import merging_asked


@receiver(merging_asked)
def name_what_is_open(*, organisation: Organisation, **_: object) -> list[str]:
    """Name the programmes it runs, its needs that are open, and its proposals that are not decided."""
    return [
        *(f"it runs the programme “{one}”" for one in programmes_of(organisation)),
        *(f"need {one.reference} is open" for one in needs_open_at(organisation)),
        *(f"the proposal “{one}” is not decided" for one in proposals_open_at(organisation)),
    ]
