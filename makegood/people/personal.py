"""What accounts, sign-in and memberships hold about people; the tables of allauth and Django's too."""

from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from makegood.kernel.personal import (
    AtErasure,
    Basis,
    Held,
    done_for_organisation,
    nothing_about_people,
)
from makegood.people.models import (
    Addressee,
    Advice,
    AdviserNote,
    Area,
    Claim,
    Contact,
    DpuloAnswer,
    DpuloStatement,
    Formation,
    Founder,
    Identifier,
    Invitation,
    Membership,
    MotiveAnswer,
    NamedMotive,
    Notice,
    Offer,
    Organisation,
    Person,
    Proof,
    Reading,
    Session,
    StepTaken,
    Succession,
    Workplace,
)


def _never_used(now: datetime) -> Q:
    """Return the accounts whose e-mail address nobody confirmed, that nobody used."""
    before = now - timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)
    never = Q(
        last_login=None, joined_at__lt=before, memberships=None, erased_at=None, is_staff=False
    )
    return never & ~Q(emailaddress__verified=True)


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
_account = partial(
    Held,
    heading="Your account",
    about="People with an account",
    why="To know you again, to write to you, and to say who acts for whom.",
    basis=Basis.CONTRACT,
    kept="Until you erase it.",
)
_group = partial(
    Held,
    heading="Groups that start an organisation",
    about="People who found a group, advise one, or say why it is wanted",
    basis=Basis.PUBLIC_TASK,
    kept="As long as this Makegood stands.",
    seen_by="Members of the group, whoever advises it, and founders who wrote of themselves.",
    at_erasure=AtErasure.STAYS,
    stays="What was done for the group stays, as a former member’s (article 17(3)(b)).",
)
_sign_in = partial(
    Held,
    heading="How you sign in",
    about="People with an account",
    why="So that you can sign in, and nobody else as you.",
    basis=Basis.LEGITIMATE,
    kept="Until you take it away, or erase your account.",
    seen_by="You, and whoever runs this Makegood.",
    corrected="Under “How you sign in”.",
)

