"""Reading `round.toml`: every key known, typed and within bounds, or refused by name."""

import re
from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Any

from makegood_engine.allocation.forms import Round, Rule
from makegood_engine.allocation.letters import SIGNS
from makegood_engine.tables import (
    Fault,
    FaultList,
    TableError,
    did_you_mean,
    too_far,
    whole_file,
)
from makegood_engine.tables.figures import as_share
from makegood_engine.tables.toml import read_toml

ABOVE_NOTHING = 1e-12
KEYS: dict[str, tuple[tuple[type, ...], str]] = {
    "name": ((str,), "text"),
    "budget": ((int, float), "a number"),
    "seed": ((str, int), "text or a whole number"),
    "draws": ((int,), "a whole number"),
    "sure": ((int, float), "a number"),
    "weigh": ((str,), "text"),
    "line": ((int, float), "a number"),
    "lowest": ((int, float), "a number"),
    "partial": ((bool,), "true or false"),
    "minimum_share": ((int, float), "a number"),
    "settle": ((str,), "text"),
    "currency": ((str,), "text"),
}
"""The keys of [round], and what each must be."""
BOUNDS = {
    "budget": (ABOVE_NOTHING, 1e15, "above 0, and at most 1,000,000,000,000,000"),
    "draws": (50, 100_000, "between 50 and 100,000"),
    "sure": (0.5 + ABOVE_NOTHING, 1 - ABOVE_NOTHING, "above 0.5 and below 1"),
    "minimum_share": (0.01, 1, "between 0.01 and 1"),
    "line": (-1e12, 1e12, "between −1,000,000,000,000 and 1,000,000,000,000"),
    "lowest": (-1e12, 1e12, "between −1,000,000,000,000 and 1,000,000,000,000"),
}
CODE = re.compile("[A-Z]{3}")
CHOICES = {"weigh": ("money", "awards"), "settle": ("lots", "merit")}
NO_BOTTOM = "cannot be found. Give the lowest score of the scale there, or a `line`."
MEASURES = ("count", "money", "share")
RULE_KEYS = {"name", "column", "is", "measure", "at_least", "at_most"}


def read_round(path: str | Path) -> Round:
    """Read a round from its TOML file; raises `TableError` naming the key that is wrong."""
    path = Path(path)
    if not path.is_file() and path.parent.is_dir():
        beside = did_you_mean(path.name, sorted(each.name for each in path.parent.glob("*.toml")))
        raise whole_file(f"There is no such file.{beside}", name=path.name)
    given, _ = read_toml(path)
    return round_from(given, name=path.name)


def round_from(given: Mapping[str, Any], *, name: str = "round.toml") -> Round:
    """Make a round of the values of a TOML file called `name`; raises `TableError`."""
    faults = FaultList(name)
    about, rules = given.get("round"), given.get("rules", [])
    for key in sorted(set(given) - {"round", "rules"}):
        _fault(faults, key, "is not known. Write [round] and [[rules]].")
    if not isinstance(about, Mapping):
        raise whole_file("The table [round] cannot be found.", name=name)
    known = _checked(about, faults)
    made = [
        _rule(i, rule, faults) for i, rule in enumerate(rules if isinstance(rules, list) else [])
    ]
    if not isinstance(rules, list):
        _fault(faults, "rules", "must be a list of tables, each begun with [[rules]].")
    if faults.total:
        raise TableError(faults.kept, faults.total, name=name)
    known["seed"] = str(known["seed"])
    sign = known.pop("currency", "")
    codes = {sign: code for code, sign in SIGNS.items()}
    return Round(**known, currency=codes.get(sign, sign), rules=tuple(made), file=name)


def _checked(about: Mapping[str, Any], faults: FaultList) -> dict[str, Any]:
    for key in ("budget", "seed"):
        if key not in about:
            _fault(faults, f"round.{key}", "cannot be found. It is needed.")
    if "line" not in about and "lowest" not in about:
        _fault(faults, "round.lowest", NO_BOTTOM)
    for key, value in about.items():
        if said := _wrong(key, value):
            _fault(faults, f"round.{key}", said)
    return dict(about)


