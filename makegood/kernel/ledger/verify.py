"""Holding the ledger against itself, and every row against the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Max

from makegood.kernel.ledger.guards import missing_guards
from makegood.kernel.ledger.merkle import Frontier
from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead


@dataclass(kw_only=True)
class Report:
    """What was checked, and what was found wrong: each problem names its place."""

    entries: int = 0
    rows: int = 0
    size: int = 0
    root: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Return whether nothing was found wrong."""
        return not self.problems


def verify() -> Report:
    """Check guards, streams, tree and rows, and return all that is wrong with them."""
    report = Report(entries=Entry.objects.count())
    report.problems += [
        f"Guard {name} is not in the database." for name in missing_guards(connection)
    ]
    report.problems += _stream_faults()
    report.problems += _tree_faults(report)
    for model in recorded_models():
        try:
            report.problems += _row_faults(model, report)
        except (ArithmeticError, ValueError) as wrong:
            report.problems.append(f"A {model.ledger_kind()} cannot be read: {wrong!r}.")
    return report


def recorded_models() -> list[type[Recorded]]:
    """Return every kind of row that the ledger covers."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def _stream_faults() -> Iterator[str]:
    lengths = dict(Stream.objects.filter(length__gt=0).values_list("name", "length"))
    expected: dict[str, int] = {}
    for stream, seq in Entry.objects.order_by("stream", "seq").values_list("stream", "seq"):
        wanted = expected.get(stream, 0) + 1
        if seq != wanted:
            yield f"Stream {stream}: entry {wanted} is not there; entry {seq} follows."
        expected[stream] = seq
    for stream in sorted(lengths.keys() | expected.keys()):
        if lengths.get(stream, 0) != expected.get(stream, 0):
            yield (
                f"Stream {stream}: it ends at entry {expected.get(stream, 0)}, "
                f"but {lengths.get(stream, 0)} were written."
            )


def _tree_faults(report: Report) -> Iterator[str]:
    heads = dict(TreeHead.objects.values_list("size", "root"))
    frontier = Frontier()
    leaves = Leaf.objects.select_related("entry").order_by("index")
    for leaf in leaves.iterator(chunk_size=2000):
        if leaf.index != frontier.size:
            yield f"Tree: leaf {frontier.size} is not there; leaf {leaf.index} follows."
            break
        if leaf.entry.leaf_hash().hex() != leaf.hash:
            yield f"Entry {leaf.entry} ({leaf.entry.act}, {leaf.entry.subject}) was changed."
        frontier = frontier.append(bytes.fromhex(leaf.hash))
        if heads.pop(frontier.size, frontier.root().hex()) != frontier.root().hex():
            yield f"Tree: its root at {frontier.size} entries is not the one that was kept."
    for size in sorted(heads):
        yield f"Tree: a root was kept for {size} entries, but those entries are not there."
    report.size, report.root = frontier.size, frontier.root().hex()


def _row_faults(model: type[Recorded], report: Report) -> Iterator[str]:
    kind = model.ledger_kind()
    latest = _latest_digests(kind)
    for row in model.recorded_one_by_one().order_by("pk").iterator(chunk_size=2000):
        report.rows += 1
        kept = latest.pop(row.ledger_subject, None)
        if kept is None:
            yield f"Row {row.ledger_subject} ({row}) is not in the ledger."
        elif kept != row.ledger_digest():
            yield f"Row {row.ledger_subject} ({row}) was changed behind the application's back."
        if fault := row.ledger_fault():
            yield f"Row {row.ledger_subject} ({row}): {fault}"
    for subject in latest:
        yield f"Row {subject} was removed behind the application's back."


def _latest_digests(kind: str) -> dict[str, str]:
    last = (
        Entry.objects.filter(subject__startswith=f"{kind}:")
        .values("subject")
        .annotate(last=Max("id"))
        .values("last")
    )
    return dict(Entry.objects.filter(id__in=last).values_list("subject", "digest"))
