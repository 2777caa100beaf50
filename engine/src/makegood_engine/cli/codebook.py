"""`makegood-engine codebook`: a codebook from CSV to REFI-QDA (.qdc), or back."""

import argparse
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.cli.options import Answer
from makegood_engine.cli.written import check_named, write_text
from makegood_engine.themes import CODEBOOK, codebook_text, read_codebook
from makegood_engine.themes.qdc import left_out

TABLES = (CODEBOOK,)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--from", type=Path, required=True, metavar="X", dest="source", help="codebook (.qdc, .csv)"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="Y", help="out (.csv, .qdc)")
    parser.add_argument(
        "--strict", action="store_true", help="leave out of .qdc what the standard does not know"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Read a codebook in one form and write it in another."""
    check_named(asked.to, ".csv", ".qdc")
    book = read_codebook(asked.source)
    form = asked.to.suffix.lower()[1:]
    write_text(codebook_text(book, form=form, strict=asked.strict), asked.to)
    return {
        "codes": sum(1 for _ in book.walk()),
        "sets": len(book.sets),
        "beyond_the_standard": left_out(book),
        "left_out": left_out(book) if asked.strict and form == "qdc" else 0,
        "written": [str(asked.to)],
        "version": __version__,
    }


def show(answer: Answer) -> None:
    """Count what was written, and what was left out."""
    print(f"{answer['codes']:,} codes and {answer['sets']:,} sets written.")
    if answer["left_out"]:
        print(f"The standard does not know everything; left out: {answer['left_out']:,}.")
    elif answer["beyond_the_standard"]:
        print(
            f"The standard does not know everything; kept all the same: {answer['beyond_the_standard']:,}."
        )
