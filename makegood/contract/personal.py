"""What decisions and contracts hold about people: who decided, drafted and signed."""

from makegood.contract.models import (
    Commitment,
    Contract,
    Decision,
    Disposition,
    Signature,
    Withholding,
)
from makegood.kernel.personal import done_for_organisation, nothing_about_people

HELD = (
    done_for_organisation(
        Decision,
        "that you decided on a proposal",
        by="decided_by",
        words={
            "proposal": "on which",
            "outcome": "how",
            "reasons": "your reasons",
            "decided_at": "when",
        },
    ),
    done_for_organisation(
        Contract,
        "that you drafted a contract",
        by="drafted_by",
        words={
            "reference": "under which reference",
            "reopened_because": "why it was reopened",
            "drafted_at": "when",
        },
    ),
    done_for_organisation(
        Disposition,
        "that you said what becomes of a promise",
        by="decided_by",
        words={
            "promise": "of which",
            "fate": "what becomes of it",
            "reason": "why",
            "decided_at": "when",
        },
    ),
    nothing_about_people(
        Commitment,
        "reference",
        "for_whom",
        "what_changes",
        "evidence_required",
        "consequence",
    ),
    done_for_organisation(
        Signature,
        "that you signed a contract",
        "terms_digest",
        by="signed_by",
        words={"contract": "which contract", "side": "for which side", "signed_at": "when"},
    ),
    done_for_organisation(
        Withholding,
        "that you withheld a part of a contract",
        "public_id",
        by="withheld_by",
        words={
            "contract": "of which contract",
            "part": "which part",
            "reason": "why",
            "until_on": "until when",
        },
    ),
)
