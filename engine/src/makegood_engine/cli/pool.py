"""`makegood-engine pool`: choose comparators before anything is signed, or replace who left."""

import argparse
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine import __version__
from makegood_engine.cli.options import Answer, progress, warn, warn_of_lookalikes, whole_number
from makegood_engine.cli.written import whole
from makegood_engine.runners.output import check_output, table_files, write_whole
from makegood_engine.tables import (
    COMMITMENTS,
    MEASUREMENTS,
    ROW,
    Fault,
    TableError,
    read_table,
    strangers,
    twins,
    whole_file,
)
from makegood_engine.tables.check import plain_text
from makegood_engine.tables.counted import counted
from makegood_engine.verdict.choosing import Chosen, Wish, choose_pools
from makegood_engine.verdict.comparators import (
    BUT,
    CHOSEN_POOLS,
    LEAVERS,
    RESERVE,
    in_reserve,
    in_use,
    substitute,
)

TABLES = (MEASUREMENTS, COMMITMENTS, BUT, CHOSEN_POOLS, RESERVE, LEAVERS)
SHOWN = 10
"""Commitments that are shown one by one."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    for name, letter, said in (
        ("measurements", "M", "series, period, value"),
        ("commitments", "C", "promises, as yet without pools"),
        ("but", "B", "series that may not be comparators: a provider's other series, its branches"),
        ("commitments-out", "C2", "the promises with the names of their pools, out"),
        ("reserve", "R", "substitutes, out; with --leavers in"),
        ("leavers", "L", "series that left so far: put substitutes in their place"),
        ("pools", "Q", "the pools that they left, with --leavers"),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar=letter, help=said)
    parser.add_argument("--out", type=Path, required=True, metavar="Q", help="the pools, out")
    parser.add_argument(
        "--count", type=whole, default=20, metavar="N", help="comparators of each promise (20)"
    )
    parser.add_argument(
        "--substitutes", type=whole_number, default=5, metavar="N",
        help="substitutes of each promise, for --reserve (5)",
    )  # fmt: skip
    parser.add_argument("--seed", type=whole, metavar="S", help="a number by which ties fall")


def run(asked: argparse.Namespace) -> Answer:
    """Choose, or replace who left."""
    if asked.leavers is not None:
        return _replace(asked)
    _need(asked, "measurements", "commitments", "seed", why="choose comparators")
    outs = [path for path in (asked.out, asked.reserve, asked.commitments_out) if path is not None]
    for path in outs:
        check_output(path)
    warn_of_lookalikes(asked.commitments, COMMITMENTS)
    with progress("Choosing comparators", quiet=asked.json):
        promised, chosen = _chosen(asked)
        tables = [in_use(chosen)]
        if asked.reserve is not None:
            tables.append(in_reserve(chosen))
        if asked.commitments_out is not None:
            tables.append(_with_pools(promised, chosen))
        with table_files(*outs) as files:
            for file, table in zip(files, tables, strict=True):
                file.write(plain_text(table))
    return {
        "rule": chosen[0].rule,
        "seed": asked.seed,
        "commitments": [_told(one, asked) for one in chosen],
        "written": [str(path) for path in outs],
        "version": __version__,
    }


def _need(asked: argparse.Namespace, *names: str, why: str) -> None:
    lacking = [f"--{name}" for name in names if getattr(asked, name) is None]
    if lacking:
        raise whole_file(f"To {why}, give {' and '.join(lacking)} too.")


def _chosen(asked: argparse.Namespace) -> tuple[pa.Table, list[Chosen]]:
    """The commitments as read, and what was chosen for each."""
    measured = read_table(asked.measurements, MEASUREMENTS)
    promised = read_table(asked.commitments, COMMITMENTS)
    but = [] if asked.but is None else _barred(asked.but, measured)
    kept = asked.substitutes if asked.reserve is not None else 0
    warn(twins(pc.unique(measured["series"]).to_pylist(), file=asked.measurements.name))
    chosen = choose_pools(
        measured, promised, wish=Wish(asked.count, asked.seed, kept), but=but,
        files=(asked.measurements.name, asked.commitments.name),
    )  # fmt: skip
    if not any(one.members for one in chosen):
        reasons = "; ".join(f"{many:,} {why}" for why, many in chosen[0].left_out.items())
        said = f"No series can serve as a comparator of any promise ({reasons})."
        raise whole_file(said, name=asked.measurements.name)
    return promised, chosen


def _barred(path: Path, measured: pa.Table) -> list[str]:
    """The series that may not be comparators; those without rows are named, and refused if all."""
    barred = read_table(path, BUT)
    known = pc.unique(measured["series"]).to_pylist()
    lost = barred.filter(pc.invert(pc.is_in(barred["series"], value_set=pa.array(known))))
    pairs = zip(lost[ROW].to_pylist(), lost["series"].to_pylist(), strict=True)
    faults = strangers(pairs, known, name=path.name)
    if lost.num_rows == barred.num_rows:
        raise TableError(faults, name=path.name)
    warn(faults)
    names: list[str] = barred["series"].to_pylist()
    return names


def _with_pools(promised: pa.Table, chosen: list[Chosen]) -> pa.Table:
    """The commitments as they came, with the pool of each; none where nobody could serve."""
    pools = pa.array([one.pool if one.members else None for one in chosen], pa.string())
    place = promised.schema.get_field_index("pool")
    return promised.set_column(place, "pool", pools).drop_columns([ROW])


def _told(one: Chosen, asked: argparse.Namespace) -> dict[str, object]:
    return {
        "commitment": one.commitment,
        "pool": one.pool,
        "chosen": len(one.members),
        "asked": asked.count,
        "substitutes": len(one.substitutes),
        "considered": one.considered,
        "left_out": one.left_out,
    }


def _replace(asked: argparse.Namespace) -> Answer:
    """Put substitutes in the place of who left."""
    _need(asked, "pools", "reserve", why="replace who left")
    check_output(asked.out)
    pools = read_table(asked.pools, CHOSEN_POOLS)
    reserve = read_table(asked.reserve, RESERVE)
    left = read_table(asked.leavers, LEAVERS)
    _refuse_strangers(left, pools, reserve, name=asked.leavers.name)
    found = substitute(pools, reserve, left["series"].to_pylist())
    if not found.pools.num_rows:
        raise whole_file("Nobody would be left in any pool.", name=asked.leavers.name)
    write_whole(found.pools, asked.out)
    return {
        "left": left.num_rows,
        "replaced": found.replaced,
        "unfilled": found.unfilled,
        "written": [str(asked.out)],
        "version": __version__,
    }


def _refuse_strangers(left: pa.Table, *tables: pa.Table, name: str) -> None:
    """Refuse a leaver that no pool and no reserve speaks of: it is a slip of the pen."""
    known: set[str] = set()
    for table in tables:
        for column in {"series", "instead_of"} & set(table.column_names):
            known |= set(pc.unique(table[column]).to_pylist())
    faults = [
        Fault(row, "series", series, f"“{series}” is in no pool and not in reserve.")
        for row, series in zip(left[ROW].to_pylist(), left["series"].to_pylist(), strict=True)
        if series not in known
    ]
    if faults:
        raise TableError(faults, name=name)


def show(answer: Answer) -> None:
    """Say who was chosen out of how many, or how many were replaced."""
    chosen = answer.get("commitments")
    if not isinstance(chosen, list):
        empty = counted(answer["unfilled"], "place")
        print(f"{counted(answer['replaced'], 'comparator')} replaced; {empty} empty.")
        return
    for one in chosen[:SHOWN]:
        reasons = "; ".join(f"{many:,} {why}" for why, many in one["left_out"].items())
        print(
            f"{one['commitment']}: {counted(one['chosen'], 'comparator')} chosen of {one['considered']:,} "
            f"that could serve, {one['substitutes']:,} in reserve. Left out: {reasons}."
        )
        if one["chosen"] < one["asked"]:
            print(f"  Careful: {one['asked']:,} were asked for.")
    if len(chosen) > SHOWN:
        print(f"And {len(chosen) - SHOWN:,} more.")
    print(f"Chosen by the rule {answer['rule']} with seed {answer['seed']}.")
