"""`makegood-engine value`: what came of it is worth, over what it cost, with how sure that is."""

import argparse
from pathlib import Path

from rich.table import Table

from makegood_engine import __version__
from makegood_engine.cli.options import Answer, print_table, progress, said_and_doubted, told
from makegood_engine.cli.written import check_named, write_json
from makegood_engine.value import BANK, appraise, example_model, read_bank, read_model
from makegood_engine.value.appraise import figure_said, sign_of

TABLES = (BANK,)
SHOWN = 10
"""Bars of the tornado that are shown."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--model", type=Path, required=True, metavar="T", help="model.toml")
    parser.add_argument("--out", type=Path, required=True, metavar="R", help="report.json, out")
    parser.add_argument(
        "--bank", type=Path, metavar="B", help="values you hold a licence for (CSV or TOML)"
    )
    parser.add_argument(
        "--example", action="version", version=example_model(),
        help="print an example model and stop",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> Answer:
    """Draw the model, and write the whole report."""
    check_named(asked.out, ".json")
    bank = None if asked.bank is None else read_bank(asked.bank)
    model = read_model(asked.model, bank=bank)
    with progress("Drawing the model", quiet=asked.json):
        found = appraise(model)
    answer = {**told(found), "sentence": found.sentence, "version": __version__}
    write_json(answer, asked.out)
    return {**answer, "written": [str(asked.out)]}


def show(answer: Answer) -> None:
    """Say the ratio with its interval, and what its doubt is due to."""
    said_and_doubted(answer)
    tornado = answer["tornado"]
    assert isinstance(tornado, list)
    table = Table(title="What the ratio turns on")
    money = sign_of(str(answer["currency"]))
    heads = ("Input", "From", "To", f"{money}1 brings, from", "to", "Share of the doubt")
    for name in heads:
        table.add_column(name, justify="left" if name == "Input" else "right")
    for bar in tornado[:SHOWN]:
        ends = [figure_said(bar[end], bar["unit"]) for end in ("input_low", "input_high")]
        brings = (f"{money}{bar['at_low']:.2f}", f"{money}{bar['at_high']:.2f}")
        table.add_row(bar["name"], *ends, *brings, f"{bar['share']:.0%}")
    print_table(table)
    print(
        "Each input goes from its 5th percentile to its 95th, all others at their middles. With "
        f"every input at its middle each {money}1 brings {money}{answer['at_middle']:.2f}, which need not be "
        "the middle draw."
    )
    print(
        f"{answer['draws']:,} draws with seed {answer['seed']}. Prices of {answer['price_year']}."
    )
