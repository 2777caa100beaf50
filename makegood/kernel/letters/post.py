"""Writing letters and delivering them."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from makegood.kernel.letters.models import Letter
from makegood.kernel.sealing import seal, unseal

log = logging.getLogger(__name__)
AGAIN_AFTER = (1, 5, 15, 60, 240, 720)
"""Minutes after each failure; the last is for all that follow."""
GIVEN_UP_AFTER = timedelta(days=3)
KEPT = (
    *("subject", "body", "from_email", "to", "cc", "bcc", "reply_to"),
    *("extra_headers", "alternatives"),
)
CLAIMED_FOR = timedelta(minutes=2)
"""How long whoever takes a letter has to deliver it, before another may."""


class LetterBox(BaseEmailBackend):
    """Django's way out for e-mail: keeps each message as a letter, and sends it on commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; return how many."""
        for message in email_messages:
            said = {name: getattr(message, name, []) for name in KEPT}
            if message.attachments:
                raise TypeError("A letter carries no attachments; give a link instead.")
            letter = Letter.objects.create(
                to=", ".join(message.recipients()), sealed=seal(json.dumps(said))
            )
            transaction.on_commit(_delivery_of(letter.pk), robust=True)
        return len(email_messages)


def _delivery_of(letter: int) -> Callable[[], object]:
    return lambda: deliver(letter)  # a partial would have no name under which a fault is logged


def write_letter(template: str, *, to: str, context: Mapping[str, object]) -> None:
    """Send ``<template>.txt`` and ``.html`` to one address; the text's first line is the subject."""
    told = {**context, "address": settings.ADDRESS}
    subject, _, text = render_to_string(f"{template}.txt", told).strip().partition("\n")
    letter = EmailMultiAlternatives(subject=subject.strip(), body=text.strip() + "\n", to=[to])
    letter.attach_alternative(render_to_string(f"{template}.html", told), "text/html")
    letter.send()


def deliver_due(*, now: datetime | None = None) -> int:
    """Try every letter that is due; return how many were delivered."""
    due = Letter.objects.filter(due_at__lte=now or timezone.now()).order_by("due_at")
    return sum([deliver(key, now=now) for key in due.values_list("pk", flat=True)])


def deliver(key: int, *, now: datetime | None = None) -> bool:
    """Try one letter, and forget it once delivered; nobody else tries it meanwhile."""
    now = now or timezone.now()
    claimed = Letter.objects.filter(pk=key, due_at__lte=now)
    if not claimed.update(due_at=now + CLAIMED_FOR):
        return False
    letter = Letter.objects.get(pk=key)
    if now - letter.written_at > GIVEN_UP_AFTER or (said := unseal(letter.sealed)) is None:
        log.error("Letter %s could not be delivered and is given up.", key)
        letter.delete()
        return False
    try:
        _as_message(said).send()
    except OSError as failed:
        _put_off(letter, now=now, failed=failed)
        return False
    letter.delete()
    return True


def _as_message(said: str) -> EmailMultiAlternatives:
    kept = json.loads(said)
    headers, alternatives = kept.pop("extra_headers"), kept.pop("alternatives")
    way_out = get_connection(settings.LETTERS_BACKEND)
    message = EmailMultiAlternatives(**kept, headers=headers, connection=way_out)
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    return message


def _put_off(letter: Letter, *, now: datetime, failed: OSError) -> None:
    wait = AGAIN_AFTER[min(letter.tries, len(AGAIN_AFTER) - 1)]
    letter.tries += 1
    letter.due_at = now + timedelta(minutes=wait)
    letter.save(update_fields=["tries", "due_at"])
    log.warning(
        "Letter %s is not delivered (%s); tried again in %s minutes.",
        letter.pk,
        type(failed).__name__,
        wait,
    )
