"""Numbers as a person reads them."""

from math import isfinite, log10


def plain(value: float) -> str:
    """Write a number to three figures, never in powers of ten: 0.52, −12.3, 1,230."""
    if 1e-4 <= value < 999:
        return f"{value:.3g}"
    if not isfinite(value):
        return "an unknown amount"
    if value == 0:
        return "0"
    places = max(0, min(6, 2 - int(log10(abs(value)) // 1)))
    text = f"{abs(value):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if value < 0 and text != "0" else text
