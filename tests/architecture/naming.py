"""How acts, permissions and fields are called, and how acts are given what they need."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from django.db import models

from tests.architecture.sources import Source

SPOKEN = {"actions", "queries", "permissions", "rules"}
# Acts with nobody to do them yet, or that somebody can only do to themselves.
WITHOUT_BY = {
    "load_areas": "facts of the country, from a file that comes with Makegood",
    "welcome_person": "an account is made before its person can act",
    "name_person": "a person names themselves",
    "tell_story": "a story is told by link, without an account",
    "change_consent": "by the same link, by whoever told the story",
    "ask_for_call": "by a link, without an account",
    "complain": "by a link, without an account",
    "end_complaint": "by its private address, by whoever complained",
    "end_old_complaints": "runs on a clock",
    "cancel_call": "by its private address, by whoever asked for it",
    "end_old_calls": "runs on a clock",
    "end_call_again": "follows a restore: it ended before",
    "take_versions_away": "what an act of whoever told the story does",
    "say_again": "by the same link, by whoever told the story",
    "note_privately": "the line of an act: who did it stands in the row it is about",
    "day_of": "says on which day an act was done",
    "consent_key": "says what is noted of an act",
    "publication_key": "says what is noted of an act",
    "take_version_again": "follows a restore: it was taken away before",
    "note_what_was_erased": "runs on a clock: somebody erased each before",
    "note_people_erased": "runs on a clock: each asked for it before",
    "end_names_left_behind": "by the clock, once somebody who was named left",
    "take_back": "what an act of whoever told the story does",
    "raise_concern": "with a story, by whoever told it",
    "add_story_file": "by the same link, by whoever told the story",
    "remove_story_file": "by the same link, by whoever told the story",
    "take_away": "what an act of whoever told the story does",
    "send_call_link": "by the same link, by whoever asked for the call",
    "send_complaint_link": "by the same link, by whoever complained",
    "send_private_link": "by the same link, by whoever told the story",
    "erase_people_again": "follows a restore: each asked for it before",
    "erase_documents_again": "follows a restore: somebody erased each before",
    "erase_again": "follows a restore: whoever told the story took it back before",
    "withdraw_story": "by the same link, by whoever told the story",
    "close_due_needs": "by the clock, at the time that was published",
    "begin_due_handovers": "by the clock, on the day that was said",
    "end_due_standstills": "by the clock, on the day that was said",
    "end_standstill": "by the clock, on the day that was said",
    "end_standstill_of": "by the clock, on the day that was said",
    "write_to_invited": "the letter of an act that says who does it",
    "burn_letters": "follows an erasure, or runs on a clock",
    "burn_old_letters": "runs on a clock",
    "discard_stale_measures": "runs on a clock",
    "sweep_sent_files": "runs on a clock",
    "discard_stale_uploads": "runs on a clock",
    "work_on_uploads": "goes on with what somebody began; the act before says who did",
    "work_on_upload": "goes on with what somebody began; the act before says who did",
    "read_file": "goes on with what somebody began; the act before says who did",
    "store_figures": "goes on with what somebody began; the act before says who did",
    "let_bytes_go": "follows a decision that says who made it",
    "remembered": "looks up what was said of files like it",
    "tell": "tells how the work ended that somebody began",
    "read_one_series": "reads a file for the act that says who sent it",
    "as_kept": "writes a moment for the rows that an act puts in",
    "digest_of_file": "reads a file for the act that says who sent it",
    "count_anew": "tells the database how many rows an act put in",
    "hold_anew": "follows a reading, or an answer whose act says who gave it",
    "parted": "parts rows for the acts that put them in",
    "copy_rows": "puts rows in for the act that says who does it",
    "yardstick": "says what figures are held against",
    "forget_old_tries": "runs on a clock",
    "let_go": "runs on a clock: deletes what is past its time",
    "letters": "lists files, for those that are burned",
    "hold_in_force": "waits for whoever else changes it; the act that follows says who does",
    "hold_handover": "waits for whoever else changes it; the act that follows says who does",
    "hold_variation": "waits for whoever else changes it; the act that follows says who does",
    "hold_to_sign": "waits for whoever else signs; the act that follows says who signs",
    "erase_old_papers": "runs on a clock: what is long past",
    "end_advice_left_behind": "by the clock, once an adviser left",
    "end_lapsed_memberships": "by the clock, after the last day",
    "ask_motives_again": "by the clock, a year after",
    "remind_of_figures": "by the clock, before and after the day that was agreed",
    "send_due_notices": "by the clock, as often as each person wishes",
    "analyse_commitments": "the engine's sums, run on a clock",
    "analyse_series": "the engine's sums, run when a series changes",
}
# Names that are Django's, or that say it better than a suffix would.
TIMES = {
    "at": "an entry happened at",
    "last_login": "Django's",
    "expire_date": "Django's: when a session runs out",
    "since": "a member since",
}
DATES = {
    "period": "the month a measurement is of",
    "reply_by": "until when the provider is heard",
}


def public(sources: Iterable[Source]) -> Iterator[tuple[Source, ast.FunctionDef]]:
    """Yield each public function that other rooms or screens may call."""
    for source in sources:
        if not SPOKEN.isdisjoint({source.name, *source.parts}):
            for node in source.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield source, node


def loose_arguments(sources: Iterable[Source]) -> list[str]:
    """Return each public function that takes more than its first argument by place."""
    return [
        f"{source.path}:{node.lineno} {node.name}: only the first argument goes by place"
        for source, node in public(sources)
        if len(node.args.posonlyargs) + len(node.args.args) > 1
    ]


def anonymous_acts(sources: Iterable[Source]) -> list[str]:
    """Return each act that does not ask who does it."""
    return [
        f"{source.path}:{node.lineno} {node.name} does not take by="
        for source, node in public(sources)
        if "actions" in {source.name, *source.parts}
        and not node.name.startswith("check_")
        and node.name not in WITHOUT_BY
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


def misnamed_times(found: Iterable[type[models.Model]]) -> list[str]:
    """Return each time that does not end in _at and each date that does not end in _on."""
    return [
        f"{model.__name__}.{field.name}: times end in _at, dates in _on"
        for model in found
        for field in model._meta.local_fields
        if not _is_well_named(field)
    ]


def _is_well_named(field: models.Field) -> bool:
    if isinstance(field, models.DateTimeField):
        return field.name.endswith("_at") or field.name in TIMES
    if isinstance(field, models.DateField):
        return field.name.endswith("_on") or field.name in DATES
    return True
