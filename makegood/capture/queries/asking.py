"""What people are asked, by which links, and how a link is shown on paper."""

from collections.abc import Sequence

import segno
from django.db.models import QuerySet

from makegood.capture.models import StoryLink, StoryPrompts
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to
from makegood.people.models import Person
from makegood.people.queries import organisations_of

USUAL = (
    "What was it like before?",
    "What is different now?",
    "What could be better?",
)
"""What may be asked, for whoever has chosen nothing yet."""

SVG = "http://www.w3.org/2000/svg"


def prompts_now(commitment: Commitment) -> StoryPrompts | None:
    """Return what the commissioner has people asked, if it chose."""
    return commitment.story_prompts.order_by("number").last()


def questions_now(link: StoryLink) -> Sequence[str]:
    """Return the questions of a link, in order; none where people tell freely."""
    chosen = prompts_now(link.commitment)
    return tuple(chosen.questions) if chosen else ()


def asked_for_by(person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments that organisations of ``person`` buy: for them they say what is asked."""
    own = organisations_of(person)
    return commitments_visible_to(person).filter(contract__proposal__need__commissioner__in=own)


def code_of(address: str) -> str:
    """Return the same code as a drawing that stands alone, for a document."""
    return qr_of(address).replace("<svg ", f'<svg xmlns="{SVG}" ', 1)


def qr_of(address: str) -> str:
    """Return a QR code of ``address`` as a drawing (SVG)."""
    code = segno.make(address, error="m", micro=False)
    return str(
        code.svg_inline(
            scale=6, border=4, dark="#000", light="#fff", title="QR code of the address"
        )
    )