HELD = (
    _account(
        store=Person,
        holds={
            "name": "your name",
            "email": "your e-mail address",
            "joined_at": "when you joined",
            "last_login": "when you last signed in",
            "notices_come": "how often we may write to you",
            "is_staff": "whether you help to run this Makegood",
        },
        secret={"password": "a scramble of your password, from which nobody can tell it"},
        plain=("public_id",),
        kept=(
            f"Until you erase it. An account that was never confirmed nor used goes after "
            f"{settings.KEEP_UNCONFIRMED_DAYS} days."
        ),
        seen_by=(
            "Your name: members of your organisations, and everyone where you signed or judged. Your "
            "address: you, and whoever runs this Makegood."
        ),
        whose="pk",
        corrected="Your name under “Your data”, your address under “Your e-mail addresses”.",
        place="change_name",
        at_erasure=AtErasure.EMPTIED,
        stays="A row without name or address stays, so that what you signed still has a signatory.",
        past=_never_used,
    ),
    _account(
        store=EmailAddress,
        holds={
            "email": "your e-mail addresses",
            "verified": "whether you showed that they are yours",
        },
        seen_by="You, and whoever runs this Makegood.",
        whose="user",
        corrected="Under “Your e-mail addresses”.",
        place="account_email",
    ),
    _account(
        store=EmailConfirmation,
        secret={"key": "the sign that was sent to an address to confirm it"},
        kept=f"Signs sent to confirm an address: {settings.KEEP_CODES_DAYS} days.",
        seen_by="You, and whoever runs this Makegood.",
        whose="email_address__user",
        corrected="Ask for a new sign to confirm an address.",
        past=lambda now: Q(created__lt=now - timedelta(days=settings.KEEP_CODES_DAYS)),
    ),
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
    _sign_in(
        store=Session,
        holds={
            "browser": "which browser you signed in with",
            "started_at": "since when",
            "seen_at": "when it was last seen",
        },
        secret={
            "session_key": "a scramble of the cookie in your browser",
            "session_data": "what you were doing, encrypted",
        },
        plain=("public_id",),
        kept="Where you are signed in: two weeks after it was last used, or until you sign out.",
        whose="person",
        corrected="Sign out under “Where you are signed in”.",
        place="sign_ins",
        past=lambda now: Q(expire_date__lt=now),
    ),
    _sign_in(
        store=Authenticator,
        holds={
            "type": "which second steps and passkeys you have",
            "created_at": "since when",
            "last_used_at": "when each was last used",
        },
        secret={"data": "what each of them is checked with; the secrets of apps are encrypted"},
        whose="user",
        place="mfa_index",
    ),
    _sign_in(
        store=SocialAccount,
        holds={
            "provider": "with which accounts elsewhere you sign in",
            "uid": "by which number they know you",
            "extra_data": "what they told us: your name and e-mail address there",
            "last_login": "when you last did",
            "date_joined": "since when",
        },
        whose="user",
        corrected="With whoever keeps that account, or take it away here.",
        place="socialaccount_connections",
    ),
    _sign_in(
        store=SocialToken,
        secret={"token": "what an account elsewhere gave us", "token_secret": "its secret"},
        whose="account__user",
    ),
    Held(
        store=Contact,
        holds={
            "name": "the name of whom to reach at an organisation",
            "job": "what they do there",
            "email": "an e-mail address to reach them by",
            "telephone": "a telephone number to reach them by",
        },
        plain=("public_id",),
        heading="Whom to reach",
        about="People whom an organisation names as its contacts",
        why="So that others can reach an organisation.",
        basis=Basis.PUBLIC_TASK,
        kept="Until the organisation erases it. Nothing of it is left then.",
        seen_by="As the organisation chose: everyone, whoever is signed in, or its members.",
        corrected="By an owner or editor of the organisation, or ask whoever runs this Makegood.",
    ),
    _group(
        store=Founder,
        holds={
            "name": "the name of who founds a group, or what they are",
            "skills": "what they can do",
            "aspirations": "what they hope for",
            "person": "that you wrote it of yourself",
        },
        plain=("public_id",),
        why="To know who starts an organisation, and to advise them.",
        kept="Until the group erases it, or you your account. Nothing of it is left then.",
        seen_by="Members of the group, its adviser, and whom the founder lets see it.",
        whose="person",
        corrected="By an owner or editor of the group, or ask whoever runs this Makegood.",
        at_erasure=AtErasure.EMPTIED,
        stays="That there was a founder stays. Nothing they said does.",
    ),
    _group(
        store=StepTaken,
        holds={
            "taken_by": "that you ticked off a step to a legal form",
            "note": "what you noted beside it",
        },
        plain=("step",),
        why="To see how far a group is on its way.",
        whose="taken_by",
        corrected="By ticking the step off anew. The first stays on the record.",
    ),
    _group(
        store=Advice,
        holds={
            "asked_by": "that you asked for an adviser",
            "words": "what you asked for",
            "adviser": "which groups you advise",
        },
        plain=("public_id",),
        why="To find somebody who helps a group on its way.",
        seen_by="Members of the group, its adviser, and those who advise at the support unit asked.",
        whose="asked_by",
        corrected="Take it back, and ask again.",
    ),
    _group(
        store=AdviserNote,
        holds={"written_by": "that you advised a group", "words": "what you suggested"},
        plain=("step",),
        why="To help a group on its way.",
        whose="written_by",
        corrected="By another suggestion. The first stays beside it.",
    ),
    _group(
        store=MotiveAnswer,
        holds={
            "answered_by": "that you said why an organisation is wanted",
            "words": "what you said of it in your own words",
        },
        why="To learn why people want such an organisation, and whether it is what they hoped for.",
        seen_by="Members of the organisation. Everyone sees how many name a reason, never fewer than five.",
        whose="answered_by",
        corrected="By answering anew. The first answer stays on the record.",
    ),
    nothing_about_people(NamedMotive),
    nothing_about_people(Formation, "parent_name", "why_no_number"),
    nothing_about_people(Organisation, "slug", "name", "summary", "website", "closing_reason"),
    nothing_about_people(Identifier, "scheme", "value"),
    nothing_about_people(Area, "code", "name", "path", "within", "nhs_code"),
    nothing_about_people(Workplace),
    nothing_about_people(DpuloStatement, "reason"),
    nothing_about_people(DpuloAnswer, "evidence"),
    nothing_about_people(Offer, "public_id", "words"),
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
        key="email",
        corrected="Say no to it, and ask for another one.",
        past=_long_unanswered,
    ),
    done_for_organisation(
        Invitation, "that you invited somebody", "public_id", by="invited_by", words={}
    ),
    _account(
        store=Notice,
        holds={
            "words": "what we told you of",
            "path": "where it can be seen",
            "at": "when it happened",
            "sent_at": "when we wrote to you",
        },
        why="To tell you what others did that concerns you.",
        kept=f"{settings.KEEP_NOTICES_DAYS} days.",
        seen_by="You, and whoever runs this Makegood.",
        whose="person",
        corrected="Choose how often we write under “What happened”.",
        past=lambda now: Q(at__lt=now - timedelta(days=settings.KEEP_NOTICES_DAYS)),
    ),
    done_for_organisation(
        Succession,
        "that you said which organisation follows which",
        "public_id",
        by="named_by",
        words={
            "settled_by": "who answered whether it is so, or undid it",
            "reason": "how it came about",
            "undoing_reason": "why it was undone",
        },
    ),
    _claim(
        store=Claim,
        holds={
            "claimed_by": "that you claimed an organisation",
            "settled_by": "who decided on it",
            "reason": "the reason they gave",
        },
        plain=("public_id",),
        why="To show who was made an owner, and why.",
        kept="As long as this Makegood stands.",
        seen_by="You, and whoever decides on claims.",
        whose="claimed_by",
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
    nothing_about_people(
        SocialApp, "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    nothing_about_people(Group, "name"),
    nothing_about_people(Permission, "name", "codename"),
    nothing_about_people(ContentType, "app_label", "model"),
)
