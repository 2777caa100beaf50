"""Every address the platform answers, read from its own urls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def all_addresses() -> list[str]:
    """Return the name of each address, with its namespace; the path itself where it has no name."""
    return sorted(set(named(get_resolver().url_patterns)))


def named(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Yield the name of each pattern, going down into those that include others."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or f'unnamed {pattern.pattern}'}"
