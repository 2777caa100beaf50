"""`makegood-engine themes`: agreement between coders, prevalence by group, saturation."""

import argparse
from pathlib import Path

from rich.table import Table

from makegood_engine import __version__
from makegood_engine.cli.options import Answer, print_table, progress, share, warn_of_lookalikes
from makegood_engine.cli.written import check_named, whole, write_json
from makegood_engine.tables.counted import counted
from makegood_engine.themes import CODINGS, Level, read_codings, theme_report
from makegood_engine.themes.agreement import RESAMPLES, SEED
from makegood_engine.themes.prevalence import ALL
from makegood_engine.themes.suppression import RULE

TABLES = (CODINGS,)
HIDDEN = "–"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--codings", type=Path, required=True, metavar="C", help="who coded what")
    parser.add_argument("--out", type=Path, required=True, metavar="R", help="report, out (.json)")
    parser.add_argument(
        "--level", choices=[level.value for level in Level], default="nominal",
        help="how values are compared, where there are any",
    )  # fmt: skip
    parser.add_argument("--confidence", type=share, default=0.95, help="of intervals (0.95)")
    parser.add_argument("--resamples", type=whole, default=RESAMPLES, help="for the intervals")
    parser.add_argument("--seed", type=whole, default=SEED, help="for the intervals")
    parser.add_argument("--base-size", type=whole, default=4, help="stories in the base (4)")
    parser.add_argument("--run-length", type=whole, default=2, help="stories in a run (2)")
    parser.add_argument("--threshold", type=share, default=0.05, help="new information (0.05)")


def run(asked: argparse.Namespace) -> Answer:
    """Report on codings, into one file."""
    check_named(asked.out, ".json")
    warn_of_lookalikes(asked.codings, CODINGS)
    with progress("Weighing codings", quiet=asked.json):
        report = theme_report(
            read_codings(asked.codings),
            level=asked.level, confidence=asked.confidence, resamples=asked.resamples,
            seed=asked.seed, base_size=asked.base_size, run_length=asked.run_length,
            threshold=asked.threshold,
        ).as_dict()  # fmt: skip
        answer = {
            **report,
            "confidence": asked.confidence,
            "seed": asked.seed,
            "version": __version__,
        }
        write_json(answer, asked.out)
    return {**answer, "written": [str(asked.out)]}


def show(answer: Answer) -> None:
    """Say how far coders agree and on which codes, how common each theme is, and if more would add."""
    overall, codes, settled = answer["overall"], answer["codes"], answer["saturation"]
    assert isinstance(overall, dict)
    assert isinstance(codes, dict)
    assert isinstance(settled, dict)
    stories = (
        "Few stories"
        if answer["stories"] is None
        else counted(answer["stories"], "story", "stories")
    )
    table = Table(title=f"{stories}, {_coders(answer)}")
    for name in ("Code", "Alpha", "From", "To", "Coders"):
        table.add_column(name, justify="left" if name in ("Code", "Coders") else "right")
    for name, alpha in {"all codes": overall, **codes}.items():
        numbers = (alpha["alpha"], alpha["lower"], alpha["upper"])
        table.add_row(name, *map(_number, numbers), alpha["reason"] or alpha["reading"])
    print_table(table)
    print_table(_prevalence(answer))
    print(f"Saturation: {settled['sentence']}")


def _coders(answer: Answer) -> str:
    return "1 coder" if answer["coders"] == 1 else f"{answer['coders']:,} coders"


def _prevalence(answer: Answer) -> Table:
    """How common each theme is, in all and by group; small numbers stay hidden."""
    lines = answer["prevalence"]
    assert isinstance(lines, list)
    grouped = any(line["group"] != ALL for line in lines)
    table = Table(title=f"How common each theme is ({answer['confidence']:.0%} intervals)")
    heads = ("Theme", "Group", "Stories with it", "of", "Share", "From", "To")
    for name in heads if grouped else (heads[0], *heads[2:]):
        table.add_column(name, justify="left" if name in ("Theme", "Group") else "right")
    for line in lines:
        shares = (line[part] for part in ("share", "lower", "upper"))
        table.add_row(
            line["theme"], *([line["group"]] if grouped else []),
            "hidden" if line["suppressed"] else f"{line['count']:,}",
            HIDDEN if line["stories"] is None else f"{line['stories']:,}",
            *(HIDDEN if part is None else f"{part:.1%}" for part in shares),
        )  # fmt: skip
    if any(line["suppressed"] for line in lines):
        table.caption = RULE
    return table


def _number(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:.3f}"
