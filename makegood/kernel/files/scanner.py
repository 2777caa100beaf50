"""Asking a virus scanner about a file, where one is configured: clamd, over a socket, as a stream."""

import socket
import struct
from enum import StrEnum
from typing import BinaryIO

from django.conf import settings

CHUNK = 1 << 16
PATIENCE = 30.0
"""Seconds: so long the scanner may take for an answer."""


class Scanned(StrEnum):
    """What the scanner says of a file."""

    NOT_ASKED = "not asked"
    CLEAN = "clean"
    HARMFUL = "harmful"
    NO_ANSWER = "no answer"


def scan(file: BinaryIO) -> Scanned:
    """Send a file to the scanner that ``settings.SCANNER`` names, and return what it said."""
    if not settings.SCANNER:
        return Scanned.NOT_ASKED
    file.seek(0)
    try:
        with _opened(settings.SCANNER) as scanner:
            said = _ask(scanner, file)
    except OSError:
        return Scanned.NO_ANSWER
    finally:
        file.seek(0)
    if said.endswith("OK"):
        return Scanned.CLEAN
    return Scanned.HARMFUL if said.endswith("FOUND") else Scanned.NO_ANSWER


def _opened(place: str) -> socket.socket:
    if place.startswith("/"):
        local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        local.settimeout(PATIENCE)
        local.connect(place)
        return local
    host, _, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _ask(scanner: socket.socket, file: BinaryIO) -> str:
    scanner.sendall(b"zINSTREAM\0")
    while chunk := file.read(CHUNK):
        scanner.sendall(struct.pack(">I", len(chunk)) + chunk)
    scanner.sendall(struct.pack(">I", 0))
    said = b""
    while not said.endswith(b"\0") and (more := scanner.recv(4096)):
        said += more
    return said.rstrip(b"\0").decode("ascii", "replace").strip()
