"""Many measures at a time: a file that is shown before it is kept, and the list that comes with Makegood."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from makegood.kernel.answers import PLAIN_NUMBER
from makegood.kernel.exports import harmless
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.period import Frequency
from makegood.kernel.references import new_reference, unused
from makegood.kernel.refusal import RuleBroken
from makegood.kernel.transition import move
from makegood.measures import rules
from makegood.measures.actions.versions import STREAM, enter_measure, write_version
from makegood.measures.actions.words import Arithmetic, MeasureWords
from makegood.measures.listing import (
    COLUMNS,
    NEEDED,
    STARTER,
    BadListing,
    ListedMeasure,
    read_listing,
)
from makegood.measures.models import Measure, MeasureFile
from makegood.measures.models.definitions import ARITHMETIC, WORDS
from makegood.measures.permissions import can_keep, can_look_after_library
from makegood.measures.states import UPLOADS, Better, MeasureKind, Topic, UploadState
from makegood.people.models import Organisation, Person

NEW_WORDS = "The measures that come with Makegood say it in other words now."
HEADS = {name: head for head, name in COLUMNS.items()}
LONGEST = {field.name: field.max_length for field in Measure._meta.concrete_fields}
CHOICES: dict[str, tuple[type[StrEnum], str]] = {
    "kind": (MeasureKind, "value"),
    "better": (Better, "words"),
    "frequency": (Frequency, "adverb"),
    "topic": (Topic, "words"),
}
"""What a cell may hold, by its word or as people say it."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a row says."""

    words: MeasureWords
    arithmetic: Arithmetic

    def is_said_by(self, measure: Measure) -> bool:
        """Return whether ``measure`` says the same, as a cell would hold it."""
        mine = {**self.words.columns(), **vars(self.arithmetic)}
        return all(harmless(getattr(measure, name)) == harmless(mine[name]) for name in mine)


@dataclass(kw_only=True)
class Loaded:
    """What became of each measure of a list."""

    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def preview_measures(
    *, data: bytes, file_name: str, keeper: Organisation, by: Person, now: datetime | None = None
) -> MeasureFile:
    """Read a list of measures without keeping any yet; say row by row what is good and what is not.

    Refused (MEA-08) when nothing in the file can be read.
    """
    now = now or timezone.now()
    can_keep(by, keeper=keeper).require()
    listed = _read(data)
    good, known, bad = _sorted_out(listed)
    file = MeasureFile.objects.create(
        reference=unused(
            lambda: new_reference("M", length=8),
            taken=lambda reference: MeasureFile.objects.filter(reference=reference).exists(),
        ),
        keeper=keeper,
        file_name=file_name[:255],
        file_digest=hashlib.sha256(data).hexdigest(),
        columns=[HEADS[name] for name in HEADS if any(name in row.cells for row in listed)],
        good_rows=good,
        known_rows=known,
        bad_rows=bad,
        uploaded_by=by,
        uploaded_at=now,
    )
    record(file, act="preview_measures", stream=STREAM, by=by, now=now)
    return file


@transaction.atomic
def store_measures(file: MeasureFile, *, by: Person, now: datetime | None = None) -> MeasureFile:
    """Keep the good rows of ``file``; one whose name was taken since the preview is left out."""
    now = now or timezone.now()
    can_keep(by, keeper=file.keeper).require()
    take_turn(STREAM)
    held = MeasureFile.objects.select_for_update().get(pk=file.pk)
    move(held, table=UPLOADS, act="store_upload")
    for row in held.good_rows:
        said = check_row(row["cells"])
        try:
            enter_measure(
                said.words, arithmetic=said.arithmetic, keeper=held.keeper, by=by, now=now
            )
        except RuleBroken:
            continue
        held.rows_added += 1
    held.decided_at = now
    held.save(update_fields=["state", "rows_added", "decided_at"])
    record(held, act="store_measures", stream=STREAM, by=by, now=now)
    return held


@transaction.atomic
def discard_measures(file: MeasureFile, *, by: Person, now: datetime | None = None) -> None:
    """Throw the preview and its rows away; that it was made stays on the record."""
    can_keep(by, keeper=file.keeper).require()
    _discard(file, by=by, now=now or timezone.now())


def discard_stale_measures(*, before: datetime, now: datetime | None = None) -> int:
    """Throw away what was previewed ``before`` then and never decided on; return how many."""
    stale = MeasureFile.objects.filter(state=UploadState.PREVIEWED, uploaded_at__lt=before)
    for file in stale:
        with transaction.atomic():
            _discard(file, by=None, now=now or timezone.now())
    return len(stale)


