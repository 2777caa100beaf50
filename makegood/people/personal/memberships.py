"""What is held of who belongs where: members, the invited, those who claim, and what auditors read."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q

from makegood.kernel.personal import ADDRESSES, AtErasure, Basis, Held, done_for_organisation
from makegood.people.models import Addressee, Claim, Invitation, Membership, Proof, Reading


def _long_unanswered(now: datetime) -> Q:
    """Return whom invitations went to that ran out long ago."""
    before = now - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    return Q(invitation__expires_at__lt=before)


def _long_decided(now: datetime) -> Q:
    """Return what was shown for claims that were decided long ago."""
    before = now - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    return Q(claim__settled_at__lt=before)


_claim = partial(
    Held,
    heading="Claims",
    about="People who claim an organisation, and who decides on it",
    basis=Basis.PUBLIC_TASK,
)

MEMBERSHIPS = (
    Held(
        store=Membership,
        holds={
            "organisation": "which organisations you belong to",
            "role": "in which role",
            "since": "since when",
            "ended_at": "until when",
        },
        heading="Where you belong",
        about="Members of organisations",
        why="To know what you may do, and for whom you did it.",
        basis=Basis.CONTRACT,
        kept="As long as this Makegood stands. It shows on whose behalf something was signed.",
        seen_by=(
            "Members of the same organisation, auditors, whoever runs this Makegood, and whoever "
            "decides whether the organisation is here twice."
        ),
        whose="person",
        corrected="By an owner of the organisation.",
        at_erasure=AtErasure.STAYS,
        stays="They end. That a former member held the role stays (article 17(3)(b) and (d)).",
    ),
    Held(
        store=Addressee,
        holds={"email": "the e-mail address an invitation went to"},
        heading="Invitations",
        about="People who were invited to join an organisation",
        why="To ask you, and to know that it is you who answers.",
        basis=Basis.LEGITIMATE,
        kept=f"Until you answer, or {settings.KEEP_INVITATIONS_DAYS} days after it ran out.",
        seen_by="The owners of the organisation that asked you, and whoever runs this Makegood.",
        whose="email",
        key=ADDRESSES,
        corrected="Say no to it, and ask for another one.",
        past=_long_unanswered,
    ),
    done_for_organisation(
        Invitation, "that you invited somebody", "public_id", by="invited_by", words={}
    ),
    _claim(
        store=Claim,
        holds={
            "claimed_by": "who claimed an organisation",
            "settled_by": "who decided on it",
            "reason": "the reason they gave",
        },
        plain=("public_id",),
        why="To show who was made an owner, and why.",
        kept="As long as this Makegood stands.",
        seen_by="Whoever claims, whoever decides on claims, and whoever runs this Makegood.",
        whose="claimed_by",
        or_whose="settled_by",
        corrected="Take it back while it waits, or claim again.",
        at_erasure=AtErasure.STAYS,
        stays="That a former member claimed, and what was decided, stays (article 17(3)(b)).",
    ),
    _claim(
        store=Proof,
        holds={
            "position": "what you said you are to an organisation you claim",
            "domain": "that you read e-mail at its domain",
            "link": "a link to a register that names you",
            "words": "what you said in your own words",
        },
        why="To know that an organisation is yours to look after.",
        kept=f"Until you take the claim back, or {settings.KEEP_INVITATIONS_DAYS} days after it was decided.",
        seen_by="Whoever decides on claims.",
        whose="claim__claimed_by",
        corrected="Take the claim back, and claim again.",
        past=_long_decided,
    ),
    Held(
        store=Reading,
        holds={"path": "which pages you opened as an auditor", "at": "when"},
        heading="What auditors read",
        about="Auditors",
        why="Whoever may read everything is seen doing so.",
        basis=Basis.PUBLIC_TASK,
        kept=f"{settings.KEEP_READINGS_DAYS} days.",
        seen_by="The owners of your organisation, and whoever runs this Makegood.",
        whose="person",
        corrected="Not at all: it is noted by itself.",
        at_erasure=AtErasure.STAYS,
        stays="That a former auditor read a page stays for as long as the notes are kept.",
        past=lambda now: Q(at__lt=now - timedelta(days=settings.KEEP_READINGS_DAYS)),
    ),
)
