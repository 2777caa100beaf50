"""Figures as people write them: no trailing noughts, the unit beside."""

DEFINITE = frozenset(
    ("the", "those", "these", "them", "our", "your", "their", "its", "his", "her", "all", "each")
)
"""Words that begin a name of those who are meant: of them, some are taken."""


def show_figure(value: float | None, *, unit: str = "", places: int = 3) -> str:
    """Return ``4.9%`` or ``1,250 hours``; ``not known`` where there is none."""
    if value is None:
        return "not known"
    figure = f"{round(value, places):,.{places}f}"
    figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
    gap = "" if not unit or unit.startswith("%") else " "
    return f"{'0' if figure == '-0' else figure.replace('-', '−')}{gap}{unit}"


def show_difference(value: float | None, *, unit: str = "") -> str:
    """Return a difference between two figures: ``0.7 percentage points`` or ``52 hours``."""
    return show_figure(value, unit="percentage points" if unit == "%" else unit, places=2)


def show_added(added: float, *, unit: str, over: str) -> str:
    """Return what is added over what ``over`` names: ``24 days better than the alternative``."""
    if added == 0:
        return f"the same as {over}"
    which = "better" if added > 0 else "worse"
    return f"{show_difference(abs(added), unit=unit)} {which} than {over}"


def show_least(count: int | None, *, whom: str) -> str:
    """Return how many at least, and whom: ``at least 20 families``, ``at least 20 of our staff``."""
    if not count or not whom:
        return whom
    of = "of " if whom.split(maxsplit=1)[0].casefold() in DEFINITE else ""
    return f"at least {count} {of}{whom}"
