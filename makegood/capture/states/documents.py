"""Who may read a document."""

from enum import StrEnum


class Readers(StrEnum):
    """Who may read a document; that it exists is told to everyone."""

    EVERYONE = "everyone"
    PARTIES = "parties"
    ASSESSOR = "assessor"

    @property
    def words(self) -> str:
        """Return it as an answer."""
        return {
            "everyone": "Everyone",
            "parties": "The provider, the commissioner and the assessor",
            "assessor": "The provider and the assessor",
        }[self.value]
