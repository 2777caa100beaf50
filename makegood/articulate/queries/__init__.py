"""Which needs, proposals and promises can be seen, and by whom."""

from makegood.articulate.queries.needs import needs_matching, needs_open_at, needs_visible_to
from makegood.articulate.queries.programmes import (
    houses_writing_in,
    programmes,
    programmes_matching,
    programmes_of,
    programmes_to_write_in,
)
from makegood.articulate.queries.proposals import (
    promises_of,
    promises_visible_to,
    proposal_withholdings,
    proposals_for,
    proposals_open_at,
    proposals_visible_to,
    withheld_of_proposal,
)
from makegood.articulate.queries.roles import (
    Bounded,
    bounds_in_words,
    programmes_given,
    roles_standing,
)
from makegood.articulate.reach import Reach, reach_of

__all__ = [
    "Bounded",
    "Reach",
    "bounds_in_words",
    "houses_writing_in",
    "needs_matching",
    "needs_open_at",
    "needs_visible_to",
    "programmes",
    "programmes_given",
    "programmes_matching",
    "programmes_of",
    "programmes_to_write_in",
    "promises_of",
    "promises_visible_to",
    "proposal_withholdings",
    "proposals_for",
    "proposals_open_at",
    "proposals_visible_to",
    "reach_of",
    "roles_standing",
    "withheld_of_proposal",
]
