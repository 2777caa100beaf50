"""`makegood-engine chart`: draw what the other commands found, as SVG, PNG or PDF."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.charts import save_chart
from makegood_engine.charts.export import ENDINGS
from makegood_engine.charts.lettering import NARROW, WIDE, check_width
from makegood_engine.cli.drawing import (
    UNITS,
    VERDICTS,
    draw_funnel,
    draw_merit,
    draw_spc,
    draw_tornado,
    draw_verdicts,
)
from makegood_engine.cli.options import Answer, day, number, whole_number
from makegood_engine.cli.written import check_named
from makegood_engine.spc import PTD, RULESETS
from makegood_engine.tables import DEFINITIONS, MEASUREMENTS, Contract, columns_said

TABLES = ()
Draw = Callable[[argparse.Namespace], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of chart: what draws it, the option of its file, what it shows, the tables it reads."""

    draw: Draw
    source: str
    said: str
    tables: tuple[Contract, ...] = ()


KINDS = {
    "spc": Shown(draw_spc, "measurements", "one series over time", (MEASUREMENTS, DEFINITIONS)),
    "funnel": Shown(draw_funnel, "units", "providers of many sizes", (UNITS,)),
    "verdicts": Shown(draw_verdicts, "verdicts", "what assess found, one under another",
                      (VERDICTS,)),
    "tornado": Shown(draw_tornado, "report", "what moves a value most: reads what value writes"),
    "merit": Shown(draw_merit, "allocation", "who stood where: reads what allocate writes"),
}  # fmt: skip
"""The kinds of chart by name."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add each kind with its own options, and its own help."""
    parser.epilog = "makegood-engine chart KIND --help lists what each kind reads."
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, shown in KINDS.items():
        kind = kinds.add_parser(
            name, help=shown.said, description=f"Draw {shown.said}.",
            epilog=columns_said(*shown.tables) if shown.tables else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        kind.add_argument(
            f"--{shown.source}", type=Path, required=True, metavar="F", help="what is drawn, a file"
        )
        kind.add_argument("--out", type=Path, required=True, metavar="O", help=".svg, .png, .pdf")
        kind.add_argument("--title", default="", help="the chart's title, which stands above it")
        kind.add_argument("--unit", default="", help="what the values are in")
        kind.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="answer as JSON"
        )
        kind.add_argument(
            "--width", type=_width, default=WIDE, metavar="W",
            help=f"how wide it is drawn ({WIDE}); {NARROW} is for a telephone",
        )  # fmt: skip
        OPTIONS.get(name, lambda _: None)(kind)


def _add_spc(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", required=True, metavar="S", help="the series to draw")
    parser.add_argument("--definitions", type=Path, metavar="D", help="how it is watched (table)")
    parser.add_argument("--ruleset", choices=list(RULESETS), default=PTD.name, help="named rules")
    parser.add_argument("--starts-on", type=day, metavar="D", help="the start, to be marked")


def _add_funnel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", default="", help="what providers' sizes count")
    parser.add_argument("--better", choices=["up", "down", "neutral"], default="neutral",
                        help="which way is better")  # fmt: skip
    parser.add_argument("--measure", choices=["proportion", "rate"], default="proportion",
                        help="what the values are: a share of a whole, or events in time"
                        )  # fmt: skip
    parser.add_argument(
        "--per", type=_per, default=1.0, help="100 for percent, 1000 for a rate per 1,000"
    )


def _width(text: str) -> int:
    """Read how wide a chart is to be drawn."""
    try:
        return check_width(whole_number(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _per(text: str) -> float:
    """Read what a funnel's values are said per."""
    value = number(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0")
    return value


OPTIONS = {"spc": _add_spc, "funnel": _add_funnel}
"""What is asked of one kind only."""


def run(asked: argparse.Namespace) -> Answer:
    """Draw one chart into one file."""
    check_named(asked.out, *ENDINGS)
    save_chart(KINDS[asked.kind].draw(asked), asked.out)
    return {"kind": asked.kind, "written": [str(asked.out)], "version": __version__}


def show(answer: Answer) -> None:
    """Say where the chart is."""
    written = answer["written"]
    assert isinstance(written, list)
    print(f"Drawn: {written[0]}.")
