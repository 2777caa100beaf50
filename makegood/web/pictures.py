"""Turning what is known into what the pictures of a page show."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from makegood.capture.queries import IS_FOUND_WRONG, NOT_CORRECTED
from makegood.contract.models import Commitment
from makegood.contract.queries import Tally
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.trace import latest_entries
from makegood.kernel.period import name_month
from makegood.measures.models import Measurement
from makegood.measures.queries import current_measurements
from makegood.web.analysis import chart_of
from makegood.web.queries.gap import Gap, Step

NOTHING_ASKED: Mapping[str, str] = MappingProxyType({})
BARS = (Step.PROMISED, Step.CONTRACTED, Step.WEAKENED, Step.CAPTURED, Step.SHOWN)


def gap_steps(gap: Gap, *, asked: Mapping[str, str] = NOTHING_ASKED) -> list[dict[str, Any]]:
    """Return the bars of the gap; each opens the promises in it, among those ``asked`` for."""
    lost = gap[Step.LOST]
    owed = gap[Step.CONTRACTED].count + gap[Step.WEAKENED].count
    captured = gap[Step.CAPTURED].count
    otherwise = gap[Step.FOUND_OTHERWISE].count
    unjudged = captured - gap[Step.SHOWN].count - otherwise
    left = {"lost": lost.count, "reason": _worth(lost), "href": list_at(Step.LOST, asked=asked)}
    rest: dict[Step, dict[str, object]] = {
        Step.CONTRACTED: left | _note({"not signed yet": gap[Step.UNSIGNED].count}),
        Step.CAPTURED: _note({"without evidence yet": owed - captured}),
        Step.SHOWN: _note({"found otherwise": otherwise, "not judged yet": unjudged}),
    }
    return [
        _bar(step, asked=asked) | {"value": gap[step].count, **rest.get(step, {})} for step in BARS
    ]


def worth_steps(gap: Gap, *, asked: Mapping[str, str] = NOTHING_ASKED) -> list[dict[str, Any]]:
    """Return the same bars by what the valued promises are worth a year: from the least to the most."""
    return [
        _bar(step, asked=asked)
        | {
            "value": float(gap[step].low),
            "up_to": float(gap[step].high),
            "shown": f"{gap[step].worth} a year" if gap[step].valued else "nothing valued",
            "note": f"{gap[step].unvalued} not valued." if gap[step].unvalued else "",
        }
        for step in (*BARS[:3], Step.LOST, *BARS[3:])
    ]


def list_at(step: Step, *, asked: Mapping[str, str]) -> str:
    """Return the page of the promises at a step, among those ``asked`` for."""
    return f"{reverse('promises')}?{urlencode({**asked, 'step': step})}"


def _bar(step: Step, *, asked: Mapping[str, str]) -> dict[str, Any]:
    return {"name": step.words, "trace": list_at(step, asked=asked)}


def measure_figure(commitment: Commitment) -> dict[str, Any]:
    """Return the chart of a commitment and its numbers, each traced to the ledger."""
    line = commitment.line
    measurements = (
        list(current_measurements(line).annotate(is_wrong=IS_FOUND_WRONG)) if line else []
    )
    values = {each.period: each.value for each in measurements}
    wrong = [each.period for each in measurements if each.is_wrong]
    chart = chart_of(commitment, line=line, values=values, wrong=wrong) if line else None
    if line is None or chart is None:
        nothing = "Nothing is recorded yet."
        return {"title": str(commitment.measure or commitment), "sentence": nothing, "svg": ""}
    behind = [measurement.upload or measurement for measurement in measurements]
    entries = latest_entries(behind)
    rows = [
        [
            name_month(measurement.period),
            _shown(measurement),
            _marked(
                chart.signals.get(measurement.period.isoformat()), is_wrong=measurement.is_wrong
            ),
            _traced(entries.get(row.ledger_subject)),
        ]
        for measurement, row in zip(measurements, behind, strict=True)
    ]
    return {
        "title": str(line),
        "sentence": chart.sentence,
        "svg": chart.svg,
        "source": line.first.source or _recorded_by(commitment),
        "head": ["Month", line.measure.unit, "Signal", "Ledger entry"],
        "rows": rows,
        "numeric": "2",
    }


def _recorded_by(commitment: Commitment) -> str:
    """Return who recorded the figures: whoever delivered it, one after the other."""
    names = dict.fromkeys(str(each) for each in commitment.contract.providers)
    return f"recorded by {', then '.join(names)}"


def address_of(entry: Entry | None) -> str:
    """Return the page of a ledger entry."""
    return reverse("entry", args=[entry.stream, entry.seq]) if entry else ""


def _traced(entry: Entry | None) -> dict[str, str]:
    return {"text": str(entry), "href": address_of(entry)} if entry else {"text": "–"}


def _shown(measurement: Measurement) -> str:
    if measurement.value is None:
        return measurement.note or measurement.standing.replace("_", " ")
    return f"{measurement.value:.10g}"


def _marked(signal: str | None, *, is_wrong: bool) -> str:
    return "; ".join(said for said in (signal, NOT_CORRECTED if is_wrong else "") if said)


def _note(counts: dict[str, int]) -> dict[str, object]:
    said = [f"{count} {words}" for words, count in counts.items() if count]
    return {"note": ", ".join(said) + "."} if said else {}


def _worth(tally: Tally) -> str:
    parts = [f"worth {tally.worth} a year" if tally.valued else ""]
    parts.append(f"{tally.unvalued} not valued" if tally.unvalued else "")
    return ", ".join(part for part in parts if part)
