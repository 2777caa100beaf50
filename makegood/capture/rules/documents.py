"""What must be true of documents that are given as evidence."""

from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_document_is_described(*, title: str, summary: str) -> None:
    """CAP-53 A document is told in words too: what it is called, and what it shows."""
    if not title.strip() or not summary.strip():
        raise RuleBroken("CAP-53", "Say what the document is called and what it shows.")


def check_document_time_is_whole(*, from_on: date | None, until_on: date | None) -> None:
    """CAP-54 A document tells of a whole time: a first day and a last one, or neither."""
    if (from_on is None) != (until_on is None) or (from_on and until_on and until_on < from_on):
        raise RuleBroken("CAP-54", "Give the first and the last day, in that order, or neither.")


def check_withdrawal_says_why(*, why: str) -> None:
    """CAP-55 What is withdrawn says why: everyone reads it."""
    if not why.strip():
        raise RuleBroken("CAP-55", "Say why you withdraw it. Everyone reads this.")


def check_document_stands(*, stands: bool) -> None:
    """CAP-56 A document is withdrawn once: after that nothing of it changes."""
    if not stands:
        raise RuleBroken("CAP-56", "This document is withdrawn already.")


def check_document_can_be_kept(*, is_known: bool, size: int, most: int) -> None:
    """CAP-57 A document can be read by others: it is of a known kind, and not too large."""
    if not size:
        raise RuleBroken("CAP-57", "The file is empty. Choose another.")
    if size > most:
        raise RuleBroken("CAP-57", f"The file is larger than {most // 2**20} MB. Send its parts.")
    if not is_known:
        raise RuleBroken("CAP-57", "Send a PDF, a Word or OpenDocument text, or a picture.")
