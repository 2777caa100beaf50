"""Figures as people write them: no trailing noughts, the unit beside."""


def show_figure(value: float | None, *, unit: str = "", places: int = 3) -> str:
    """Return ``4.9%`` or ``1,250 hours``; ``not known`` where there is none."""
    if value is None:
        return "not known"
    figure = f"{round(value, places):,.{places}f}"
    figure = figure.rstrip("0").rstrip(".") if "." in figure else figure
    gap = "" if not unit or unit.startswith("%") else " "
    return f"{'0' if figure == '-0' else figure.replace('-', '−')}{gap}{unit}"
