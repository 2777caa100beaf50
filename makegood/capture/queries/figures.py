"""What is owed and sent in numbers, and by whom."""

from datetime import date

from django.db.models import QuerySet

from makegood.articulate.queries import reach_of
from makegood.capture.queries.due import FigureDue, figures_due
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to, ever_delivered_by
from makegood.measures.models import Upload
from makegood.people.models import Person


def captures_visible_to(person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments of providers ``person`` belongs to: what they capture for.

    Who handed a contract over reads on, and records nothing more.
    """
    own = ever_delivered_by(reach_of(person), contract="contract__")
    return commitments_visible_to(person).filter(own)


def uploads_for(commitment: Commitment) -> QuerySet[Upload]:
    """Return the files of figures sent for ``commitment``, whoever delivered it then."""
    parts = commitment.line.parts if commitment.line else ()
    found = Upload.objects.filter(series__in=[each.pk for each in parts])
    return found.select_related("series__measure", "uploaded_by").order_by("-uploaded_at")


def periods_without_figure(commitment: Commitment, *, today: date) -> list[date]:
    """Return the periods that have no figure and ask who delivers now: of the year before, or over."""
    rows = figures_due([commitment], today=today, with_history=True)
    asked = [row for row in rows if row.is_asked_of_now]
    return [row.kept_for for row in asked if row.is_missing or _is_open_history(row)]


def _is_open_history(row: FigureDue) -> bool:
    return row.is_history and not row.state.is_answered
