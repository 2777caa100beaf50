"""What accounts hold about people: who they are, where they are written to and what they are told."""

from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.db.models import Q

from makegood.kernel.personal import AtErasure, Basis, Held
from makegood.people.models import Notice, Person


def _never_used(now: datetime) -> Q:
    """Return the accounts whose e-mail address nobody confirmed, that nobody used."""
    before = now - timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)
    never = Q(
        last_login=None, joined_at__lt=before, memberships=None, erased_at=None, is_staff=False
    )
    return never & ~Q(emailaddress__verified=True)


_account = partial(
    Held,
    heading="Your account",
    about="People with an account",
    why="To know you again, to write to you, and to say who acts for whom.",
    basis=Basis.CONTRACT,
    kept="Until you erase it.",
)

ACCOUNTS = (
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
)
