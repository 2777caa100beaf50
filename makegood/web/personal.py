"""What stands in no room's tables: the operators' log, and files and counts that are no tables."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Q

from makegood.kernel.personal import AtErasure, Basis, Held

_safety = partial(
    Held,
    heading="Keeping this Makegood safe",
    why="To find faults, and to stop those who guess passwords.",
    basis=Basis.LEGITIMATE,
    seen_by="Whoever runs this Makegood.",
    corrected="Not at all: it says what happened.",
)

HELD = (
    _safety(
        store=LogEntry,
        holds={
            "object_repr": "what an operator changed by hand, by name",
            "object_id": "its number",
            "change_message": "how",
            "action_time": "when",
        },
        about="Operators, and people whose account they changed",
        kept=f"What operators changed: {settings.KEEP_OPERATORS_LOG_DAYS} days.",
        whose="user",
        at_erasure=AtErasure.STAYS,
        stays=(
            "Who opened an account for whom has to be known while the log is kept, as a former "
            "member’s act (article 17(3)(e)). Names and addresses go out of it."
        ),
        past=lambda now: Q(action_time__lt=now - timedelta(days=settings.KEEP_OPERATORS_LOG_DAYS)),
    ),
    _safety(
        store="counts of tries",
        secret={
            "address": "how often an address on the network, or a scrambled e-mail address, tried to sign in"
        },
        about="Everyone who signs in or makes an account",
        kept="Counts of tries: minutes, until they count no more.",
        stays="Counts go by themselves, within the hour.",
    ),
    _safety(
        store="lines of the server’s log",
        secret={"line": "which page was asked for, and when; no name, and no private link"},
        about="Everyone who opens a page",
        kept="The server’s log: as long as whoever runs this Makegood has set. We advise 30 days.",
        at_erasure=AtErasure.STAYS,
        stays="The server’s log names nobody, and goes when it is full.",
    ),
    Held(
        store="letters written to files",
        holds={"letter": "letters to you, where no mail server is set"},
        heading="Letters",
        about="People with an account",
        why="To send you codes, and word of what concerns you.",
        basis=Basis.CONTRACT,
        kept=f"{settings.KEEP_LETTERS_DAYS} days.",
        seen_by="You, and whoever runs this Makegood.",
        corrected="Change your e-mail address.",
    ),
)

COOKIES = (
    {
        "name": settings.SESSION_COOKIE_NAME,
        "why": "Keeps you signed in, and your forms safe from other sites.",
        "kept": "Two weeks, or until you sign out.",
    },
)
"""Every cookie that is set; a test opens pages and finds no other."""
