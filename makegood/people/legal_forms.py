"""What is to be known of each legal form, and the steps to it; from ``reference/legal_forms.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from makegood.people.states import LegalForm

TABLE = Path(__file__).parent / "reference" / "legal_forms.toml"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact stands: an official page."""

    name: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on the way to a legal form; forms that share a step share its ``key``."""

    key: str
    title: str
    help: str
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class Guide:
    """One legal form in plain words."""

    form: LegalForm
    slug: str
    what: str
    owned_by: str
    must: str
    register_with: str
    takes: str
    costs: str
    sources: tuple[Source, ...]
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """Return the form's name as a heading."""
        return self.form.value[:1].upper() + self.form.value[1:]


def _read() -> tuple[int, dict[LegalForm, Guide]]:
    table = tomllib.loads(TABLE.read_text())
    sources = {key: Source(**said) for key, said in table["sources"].items()}
    steps = {
        key: Step(key=key, **said | {"source": sources.get(said.get("source", ""))})
        for key, said in table["steps"].items()
    }
    guides = (
        Guide(
            **said
            | {
                "form": LegalForm(said["form"]),
                "sources": tuple(sources[key] for key in said["sources"]),
                "steps": tuple(steps[key] for key in said["steps"]),
            }
        )
        for said in table["forms"]
    )
    return table["year"], {guide.form: guide for guide in guides}


AS_OF, GUIDES = _read()
"""The year the facts were looked up, and the guide to each form there is one for."""


def guide_called(slug: str) -> Guide | None:
    """Return the guide with this name in its address, or None."""
    return next((guide for guide in GUIDES.values() if guide.slug == slug), None)


def guide_to(form: str) -> Guide | None:
    """Return the guide to a legal form, or None where there is none (or no form was chosen)."""
    return GUIDES.get(LegalForm(form)) if form else None
