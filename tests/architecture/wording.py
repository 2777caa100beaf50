"""What may not stand in any file: other machines' paths, registries, unexplained dependencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# Written in pieces, so that this file does not find itself.
HOSTS = ("pypi." + "org", "files.python" + "hosted", "registry." + "npmjs", "registry." + "yarnpkg")
ABSOLUTE = re.compile(r"(?<![\w./~$}-])/(?:home|root|work|Users|workspace)/[\w.-]+")
INLINE = (
    (re.compile(r"<style\b", re.I), "a style element"),
    (re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.I), "a script"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I), "a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I), "a script in an attribute"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I), "a script in an address"),
)
TARGET = re.compile(r"^([a-z][\w-]*):(?!=)(.*)$", re.M)
MOST_TARGETS = 16


def unfit_to_share(texts: dict[str, str]) -> list[str]:
    """Return each line that names a registry's host or a path of one machine."""
    return [
        f"{path}:{number} {found}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for found in _unfit(line)
    ]


def _unfit(line: str) -> Iterator[str]:
    yield from (f"names {host}" for host in HOSTS if host in line)
    yield from (f"names {path}, a path of one machine" for path in ABSOLUTE.findall(line))


def inline_code(templates: dict[str, str]) -> list[str]:
    """Return each style or script that stands inside a page, where our policy forbids it."""
    return [
        f"{path}:{text.count(chr(10), 0, found.start()) + 1} has {what} inside the page"
        for path, text in templates.items()
        for pattern, what in INLINE
        for found in pattern.finditer(text)
    ]


def unexplained(pyproject: str) -> list[str]:
    """Return each dependency with no reason on its own line."""
    return [line.strip() for line in _dependency_lines(pyproject.splitlines()) if "#" not in line]


def _dependency_lines(lines: Iterable[str]) -> Iterator[str]:
    table, inside = "", False
    for line in lines:
        table = line.strip("[] ") if line.startswith("[") else table
        opens = re.match(r"[\w-]+\s*=\s*\[", line)
        if opens:
            extra = table == "project.optional-dependencies"
            inside = extra or line.startswith("dependencies")
        content = line[opens.end() :] if opens else line
        if inside and re.search(r"[\"'][A-Za-z]", content):
            yield content
        if "]" in re.sub(r"\"[^\"]*\"|#.*", "", line):
            inside = False


def targets(makefile: str) -> dict[str, str]:
    """Return the make targets and the line of help each has."""
    return {
        name: rest.partition("##")[2].strip()
        for name, rest in TARGET.findall(makefile)
        if not name.startswith(".")
    }