def _wrong(key: str, value: Any) -> str:
    """Say what is wrong with one value of [round]; "" where nothing is."""
    low, high, within = BOUNDS.get(key, (-inf, inf, ""))
    said = ""
    if key not in KEYS:
        said = f"is not known. Known are {', '.join(KEYS)}."
    elif not _is(value, KEYS[key][0]):
        said = f"must be {KEYS[key][1]}.{_bare(key, value)}"
    elif key in BOUNDS and not low <= value <= high:
        said = f"is {value}; it must be {within}."
    elif key in BOUNDS and (far := too_far(value)):
        said = f"cannot be used: {far}"
    elif key == "currency" and value not in SIGNS.values() and not CODE.fullmatch(value):
        said = "must be £, $, € or a code of three letters, such as GBP."
    elif key in CHOICES and value not in CHOICES[key]:
        said = f"must be {' or '.join(CHOICES[key])}."
    return said


def _bare(key: str, value: Any) -> str:
    """How to write a number that was put in quotation marks, such as "£40,000"."""
    figure = re.sub(r"[£$€,_\s]", "", value) if isinstance(value, str) else ""
    if KEYS[key][0][-1] not in (int, float) or not re.fullmatch(r"-?\d+(\.\d+)?", figure):
        return ""
    return f" “{value}” in quotation marks is text: write {key} = {figure}"


def _rule(place: int, given: Any, faults: FaultList) -> Rule:
    """Check one rule; one that is at fault comes back empty, and is never used."""
    at = f"rules[{place + 1}]"
    if not isinstance(given, Mapping):
        _fault(faults, at, "must be a table.")
        return Rule("")
    before = faults.total
    for key in sorted(set(given) - RULE_KEYS):
        _fault(faults, f"{at}.{key}", f"is not known. Known are {', '.join(sorted(RULE_KEYS))}.")
    for key in ("name", "column", "measure"):
        if not isinstance(given.get(key, "count"), str):
            _fault(faults, f"{at}.{key}", "must be text.")
    if not str(given.get("name", "")).strip():
        _fault(faults, f"{at}.name", "cannot be found. Every rule has a name.")
    if given.get("measure", "count") not in MEASURES:
        _fault(faults, f"{at}.measure", f"must be {', '.join(MEASURES[:-1])} or {MEASURES[-1]}.")
    values = given.get("is", [])
    values = [values] if isinstance(values, str) else values
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        _fault(faults, f"{at}.is", "must be text, or a list of texts.")
    if bool(given.get("column")) != bool(values):
        _fault(faults, at, "must have both `column` and `is`, or neither.")
    _limits(at, given, faults)
    if faults.total > before:
        return Rule("")
    return Rule(
        given["name"], given.get("column", "").strip().lower(), tuple(values),
        given.get("measure", "count"), given.get("at_least"), given.get("at_most"),
    )  # fmt: skip


def _limits(at: str, given: Mapping[str, Any], faults: FaultList) -> None:
    if "at_least" not in given and "at_most" not in given:
        _fault(faults, at, "must have `at_least`, `at_most` or both.")
    for key in ("at_least", "at_most"):
        value = given.get(key, 0)
        if not _is(value, (int, float)) or not 0 <= value <= 1e15:
            _fault(faults, f"{at}.{key}", "must be a number from 0 to 1,000,000,000,000,000.")
        elif said := too_far(value):
            _fault(faults, f"{at}.{key}", f"cannot be used: {said}")
        elif given.get("measure") == "share" and value > 1:
            said = f"is {value:g}; a share is from 0 to 1."
            meant = f" If it is {value:g}%, write {as_share(value)}." if value <= 100 else ""
            _fault(faults, f"{at}.{key}", said + meant)


def _is(value: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _fault(faults: FaultList, key: str, said: str) -> None:
    faults.add([Fault(None, key, None, f"The key {key} {said}")])