@transaction.atomic
def load_starter_measures(
    *,
    keeper: Organisation | None,
    file: Path | None = None,
    by: Person,
    now: datetime | None = None,
) -> Loaded:
    """Add the measures that come with Makegood, or those of ``file``; again, and only what is new.

    Words that somebody here revised stay theirs; those that nobody touched follow the list.
    """
    now = now or timezone.now()
    can_look_after_library(by).require()
    take_turn(STREAM)
    loaded = Loaded()
    held = {measure.name.casefold(): measure for measure in Measure.objects.select_for_update()}
    for row in _read((file or STARTER).read_bytes()):
        said = check_row(row.cells)
        measure = held.get(said.words.name.casefold())
        name = said.words.name
        try:
            if measure is None:
                enter_measure(
                    said.words,
                    arithmetic=said.arithmetic,
                    keeper=keeper,
                    is_from_starter=True,
                    by=by,
                    now=now,
                )
                loaded.added.append(name)
            else:
                _follow(measure, said=said, loaded=loaded, by=by, now=now)
        except RuleBroken as broken:
            loaded.left.append(f"{name}: {broken.sentence}")
    return loaded


def check_row(cells: Mapping[str, str]) -> Said:
    """Return what the cells of a row say; a cell that cannot be read is refused, by its column."""
    for head in NEEDED:
        if not cells.get(COLUMNS[head]):
            raise RuleBroken("MEA-08", f"{head}: Write something. Every measure needs it.")
    values: dict[str, Any] = {name: _value(name, text) for name, text in cells.items() if text}
    said = Said(
        words=MeasureWords(**{name: values[name] for name in WORDS if name in values}),
        arithmetic=Arithmetic(**{name: values[name] for name in ARITHMETIC if name in values}),
    )
    said.words.check()
    return said


def _read(data: bytes) -> list[ListedMeasure]:
    try:
        return read_listing(data)
    except BadListing as unreadable:
        rules.check_file_can_be_read(fault=str(unreadable))
        raise


def _follow(measure: Measure, *, said: Said, loaded: Loaded, by: Person, now: datetime) -> None:
    last = measure.versions.order_by("-number").first()
    name = measure.name
    if said.is_said_by(measure):
        loaded.kept.append(name)
    elif last is None or not last.is_from_starter:
        loaded.left.append(f"{name}: it is defined here in other words, and stays so.")
    elif changed := said.arithmetic.differing(Arithmetic.of(measure)):
        loaded.left.append(f"{name}: its {' and '.join(changed)} differs, so it would be another.")
    else:
        write_version(
            measure, words=said.words, reason=NEW_WORDS, is_from_starter=True, by=by, now=now
        )
        loaded.revised.append(name)


def _sorted_out(
    listed: Iterable[ListedMeasure],
) -> tuple[list[dict[str, object]], int, list[dict[str, object]]]:
    held = {measure.name.casefold(): measure for measure in Measure.objects.all()}
    first: dict[str, int] = {}
    good: list[dict[str, object]] = []
    bad: list[dict[str, object]] = []
    known = 0
    for row in listed:
        shown: dict[str, object] = {"row": row.line, "cells": dict(row.cells)}
        name = row.cells.get("name", "").casefold()
        try:
            said = _checked(row, held=held.get(name), first=first.get(name))
        except RuleBroken as broken:
            bad.append({**shown, "reason": broken.sentence})
            continue
        first[name] = row.line
        if said is None:
            known += 1
        else:
            good.append(shown)
    return good, known, bad


def _checked(row: ListedMeasure, *, held: Measure | None, first: int | None) -> Said | None:
    """Return what a row says; None where the library says the same; refused where it cannot go in."""
    if row.is_too_wide:
        raise RuleBroken("MEA-08", "There are more cells than columns. Put commas in quotes.")
    said = check_row(row.cells)
    if first:
        raise RuleBroken("MEA-08", f"name: “{said.words.name}” stands in row {first} already.")
    if held is None:
        return said
    if said.is_said_by(held):
        return None
    raise RuleBroken(
        "MEA-07",
        f"name: “{held}” is in the library already, and says something else. "
        "Revise it on its page, or choose another name.",
    )


def _value(name: str, text: str) -> object:
    if name in CHOICES:
        return _choice(name, text)
    if name in {"lowest", "highest"}:
        if not PLAIN_NUMBER.fullmatch(text):
            raise RuleBroken("MEA-08", f"{name}: “{text}” is not a number. Write it like 4.2.")
        return float(text.replace("−", "-"))
    longest = LONGEST.get(name) or 2000
    if len(text) > longest:
        raise RuleBroken(
            "MEA-08", f"{HEADS[name]}: Use at most {longest} characters. There are {len(text)}."
        )
    return text


def _choice(name: str, text: str) -> StrEnum:
    known, said = CHOICES[name]
    for one in known:
        if text.casefold() in {one.value, str(getattr(one, said)).casefold()}:
            return one
    words = ", ".join(known)
    raise RuleBroken("MEA-08", f"{HEADS[name]}: “{text}” is none of these: {words}.")


def _discard(file: MeasureFile, *, by: Person | None, now: datetime) -> None:
    held = MeasureFile.objects.select_for_update().get(pk=file.pk)
    move(held, table=UPLOADS, act="discard_upload")
    held.decided_at, held.file_name = now, ""
    held.columns, held.good_rows, held.bad_rows = [], [], []
    held.save()
    record(held, act="discard_measures", stream=STREAM, by=by, now=now)
