"""Lines of the desk about figures and documents: missing, in a file, disputed, or drawn to be looked at."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.urls import reverse

from makegood.articulate.queries import Reach
from makegood.capture.models import Sample
from makegood.capture.queries import (
    FigureDue,
    FoundWrong,
    Rests,
    figures_due,
    figures_to_correct,
    histories_missing,
)
from makegood.contract.models import Commitment, Contract
from makegood.contract.queries import Progress
from makegood.measures.models import Upload
from makegood.measures.states import UploadState
from makegood.people.models import Organisation
from makegood.people.states import Right
from makegood.web.queries.deciding_tasks import Task


def figures_to_give(
    commitments: Iterable[Commitment], *, reach: Reach, today: date, rests: Rests
) -> Iterator[Task]:
    """Yield a line for each organisation that owes figures, and one for each year before that lacks some.

    Who handed a contract over still owes, and gives, those of its own time.
    """
    held = [one for one in commitments if _may_owe(one, reach=reach)]
    every = figures_due(held, today=today, rests=rests, with_history=True)
    rows = [row for row in every if _may_give(row, reach=reach)]
    asked = [row for row in rows if row.is_missing]
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
    yield from _to_correct(rows)
    for owed, count in histories_missing(rows):
        yield Task(
            title=f"Record {str(owed.measure).lower()} of the year before",
            href=reverse("capture", args=[owed.reference]),
            hint=f"{owed.contract.provider}, {owed.name}: {count} without a figure",
        )


def _to_correct(rows: Iterable[FigureDue]) -> Iterator[Task]:
    """Yield a line for each organisation of which figures were found wrong and are not corrected."""
    by_house: dict[Organisation, list[tuple[FigureDue, FoundWrong]]] = {}
    for row, found in figures_to_correct(rows):
        by_house.setdefault(row.owed_by, []).append((row, found))
    for house, own in by_house.items():
        row, found = own[0]
        month = f"{found.period:%Y-%m}"
        address = reverse("correct_figure", args=[row.commitment.reference, month])
        unit = row.commitment.measure.unit if row.commitment.measure else ""
        true = found.should_be(unit=unit)
        named = f"{row.commitment.measure}, {row.span.name}{true and f', should be {true}'}"
        more = f"; and {len(own) - 1} more" if len(own) > 1 else ""
        is_one = len(own) == 1
        yield Task(
            title="Correct a figure that was found wrong"
            if is_one
            else f"Correct {len(own)} figures that were found wrong",
            href=address if is_one else f"{reverse('give_figures', args=[house.slug])}#found-wrong",
            hint=f"{house}: {named}{more}",
            word="Wrong",
        )


def has_left(commitment: Commitment, *, reach: Reach) -> bool:
    """Return whether it is theirs only because they delivered it once, and handed it over."""
    contract, programme = commitment.contract, commitment.contract.proposal.need.programme_id
    houses = (contract.provider.pk, contract.assessor_id)
    theirs = (reach.belongs(each, programme=programme) for each in houses)
    return contract.taken_over_by_id is not None and not any(theirs)


def _may_owe(commitment: Commitment, *, reach: Reach) -> bool:
    contract, programme = commitment.contract, commitment.contract.proposal.need.programme_id
    may = reach.may(Right.RECORD, organisation=contract.provider.pk, programme=programme)
    return may or has_left(commitment, reach=reach)


def _may_give(row: FigureDue, *, reach: Reach) -> bool:
    programme = row.commitment.contract.proposal.need.programme_id
    return reach.may(Right.RECORD, organisation=row.owed_by.pk, programme=programme)


def files_to_decide(files: Sequence[Upload]) -> Iterator[Task]:
    """Yield a line for each file that nobody decided on yet."""
    for file in files:
        is_read = file.state == UploadState.PREVIEWED
        yield Task(
            title="Keep the figures of a file" if is_read else "Say what the columns of a file are",
            href=reverse("figure_file", args=[file.reference]),
            hint=f"{file.file_name}: {file.measure}, for {file.keeper}",
        )


def checks_to_do(contracts: Iterable[Progress], *, reach: Reach) -> Iterator[Task]:
    """Yield the disputes to answer or resolve, and the samples to look through (``with_checks_waiting``)."""
    for contract in (each.contract for each in contracts):
        judge, provider = contract.assessor_id, contract.provider.pk
        for said, title, address, house, right in (
            (
                "to_answer",
                f"Answer the dispute of a {_what(contract, 'to_answer')}",
                "answer_dispute",
                provider,
                Right.ANSWER,
            ),
            _side(contract, "to_resolve", of="resolved_for", judge=judge),
            _side(contract, "to_look_through", of="sampled_for", judge=judge),
        ):
            reference = getattr(contract, said, None)
            if reference and reach.may(
                right, organisation=house, programme=contract.proposal.need.programme_id
            ):
                yield Task(title=title, href=reverse(address, args=[reference]), hint=contract.name)


def programme_samples_to_do(samples: Iterable[tuple[Sample, bool]]) -> Iterator[Task]:
    """Yield samples over programmes to look through, or to close (``programme_samples_waiting``)."""
    for sample, is_left in samples:
        look, close = "Look through a sample of figures", "Close a sample of figures"
        href = (
            reverse("worksheet", args=[sample.reference]) if is_left else sample.get_absolute_url()
        )
        yield Task(title=look if is_left else close, href=href, hint=sample.named)


def _side(
    contract: Contract, said: str, *, of: str, judge: int
) -> tuple[str, str, str, int, Right]:
    """Return what the side that opened or drew it does: who judges does it as an assessor."""
    house = getattr(contract, of, None) or 0
    title, address = {
        "to_resolve": (f"Resolve the dispute of a {_what(contract, said)}", "resolve_dispute"),
        "to_look_through": ("Look through a sample of figures", "worksheet"),
    }[said]
    return said, title, address, house, Right.ASSESS if house == judge else Right.WRITE


def _what(contract: Contract, said: str) -> str:
    return str(getattr(contract, f"{said}_of", None))
