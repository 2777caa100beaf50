"""How the rule sets differ, in a table read off the rule sets themselves."""

from makegood_engine.spc.rulesets import RULESETS, RuleSet

CLOSE = {
    None: "none",
    "one side": "2 of 3 close to one limit, all three on one side; points beyond do not count",
    "any": "2 of 3 close to one limit or beyond it; the third may lie anywhere",
}
MARKS = {
    None: "",
    "one side": "the close points",
    "any": "the points close or beyond",
}


def differences() -> str:
    """Return the table in Markdown: a row for each matter, a column for each rule set.

    It is read off `RULESETS`, in their order; its last row names the source of each.
    """
    sets = list(RULESETS.values())
    rows = {name: [row[name] for row in map(_of, sets)] for name in _of(sets[0])}
    lines = ["| | " + " | ".join(f"`{rules.name}`" for rules in sets) + " |"]
    lines.append("|---" * (len(sets) + 1) + "|")
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items()]
    return "\n".join(lines) + "\n"


def _of(rules: RuleSet) -> dict[str, str]:
    """What one rule set says of each matter."""
    limit = "none"
    if rules.limit is not None:
        limit = f"{rules.centre} ± {rules.limit:g} × mean moving range"
    screened = "all kept"
    if rules.screen is not None:
        screened = f"those at or above {rules.screen:g} × their mean left out, once"
    close = f"beyond {rules.near:.3g} of the way to it" if rules.two_in_three else "not used"
    shift = f"{rules.shift} points on one side" if rules.shift else "none"
    trend = f"{rules.trend} points, each beyond the last" if rules.trend else "none"
    zones = "4 of 5 beyond a third of the way to one limit" if rules.four_in_five else "none"
    runs = "none"
    if rules.runs:
        runs = "longest run above round(log2(n) + 3), or too few crossings (lower 5% point)"
    return {
        "Centre line": rules.centre,
        "Limits": limit,
        "Moving ranges": screened if rules.limit else "not used",
        "Outside": "1 point beyond a limit" if rules.limit else "none",
        "Close to a limit": close,
        "Two in three": CLOSE[rules.two_in_three],
        "Four in five": zones,
        "Shift": shift,
        "Trend": trend,
        "Runs": runs,
        "Points marked": _marked(rules),
        "A point on the centre line": "left out" if rules.runs else "breaks a run",
        "A missing value": "left out" if rules.runs else "breaks a run",
        "Settled from": f"{rules.settled} points",
        "Source": rules.source,
    }


def _marked(rules: RuleSet) -> str:
    if rules.runs:
        return "a run that is too long; every useful point where crossings are too few"
    return f"in two of three, {MARKS[rules.two_in_three]}; else every point of the signal"
