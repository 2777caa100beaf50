"""Advice on the words of a promise: what would make it hard to read or to agree on. None refuses."""

import re
from collections.abc import Iterable, Sequence

from makegood.articulate.advice import IDIOMS, JARGON, VAGUE, WIDE, Advice, Said
from makegood.kernel.reading import reading_age, words_in

HARD_AGE = 14
"""The reading age from which a promise is said to be hard to read."""
OLDEST_AGE = 25
"""The highest reading age that is said."""
FEWEST_WORDS = 20
"""Of fewer words, a reading age says little."""
ALIKE = 0.7
"""The share of their words that two promises have in common from which they are alike."""
SMALL_WORDS = frozenset(
    words_in(
        "a an and are as at be by for from have in is it its of on or that the their them they to we "
        "who will with"
    )
)
SAID = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[.,;:!?]")
BEFORE_A_VERB = (".", ";", ":", "!", "?", "will", "to")
"""What a word stands after that is what changes: “will help” is, “first help comes sooner” is not."""
TWO = re.compile(r"\band\b|\bas well as\b|\bplus\b|;|&")


def advise_jargon(said: Said) -> Advice | None:
    """ADV-08 A promise is in words everyone knows: not those of one trade."""
    found = _standing_in(JARGON, f"{said.for_whom} . {said.what_changes} . {said.how_gathered}")
    if not found:
        return None
    whole = [word for word in found if not any(word != one and word in one for one in found)]
    plainer = "; ".join(f"for “{word}”, {JARGON[word]}" for word in whole[:5])
    return Advice(
        number="ADV-08",
        part="what_changes",
        seen=f"Not everyone knows these words: {', '.join(f'“{word}”' for word in whole[:5])}.",
        why="Whoever the promise is for should be able to read it.",
        mend=f"Say it more plainly: {plainer}.",
    )


def advise_reading_age(said: Said) -> Advice | None:
    """ADV-09 A promise is easy to read: short sentences of short words."""
    age = reading_age(said.words)
    if age is None or age < HARD_AGE or len(words_in(said.words)) < FEWEST_WORDS:
        return None
    return Advice(
        number="ADV-09",
        part="what_changes",
        seen=f"It reads like a text for people of {min(age, OLDEST_AGE):.0f} or more.",
        why="Many whom it is for read less easily, are tired, or read it in another language.",
        mend="Make two sentences of a long one. Use the shorter word.",
    )


def advise_one_change(said: Said) -> Advice | None:
    """ADV-10 A promise is one change: two changes are two promises."""
    text = f" {' '.join(said.what_changes.casefold().split())} "
    for idiom in IDIOMS:
        text = text.replace(idiom, " ")
    found = TWO.search(text)
    if not found:
        return None
    return Advice(
        number="ADV-10",
        part="what_changes",
        seen=f"It may hold two changes, joined by “{found.group().strip()}”.",
        why="If one comes and the other does not, nobody can say whether it was kept.",
        mend="Write a promise for each.",
    )


def advise_exact_words(said: Said) -> Advice | None:
    """ADV-11 A promise is exact: it says who gains and what will be different, not that things improve."""
    verbs = _standing_in(VAGUE, said.what_changes, after=BEFORE_A_VERB)
    whom = " ".join(said.for_whom.casefold().split()).strip(" .")
    if verbs:
        part, seen = (
            "what_changes",
            f"“{verbs[0].capitalize()}” does not say what will be different.",
        )
        mend = "Say what somebody would see or count: “they fall less often”."
    elif whom in WIDE:
        part, seen = "for_whom", f"“{said.for_whom.strip()}” may be anybody."
        mend = "Name the group, so that you could count who is in it."
    else:
        return None
    return Advice(
        number="ADV-11",
        part=part,
        seen=seen,
        why="Two people who read it would not agree on whether it was kept.",
        mend=mend,
    )


def advise_said_once(said: Said) -> Advice | None:
    """ADV-12 A promise is made once: none says nearly what another of the same provider says."""
    mine = _telling(said.for_whom, said.what_changes)
    for other in said.others:
        theirs = _telling(other.for_whom, other.what_changes)
        if mine and len(mine & theirs) >= ALIKE * len(mine | theirs):
            where = "in this proposal" if other.is_here else "which you promised before"
            return Advice(
                number="ADV-12",
                part="what_changes",
                seen=f"It is much like {other.reference}, {where}.",
                why="One change would be counted, and maybe paid for, twice.",
                mend="Leave one of them out, or say how they differ.",
            )
    return None


def advise_who_tells(said: Said) -> Advice | None:
    """ADV-15 What people say is gathered fairly: from whom, how many, and not by whoever gains from it."""
    if not said.in_words:
        return None
    lacking = [
        what
        for what, is_said in (
            ("what they would say, and how it is gathered", said.how_gathered.strip()),
            ("who would tell it", said.told_by.strip()),
            ("how many at least", said.told_least),
            ("who gathers it", said.gathered_by.strip()),
        )
        if not is_said
    ]
    own = said.provider and said.gathered_by.strip().casefold() == said.provider.casefold()
    if not lacking and not own:
        return None
    seen = f"It is not said {_listed(lacking)}." if lacking else "You would gather it yourself."
    return Advice(
        number="ADV-15",
        part="told_by" if lacking else "gathered_by",
        seen=seen,
        why="People speak more freely to somebody who does not gain from what they say.",
        mend="Say from whom, how many at least, and let somebody else ask them.",
    )


def advise_evidence(said: Said) -> Advice | None:
    """ADV-16 A promise says how well it is founded: the level of its evidence is chosen."""
    if said.evidence_level is not None:
        return None
    return Advice(
        number="ADV-16",
        part="evidence_level",
        seen="It is not said how well this is known to work.",
        why="Whoever decides weighs a tried way and a hunch differently. Both are welcome.",
        mend="Choose the level that fits. The lowest is an honest answer.",
    )


def _standing_in(watched: Iterable[str], text: str, *, after: Sequence[str] = ()) -> list[str]:
    """Return the watched words that stand in ``text``, in the order of the alphabet.

    With ``after``, those alone that begin it, or stand right after one of these.
    """
    # Signs between words end a phrase; hyphens and apostrophes belong to a word.
    plain = f" {' '.join(SAID.findall(text.casefold()))} "
    if after:
        plain = f" .{plain}"
    places = [f" {each} " for each in after] or [" "]
    return sorted(w for w in watched if any(f"{place}{w} " in plain for place in places))


def _telling(*texts: str) -> frozenset[str]:
    return frozenset(words_in(" ".join(texts))) - SMALL_WORDS


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
