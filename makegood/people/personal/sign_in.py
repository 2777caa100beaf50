"""What is held so that people sign in; tables of ours and of allauth."""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.db.models import Q

from makegood.kernel.personal import Basis, Held
from makegood.people.models import Session

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

SIGN_IN = (
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
        about="People with an account, and whoever opens a page with a form",
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
)
