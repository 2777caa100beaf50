"""What needs, proposals and promises hold about people: who wrote them."""

from makegood.articulate.models import (
    Need,
    Programme,
    ProgrammeRole,
    Promise,
    Proposal,
    ProposalWithholding,
)
from makegood.kernel.personal import done_for_organisation, nothing_about_people

HELD = (
    nothing_about_people(Programme, "slug", "name", "summary"),
    done_for_organisation(
        Need,
        "that you wrote a need",
        by="written_by",
        words={
            "reference": "under which reference",
            "title": "its title",
            "description": "what is needed",
            "alternative": "what happens otherwise",
            "written_at": "when",
        },
    ),
    done_for_organisation(
        Proposal,
        "that you wrote a proposal",
        by="written_by",
        words={
            "code": "under which reference",
            "title": "its title",
            "summary": "its summary",
            "written_at": "when",
        },
    ),
    done_for_organisation(
        ProgrammeRole,
        "that you said in which programme somebody’s role holds",
        by="given_by",
        words={"programme": "in which", "given_at": "when"},
    ),
    done_for_organisation(
        ProposalWithholding,
        "that you withheld a part of a proposal",
        "public_id",
        by="withheld_by",
        words={
            "proposal": "of which proposal",
            "part": "which part",
            "reason": "why",
            "until_on": "until when",
        },
    ),
    nothing_about_people(
        Promise,
        "reference",
        "for_whom",
        "what_changes",
        "how_gathered",
        "why_believed",
        "worth_source",
    ),
)
