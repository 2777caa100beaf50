"""Proposals as far as they are written: parts of their case, files, versions and who writes them.

draft = a_whole_draft(cast)          every part is done; it can be sent
"""

from __future__ import annotations

from makegood.articulate.actions import (
    accept_writing,
    add_attachment,
    ask_clarification,
    invite_writer,
    submit_proposal,
    write_part,
)
from makegood.articulate.models import Attachment, Clarification, Proposal, ProposalWriter
from makegood.articulate.parts import PARTS, Asked, Content, Shape, empty, row_asked
from makegood.articulate.states import CASE, ProposalPart
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.examples import example


def answered(asked: Asked) -> str | list[str]:
    """Return an answer to a question, of its shape."""
    if asked.shape == Shape.CHOICES:
        return [asked.choices[0][0]]
    if asked.shape == Shape.CHOICE:
        return asked.choices[0][0]
    return "1200.00" if asked.shape == Shape.POUNDS else f"Our answer to {asked.name}"


def filled(part: ProposalPart) -> Content:
    """Return a part in which everything is answered."""
    about, begins = PARTS[part], empty(part)
    answers = begins["answers"] or {each.name: answered(each) for each in about.asked}
    content = {"answers": answers, "rows": begins["rows"] or [{}] * bool(about.row)}
    asked = row_asked(part, content)
    rows = [{each.name: answered(each) for each in asked} | row for row in content["rows"]]
    return {"answers": answers, "rows": rows}


def fill(proposal: Proposal, *, by: Person) -> Proposal:
    """Write every part of a draft, and say that each is done."""
    for part in CASE:
        write_part(proposal, part=part, piece=filled(part), is_done=True, by=by)
    return proposal


def a_whole_draft(cast: Cast) -> Proposal:
    return fill(loop.a_draft_promise(cast).proposal, by=cast.alice)


def a_clarification(cast: Cast, *, part: ProposalPart = ProposalPart.RISKS) -> Clarification:
    """Return what Erin asks about a part of a whole proposal that was sent."""
    proposal = submit_proposal(a_whole_draft(cast), by=cast.alice)
    return ask_clarification(proposal, part=part, question="How many nights?", by=cast.erin)


def a_file(proposal: Proposal, *, by: Person) -> Attachment:
    """Put a rota beside a draft."""
    return add_attachment(
        proposal, title="Rota", description="Two of us a shift", file=loop.A_SCAN, by=by
    )


def an_invitation_to_write(cast: Cast) -> ProposalWriter:
    """Invite Charlie, of another provider, to write a draft of Alice's."""
    draft = loop.a_draft_promise(cast).proposal
    return invite_writer(draft, email=cast.charlie.email, by=cast.alice)


def a_co_writer(cast: Cast) -> ProposalWriter:
    """Let Charlie write a draft of Alice's."""
    return accept_writing(an_invitation_to_write(cast), by=cast.charlie)


@example("draft-option")
def draft_option(cast: Cast) -> dict[str, object]:
    return {"code": loop.a_draft_promise(cast).proposal.code, "number": 1}


@example("clarification")
def clarification(cast: Cast) -> dict[str, object]:
    asked = a_clarification(cast)
    return {"code": asked.proposal.code, "clarification": asked.public_id}


@example("draft-file")
def draft_file(cast: Cast) -> dict[str, object]:
    held = a_file(loop.a_draft_promise(cast).proposal, by=cast.alice)
    return {"code": held.proposal.code, "attachment": held.public_id}


@example("to-write")
def to_write(cast: Cast) -> dict[str, object]:
    return {"key": an_invitation_to_write(cast).public_id}


@example("draft-writer")
def draft_writer(cast: Cast) -> dict[str, object]:
    asked = an_invitation_to_write(cast)
    return {"code": asked.proposal.code, "writer": asked.public_id}
