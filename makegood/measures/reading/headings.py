"""What a heading says: of which period the figures under it are, and what else."""

from collections.abc import Iterator, Sequence

from makegood.measures.reading.periods import reads_as_period

OTHER = "·"
"""What stands between the parts of a heading that several rows give."""
A_PERIOD = "<period>"


def known_by(heading: str) -> str:
    """Return a heading as it is known from one file to the next."""
    parts = [part.strip() for part in heading.split(OTHER)]
    return OTHER.join(A_PERIOD if reads_as_period(part) else part.casefold() for part in parts)


def sorts_across(headings: Sequence[str]) -> list[str]:
    """Return what sorts of figures stand under the periods of a wide table, where there are several."""
    across = [
        heading for heading in headings if period_in(heading) != heading or reads_as_period(heading)
    ]
    return list(dict.fromkeys(beside_period(heading) for heading in across))


def beside_period(heading: str) -> str:
    """Return what a heading says beside its period, in small letters."""
    return " ".join(_others(heading)).casefold()


def _others(heading: str) -> Iterator[str]:
    parts = (part.strip() for part in heading.split(OTHER))
    return (part for part in parts if not reads_as_period(part))


def period_in(heading: str) -> str:
    """Return the part of a heading that is a period."""
    parts = (part.strip() for part in heading.split(OTHER))
    return next((part for part in parts if reads_as_period(part)), heading)
