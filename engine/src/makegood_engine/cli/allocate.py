"""`makegood-engine allocate`: share out a fund that was asked for more than it has."""

import argparse
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.allocation import APPLICATIONS, REVIEWS, allocate, read_forms, read_round
from makegood_engine.cli.options import Answer, progress, warn_of_lookalikes
from makegood_engine.cli.written import check_named, write_json

TABLES = (APPLICATIONS, REVIEWS)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--applications", type=Path, required=True, metavar="A", help="who asks")
    parser.add_argument("--reviews", type=Path, required=True, metavar="R", help="scores")
    parser.add_argument(
        "--round", type=Path, required=True, metavar="T", help="budget and rules (.toml)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="O", help="answer (.json)")


def run(asked: argparse.Namespace) -> Answer:
    """Allocate one round, into one file."""
    check_named(asked.out, ".json")
    warn_of_lookalikes(asked.reviews, REVIEWS)
    round_ = read_round(asked.round)
    applications, reviews = read_forms(asked.applications, asked.reviews)
    with progress(f"Drawing merit {round_.draws:,} times", quiet=asked.json) as report:
        found = allocate(applications, reviews, round_, report=report)
    answer: Answer = {**found.as_dict(), "version": __version__}
    write_json(answer, asked.out)
    return {**answer, "written": [str(asked.out)]}


def show(answer: Answer) -> None:
    """List the applications by merit, and say how the money went."""
    places, limits = answer["places"], answer["limits"]
    assert isinstance(places, list)
    assert isinstance(limits, list)
    table = Table(title=f"{len(places):,} applications, {answer['draws']:,} draws")
    for name in ("Application", "Merit", "Funded in", "Decision", "Lot", "Awarded"):
        table.add_column(name, justify="left" if name in ("Application", "Decision") else "right")
    for place in sorted(places, key=lambda p: (-p["merit"], p["id"])):
        table.add_row(
            place["id"], f"{place['merit']:.2f}", f"{place['share_funded']:.1%}", place["decision"],
            str(place["lot"] or ""), f"{place['awarded']:,.2f}",
        )  # fmt: skip
    Console().print(table)
    tally = Counter(place["decision"] for place in places)
    print(", ".join(f"{many:,} {decision}" for decision, many in sorted(tally.items())) + ".")
    print(f"{answer['spent']:,.2f} of {answer['budget']:,.2f} awarded.")
    for limit in limits:
        print(f"  {limit['name']}: comes to {limit['comes_to']:,.2f}")
    print(f"Best plan on mean merit: {answer['best_value']:.4f}, gap {answer['gap']:.2%}.")
