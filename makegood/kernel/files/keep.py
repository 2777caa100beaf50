"""Keeping a file, dropping it, and sweeping out what no row names."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from makegood.kernel.files.kinds import FileKind
from makegood.kernel.files.models import FOLDER, KeptFile

UNNAMED_FOR = timedelta(days=1)
"""So long a file without its row is left: the act that keeps it may not have ended."""


def keep_file(content: bytes, *, kind: FileKind, now: datetime) -> KeptFile:
    """Keep ``content``, which is of ``kind``; whoever calls knows that it may be."""
    kept = KeptFile(
        kind=kind, size=len(content), digest=hashlib.sha256(content).hexdigest(), kept_at=now
    )
    kept.content.save("", ContentFile(content), save=False)
    kept.save()
    return kept


def digest_of(kept: KeptFile) -> str:
    """Return the SHA-256 of what the file holds now, in hexadecimal, read piece by piece."""
    read = hashlib.sha256()
    with kept.content.open("rb") as opened:
        for piece in opened.chunks():
            read.update(piece)
    return read.hexdigest()


def keep_stream(file: "File[Any]", *, kind: FileKind, now: datetime) -> KeptFile:
    """Keep an open file of ``kind`` without reading it whole into memory."""
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    kept = KeptFile(kind=kind, size=size, digest=digest.hexdigest(), kept_at=now)
    kept.content.save("", file, save=False)
    kept.save()
    return kept


def forget_file(kept: KeptFile, *, now: datetime) -> None:
    """Drop a file, and its digest with it: nobody can show any more that it was this one."""
    drop_file(kept, now=now, forgets=True)


def drop_file(kept: KeptFile, *, now: datetime, forgets: bool = False) -> None:
    """Let a file go for good, once it is sure; its digest stays. Dropping it twice changes nothing."""
    held = KeptFile.objects.select_for_update().get(pk=kept.pk)
    if held.dropped_at:
        return
    place = str(held.content.name)
    held.content, held.dropped_at = "", now
    if forgets:
        held.digest = ""
    held.save(update_fields=["content", "dropped_at", "digest"])
    transaction.on_commit(lambda: default_storage.delete(place), robust=True)


def sweep_files(*, now: datetime) -> int:
    """Remove the files that no row names: of acts that failed, or that were dropped; return how many."""
    named = KeptFile.objects.filter(dropped_at=None).values_list("content", flat=True)
    return sweep_folder(FOLDER, named=named, now=now)


def sweep_folder(folder: str, *, named: "QuerySet[Any, Any]", now: datetime) -> int:
    """Remove the files of ``folder`` that are not among ``named``, those of this day aside."""
    if not default_storage.exists(folder):
        return 0
    _, names = default_storage.listdir(folder)
    there = [f"{folder}/{name}" for name in names]
    old = {p for p in there if default_storage.get_modified_time(p) < now - UNNAMED_FOR}
    unnamed = old.difference(named.iterator()) if old else set()
    for place in unnamed:
        default_storage.delete(place)
    return len(unnamed)
