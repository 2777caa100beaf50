"""Lines of the desk about figures: those that are missing, and files that nobody decided on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.urls import reverse

from makegood.capture.queries import FigureDue, Rests, figures_due, histories_missing
from makegood.contract.models import Commitment
from makegood.measures.models import Upload
from makegood.measures.states import UploadState
from makegood.people.models import Organisation
from makegood.web.queries.deciding_tasks import Task


def figures_to_give(
    commitments: Iterable[Commitment], *, today: date, rests: Rests
) -> Iterator[Task]:
    """Yield a line for each organisation that owes figures, and one for each year before that lacks some."""
    rows = figures_due(commitments, today=today, rests=rests, with_history=True)
    asked = [row for row in rows if row.is_missing and row.is_asked_of_now]
    by_house: dict[Organisation, list[FigureDue]] = {}
    for row in asked:
        by_house.setdefault(row.owed_by, []).append(row)
    for house, own in by_house.items():
        late = sum(row.is_late for row in own)
        yield Task(
            title=f"Give {len(own)} figure{'' if len(own) == 1 else 's'}",
            href=reverse("give_figures", args=[house.slug]),
            hint=f"{house}: {late} late" if late else str(house),
            word="Late" if late else "To do",
        )
    for owed, count in histories_missing(rows):
        yield Task(
            title=f"Record {str(owed.measure).lower()} of the year before",
            href=reverse("capture", args=[owed.reference]),
            hint=f"{owed.contract.provider}, {owed.name}: {count} without a figure",
        )


def files_to_decide(files: Sequence[Upload]) -> Iterator[Task]:
    """Yield a line for each file that nobody decided on yet."""
    for file in files:
        is_read = file.state == UploadState.PREVIEWED
        yield Task(
            title="Keep the figures of a file" if is_read else "Say what the columns of a file are",
            href=reverse("figure_file", args=[file.reference]),
            hint=f"{file.file_name}: {file.measure}, for {file.keeper}",
        )
