"""`makegood-engine synthetic`: synthetic control on outcomes."""

import argparse
from pathlib import Path

import pyarrow as pa
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.classical import PANEL, SyntheticFound, read_panel, synthetic_control
from makegood_engine.cli.did import add_panel
from makegood_engine.cli.options import (
    Answer,
    print_table,
    said_and_doubted,
    told,
    warn_of_lookalikes,
)
from makegood_engine.runners.output import check_output, write_whole

TABLES = (PANEL,)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_panel(parser)
    parser.add_argument(
        "--out", type=Path, metavar="G", help="observed, synthetic and gap by period, out"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Find the weights, the gap, and its place among the placebos."""
    if asked.out is not None:
        check_output(asked.out)
    warn_of_lookalikes(asked.panel, PANEL)
    panel = read_panel(asked.panel, treated=asked.treated, starts_on=asked.starts_on)
    found = synthetic_control(panel)
    if asked.out is not None:
        write_whole(_gaps(found), asked.out)
    answer = {name: part for name, part in told(found).items()
              if name not in {"observed", "synthetic", "periods"}}  # fmt: skip
    written = [] if asked.out is None else [str(asked.out)]
    return {
        **answer,
        "weights": dict(found.weights),
        "sentence": found.sentence,
        "written": written,
        "version": __version__,
    }


def _gaps(found: SyntheticFound) -> pa.Table:
    return pa.table(
        {
            "series": [found.series] * len(found.periods),
            "period": pa.array(found.periods, pa.date32()),
            "value": found.observed,
            "synthetic": found.synthetic,
            "gap": found.gaps,
        }
    )


def show(answer: Answer) -> None:
    """Say what was found, when not to trust it, and who stood in."""
    said_and_doubted(answer)
    weights, rank, placebos = answer["weights"], answer["rank"], answer["placebos"]
    assert isinstance(weights, dict)
    assert isinstance(placebos, list)
    table = Table(title="Who stands in")
    table.add_column("Series")
    table.add_column("Weight", justify="right")
    for name, weight in weights.items():
        table.add_row(name, f"{weight:.3f}")
    print_table(table)
    print(
        f"Distance before the start {answer['rmse_before']:.4g}, after {answer['rmse_after']:.4g}; "
        f"by their ratio number {rank} of {len(placebos) + 1}."
    )
