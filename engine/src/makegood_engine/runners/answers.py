"""From whole series in order to their points and summaries: the same on every runner."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.runners.definitions import Definitions, Wanted, wanted_of
from makegood_engine.runners.rates import rates_of
from makegood_engine.runners.source import Whole
from makegood_engine.runners.targets import targets_doubted
from makegood_engine.spc.dispersion import narrow_note
from makegood_engine.spc.points import (
    Labels,
    assure,
    fixed_note,
    label,
    rebase_note,
    runs_note,
    trial_note,
)
from makegood_engine.spc.rates import Rates
from makegood_engine.spc.rulesets import ASSURANCES, POINT_TYPES, RuleSet
from makegood_engine.spc.slips import doubt_notes, doubts_of
from makegood_engine.tables import ROW, FaultList

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


_Doubts = dict[int, list[str]]
IDLE = "No new limits from {}: it is outside the series."
"""Noted of a rebase at which nothing begins."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The points and summary tables of some whole series, and how many points are signals."""

    points: pa.Table
    summary: pa.Table
    flagged: int


@dataclass(frozen=True, slots=True)
class _Groups:
    """Where each group begins (and the end), each series' first group, and what is noted."""

    starts: Longs
    first: Longs
    notes: dict[int, list[str]] = field(default_factory=dict)


def answers_of(
    whole: Whole, known: Definitions | None, rules: RuleSet, faults: FaultList
) -> Answers | None:
    """Label whole series; None where a fault is found (it is put in `faults`)."""
    wanted = wanted_of(whole.names, known)
    groups = _groups(whole, wanted)
    of = np.repeat(np.arange(len(whole.names)), np.diff(groups.first))
    values = whole.table["value"].to_numpy().astype(np.float64, copy=False)
    before = faults.total
    values, rates = rates_of(whole, values, wanted.chart, of, faults)
    if faults.total > before:
        return None
    if known is not None and rates is not None:
        known.check_targets(whole.names, rates.per[groups.first[:-1]])
    found = label(
        values,
        groups.starts,
        better=wanted.better[of],
        fix_after=wanted.fix_after[of],
        screen_outliers=wanted.screen_outliers[of],
        ruleset=rules,
        rates=rates,
    )
    return Answers(
        _points(
            _with_values(whole, values, rates),
            values=values,
            groups=groups,
            found=found,
            rules=rules,
        ),
        _summary(whole, values=values, groups=groups, found=found, wanted=wanted, rules=rules),
        int(np.count_nonzero(found.cause)),
    )


def _with_values(whole: Whole, values: Floats, rates: Rates | None) -> Whole:
    """The same rows with the values that were charted, where some were made of rates."""
    if rates is None:
        return whole
    place = whole.table.schema.get_field_index("value")
    made = whole.table.set_column(place, "value", pa.array(values, from_pandas=True))
    return Whole(whole.names, whole.starts, made)


def _groups(whole: Whole, wanted: Wanted) -> _Groups:
    starts = whole.starts
    if not wanted.rebases:
        return _Groups(starts, np.arange(len(starts)))
    days = whole.table["period"].to_numpy()
    cuts: set[int] = set()
    notes: dict[int, list[str]] = {}
    for i, rebases in wanted.rebases.items():
        low, high = int(starts[i]), int(starts[i + 1])
        for day, why in rebases:
            cut = low + int(np.searchsorted(days[low:high], day))
            if cut == high or day < days[low]:
                notes.setdefault(i, []).append(IDLE.format(day))
            elif low < cut:
                cuts.add(cut)
                notes.setdefault(i, []).extend([rebase_note(str(day), why)] if why else [])
    every = np.union1d(starts, np.array(sorted(cuts), dtype=np.int64))
    return _Groups(every, np.searchsorted(every, starts), notes)


def _points(
    whole: Whole, *, values: Floats, groups: _Groups, found: Labels, rules: RuleSet
) -> pa.Table:
    """The points table of one piece; what is unknown is null."""
    lengths = np.diff(groups.starts)
    number = np.arange(len(lengths)) - np.repeat(groups.first[:-1], np.diff(groups.first))
    gone = np.isnan(values)
    missing = gone if gone.any() else None
    series = pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(np.arange(len(whole.names), dtype=np.int32), np.diff(whole.starts))),
        whole.names,
    )
    varying = found.lowers is not None
    columns = {
        "series": series,
        "period": whole.table["period"],
        "value": whole.table["value"],
        "group": pa.array(np.repeat(number.astype(np.int32), lengths)),
        "mean": _repeated(found.mean, lengths),
        "lower": _known(found.lowers) if varying else _repeated(found.lower, lengths),
        "upper": _known(found.uppers) if varying else _repeated(found.upper, lengths),
        "outside": pa.array(found.outside, mask=missing),
        "side": pa.array(found.side, mask=missing),
        "close": pa.array(found.close, mask=missing),
        "special_cause": _coded(found.cause, rules.labels),
        "point_type": _coded(found.kind, POINT_TYPES),
    }
    for name in whole.table.column_names:
        if name not in columns and name != ROW:
            columns[name] = whole.table[name]
    return pa.table(columns)


