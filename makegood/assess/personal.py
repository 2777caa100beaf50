"""What findings hold about people: who judged, and who replied."""

from makegood.assess.models import Analysis, Citation, Finding, Reply
from makegood.kernel.personal import done_for_organisation, nothing_about_people

HELD = (
    nothing_about_people(
        Analysis, "inputs_digest", "verdict", "sentence", "method", "engine_version"
    ),
    done_for_organisation(
        Finding,
        "that you wrote a finding",
        by="written_by",
        words={
            "reference": "under which reference",
            "conclusion": "your conclusion",
            "reasons": "your reasons",
            "why_otherwise": "why it is not what the numbers say, or holds all the same",
            "written_at": "when",
        },
    ),
    nothing_about_people(Citation),
    done_for_organisation(
        Reply,
        "that you replied to a finding",
        by="replied_by",
        words={"finding": "to which", "words": "your reply", "replied_at": "when"},
    ),
)
