"""How hard words are to read, as the age at which most people can.

The grade of Flesch and Kincaid, and five years more: who is in the American grade 6 is 11 years old.

Source: Kincaid, Fishburne, Rogers and Chissom, *Derivation of New Readability Formulas* (1975),
US Naval Technical Training Command, Research Branch Report 8-75. Syllables are counted by spelling.
"""

import re

WORD = re.compile(r"[^\W\d_][^\W\d_’'-]*")
END = re.compile(r"[.!?]+(?:\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"[^aeiouyl]e$|[aeiou]le$|[^aeioutd]ed$|[^aeiousxzcgh]es$")
OUR_AGE = 11
"""The reading age that Makegood’s own words keep to."""


def reading_age(text: str) -> float | None:
    """Return the age at which most people read ``text``; None where it holds no word."""
    words = WORD.findall(text)
    if not words:
        return None
    sentences = max(len(END.findall(text)), 1)
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5


def words_in(text: str) -> list[str]:
    """Return the words of ``text``, in small letters."""
    return [word.casefold() for word in WORD.findall(text)]


def syllables_of(word: str) -> int:
    """Return how many syllables ``word`` has, by its spelling; at least one."""
    spelt = word.casefold()
    count = len(VOWELS.findall(spelt))
    return max(count - bool(SILENT.search(spelt)), 1)
