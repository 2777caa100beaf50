"""What can be done about the parts of a draft's case: each page is kept as it is written."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.drafts import held_draft
from makegood.articulate.models import Proposal, WrittenPart
from makegood.articulate.parts import (
    Content,
    empty,
    missing_in,
    piece_of,
    with_piece,
)
from makegood.articulate.queries import part_digest
from makegood.articulate.states import ProposalPart
from makegood.kernel.ledger.append import record
from makegood.people.actions import MotivesSaid, state_motives
from makegood.people.models import Person
from makegood.people.states import Motive


@transaction.atomic
def write_part(
    proposal: Proposal,
    *,
    part: ProposalPart,
    piece: Content | None,
    place: int | str | None = None,
    is_done: bool | None = None,
    read_as: str | None = None,
    is_ours_too: bool = False,
    by: Person,
    now: datetime | None = None,
) -> WrittenPart:
    """Keep what one page of a part says; it may be half done (ART-40, ART-41).

    ``place`` is which page: None is the whole part, ``"answers"`` its questions, a number one row.
    ``read_as`` is ``part_digest`` of what the writer had before them; ``is_done`` None leaves that
    as it is. ``is_ours_too`` keeps motives as the organisation's own answer, too.
    """
    now = now or timezone.now()
    if is_ours_too and part == ProposalPart.MOTIVES and piece:
        state_motives(proposal.provider, said=_motives(piece), by=by, now=now)
    held = held_draft(proposal, by=by)
    row = WrittenPart.objects.filter(proposal=held, part=part).first()
    row = row or WrittenPart(proposal=held, part=part, content=empty(part))
    before, was_done = row.content, row.is_done
    if piece is not None:
        stands = piece_of(before, place)
        is_as_read = read_as in (None, part_digest(before, place=place))
        rules.check_nobody_wrote_meanwhile(is_as_read=is_as_read or stands == piece)
        row.content = with_piece(before, piece, place)
    missing = missing_in(part, row.content)
    if is_done:
        rules.check_done_part_is_whole(missing=missing)
    row.is_done = was_done and not missing if is_done is None else is_done
    if row.pk and (row.content, row.is_done) == (before, was_done):
        return row
    row.written_by, row.written_at = by, now
    row.save()
    record(row, act="write_part", stream=held.stream, by=by, now=now)
    return row


def _motives(piece: Content) -> MotivesSaid:
    said = piece["answers"]
    return MotivesSaid(
        motives=[Motive(each) for each in said.get("motives", ())],
        main=said.get("main", ""),
        words=said.get("words", ""),
    )
