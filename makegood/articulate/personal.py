"""What needs, proposals and promises hold about people: who wrote them."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from makegood.articulate.models import (
    AdviceSetAside,
    Aim,
    Asking,
    Attachment,
    Clarification,
    MeasuredAlternative,
    Need,
    NeedAddressee,
    NeedInvitation,
    NeedVersion,
    Programme,
    ProgrammeRole,
    Promise,
    PromisePower,
    PromiseTag,
    Proposal,
    ProposalVersion,
    ProposalWithholding,
    ProposalWriter,
    Question,
    WriterAddressee,
    WrittenPart,
)
from makegood.kernel.personal import (
    ADDRESSES,
    AtErasure,
    Basis,
    Held,
    done_for_organisation,
    nothing_about_people,
)


def _long_unanswered(now: datetime) -> Q:
    """Return whom invitations to write went to that ran out long ago."""
    before = now - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    return Q(writer__expires_at__lt=before)


def _long_closed(now: datetime) -> Q:
    """Return whom invitations went to of needs that closed long ago."""
    before = now - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    return Q(invitation__need__closed_at__lt=before)


HELD = (
    nothing_about_people(Programme, "slug", "name", "summary"),
    done_for_organisation(
        Aim,
        "that you wrote an aim of a programme",
        "reference",
        by="written_by",
        words={
            "programme": "of which programme",
            "name": "the aim",
            "purpose": "what it is for",
            "objective": "which wider objective it serves",
            "objective_of": "whose that is",
            "objective_source": "where that stands",
            "end_reason": "why it ended",
            "written_at": "when",
        },
    ),
    nothing_about_people(PromiseTag, "code"),
    done_for_organisation(
        Need,
        "that you wrote a need",
        by="written_by",
        words={
            "reference": "under which reference",
            "title": "its title",
            "description": "what is needed",
            "alternative": "what happens otherwise",
            "cost_source": "where what that costs comes from",
            "invitation_reason": "why only some may propose",
            "written_at": "when",
        },
    ),
    done_for_organisation(
        NeedVersion,
        "that you published or changed a need",
        "figures",
        by="made_by",
        words={
            "need": "which need",
            "title": "its title then",
            "description": "what was needed then",
            "alternative": "what would happen otherwise, then",
            "cost_source": "where what that costs came from",
            "invitation_reason": "why only some could propose",
            "reason": "why it was changed",
            "made_at": "when",
        },
    ),
    done_for_organisation(
        MeasuredAlternative,
        "that you said how an alternative does",
        by="written_by",
        words={
            "need": "to which need",
            "measure": "by which measure",
            "source": "where the figures came from",
            "written_at": "when",
        },
    ),
    done_for_organisation(
        NeedInvitation,
        "that you invited somebody to answer a need",
        "public_id",
        by="invited_by",
        words={"need": "which need", "invited_at": "when"},
    ),
    Held(
        store=NeedAddressee,
        holds={"email": "the e-mail address that was invited to answer a need"},
        heading="Invitations to propose",
        about="People whom a commissioner invites to answer a need",
        why="To tell you of the need, and to know that it was you whom it invited.",
        basis=Basis.PUBLIC_TASK,
        kept="Until you propose, or the invitation is withdrawn or the need long closed.",
        seen_by="Those who write for the commissioner, and whoever runs this Makegood.",
        whose="email",
        key=ADDRESSES,
        corrected="Ask the commissioner to withdraw it, and to invite another address.",
        past=_long_closed,
    ),
    done_for_organisation(
        Question,
        "that you answered a question about a need",
        "public_id",
        by="answered_by",
        words={
            "need": "which need",
            "words": "what was asked",
            "shown": "the shorter wording of it",
            "answer": "the answer",
            "reason": "why it was not answered",
            "answered_at": "when",
        },
    ),
    Held(
        store=Asking,
        holds={
            "asked_by": "that you asked a question about a need",
            "question": "which question",
            "asked_for": "for which provider",
        },
        heading="Questions you ask about needs",
        about="People who ask about a need for a provider",
        why="So that an audit can tell that questions came from those who may ask.",
        basis=Basis.PUBLIC_TASK,
        kept="As long as this Makegood stands.",
        seen_by="Nobody but you: no page, file, notice or ledger entry shows who asked.",
        whose="asked_by",
        corrected="Not at all: a question stays as it was asked. Ask another one.",
        at_erasure=AtErasure.STAYS,
        stays=(
            "It shows that the question came from somebody who may ask (article 17(3)(b)). It stays, "
            "under “a former member”. Your name and address do not."
        ),
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
        WrittenPart,
        "that you wrote a part of a proposal",
        by="written_by",
        words={
            "proposal": "of which proposal",
            "part": "which part",
            "content": "what it says",
            "written_at": "when",
        },
    ),
    done_for_organisation(
        ProposalVersion,
        "that you sent a proposal, or clarified one",
        "promises",
        by="made_by",
        words={
            "proposal": "which proposal",
            "number": "which version",
            "title": "its title then",
            "summary": "its summary then",
            "case": "what its parts said then",
            "files": "what stood beside it then",
            "made_at": "when",
        },
    ),
    done_for_organisation(
        Attachment,
        "that you put a file beside a proposal",
        "public_id",
        "digest",
        by="added_by",
        words={
            "proposal": "beside which proposal",
            "title": "what it is called",
            "description": "what it shows, in words",
            "added_at": "when",
        },
    ),
    replace(
        done_for_organisation(
            ProposalWriter,
            "that you write a proposal with its provider",
            "public_id",
            by="person",
            words={
                "invited_by": "that you invited somebody to write",
                "proposal": "which proposal",
                "accepted_at": "since when",
                "ended_at": "until when",
            },
        ),
        or_whose="invited_by",
    ),
    Held(
        store=WriterAddressee,
        holds={"email": "the e-mail address an invitation to write a proposal went to"},
        heading="Invitations to write",
        about="People who are invited to write a proposal with a provider",
        why="To ask you, and to know that it is you who answers.",
        basis=Basis.LEGITIMATE,
        kept=f"Until you accept, or {settings.KEEP_INVITATIONS_DAYS} days after it ran out.",
        seen_by="Those who write for the provider that asked you, and whoever runs this Makegood.",
        whose="email",
        key=ADDRESSES,
        corrected="Ask the provider to take it back, and to invite another address.",
        past=_long_unanswered,
    ),
    replace(
        done_for_organisation(
            Clarification,
            "that you asked for a clarification of a proposal",
            "public_id",
            by="asked_by",
            words={
                "answered_by": "that you answered it",
                "proposal": "of which proposal",
                "question": "what was asked",
                "answer": "the answer",
                "content": "what the part said after it",
                "asked_at": "when",
            },
        ),
        or_whose="answered_by",
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
        "baseline_source",
        "how_gathered",
        "told_by",
        "gathered_by",
        "not_gathered_by",
        "why_believed",
        "evidence",
        "evidence_url",
        "worth_source",
    ),
    done_for_organisation(
        AdviceSetAside,
        "that you set advice on a promise aside",
        by="set_aside_by",
        words={
            "promise": "on which promise",
            "number": "which advice",
            "seen": "what it said",
            "reason": "why you did not follow it",
            "set_aside_at": "when",
        },
    ),
    done_for_organisation(
        PromisePower,
        "that you asked what could be told from chance",
        "history",
        "terms_digest",
        "inputs_digest",
        "engine",
        "sentence",
        "notes",
        by="worked_out_by",
        words={
            "promise": "of which promise",
            "source": "where the figures came from",
            "worked_out_at": "when",
        },
    ),
)
