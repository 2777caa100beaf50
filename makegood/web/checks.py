"""What an operator is told before Makegood serves: settings that would be dangerous where they are."""

from typing import Any

from django.conf import settings
from django.core import checks

HERE = {"localhost", "127.0.0.1", "[::1]"}
"""Host names that only this machine can reach."""


@checks.register(checks.Tags.security, deploy=True)
def settings_are_fit_for_others(**_: Any) -> list[checks.CheckMessage]:
    """Return what would be dangerous where others can reach this Makegood."""
    if set(settings.ALLOWED_HOSTS) <= HERE:
        return []
    mail_is_kept = settings.LETTERS_BACKEND.endswith("filebased.EmailBackend")
    mail_is_sealed = settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS
    who_answers = settings.CONTROLLER and settings.CONTROLLER_CONTACT
    found = (
        (settings.DEMO, "W001", DEMO),
        (settings.DEBUG, "W002", DEBUG),
        (not settings.HTTPS, "W003", NO_TLS),
        (mail_is_kept, "W004", NO_MAIL),
        ("*" in settings.ALLOWED_HOSTS, "W005", ANY_HOST),
        (not mail_is_sealed and settings.EMAIL_HOST not in HERE, "W006", OPEN_MAIL),
        (not who_answers, "W007", NO_CONTROLLER),
        (not settings.SECURITY_CONTACT, "W008", NO_CONTACT),
        (not (settings.LEDGER_KEY or settings.LEDGER_KEY_FILE.exists()), "W009", UNSIGNED),
    )
    return [checks.Warning(said, id=f"makegood.{number}") for holds, number, said in found if holds]


DEMO = (
    "MAKEGOOD_DEMO is on, and this is not localhost: anybody can sign in as anybody, by one click. "
    "Set it to 0, or keep nothing here that is real."
)
DEBUG = (
    "MAKEGOOD_DEBUG is on, and this is not localhost: whoever meets a fault is shown settings and "
    "data. Set it to 0."
)
NO_TLS = (
    "MAKEGOOD_HTTPS is 0, and this is not localhost: passwords go over the network in the open. "
    "Set it to 1, behind a web server that speaks TLS."
)
NO_MAIL = (
    "MAKEGOOD_EMAIL_URL is not set: letters are written to files, and nobody can confirm an "
    "address or get a code. Name your mail server."
)
ANY_HOST = (
    "MAKEGOOD_HOSTS is *: links in letters can be made to lead elsewhere. Name the hosts you serve."
)
OPEN_MAIL = (
    "MAKEGOOD_EMAIL_URL begins with smtp://, and the mail server is elsewhere: codes that sign people "
    "in, and your password there, go over the network in the open. Use smtps:// or smtp+tls://."
)
NO_CONTROLLER = (
    "MAKEGOOD_CONTROLLER or MAKEGOOD_CONTROLLER_CONTACT is not set: nobody can read who answers for "
    "their data (UK GDPR article 13). Name your organisation, and how people reach it."
)
NO_CONTACT = (
    "MAKEGOOD_SECURITY_CONTACT is not set: whoever finds a weakness does not learn whom to tell. Give "
    "an e-mail address, or https://…"
)
UNSIGNED = (
    "The ledger is not signed: nobody can prove to others how it stood. Make its key once with "
    "`makegood ledger key` (or let `makegood serve` make it), and keep a copy of it apart."
)
