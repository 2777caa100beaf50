"""What is held about people, as the notice, the record of processing and the assessment say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from makegood.kernel.personal import AtErasure, Held, personal
from makegood.web.personal import COOKIES

AFTER_ERASURE = {
    AtErasure.DELETED: "It goes.",
    AtErasure.EMPTIED: "It goes.",
    AtErasure.STAYS: "It stays.",
}
COLUMNS = (
    "heading", "store", "what", "about", "why", "basis", "special", "kept", "seen_by", "corrected",
    "erased",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What is held for one purpose."""

    heading: str
    held: list[Held]

    @property
    def what(self) -> list[str]:
        """Return what is held, a line for each store."""
        return [", ".join(held.words) for held in self.held]

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return what is said of it, as rows of names and values."""
        said = {
            "Whose": [held.about for held in self.held],
            "Why": [held.why for held in self.held],
            "By what right": [basis(held) for held in self.held],
            "How long": [held.kept for held in self.held],
            "Who sees it": [held.seen_by for held in self.held],
            "To put it right": [held.corrected for held in self.held],
            "If you are erased": [erased(held) for held in self.held],
        }
        return [
            {"label": label, "value": "\n".join(_each_once(values))}
            for label, values in said.items()
        ]


def basis(held: Held) -> str:
    """Return why the law lets us hold it, in words."""
    assert held.basis is not None, f"{held.name} has no lawful basis"
    return f"{held.basis.words} {held.special}".strip()


def erased(held: Held) -> str:
    """Return what becomes of it when somebody is erased."""
    return f"{AFTER_ERASURE[held.at_erasure]} {held.stays}".strip()


def chapters() -> list[Chapter]:
    """Return what is held about people, purpose by purpose, in the order of the rooms."""
    return in_chapters(personal())


def in_chapters(every: Iterable[Held]) -> list[Chapter]:
    """Return declarations together where their purpose is the same."""
    found: dict[str, list[Held]] = {}
    for held in every:
        found.setdefault(held.heading, []).append(held)
    return [Chapter(heading=heading, held=held) for heading, held in found.items()]


def controller() -> dict[str, str]:
    """Return who answers for personal data here, and how to reach them; empty where nobody said."""
    return {"name": settings.CONTROLLER, "contact": settings.CONTROLLER_CONTACT}


def cookies() -> tuple[dict[str, str], ...]:
    """Return every cookie that is set, why, and for how long."""
    return COOKIES


def record_rows() -> list[list[str]]:
    """Return the record of processing (UK GDPR article 30): a heading row, then one for each store."""
    rows = [
        [
            held.heading, held.name, "; ".join(held.words), held.about, held.why, basis(held),
            held.special, held.kept, held.seen_by, held.corrected, erased(held),
        ]
        for held in personal()
    ]  # fmt: skip
    return [["controller", *COLUMNS], *([controller()["name"], *row] for row in rows)]


def _each_once(values: list[str]) -> list[str]:
    """Return each once, without those that begin another: that one says more."""
    every = list(dict.fromkeys(values))
    return [one for one in every if not any(o != one and o.startswith(one) for o in every)]
