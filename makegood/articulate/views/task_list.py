"""The list of what there is to write in a proposal, each with where it stands."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from makegood.articulate.parts import Line
from makegood.articulate.queries import PartRead
from makegood.articulate.states import PartStanding, ProposalPart

KINDS = {
    PartStanding.NOT_STARTED: "wait",
    PartStanding.BEGUN: "now",
    PartStanding.DONE: "ok",
}
BEFORE_PROMISES = (ProposalPart.MOTIVES, ProposalPart.OPTIONS)
Task = dict[str, object]


def address_of_part(code: str, *, part: ProposalPart) -> str:
    """Return where a part of the proposal with this code is written."""
    name = "weigh_options" if part == ProposalPart.OPTIONS else f"write_{part}"
    return reverse(name, args=[code])


def writing_tasks(
    code: str,
    *,
    summary: str,
    parts: Mapping[ProposalPart, PartRead],
    promises: int,
    files: int,
) -> list[Task]:
    """Return every part of a draft in the order in which it is written, with where it stands."""
    before = [each for part, each in parts.items() if part in BEFORE_PROMISES]
    after = [each for part, each in parts.items() if part not in BEFORE_PROMISES]
    said = PartStanding.DONE if summary.strip() else PartStanding.NOT_STARTED
    promised = PartStanding.DONE if promises else PartStanding.NOT_STARTED
    count = f"{promises} so far" if promises else "One at least"
    return [
        _task("Title and summary", reverse("revise_proposal", args=[code]), standing=said),
        *_written(code, before),
        _task("What you promise", "#promises", standing=promised, hint=count),
        *_written(code, after),
        _task(
            "Files beside it",
            reverse("attachments", args=[code]),
            standing=PartStanding.DONE if files else PartStanding.NOT_STARTED,
            hint=f"{files} so far" if files else "None, if you need none",
        ),
    ]


def lacking(*, summary: str, parts: Mapping[ProposalPart, PartRead], promises: int) -> list[str]:
    """Return what a draft lacks before it can be sent, each as something to do (ART-03, 42, 43)."""
    begun = [each.about.title for each in parts.values() if each.standing == PartStanding.BEGUN]
    return [
        *([] if promises else ["add a promise"]),
        *([] if summary.strip() else ["say what you would do, and how"]),
        *(f"finish “{title}”, or empty it" for title in begun),
    ]


def words_lines(title: str, summary: str) -> list[Line]:
    """Return a title and a summary as they are compared."""
    return [
        Line(group="", label="Title", text=title),
        Line(group="", label="What would you do, and how?", text=summary),
    ]


def _written(code: str, parts: list[PartRead]) -> Iterator[Task]:
    for each in parts:
        href = address_of_part(code, part=each.part)
        yield _task(each.about.title, href, standing=each.standing, hint=_by_whom(each))


def _by_whom(part: PartRead) -> str:
    if part.written_at is None:
        return ""
    return f"Last kept on {part.written_at:%-d %B %Y} by {part.written_by}"


def _task(title: str, href: str, *, standing: PartStanding, hint: str = "") -> Task:
    word = standing.value.capitalize()
    return {"title": title, "href": href, "word": word, "kind": KINDS[standing], "hint": hint}
