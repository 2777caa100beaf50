"""What stands in the parts of a proposal, how far each is, and what was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from makegood.articulate.models import (
    Attachment,
    Clarification,
    Promise,
    Proposal,
    ProposalVersion,
    ProposalWithholding,
    WrittenPart,
)
from makegood.articulate.parts import (
    PARTS,
    YEARS,
    Content,
    Grid,
    Line,
    PartAsked,
    empty,
    grids_of,
    lines_of,
    missing_in,
    piece_of,
    price_of_year,
)
from makegood.articulate.queries.proposals import promises_of, withheld_of_proposal
from makegood.articulate.states import CASE, ClarificationState, PartStanding, ProposalPart
from makegood.kernel.ledger.canonical import digest
from makegood.people.models import Person
from makegood.people.queries import motives_said
from makegood.people.states import Moment

UNTOLD = {"id", "salt", "proposal", "reference", "position", "is_struck_out", "measure_version"}
"""What of a promise’s row is not part of what it says."""
LABELS = {
    "for_whom": "For whom",
    "what_changes": "What changes",
    "how_known": "How we will know",
    "starts_on": "From",
    "due_on": "By",
    "why_believed": "Why it is believed",
    "baseline": "Where it stands now",
    "baseline_on": "Measured on",
    "baseline_source": "Where that figure comes from",
    "how_gathered": "What people would say",
    "told_by": "Who would tell it",
    "told_least": "How many, at least",
    "gathered_by": "Who gathers it",
    "not_gathered_by": "Who must not",
    "evidence_level": "Level of evidence",
    "evidence": "The evidence",
    "evidence_url": "Where it can be read",
}


@dataclass(frozen=True, kw_only=True)
class PartRead:
    """One part as it stands: what it asks, what was answered, and how far it is."""

    about: PartAsked
    content: Content
    is_done: bool = False
    written_by: str = ""
    written_at: datetime | None = None

    @property
    def part(self) -> ProposalPart:
        """Return which part it is."""
        return self.about.part

    @property
    def lines(self) -> list[Line]:
        """Return what it says, answer by answer."""
        return lines_of(self.part, self.content)

    @property
    def worded(self) -> list[Line]:
        """Return the answers that no table shows."""
        return [line for line in self.lines if not line.is_in_grid]

    @property
    def grids(self) -> list[Grid]:
        """Return what of it is shown as a table."""
        return grids_of(self.part, self.content)

    @property
    def missing(self) -> list[str]:
        """Return what it must still say before it is done."""
        return missing_in(self.part, self.content)

    @property
    def is_begun(self) -> bool:
        """Return whether anybody wrote in it."""
        return is_written(self.content, part=self.part)

    @property
    def standing(self) -> PartStanding:
        """Return how far it is."""
        if self.is_done:
            return PartStanding.DONE
        return PartStanding.BEGUN if self.is_begun else PartStanding.NOT_STARTED


def is_written(content: Content, *, part: ProposalPart) -> bool:
    """Return whether a part holds more than it begins with."""
    return content != empty(part) and bool(content["rows"] or content["answers"])


def parts_of(proposal: Proposal) -> dict[ProposalPart, PartRead]:
    """Return every part of the case of ``proposal``, written or not, in order."""
    held = {each.part: each for each in proposal.parts.select_related("written_by")}
    return {part: _read(part, held.get(part)) for part in CASE}


def part_of(proposal: Proposal, *, part: ProposalPart) -> PartRead:
    """Return one part as it stands."""
    held = proposal.parts.select_related("written_by").filter(part=part).first()
    return _read(part, held)


def _read(part: ProposalPart, held: WrittenPart | None) -> PartRead:
    if held is None:
        return PartRead(about=PARTS[part], content=empty(part))
    return PartRead(
        about=PARTS[part],
        content=held.content,
        is_done=held.is_done,
        written_by=str(held.written_by),
        written_at=held.written_at,
    )


def motives_offered(proposal: Proposal) -> Content | None:
    """Return the motives its provider named before, to begin from; None where it never said why."""
    said = motives_said(proposal.provider)
    answer = said.get(Moment.YEAR_AFTER) or said.get(Moment.START)
    if answer is None:
        return None
    named = list(answer.motives.all())
    main = [each.motive for each in named if each.is_main]
    answers: dict[str, object] = {"motives": [each.motive for each in named]}
    return {"answers": answers | ({"main": main[0]} if main else {}), "rows": []}


def part_digest(content: Content, *, place: int | str | None = None) -> str:
    """Return what tells whether a page of a part was changed since it was read."""
    return digest(piece_of(content, place))


def words_digest(proposal: Proposal) -> str:
    """Return the same of the title and the summary."""
    return digest({"title": proposal.title, "summary": proposal.summary})


def whole_digest(proposal: Proposal) -> str:
    """Return the same of all that would be sent."""
    return digest(
        {
            "words": words_digest(proposal),
            "case": case_of(proposal),
            "promises": promises_said(proposal),
            "files": files_said(proposal),
        }
    )


def case_of(proposal: Proposal) -> dict[str, Content]:
    """Return what each part that was written says, as a version keeps it."""
    held = proposal.parts.values_list("part", "content")
    return {part: content for part, content in held if is_written(content, part=ProposalPart(part))}


def promises_said(proposal: Proposal) -> list[dict[str, object]]:
    """Return what each promise says, as a version keeps it."""
    return [
        {"reference": promise.reference, "lines": promise_lines(promise)}
        for promise in promises_of(proposal)
    ]


def promise_lines(promise: Promise) -> list[list[str]]:
    """Return every answer of a promise: its column, what was asked, and what was said."""
    found = []
    for field in promise._meta.concrete_fields:
        value = getattr(promise, field.name)
        if field.name not in UNTOLD and value not in (None, "", False):
            label = LABELS.get(field.name, str(field.verbose_name).capitalize())
            found.append([field.name, label, _said(value)])
    if promise.measure_version:
        version = f"version {promise.measure_version.number}"
        found.append(["measure_version", "Words of the measure", version])
    tags = [str(tag.words) for tag in getattr(promise, "standing_tags", ())]
    return [*found, ["tags", "Serves", "; ".join(tags)]] if tags else found


def _said(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def attachments_of(proposal: Proposal) -> QuerySet[Attachment]:
    """Return the files beside ``proposal``, the first one first."""
    return proposal.attachments.filter(removed_at=None).select_related("file")


def files_said(proposal: Proposal) -> list[dict[str, object]]:
    """Return what stands beside a proposal, as a version keeps it."""
    names = ("title", "description", "digest")
    return list(attachments_of(proposal).values(*names))


def versions_of_proposal(proposal: Proposal) -> QuerySet[ProposalVersion]:
    """Return every version of ``proposal`` since it was sent, the newest first."""
    held = proposal.versions.select_related("made_by", "clarifies")
    return held.order_by("-number")


def lines_of_version(version: ProposalVersion, *, but: Iterable[str] = ()) -> list[Line]:
    """Return what a version said, all parts and promises, ``but`` those that may not be read."""
    hidden = set(but)
    said = [Line(group="The proposal", label="Title", text=version.title)]
    if ProposalPart.SUMMARY not in hidden:
        said.append(
            Line(group="The proposal", label="What would be done, and how", text=version.summary)
        )
    for part in CASE:
        if part in version.case and part not in hidden:
            title = PARTS[part].title
            for line in lines_of(part, version.case[part]):
                group = f"{title}: {line.group}" if line.group else title
                said.append(Line(group=group, label=line.label, text=line.text))
    for promise in version.promises:
        for column, label, text in promise["lines"]:
            if ProposalPart.BELIEF not in hidden or column not in ProposalPart.BELIEF.columns:
                said.append(Line(group=f"Promise {promise['reference']}", label=label, text=text))
    if ProposalPart.ATTACHMENTS not in hidden:
        said += [
            Line(group="Files beside it", label=each["title"], text=each["description"])
            for each in version.files
        ]
    return said


def clarifications_of(proposal: Proposal) -> QuerySet[Clarification]:
    """Return what was asked of ``proposal``, the first question first; what was taken back is not."""
    held = proposal.clarifications.exclude(state=ClarificationState.WITHDRAWN)
    return held.select_related("asked_by", "answered_by")


def clarifications_open(proposals: QuerySet[Proposal]) -> QuerySet[Clarification]:
    """Return what waits for an answer in ``proposals``."""
    held = Clarification.objects.filter(state=ClarificationState.ASKED, proposal__in=proposals)
    return held.select_related("proposal__need", "proposal__provider")


@dataclass(frozen=True, kw_only=True)
class Price:
    """What the commissioner would pay: over all years given, of which there are so many."""

    whole: Decimal | None = None
    years: int = 0
    is_withheld: bool = False


def prices_of(proposals: Sequence[Proposal], *, person: Person | None) -> dict[int, Price]:
    """Return the price of each of ``proposals`` by its key, as ``person`` may read it."""
    keys = [proposal.pk for proposal in proposals]
    held = ProposalWithholding.objects.filter(
        proposal__in=keys, part=ProposalPart.COSTS, lifted_at__isnull=True
    ).values_list("proposal_id", flat=True)
    withheld = {
        proposal.pk
        for proposal in proposals
        if proposal.pk in set(held)
        and ProposalPart.COSTS
        in withheld_of_proposal(person, proposal=proposal, today=timezone.localdate())
    }
    rows = WrittenPart.objects.filter(proposal__in=keys, part=ProposalPart.COSTS)
    contents = dict(rows.values_list("proposal_id", "content"))
    return {
        key: Price(is_withheld=True) if key in withheld else _price(contents.get(key))
        for key in keys
    }


def _price(content: Content | None) -> Price:
    years = [price_of_year(content, year=year) for year in YEARS] if content else []
    paid = [price for price in years if price]
    return Price(whole=sum(paid, Decimal(0)) if paid else None, years=len(paid))
