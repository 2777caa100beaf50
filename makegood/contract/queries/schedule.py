"""The schedule of a contract: all that its document says, as plain words under names."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django.utils import timezone

from makegood.articulate.models import Promise
from makegood.contract.models import (
    Commitment,
    Contract,
    Handover,
    Schedule,
    Signature,
    Variation,
    Withholding,
)
from makegood.contract.queries.agreed import Line, agreed_lines, write_day
from makegood.contract.queries.handovers import delivered_words, handover_signatures
from makegood.contract.queries.reconciling import Row, reconcile
from makegood.contract.queries.signing import signatures_of
from makegood.contract.queries.varying import (
    changes_of,
    frame_changes,
    variation_signatures,
    variations_in_force,
)
from makegood.contract.states import ContractState, Part
from makegood.kernel.figures import show_figure
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.money import show_pounds
from makegood.people.models import Organisation

Data = dict[str, Any]
OVERVIEW = ("Reference", "What changes", "Promised", "Contracted", "What became of it")
CHECK = (
    "The public ledger holds the digest of these words and of the PDF that was made of them, from "
    "the moment at which both sides had signed. The page of this schedule says how to compare your "
    "copy with it. Who signed stands on the page of the contract."
)


def schedule_kept(contract: Contract) -> Schedule | None:
    """Return the schedule as it was signed last; none before both signed, or before any were kept."""
    return contract.schedules.order_by("-number").first()


def schedule_data(contract: Contract, *, withheld: Mapping[str, Withholding]) -> Data:
    """Return what the schedule says to a reader: as it was signed, or else as it stands now.

    What is withheld from the reader is said to be. Without anything withheld, ``mark`` makes the
    digest one that nobody can find by trying.
    """
    kept = schedule_kept(contract)
    data = deepcopy(kept.data) if kept else compose_schedule(contract)
    return _without(data, withheld=withheld) if withheld else data


def compose_schedule(contract: Contract) -> Data:
    """Return all that the schedule says, as the contract stands."""
    table = reconcile(contract, withheld={})
    signatures = list(signatures_of(contract).order_by("side"))
    days = [one.day for one in signatures]
    varied = list(variations_in_force(contract))
    signed = [[one.day for one in variation_signatures(each)] for each in varied]
    handed = contract.handed_over
    return {
        "reference": contract.reference,
        "title": f"Schedule of commitments: {contract.name}",
        "parties": [str(contract.commissioner), str(contract.provider)],
        "dated": max(
            [
                *days,
                *(day for each in signed for day in each),
                *(one.day for each in handed for one in handover_signatures(each)),
                timezone.localdate(contract.drafted_at),
            ]
        ).isoformat(),
        "status": _status(contract, days=days, varied=[max(each) for each in signed]),
        "frame": [_kept(line, part=part) for line, part in _frame(contract)],
        "overview": {
            "head": list(OVERVIEW),
            "rows": [_overview(row) for row in (*table.promised, *table.additional)],
        },
        "promises": [_told(row) for row in table.promised],
        "additional": [_told(row) for row in table.additional],
        "variations": [_varied(each) for each in varied],
        "handovers": [_handed_over(each) for each in handed],
        "signatures": [_signed(one, party=one.party) for one in signatures],
        "check": CHECK,
        "mark": digest({"schedule of": contract.reference, "salt": contract.salt}),
    }


def sentence_of(row: Promise | Commitment) -> str:
    """Return a promise or a commitment as one sentence, as pages say it."""
    unit = row.measure.unit if row.measure else ""
    said = f"For {row.for_whom}: {row.what_changes}"
    if row.measure:
        way = f"{show_figure(row.baseline, unit=unit)} to {show_figure(row.target, unit=unit)}"
        said += f", from {way} ({str(row.measure).lower()})"
    said += f", by {write_day(row.due_on)}."
    if row.alternative is not None:
        said += f" The alternative: {show_figure(row.alternative, unit=unit)}."
    return f"{said}{_told_by(row)}"


def _told_by(row: Promise | Commitment) -> str:
    """Return who was promised to tell whether it is so, and who asks them; "" where that is not said."""
    if not isinstance(row, Promise) or not row.told_by:
        return ""
    least = f"at least {row.told_least} " if row.told_least else ""
    asks = f", asked by {row.gathered_by}" if row.gathered_by else ""
    not_by = f", and not by {row.not_gathered_by}" if row.not_gathered_by else ""
    return f" We will know from {least}{row.told_by}{asks}{not_by}."


def _status(contract: Contract, *, days: list[date], varied: list[date]) -> str:
    if contract.state == ContractState.IN_FORCE:
        said = f"Signed by both sides, the last on {write_day(max(days))}. It is in force."
        said += f" Varied by both sides, last on {write_day(max(varied))}." if varied else ""
        since = contract.delivered_since
        return f"{said} {delivered_words(since)}" if since else said
    return "A draft: nothing here is owed before both sides have signed."


def _frame(contract: Contract) -> Iterator[tuple[Line, str]]:
    yield Line(name="Contract", words=contract.reference), ""
    yield Line(name="Commissioner", words=str(contract.commissioner)), ""
    yield Line(name="Provider", words=str(contract.provider)), ""
    if since := contract.delivered_since:
        yield (
            Line(name="Promised by", words=f"{contract.promised_by}. {delivered_words(since)}"),
            "",
        )
    yield Line(name="Evidence judged by", words=str(contract.assessor)), ""
    runs = f"{write_day(contract.starts_on)} to {write_day(contract.ends_on)}"
    yield Line(name="Runs", words=runs), ""
    if contract.value is not None:
        yield Line(name="Value", words=show_pounds(contract.value)), Part.VALUE
    for name, words in (
        ("Procurement reference", contract.procurement_reference),
        ("Procedure", contract.procedure),
        ("Managed by", contract.manager_role),
    ):
        if words:
            yield Line(name=name, words=words), ""
    if contract.extensions:
        times = "once" if contract.extensions == 1 else f"{contract.extensions} times"
        words = f"{times.capitalize()}, for {contract.extension_months} months each"
        yield Line(name="Can be extended", words=words), ""
    if contract.notice_months:
        words = f"{contract.notice_months} months, by {contract.notice_by}"
        yield Line(name="Notice", words=words), ""


def _signed(one: Signature, *, party: Organisation) -> list[str]:
    return [
        one.side.capitalize(),
        str(party),
        write_day(one.day),
        "on paper" if one.is_on_paper else "by account",
    ]


def _varied(variation: Variation) -> Data:
    """Return one variation in force: why, from when, what changed, and who signed it."""
    signed = variation_signatures(variation).order_by("side")
    changes = changes_of(variation, withheld={})
    lines = [_kept(line, part=line.part) for line in frame_changes(variation, withheld={})]
    lines += [
        _kept(line, part=line.part) | {"name": f"{change.reference}: {line.name}"}
        for change in changes
        for line in change.lines
    ]
    said = [["Because", variation.reason], ["From", write_day(variation.from_on)]]
    said += [["Signed", ", ".join(_signed(one, party=one.party))] for one in signed]
    return {
        "reference": f"Variation {variation.number}",
        "fate": f"proposed by {variation.proposer}",
        "said": said,
        "differences": [
            f"{change.reference}. {each.mark.capitalize()}: {each.words}"
            for change in changes
            for each in change.differences
        ],
        "lines": lines,
    }


def _handed_over(handover: Handover) -> Data:
    """Return one handover in force: who took over from whom, why, and who signed it."""
    said = [["Because", handover.reason], ["From", write_day(handover.from_on)]]
    said += [
        ["Signed", ", ".join(_signed(one, party=handover.party(one.side)))]
        for one in handover_signatures(handover).order_by("side")
    ]
    return {
        "reference": f"Handover {handover.number}",
        "fate": f"from {handover.outgoing} to {handover.successor}",
        "said": said,
        "differences": [],
        "lines": [],
    }


def _fate(row: Row) -> str:
    if row.promise is None:
        return "additional"
    fate = str(row.disposition.fate) if row.disposition else "not settled"
    return f"{fate}, varied since" if row.commitment and row.commitment.varied_by_id else fate


def _overview(row: Row) -> list[str]:
    said = row.promise or row.commitment
    return [
        row.reference,
        said.what_changes if said else "",
        _owed(row.promise) if row.promise else "not promised",
        _owed(row.commitment) if row.commitment else "nothing",
        _fate(row),
    ]


def _owed(row: Promise | Commitment) -> str:
    target = f"{show_figure(row.target, unit=row.measure.unit)} " if row.measure else ""
    return f"{target}by {write_day(row.due_on)}"


def _told(row: Row) -> Data:
    said = []
    if row.promise:
        said.append(["Promised", sentence_of(row.promise)])
    if row.commitment and (row.promise is None or row.differences):
        said.append(["Contracted", sentence_of(row.commitment)])
    if row.disposition and row.disposition.reason:
        said.append(["Because", row.disposition.reason])
    version = row.commitment and row.commitment.measure_version
    if version:
        said.append(["Measured by", f"{version}: {version.definition}"])
    owed = row.commitment
    return {
        "reference": row.reference,
        "fate": _fate(row),
        "said": said,
        "differences": [f"{each.mark.capitalize()}: {each.words}" for each in row.differences],
        "lines": [
            _kept(line, part=line.part)
            for line in (agreed_lines(owed, withheld={}) if owed else ())
        ],
    }


def _kept(line: Line, *, part: str) -> dict[str, str]:
    kept = {"name": line.name, "words": line.words}
    return kept | {"part": str(part)} if part else kept


def _without(data: Data, *, withheld: Mapping[str, Withholding]) -> Data:
    """Say in place of what is withheld that it is, until when and why."""
    data.pop("mark", None)
    told = [*data["promises"], *data["additional"], *data.get("variations", ())]
    for line in [*data["frame"], *(line for each in told for line in each["lines"])]:
        held = withheld.get(line.get("part", ""))
        if held:
            line["words"], line["withheld"] = held.said(), True
    return data
