"""The frameworks whose codes promises may carry; from ``reference/frameworks.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TABLE = Path(__file__).parent / "reference" / "frameworks.toml"
STROKE = "/"
"""Stands between a framework's key and a code of it: ``sdg/3``."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One edition of a framework: whose it is, when and where it was published, and its codes."""

    key: str
    name: str
    owner: str
    edition: str
    published_on: date
    source: str
    codes: tuple[tuple[str, str], ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return its codes to choose from: ``sdg/3`` and ``3 Good health and well-being``."""
        return [(f"{self.key}{STROKE}{code}", f"{code} {name}") for code, name in self.codes]


def _read() -> dict[str, Framework]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    found = (
        Framework(**said | {"codes": tuple((code, name) for code, name in said["codes"])})
        for said in table["frameworks"]
    )
    return {framework.key: framework for framework in found}


FRAMEWORKS = _read()
NAMES = {
    code: f"{framework.name}: {words}"
    for framework in FRAMEWORKS.values()
    for code, words in framework.choices
}
"""What each code is called, by its whole spelling (``sdg/3``)."""
