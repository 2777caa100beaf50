"""`makegood-engine chart`: draw what the other commands found, as SVG, PNG or PDF."""

import argparse
from collections.abc import Callable
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.charts import save_chart
from makegood_engine.charts.export import ENDINGS
from makegood_engine.cli.drawing import (
    draw_funnel,
    draw_merit,
    draw_spc,
    draw_tornado,
    draw_verdicts,
)
from makegood_engine.cli.options import Answer
from makegood_engine.cli.written import check_named
from makegood_engine.tables import DEFINITIONS, MEASUREMENTS, whole_file

TABLES = (MEASUREMENTS, DEFINITIONS)

Draw = Callable[[argparse.Namespace], str]

KINDS: dict[str, tuple[Draw, str, str]] = {
    "spc": (draw_spc, "measurements", "one series over time (--series, --definitions)"),
    "funnel": (draw_funnel, "units", "providers of many sizes (series, numerator, denominator)"),
    "verdicts": (draw_verdicts, "verdicts", "what assess found, under one another"),
    "tornado": (draw_tornado, "report", "what moves a value most, from the report of value"),
    "merit": (draw_merit, "allocation", "who stood where, from the answer of allocate"),
}
"""Each kind of chart: what draws it, what it is drawn from, and what it shows."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    kinds = "; ".join(f"{name}: {said}" for name, (_, _, said) in KINDS.items())
    parser.add_argument("kind", choices=list(KINDS), help=kinds)
    for option in sorted({source for _, source, _ in KINDS.values()}):
        parser.add_argument(f"--{option}", type=Path, metavar="F", help=f"{option}, a file")
    parser.add_argument("--out", type=Path, required=True, metavar="O", help=".svg, .png or .pdf")
    parser.add_argument("--title", default="", help="the chart's title")
    parser.add_argument("--unit", default="", help="what the values are in")
    parser.add_argument("--size", default="", help="what providers' sizes count (funnel)")
    parser.add_argument("--series", help="the series to draw (spc)")
    parser.add_argument("--definitions", type=Path, metavar="D", help="how it is watched (spc)")
    parser.add_argument("--ruleset", default="ptd-0.2.2", help="named rules (spc)")
    parser.add_argument("--starts-on", help="the day of the start, to be marked (spc)")
    parser.add_argument("--better", choices=["up", "down", "neutral"], default="neutral",
                        help="which way is better (funnel)")  # fmt: skip
    parser.add_argument("--measure", choices=["proportion", "rate"], default="proportion",
                        help="what the funnel's values are")  # fmt: skip
    parser.add_argument(
        "--per", type=float, default=1.0, help="100 for percent, 1000 for a rate per 1,000 (funnel)"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Draw one chart into one file."""
    check_named(asked.out, *ENDINGS)
    draw, source, _ = KINDS[asked.kind]
    if getattr(asked, source) is None:
        raise whole_file(f"A {asked.kind} chart is drawn from --{source}. Name the file.")
    save_chart(draw(asked), asked.out)
    return {"kind": asked.kind, "written": [str(asked.out)], "version": __version__}


def show(answer: Answer) -> None:
    """Say where the chart is."""
    written = answer["written"]
    assert isinstance(written, list)
    print(f"Drawn: {written[0]}.")
