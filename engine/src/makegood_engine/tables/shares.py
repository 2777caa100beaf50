"""A figure that is set beside shares must be one itself: 0.05 of 1, or 5 of 100."""

from math import isnan

from makegood_engine.tables.figures import as_share, plain

NOT_A_SHARE = "{} is not from 0 to {}, and the figures of “{}” are shares of {}."
BELOW = "{} is below 0, and the figures of “{}” are counts over their denominators."


def not_a_share(figure: float, per: float, name: str) -> str:
    """Say why a figure is no share of `per` (1, or 100 for per cent); "" where it is one."""
    if isnan(figure) or 0 <= figure <= per:
        return ""
    said = NOT_A_SHARE.format(plain(figure), plain(per), name, plain(per))
    if per == 1 and 1 < figure <= 100:
        return f"{said} If it is {figure:g}%, write {as_share(figure)}."
    return said


def not_a_rate(figure: float, name: str) -> str:
    """Say why a figure is no rate; "" where it is one."""
    return BELOW.format(plain(figure), name) if figure < 0 else ""
