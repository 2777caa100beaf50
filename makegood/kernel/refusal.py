"""Saying no: every refusal has a number to find it by and a sentence a person can act on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace


class Refused(Exception):
    """An act that may not happen.

    ``number`` names the rule, permission or table that refuses (``CON-01``);
    ``sentence`` says why, and what to do, in plain words; ``about`` is whatever it speaks of, where a
    page can lead on from there.
    """

    def __init__(self, number: str, sentence: str, *, about: object = None) -> None:
        super().__init__(f"{number} {sentence}")
        self.number = number
        self.sentence = sentence
        self.about = about


class NotPermitted(Refused):
    """This person may not do it, whatever the state of the thing."""


class WrongState(Refused):
    """Nobody may do it now: the thing is not in a state that allows it."""


class RuleBroken(Refused):
    """It would make something untrue that must be true."""


PLAIN = "PER-01"
"""The number of a refusal that only says who may."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Whether a person may do a thing, and the reason, whichever way it goes."""

    allowed: bool
    reason: str
    number: str = PLAIN
    about: object = None
    """What the reason speaks of, as in ``Refused``."""
    held: Callable[[], "Answer"] | None = field(default=None, compare=False, repr=False)
    """Asks the same again and sees to it that the answer stands until the act ends."""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise ``NotPermitted`` with the reason unless the answer is yes, and stays so."""
        answer = self.held() if self.allowed and self.held else self
        if not answer.allowed:
            raise NotPermitted(answer.number, answer.reason, about=answer.about)

    def under(self, rule: Callable[[], None]) -> "Answer":
        """Say no where ``rule`` is broken; it is looked at again whenever the answer is held."""
        if not self.allowed:
            return self
        try:
            rule()
        except RuleBroken as broken:
            return no(broken.sentence, number=broken.number, about=broken.about)
        asks = self.held
        return replace(self, held=lambda: asks().under(rule)) if asks else self


def with_article(words: str) -> str:
    """Return ``an entry`` and ``a leaf``, as a sentence needs them."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def yes(reason: str) -> Answer:
    """An answer that allows, with its reason."""
    return Answer(allowed=True, reason=reason)


def no(reason: str, *, number: str = PLAIN, about: object = None) -> Answer:
    """An answer that refuses, with its reason."""
    return Answer(allowed=False, reason=reason, number=number, about=about)
