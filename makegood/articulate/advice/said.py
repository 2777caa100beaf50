"""A promise as far as it is said, in plain values, and advice on it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class MeasureSaid:
    """What advice must know of the measure of a promise."""

    name: str
    better: str
    is_retired: bool = False
    has_newer_words: bool = False


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another promise of the same provider; ``is_here`` where it is in the same proposal."""

    reference: str
    for_whom: str
    what_changes: str
    is_here: bool = True


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a promise says so far: no words and None where nothing is said.

    ``promised`` and ``smallest`` are what power compares, in the measure’s unit; ``compared_until`` is the
    day for which the need says what its alternative would reach by the same measure.
    """

    today: date
    for_whom: str = ""
    what_changes: str = ""
    in_numbers: bool = True
    in_words: bool = False
    measure: MeasureSaid | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    alternative: float | None = None
    target: float | None = None
    added: float | None = None
    starts_on: date | None = None
    due_on: date | None = None
    compared_until: date | None = None
    how_gathered: str = ""
    told_by: str = ""
    told_least: int | None = None
    gathered_by: str = ""
    provider: str = ""
    why_believed: str = ""
    evidence_level: int | None = None
    others: tuple[Other, ...] = ()
    promised: float | None = None
    smallest: float | None = None
    told_after: int | None = None

    @property
    def words(self) -> str:
        """Return all that was written in sentences."""
        written = (self.for_whom, self.what_changes, self.how_gathered, self.why_believed)
        return ". ".join(part.strip().rstrip(".") for part in written if part.strip())


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One piece of advice: what was seen, why it matters, and how to mend it.

    ``part`` is the question it is about, as the form names it.
    """

    number: str
    part: str
    seen: str
    why: str
    mend: str

    @property
    def digest(self) -> str:
        """Return what tells this advice from another under the same number."""
        return sha256(f"{self.number} {self.seen}".encode()).hexdigest()
