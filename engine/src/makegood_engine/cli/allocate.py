"""`makegood-engine allocate`: share out a fund that was asked for more than it has."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table

from makegood_engine import __version__
from makegood_engine.allocation import APPLICATIONS, REVIEWS, allocate, read_forms, read_round
from makegood_engine.allocation.letters import money
from makegood_engine.cli.options import Answer, print_table, progress, warn_of_lookalikes
from makegood_engine.cli.written import check_named, write_json
from makegood_engine.tables.counted import counted

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
    currency = str(answer["currency"])
    places, limits = answer["places"], answer["limits"]
    spent, budget = (money(float(str(answer[part])), currency) for part in ("spent", "budget"))
    assert isinstance(places, list)
    assert isinstance(limits, list)
    drawn = counted(answer["draws"], "draw")
    table = Table(title=f"{counted(len(places), 'application')}, {drawn}")
    for name in ("Application", "Merit", "Funded in", "Decision", "Lot", "Awarded"):
        table.add_column(name, justify="left" if name in ("Application", "Decision") else "right")
    for place in sorted(places, key=lambda p: (-p["merit"], p["id"])):
        table.add_row(
            place["id"], f"{place['merit']:.2f}", f"{place['share_funded']:.1%}", place["decision"],
            str(place["lot"] or ""), money(place["awarded"], currency),
        )  # fmt: skip
    print_table(table)
    tally = Counter(place["decision"] for place in places)
    print(", ".join(f"{many:,} {decision}" for decision, many in sorted(tally.items())) + ".")
    print(f"{spent} of {budget} awarded.")
    for limit in limits[1:]:
        print(f"  {limit['name']}: comes to {_amount(limit, currency)}")
    gap = answer["gap"]
    assert isinstance(gap, float)
    print(
        "Best plan by estimated merit, before any lots: "
        + (f"within {gap:.2%} of the best." if gap else "proved best.")
    )
    print("The letter to each applicant and the severity of each reviewer are in the file only.")


def _amount(limit: dict[str, Any], currency: str) -> str:
    """What awards come to under a limit: £26,000, or 3 awards."""
    if limit["of_money"]:
        return money(limit["comes_to"], currency)
    return f"{limit['comes_to']:,.0f} " + ("award" if limit["comes_to"] == 1 else "awards")
