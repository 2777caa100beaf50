"""The local runner: files of any size through the kernel, on one machine, in bounded memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from makegood_engine.runners.answers import Answers, answers_of
from makegood_engine.runners.definitions import Definitions, Met, read_definitions
from makegood_engine.runners.output import scratch, table_files
from makegood_engine.runners.rates import check_rates
from makegood_engine.runners.sorting import sorted_pieces
from makegood_engine.runners.source import NotInOrderError, ahead, in_order
from makegood_engine.spc.rulesets import PTD, RuleSet, ruleset_named
from makegood_engine.tables import MEASUREMENTS, Fault, FaultList, read_pieces, twins, whole_file
from makegood_engine.tables.lookalike import LOOKED_AT

Report = Callable[[int], None]
"""Told the number of points done so far."""


@dataclass(slots=True)
class Done:
    """What a run did; `unused` is what it made no use of, by file and row."""

    points: int = 0
    series: int = 0
    flagged: int = 0
    sorted_first: bool = False
    unused: list[Fault] = field(default_factory=list)

    def add(self, found: Answers) -> None:
        """Count what was found in one piece."""
        self.points += found.points.num_rows
        self.series += found.summary.num_rows
        self.flagged += found.flagged


def run_spc(
    measurements: Path,
    *,
    points: Path,
    summary: Path,
    definitions: Path | None = None,
    ruleset: str = PTD.name,
    report: Report = lambda _done: None,
) -> Done:
    """Label every point of every series of a file, into two files.

    Input in order of series and period streams straight through; other input is sorted first
    (on disk where it must be). Memory does not grow with the file. Raises `TableError`
    for bad input, and for definitions of which none has measurements; then neither output is
    touched.
    """
    rules = ruleset_named(ruleset)
    asked = None if definitions is None else read_definitions(definitions)
    job = _Job(measurements, points, summary, asked, rules, report)
    try:
        return job.run()
    except NotInOrderError:
        return job.run(sorted_first=True)


@dataclass(frozen=True, slots=True)
class _Job:
    measurements: Path
    points: Path
    summary: Path
    asked: Definitions | None
    rules: RuleSet
    report: Report

    def run(self, *, sorted_first: bool = False) -> Done:
        """Stream the measurements, sorted first where they must be, through the kernel."""
        faults, done = FaultList(self.measurements.name), Done(sorted_first=sorted_first)
        met = None if self.asked is None else Met(self.asked)
        names: list[str] = []
        with (
            scratch(self.points) as folder,
            table_files(self.points, self.summary) as (points, summary),
        ):
            coded = not sorted_first
            read = ahead(read_pieces(self.measurements, MEASUREMENTS, faults=faults, coded=coded))
            pieces = check_rates(read, self.asked, faults)
            if sorted_first:
                pieces = sorted_pieces(pieces, folder)
            for whole in in_order(ahead(pieces), faults):
                found = answers_of(whole, self.asked, self.rules, faults)
                if found is not None:
                    if len(names) < LOOKED_AT:
                        names += whole.names.slice(0, LOOKED_AT).to_pylist()
                    if met is not None:
                        met.see(whole.names, *whole.ends())
                    points.write(found.points)
                    summary.write(found.summary)
                    done.add(found)
                    self.report(done.points)
            faults.raise_if_any()
            if done.series == 0:
                said = "The table has a header but no rows."
                raise whole_file(said, name=self.measurements.name)
            done.unused = twins(names, file=self.measurements.name)
            if met is not None:
                done.unused += met.unused()
        return done
