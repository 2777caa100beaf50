"""Whatever a file holds, the commands answer or refuse it: never a traceback, nothing half written."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood_engine.cli import main

CELL = st.sampled_from(
    ["", " ", "a", "b", "1", "0", "2.5", "-3", "1e300", "nan", "inf", "true", "no", "1,5", "é", "\x00",
     '"', "x\ny", "=1+1", "2024-01-01", "9" * 30, "1e-300"]
)  # fmt: skip
HEADS = {
    "codings": ["unit", "coder", "code", "value", "group"],
    "items": ["item", "provider"],
    "applications": ["application", "asked", "minimum", "region"],
    "reviews": ["application", "reviewer", "score"],
    "book": ["kind", "guid", "name", "parent", "is_codable", "color", "members", "other"],
}
ROUND = '[round]\nbudget = 5\nseed = "s"\ndraws = 50\nlowest = -5\n'
COMMANDS = {
    "themes": (["--codings", "codings.csv", "--resamples", "20"], "out.json"),
    "sample": (["--items", "items.csv", "--seed", "s"], "out.csv"),
    "allocate": (
        ["--applications", "applications.csv", "--reviews", "reviews.csv", "--round", "round.toml"],
        "out.json",
    ),
    "codebook": (["--from", "book.csv"], "out.qdc"),
}


def table(name: str) -> st.SearchStrategy[str]:
    """A table with some of its columns, in any order, and any cells at all."""
    heads = st.permutations(HEADS[name]).flatmap(
        lambda names: st.integers(1, len(names)).map(lambda k: names[:k] if k > 2 else names)
    )
    return heads.flatmap(
        lambda names: st.lists(
            st.lists(CELL, min_size=len(names), max_size=len(names)), max_size=6
        ).map(lambda rows: "\n".join([",".join(names), *(",".join(row) for row in rows)]))
    )


@pytest.mark.parametrize("command", COMMANDS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_answered_or_refused(command: str, data: st.DataObject) -> None:
    options, out = COMMANDS[command]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "round.toml").write_text(ROUND)
        given_ = [str(here / part) if "." in part else part for part in options]
        for part in options:
            if part.endswith(".csv"):
                text = data.draw(table(part.removesuffix(".csv")))
                (here / part).write_text(text, encoding="utf-8", newline="")
        there = {path.name for path in here.iterdir()}
        where = ["--to" if command == "codebook" else "--out", str(here / out)]
        code = main([command, *given_, *where])
        left = {path.name for path in here.iterdir()} - there
        assert (code, left) in [(0, {out}), (2, set())]


TOML = st.recursive(
    st.sampled_from(["1", "-1", "0.5", "true", '"x"', '"money"', "nan", "inf", "1e400", "2024-01-01", "[]"]),
    lambda inner: st.lists(inner, max_size=2).map(lambda parts: "[" + ", ".join(parts) + "]"),
    max_leaves=3,
)  # fmt: skip
KEYS = [
    "budget",
    "seed",
    "draws",
    "sure",
    "weigh",
    "line",
    "partial",
    "minimum_share",
    "settle",
    "name",
    "odd",
]
RULE_KEYS = ["name", "column", "is", "measure", "at_least", "at_most", "odd"]


@given(
    about=st.dictionaries(st.sampled_from(KEYS), TOML, max_size=4),
    rule=st.dictionaries(st.sampled_from(RULE_KEYS), TOML, max_size=5),
)
@settings(max_examples=100, deadline=None)
def test_any_round_is_answered_or_refused(about: dict[str, str], rule: dict[str, str]) -> None:
    said = {"budget": "5", "seed": '"s"', "draws": "50"} | about
    lines = ["[round]", *(f"{key} = {value}" for key, value in said.items())]
    if rule:
        lines += ["[[rules]]", *(f"{key} = {value}" for key, value in rule.items())]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "round.toml").write_text("\n".join(lines))
        (here / "a.csv").write_text("application,asked\na,3\nb,4\n")
        (here / "r.csv").write_text("application,reviewer,score\na,x,1\na,y,2\nb,x,3\n")
        files = ["--applications", str(here / "a.csv"), "--reviews", str(here / "r.csv")]
        out = here / "out.json"
        code = main(["allocate", *files, "--round", str(here / "round.toml"), "--out", str(out)])
        assert (code, out.exists()) in [(0, True), (2, False)]
