"""What is held of who says that an organisation is here twice, and how they know."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q

from makegood.kernel.personal import AtErasure, Basis, Held
from makegood.people.models import Duplicate, Grounds


def _long_settled(now: datetime) -> Q:
    """Return how people knew that two entries are one, where that was decided long ago."""
    before = now - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    return Q(duplicate__settled_at__lt=before)


_twice = partial(
    Held,
    heading="Organisations that are here twice",
    about="People who say that an organisation is here twice, and who decides on it",
    basis=Basis.PUBLIC_TASK,
)

DUPLICATES = (
    _twice(
        store=Duplicate,
        holds={
            "said_by": "who said that an organisation is here twice",
            "settled_by": "who decided on it",
            "reason": "the reason they gave",
        },
        why="To show who was made one with whom, and who said so.",
        kept="As long as this Makegood stands.",
        seen_by="Whoever says so, whoever decides on claims, and whoever runs this Makegood.",
        whose="said_by",
        or_whose="settled_by",
        corrected="By telling whoever decides on claims.",
        at_erasure=AtErasure.STAYS,
        stays="That a former member said so, and what was decided, stays (article 17(3)(b)).",
    ),
    _twice(
        store=Grounds,
        holds={"words": "how you know that an organisation is here twice"},
        why="To know whether two entries are one.",
        kept=f"Until {settings.KEEP_INVITATIONS_DAYS} days after it was decided.",
        seen_by="Whoever decides on claims.",
        whose="duplicate__said_by",
        corrected="By telling whoever decides on claims.",
        past=_long_settled,
    ),
)
