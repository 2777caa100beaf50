"""Saturation that tells no hidden number.

How many themes were met says whether those that are hidden have any story, and a theme first met
late has few. So where themes are hidden only the answer is told, without counts. Where one is
hidden, or where every story has exactly one theme, the answer would tell too, and is not given.
"""

from dataclasses import replace

from makegood_engine.themes.saturation import Saturation

TELLS = "Not told: with what is shown it would tell a number that is hidden."
UNCOUNTED = "How many is not told, as the numbers of some themes are hidden."


def saturation_shown(found: Saturation, *, hidden: int, one_each: bool) -> Saturation:
    """What may be told of saturation where so many themes are `hidden`.

    `one_each` says that every story has exactly one theme.
    """
    if not hidden:
        return found
    told = replace(found, base_codes=None, first_quiet=None, runs=[], new_codes=[])
    if hidden == 1 or one_each:
        return replace(told, reached_at=None, sentence=TELLS)
    if not found.runs:
        return told
    if found.reached_at is None:
        said = "Not reached: the last stories still brought new themes."
    else:
        said = f"Reached after {found.reached_at} stories: later ones brought hardly any new theme."
    return replace(told, sentence=f"{said} {UNCOUNTED}")
