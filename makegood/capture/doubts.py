"""What looks wrong about a figure beside those before it. It is asked, and blocks nothing."""

from collections.abc import Sequence
from statistics import median

from makegood.kernel.figures import show_figure

RECENT = 12
"""How many figures before it a figure is held against."""
FEWEST = 4
"""The fewest figures that tell what is usual."""
FROZEN = 3
"""So many same figures before the same again are doubted."""
SLIPS = ((10, "ten times"), (100, "a hundred times"))
NEAR = 1.6
"""How far from exactly ten or a hundred times it may be, up or down, and still look like a slip."""
Range = tuple[float, float]


def doubts_about(
    value: float, *, past: Sequence[float], usual: Range | None, unit: str
) -> list[str]:
    """Return what to ask about ``value``, in whole sentences; nothing where it looks like the others.

    ``past`` are the figures before it, in order of time; ``usual`` is between which limits chance keeps
    the series by its own history, where that is known.
    """
    recent = [*past][-RECENT:]
    shown = show_figure(value, unit=unit)
    if slip := _slip(value, recent, unit=unit):
        return [slip]
    found = []
    if recent and value == 0 and recent[-1] != 0:
        before = show_figure(recent[-1], unit=unit)
        found.append(
            f"It was {before} before, and now 0. If it was not counted, say that there is no figure."
        )
    elif usual and not usual[0] <= value <= usual[1]:
        low, high = (show_figure(each, unit=unit) for each in usual)
        found.append(f"{shown} is outside what is usual for it: {low} to {high}.")
    same = _same_before(value, recent)
    if value != 0 and same >= FROZEN:
        found.append(f"{shown} is the same as the last {same} times. Was it counted anew?")
    return found


def _slip(value: float, recent: Sequence[float], *, unit: str) -> str:
    """Say that a figure looks like the others with its decimal point moved; "" where it does not."""
    sizes = [abs(each) for each in recent if each]
    if len(sizes) < FEWEST or value == 0:
        return ""
    middle = median(sizes)
    if min(sizes) <= abs(value) <= max(sizes):
        return ""
    for times, words in SLIPS:
        for ratio, how in (
            (abs(value) / middle, words),
            (middle / abs(value), f"{words} less than"),
        ):
            if times / NEAR <= ratio <= times * NEAR:
                than = "what it usually is" if how.endswith("than") else "as much as usual"
                about = show_figure(middle, unit=unit)
                return (
                    f"{show_figure(value, unit=unit)} is about {how} {than} ({about}). "
                    "Is the decimal point in its place?"
                )
    return ""


def _same_before(value: float, recent: Sequence[float]) -> int:
    count = 0
    for each in reversed(recent):
        if each != value:
            break
        count += 1
    return count