def _known(values: Floats | None) -> pa.Array:
    return pa.array(values, from_pandas=True)


def _repeated(per_group: Floats, lengths: Longs) -> pa.Array:
    values = np.repeat(per_group, lengths)
    gone = np.isnan(per_group)
    return pa.array(values, mask=np.repeat(gone, lengths) if gone.any() else None)


def _coded(codes: NDArray[np.int8], labels: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels))


def _notes(
    counts: Longs,
    groups: _Groups,
    found: Labels,
    wanted: Wanted,
    rules: RuleSet,
    *,
    doubts: _Doubts,
) -> pa.Array:
    """The notes of each series: on its last group (trial, fixed, runs, narrow limits), rebases."""
    said = [" ".join(trial_note(k, rules)) for k in range(rules.settled + 1)]
    code = np.minimum(counts, rules.settled).astype(np.int32)
    more = {i: list(notes) for i, notes in groups.notes.items() if notes}
    if found.runs is not None or found.sigma_z is not None or wanted.fix_after.any():
        periods = np.diff(groups.starts)
        for i, g in enumerate((groups.first[1:] - 1).tolist()):
            fixed = fixed_note(int(wanted.fix_after[i]), int(periods[g]), rules)
            if note := (*fixed, *runs_note(found.runs, g), *narrow_note(found.sigma_z, g)):
                more[i] = [*note, *more.get(i, [])]
    for i, notes in doubts.items():
        more[i] = [*more.get(i, []), *notes]
    for i, notes in more.items():
        said.append(" ".join([*filter(None, [said[code[i]]]), *notes]))
        code[i] = len(said) - 1
    return pa.array(said).take(pa.array(code)).dictionary_encode()


def _doubts(whole: Whole, values: Floats, targets: Floats) -> _Doubts:
    """What looks like a slip in the figures or the target of each series, in words; most have none."""
    starts = whole.starts.astype(np.int64, copy=False)
    found = doubts_of(values, starts)
    days = whole.table["period"]
    said = {
        i: list(doubt_notes(values, found, i, lambda place: str(days[place].as_py())))
        for i in np.flatnonzero((found.point >= 0) | (found.first >= 0)).tolist()
    }
    for i, notes in targets_doubted(targets, values, starts).items():
        said.setdefault(i, []).extend(notes)
    return said


def _summary(
    whole: Whole,
    *,
    values: Floats,
    groups: _Groups,
    found: Labels,
    wanted: Wanted,
    rules: RuleSet,
) -> pa.Table:
    """The summary table of one piece: each series' last group, last known point, assurance."""
    known = ~np.isnan(values)
    last = groups.first[1:] - 1
    n = np.add.reduceat(known, whole.starts[:-1], dtype=np.int64)
    in_last = np.add.reduceat(known, groups.starts[:-1], dtype=np.int64)[last]
    place = np.maximum.reduceat(np.where(known, np.arange(len(values)), -1), whole.starts[:-1])
    variation = np.where(n > 0, found.kind[place], 0).astype(np.int8)
    lower, upper = found.lower[last], found.upper[last]
    assurance = np.zeros(len(last), np.int8)
    aimed = ~np.isnan(wanted.target) if rules.limit else np.zeros(len(last), np.bool_)
    for i in np.flatnonzero(aimed).tolist():
        assurance[i] = assure(lower[i], upper[i], wanted.target[i], int(wanted.better[i]))
    return pa.table(
        {
            "series": whole.names,
            "n": n,
            "mean": _known(found.mean[last]),
            "lower": _known(lower),
            "upper": _known(upper),
            "variation": _coded(variation, POINT_TYPES),
            "assurance": _coded(assurance, ASSURANCES),
            "ruleset": _coded(np.zeros(len(n), np.int8), (rules.name,)),
            "notes": _notes(
                in_last, groups, found, wanted, rules, doubts=_doubts(whole, values, wanted.target)
            ),
        }
    )
