"""In which other words a story is kept beside the original: translations and Easy Read."""

from enum import StrEnum


class VersionKind(StrEnum):
    """What was made of the words."""

    TRANSLATION = "translation"
    EASY_READ = "easy_read"

    @property
    def words(self) -> str:
        """Return what it is, for whoever reads it."""
        return {"translation": "A translation", "easy_read": "Easy Read"}[self.value]


class MadeBy(StrEnum):
    """Who made it."""

    TRANSLATOR = "translator"
    TELLER = "teller"
    NEAR = "near"
    MEMBER = "member"
    MACHINE = "machine"

    @property
    def words(self) -> str:
        """Return who made it, for whoever reads it."""
        return {
            "translator": "Made by somebody whose work it is",
            "teller": "Made by whoever told the story",
            "near": "Made by somebody near to them",
            "member": "Made by a member of the house that judges",
            "machine": "Made by a machine",
        }[self.value]


LANGUAGES = {
    "en-GB": "English",
    "cy": "Welsh",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "ar": "Arabic",
    "bn": "Bengali",
    "zh-Hans": "Chinese (simplified)",
    "zh-Hant": "Chinese (traditional)",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "hi": "Hindi",
    "it": "Italian",
    "ckb": "Kurdish (Sorani)",
    "lt": "Lithuanian",
    "ne": "Nepali",
    "ps": "Pashto",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "so": "Somali",
    "es": "Spanish",
    "ta": "Tamil",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
}
"""Languages by their tags (BCP 47), as a page says which it is in."""
ENGLISH = "en-GB"
