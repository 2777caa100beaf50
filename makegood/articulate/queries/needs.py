"""Which needs can be seen, and by whom."""

from django.db.models import Q, QuerySet

from makegood.articulate.models import Need
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.states import NeedState
from makegood.people.models import Organisation, Person


def needs_open_at(commissioner: Organisation) -> QuerySet[Need]:
    """Return the needs of ``commissioner`` that are written or take proposals."""
    return Need.objects.filter(commissioner=commissioner).exclude(state=NeedState.CLOSED)


def needs_visible_to(person: Person | None, *, reach: Reach | None = None) -> QuerySet[Need]:
    """Return the published needs, and the drafts of the person's own organisations.

    ``reach`` is theirs, where it was asked for already; so in every ``…_visible_to``.
    """
    own = (reach or reach_of(person)).rows("commissioner", programme="programme")
    seen = ~Q(state=NeedState.DRAFT) | own
    return Need.objects.filter(seen).select_related("commissioner", "programme")


def needs_matching(needs: QuerySet[Need], *, text: str) -> QuerySet[Need]:
    """Keep the needs whose title, description or commissioner holds every word of ``text``."""
    for word in text.split():
        needs = needs.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(commissioner__name__icontains=word)
        )
    return needs
