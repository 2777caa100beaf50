"""What may happen when: one table per kind of thing, which also draws its own diagram."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from makegood.kernel.refusal import WrongState


class HasState(Protocol):
    """A thing that is always in one of its states."""

    state: str


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One act, the states it may start from, where it leads, and who holds the pen."""

    act: str
    sources: frozenset[StrEnum]
    target: StrEnum
    who: str


def step(act: str, source: StrEnum, target: StrEnum, *, who: str) -> Transition:
    """Return the transition of an act that starts from one state only."""
    return Transition(act=act, sources=frozenset({source}), target=target, who=who)


@dataclass(frozen=True, kw_only=True)
class Table:
    """All the acts of one kind of thing.

    ``name`` is used in messages and file names; ``states`` is the enumeration.
    """

    name: str
    states: type[StrEnum]
    initial: StrEnum
    transitions: tuple[Transition, ...]

    def target(self, state: str, *, act: str) -> StrEnum:
        """Return where ``act`` leads from ``state``; ``WrongState`` if it leads nowhere."""
        for transition in self.transitions:
            if transition.act == act and state in transition.sources:
                return transition.target
        allowed = " or ".join(sorted({_words(s) for s in self._sources(act)}))
        raise WrongState(
            "STA-01",
            f"This {self.name} is {_words(state)}. "
            f"That can be done only while it is {allowed or 'in another state'}.",
        )

    def acts_from(self, state: str) -> tuple[str, ...]:
        """Return the acts that are possible from ``state``, in the table's order."""
        return tuple(t.act for t in self.transitions if state in t.sources)

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for transition in self.transitions:
            lines += [
                f"    {source} --> {transition.target}: {_words(transition.act)} ({transition.who})"
                for source in sorted(transition.sources)
            ]
        ends = set(self.states) - {s for t in self.transitions for s in t.sources}
        lines += [f"    {state} --> [*]" for state in sorted(ends)]
        return "\n".join(lines)

    def _sources(self, act: str) -> Iterable[StrEnum]:
        return (s for t in self.transitions if t.act == act for s in t.sources)


def move(thing: HasState, *, table: Table, act: str) -> None:
    """Put ``thing`` in the state ``act`` leads to, or raise ``WrongState``.

    The caller holds the row locked and saves it.
    """
    thing.state = table.target(thing.state, act=act)


def _words(name: str) -> str:
    return name.replace("_", " ")
