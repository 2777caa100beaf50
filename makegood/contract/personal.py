"""What decisions and contracts hold about people: who decided, drafted and signed."""

from dataclasses import replace

from django.conf import settings

from makegood.contract.models import (
    Challenge,
    Commitment,
    CommitmentVersion,
    Contract,
    Criterion,
    Decision,
    Disposition,
    Ending,
    Feedback,
    Handover,
    IndicatorRating,
    IntendedDecision,
    Interest,
    InterestWords,
    Moderation,
    Notice,
    PanelMember,
    PaperSigner,
    ProviderWord,
    Schedule,
    Score,
    Signature,
    Standstill,
    Variation,
    Withholding,
)
from makegood.kernel.personal import (
    AtErasure,
    Basis,
    Held,
    done_for_organisation,
    nothing_about_people,
)

PARTIES_ALONE = (
    "Members of that provider and of the commissioner, auditors, and whoever runs this Makegood. Your "
    "name stands beside none of it."
)
PANEL_ALONE = (
    "The commissioner’s members, the panel and auditors, and whoever runs this Makegood. Scores: those "
    "who decide, auditors, and members of the panel who sent their own."
)
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
        IntendedDecision,
        "that you wrote what is meant to be decided on a proposal",
        by="written_by",
        words={
            "proposal": "on which",
            "outcome": "how",
            "reasons": "your reasons",
            "strengths": "what was strong",
            "better": "what would have been better",
            "by_criterion": "how it did by each criterion",
            "written_at": "when",
        },
    ),
    replace(
        done_for_organisation(
            Feedback,
            "that you told a provider why it was not chosen",
            by="given_by",
            words={
                "decision": "about which decision",
                "strengths": "what was strong",
                "better": "what would have been better",
                "by_criterion": "how it did by each criterion",
                "given_at": "when",
            },
        ),
        seen_by=PARTIES_ALONE,
    ),
    nothing_about_people(Standstill),
    done_for_organisation(
        Criterion,
        "that you said by what proposals are weighed",
        by="set_by",
        words={"need": "for which need", "name": "its name", "words": "what it means"},
    ),
    replace(
        done_for_organisation(
            PanelMember,
            "that you weigh proposals on a panel",
            "public_id",
            by="person",
            words={
                "named_by": "or named somebody to one",
                "need": "for which need",
                "named_at": "since when",
                "sent_at": "when you sent your scores",
                "left_at": "until when",
            },
        ),
        or_whose="named_by",
        seen_by=PANEL_ALONE,
    ),
    replace(
        done_for_organisation(
            Interest,
            "that you declared an interest, or none",
            by="member",
            words={"proposal": "in which proposal", "declared_at": "when"},
        ),
        whose="member__person",
        seen_by=PANEL_ALONE,
    ),
    Held(
        store=InterestWords,
        holds={"words": "what your interest in a proposal is, in your words"},
        heading="Interests you declare",
        about="People who weigh proposals on a panel",
        why="So that nobody judges a proposal in which they have an interest.",
        basis=Basis.PUBLIC_TASK,
        kept="Until your account is erased. That you had an interest stays; your words do not.",
        seen_by=PANEL_ALONE,
        whose="interest__member__person",
        corrected="Not at all: it stays as you said it. Tell the commissioner what changed.",
    ),
    replace(
        done_for_organisation(
            Score,
            "that you scored a proposal",
            by="member",
            words={
                "proposal": "which proposal",
                "criterion": "by what",
                "points": "how many points",
                "words": "why",
                "given_at": "when",
            },
        ),
        whose="member__person",
        seen_by=PANEL_ALONE,
    ),
    replace(
        done_for_organisation(
            Moderation,
            "that you changed a score",
            by="moderated_by",
            words={"score": "which score", "reason": "why", "moderated_at": "when"},
        ),
        seen_by=PANEL_ALONE,
    ),
    replace(
        done_for_organisation(
            Challenge,
            "that you challenged a decision",
            "public_id",
            by="raised_by",
            words={
                "answered_by": "or answered a challenge",
                "decision": "which decision",
                "words": "what was said against it",
                "answer": "the answer",
                "raised_at": "when",
            },
        ),
        or_whose="answered_by",
        seen_by=PARTIES_ALONE,
    ),
    replace(
        done_for_organisation(
            Contract,
            "that you drafted a contract",
            "title",
            "their_reference",
            "procurement_reference",
            "procedure",
            "manager_role",
            by="drafted_by",
            words={
                "reference": "under which reference",
                "reopened_because": "why it was reopened",
                "drafted_at": "when",
                "brought_in_by": "or brought it in from elsewhere",
                "brought_in_at": "and when",
            },
        ),
        or_whose="brought_in_by",
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
    done_for_organisation(
        ProviderWord,
        "that you confirmed or disputed a contract that was brought in",
        by="said_by",
        words={
            "contract": "which contract",
            "answer": "which of the two",
            "words": "your words",
            "said_at": "when",
        },
    ),
    nothing_about_people(Schedule, "data", "data_digest", "pdf_digest", "set_with"),
    done_for_organisation(
        Variation,
        "that you began to vary a contract",
        by="begun_by",
        words={
            "contract": "which contract",
            "number": "the number of the variation",
            "reason": "why",
            "answer": "what the other side said",
            "begun_at": "when",
        },
    ),
    done_for_organisation(
        Handover,
        "that you began to hand a contract to another provider",
        by="begun_by",
        words={
            "contract": "which contract",
            "number": "the number of the handover",
            "ground": "on what ground",
            "reason": "why",
            "answer": "what was said by whoever declined it",
            "begun_at": "when",
        },
    ),
    replace(
        done_for_organisation(
            Notice,
            "that you wrote a notice of how a contract does",
            by="written_by",
            words={
                "contract": "of which contract",
                "replied_by": "or replied to it",
                "reply": "your reply",
                "written_at": "when it was written",
                "replied_at": "when you replied",
            },
        ),
        or_whose="replied_by",
    ),
    nothing_about_people(IndicatorRating, "reason"),
    done_for_organisation(
        CommitmentVersion,
        "that you wrote what a commitment says under a variation",
        "for_whom",
        "baseline_period",
        "baseline_source",
        "trajectory",
        "looks_on",
        "stories_from",
        "documents",
        "evidence_required",
        "no_pool_because",
        "consequence",
        by="written_by",
        words={"commitment": "which commitment", "variation": "which", "written_at": "when"},
    ),
    done_for_organisation(
        Ending,
        "that you ended a contract early",
        by="ended_by",
        words={
            "contract": "which contract",
            "ground": "on what ground",
            "reason": "why",
            "ends_on": "on which day",
            "ended_at": "when",
        },
    ),
    nothing_about_people(
        Commitment,
        "reference",
        "for_whom",
        "what_changes",
        "baseline_period",
        "baseline_source",
        "trajectory",
        "looks_on",
        "stories_from",
        "documents",
        "evidence_required",
        "no_pool_because",
        "consequence",
    ),
    replace(
        done_for_organisation(
            Signature,
            "that you signed a contract",
            "terms_digest",
            "scan_digest",
            "paper_digest",
            by="signed_by",
            words={
                "recorded_by": "or recorded that somebody signed it on paper",
                "contract": "which contract",
                "side": "for which side",
                "signed_at": "when",
                "signed_on": "which day stands on the paper",
            },
        ),
        or_whose="recorded_by",
    ),
    Held(
        store=PaperSigner,
        holds={
            "name": "the name of who signed a contract on paper",
            "role": "as what they signed",
        },
        plain=("salt",),
        heading="Signatures on paper",
        about="People who sign a contract on paper; they need no account",
        why="To show that both sides signed the contract, and who did.",
        basis=Basis.PUBLIC_TASK,
        kept=(
            f"With the scan, until {settings.KEEP_SCANS_YEARS} years after the contract ended, as long "
            "as somebody may go to court over it. Both go then."
        ),
        seen_by=(
            "Members of the two parties and of the assessor, auditors, and whoever runs this Makegood. "
            "Everyone else reads for which side it was signed, and when."
        ),
        corrected="Not at all: it says what stands on the paper. Ask the commissioner to erase it.",
        at_erasure=AtErasure.STAYS,
        stays=(
            "No account leads to it. The commissioner erases it when asked, unless the contract "
            "needs it still (article 17(3)(b) and (e))."
        ),
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
