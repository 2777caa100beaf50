"""Words that may tell who somebody is: suggested to whoever looks before a story is shown.

Light rules, and a short list of given names. They miss some and suggest some in vain; how many of either is
measured on invented sentences (docs/stories.md). What is left
of a story after them is not anonymous: a person reads it before it is published.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from makegood.capture.leaving_out import Omission, apart
from makegood.capture.shapes import CAPITAL, PATTERNS
from makegood.capture.states import LeftOut

SHORTEST = 3
"""Names of fewer letters are ordinary words too often, in small letters."""
NAMES = Path(__file__).parent / "reference" / "given_names.txt"
ORDINARY = Path(__file__).parent / "reference" / "ordinary_words.txt"
_FOUND = tuple((kind, re.compile(pattern, flags)) for kind, pattern, flags in PATTERNS)
_RUN = re.compile(rf"{CAPITAL}(?: (?:[A-Z]\. ?)?{CAPITAL})*")
_WORD = re.compile(r"[a-z]+")
_BEGINNERS = frozenset('.!?:“"(')
_ENDINGS = ("ing", "tion", "sion", "ness", "ment", "ly", "ity", "ance", "ence", "ship", "hood")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|from|at|near|to|around|outside|village,|town,) (?:the )?$", re.I
)
_NEAR = 20
"""So many letters before a name tell whether it is a place: “outside the ” is shorter."""
LONGEST = 800
"""So much is looked at at once, so that the time taken grows with the words and no faster."""
_DOES = re.compile(
    r"(?:[’']s\b| and [A-Z]|,| (?:never|always|came|comes|rang|rings|took|takes|taught|teaches|fixed|"
    r"fixes|walked|walks|cooks|speaks|spoke|sat|sits|knows|knew|sings|brings|brought|helps|helped|made|makes|gave|gives|got|did|does|"
    r"says|said|told|tells|found|explained|translated|noticed|drives|drove|visits|visited|stayed|"
    r"cried|waits|listens)\b)"
)


def suggestions(words: str) -> list[Omission]:
    """Return the parts of ``words`` that may tell who somebody is, in order, none over another."""
    return apart(
        Omission(start=each.start + begins, end=each.end + begins, kind=each.kind)
        for begins, piece in pieces(words)
        for each in (*_by_shape(piece), *_by_capitals(piece), *_in_small_letters(piece))
    )


def pieces(words: str) -> Iterator[tuple[int, str]]:
    """Yield ``words`` in pieces of bounded length, each with where it begins.

    They are parted where a line ends; a long line where a sentence ends, or else between two words.
    """
    begins = 0
    for line in words.splitlines(keepends=True):
        end = begins + len(line)
        while begins < end:
            cut = _cut(words[begins : min(end, begins + LONGEST + 1)])
            yield begins, words[begins : begins + cut]
            begins += cut


def _cut(line: str) -> int:
    """Return where the first piece of ``line`` ends."""
    if len(line) <= LONGEST:
        return len(line)
    head = line[:LONGEST]
    sentence = max(head.rfind(mark) for mark in (". ", "! ", "? "))
    return sentence + 2 if sentence >= 0 else head.rfind(" ") + 1 or LONGEST


@cache
def ordinary() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words with a capital that tell of nobody: anywhere, and where a sentence begins."""
    anywhere, begins = _both(ORDINARY, parted_by="begins")
    return anywhere, anywhere | begins


@cache
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the given names that are known: those that are only names, and those that are words too."""
    plain, ambiguous = _both(NAMES, parted_by="ambiguous")
    return plain - ambiguous, ambiguous


def _both(place: Path, *, parted_by: str) -> tuple[frozenset[str], frozenset[str]]:
    lines = place.read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    middle = words.index(parted_by)
    return frozenset(words[:middle]), frozenset(words[middle + 1 :])


def _by_shape(words: str) -> Iterator[Omission]:
    for kind, pattern in _FOUND:
        for found in pattern.finditer(words):
            group = pattern.groups
            yield Omission(start=found.start(group), end=found.end(group), kind=kind)


def _by_capitals(words: str) -> Iterator[Omission]:
    """Find runs of words with a capital: most that is not ordinary is a name or a small place."""
    for run in _RUN.finditer(words):
        tokens = [(t.start() + run.start(), t.group()) for t in re.finditer(r"\S+", run.group())]
        before = words[: run.start()].rstrip()
        begins = not before or before[-1] in _BEGINNERS
        while tokens and _is_ordinary(tokens, words=words, begins=begins):
            tokens, begins = tokens[1:], False
        while tokens and tokens[-1][1] in ordinary()[0]:
            tokens = tokens[:-1]
        if not tokens:
            continue
        start, (last, text) = tokens[0][0], tokens[-1]
        end = last + len(re.sub(r"[’']s$", "", text))
        is_place = (
            _BEFORE_PLACE.search(words[max(start - _NEAR, 0) : start])
            and tokens[0][1] not in given_names()[0]
        )
        yield Omission(start=start, end=end, kind=LeftOut.PLACE if is_place else LeftOut.NAME)


def _is_ordinary(tokens: list[tuple[int, str]], *, words: str, begins: bool) -> bool:
    start, text = tokens[0]
    bare = re.sub(r"[’']s$", "", text)
    plain, ambiguous = given_names()
    if bare in plain:
        return False
    if text.isupper() and len(text) > 1:
        return bare.title() not in plain
    if not begins:
        return text in ordinary()[0] and not (
            bare in ambiguous and _DOES.match(words, start + len(bare))
        )
    acts = _DOES.match(words, start + len(bare)) or (
        len(tokens) > 1 and tokens[1][1] not in ordinary()[0]
    )
    if bare in ambiguous:
        return not acts
    return text in ordinary()[1] or bare.endswith(_ENDINGS)


def _in_small_letters(words: str) -> Iterator[Omission]:
    plain, _ = given_names()
    for found in _WORD.finditer(words):
        whole = not words[found.end() : found.end() + 1].isalnum()
        begins = not words[max(found.start() - 1, 0) : found.start()].strip()
        if whole and begins and len(found.group()) >= SHORTEST and found.group().title() in plain:
            yield Omission(start=found.start(), end=found.end(), kind=LeftOut.NAME)
