"""Words to watch for in a promise, read from ``watched.toml``."""

import tomllib
from pathlib import Path

_READ = tomllib.loads((Path(__file__).parent / "watched.toml").read_text())
JARGON: dict[str, str] = _READ["jargon"]
"""Words of the trade, each with a plainer one."""
VAGUE = frozenset(_READ["vague"])
"""Verbs that say that something gets better, and not what."""
WIDE = frozenset(_READ["wide"])
"""Groups so wide that nobody can be counted among them."""
IDIOMS = frozenset(_READ["idioms"])
"""Things said with “and” that are one thing."""
