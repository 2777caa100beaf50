"""`makegood-engine sample`: draw evidence to check, and say what the check showed."""

import argparse
from pathlib import Path

import pyarrow as pa

from makegood_engine import __version__
from makegood_engine.cli.options import Answer, progress, share, warn_of_lookalikes
from makegood_engine.cli.written import check_named, whole, write_json
from makegood_engine.runners.output import check_output, write_whole
from makegood_engine.sampling import (
    ALGORITHM,
    CHECKED,
    ITEMS,
    Items,
    check_sample,
    draw_sample,
    read_items,
    sample_size,
)
from makegood_engine.tables import ROW, whole_file
from makegood_engine.tables.counted import counted

TABLES = (ITEMS, CHECKED)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--items", type=Path, required=True, metavar="I", help="all there is")
    parser.add_argument("--seed", required=True, help="published before the draw; any text")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="S",
        help="the sample (.csv, .parquet); with --checked the answer (.json)",
    )  # fmt: skip
    parser.add_argument("--confidence", type=share, default=0.95, help="how sure (0.95)")
    parser.add_argument(
        "--tolerable", type=share, default=0.10, help="most that may be wrong (0.1)"
    )
    parser.add_argument(
        "--size",
        type=whole,
        metavar="N",
        help="draw N, whatever that can show; with --checked, the N published",
    )
    parser.add_argument(
        "--checked", type=Path, metavar="C", help="the sample come back, with `wrong` filled in"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Draw a sample, or take one back."""
    if asked.checked is not None:
        return _take_back(asked)
    check_output(asked.out)
    warn_of_lookalikes(asked.items, ITEMS)
    with progress("Drawing", quiet=asked.json):
        items = read_items(asked.items)
        if asked.size is not None and asked.size > len(items.names):
            many = counted(len(items.names), "item")
            said = f"--size is {asked.size:,}, but the table has only {many}."
            raise whole_file(said, name=asked.items.name)
        size = asked.size or sample_size(
            items.sizes, confidence=asked.confidence, tolerable=asked.tolerable
        )
        table = _sample(items, seed=asked.seed, size=size)
        write_whole(table, asked.out)
    return {
        "items": len(items.names),
        "drawn": table.num_rows,
        "providers": len(items.sizes),
        "seed": asked.seed,
        "algorithm": ALGORITHM,
        "confidence": asked.confidence,
        "tolerable": None if asked.size else asked.tolerable,
        "written": [str(asked.out)],
        "version": __version__,
    }


def _sample(items: Items, *, seed: str, size: int) -> pa.Table:
    """The rows drawn, as the file has them, with place, hash and an empty `wrong`."""
    drawn = draw_sample(items.names, items.providers, seed=seed, size=size)
    at = {name: row for row, name in enumerate(items.names)}
    table = items.table.take([at[each.item] for each in drawn]).drop_columns([ROW])
    own = {"place": [each.place for each in drawn], "hash": [each.hash for each in drawn]}
    table = table.drop_columns([name for name in (*own, "wrong") if name in table.column_names])
    for name, cells in own.items():
        table = table.append_column(name, [cells])
    return table.append_column("wrong", pa.nulls(len(drawn), pa.string()))


def _take_back(asked: argparse.Namespace) -> Answer:
    check_named(asked.out, ".json")
    warn_of_lookalikes(asked.checked, CHECKED)
    items = read_items(asked.items)
    found = check_sample(
        items, asked.checked, seed=asked.seed, confidence=asked.confidence, size=asked.size
    )
    about = {"seed": asked.seed, "algorithm": ALGORITHM, "version": __version__}
    kept = {"tolerable": asked.tolerable, "tolerable_met": found.bound.keeps(asked.tolerable)}
    answer: Answer = {**found.as_dict(), **kept, **about}
    write_json(answer, asked.out)
    return {**answer, "written": [str(asked.out)]}


def show(answer: Answer) -> None:
    """Say what was drawn, or what the check showed."""
    bound = answer.get("bound")
    if isinstance(bound, dict):
        print(bound["sentence"])
        met = "met" if answer["tolerable_met"] else "not met"
        share = 100 * float(str(answer["tolerable"]))
        print(f"To be shown was that at most {share:.12g}% are wrong (--tolerable): {met}.")
        print(f"Exactly: at most {bound['exactly']}. Method: {bound['method']}.")
    else:
        print(
            f"{answer['drawn']:,} of {counted(answer['items'], 'item')} drawn from "
            f"{counted(answer['providers'], 'provider')} with the seed “{answer['seed']}”. "
            "Fill in `wrong`, and give it back with --checked."
        )
