"""Signed notes (c2sp.org/signed-note) with Ed25519, and the checkpoints (c2sp.org/tlog-checkpoint) in them.

A note is a text, an empty line, and a line for each signature. Which keys are ours is said elsewhere.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"
DASH = "— "
MOST_SIGNATURES = 100
ID_BYTES, KEY_BYTES, HASH_BYTES = 4, 32, 32
CHECKPOINT_LINES = 3
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NotANote(ValueError):
    """What should be a note, a key or a checkpoint is none."""


def is_key_name(name: str) -> bool:
    """Return whether a key may be called that: no space, no plus, nothing that cannot be seen."""
    hidden = (sign.isspace() or not sign.isprintable() for sign in name)
    return bool(name) and "+" not in name and not any(hidden)


@dataclass(frozen=True)
class Verifier:
    """Whoever holds this can check a signature: a name and a public key (32 bytes)."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Return the first four bytes of the key's hash, which stand before each signature."""
        hashed = hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key)
        return hashed.digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.key).decode()}"

    def accepts(self, signature: bytes, *, text: str) -> bool:
        """Return whether ``signature`` is this key's, under ``text``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """Whoever holds this can sign: a name and a private key (32 bytes). It shows neither in a log."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        return f"Signer({self.name})"

    @property
    def verifier(self) -> Verifier:
        """Return what checks its signatures."""
        return Verifier(self.name, self._private().public_key().public_bytes_raw())

    def written(self) -> str:
        """Return the private key as one line, to be kept by its owner alone."""
        secret = b64encode(ED25519 + self.seed).decode()
        return f"{PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{secret}"

    def line_under(self, text: str) -> str:
        """Return the line that signs ``text``."""
        signed = self.verifier.key_id + self._private().sign(text.encode())
        return f"{DASH}{self.name} {b64encode(signed).decode()}\n"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_signer(name: str) -> Signer:
    """Return a new key called ``name``."""
    return Signer(name, Ed25519PrivateKey.generate().private_bytes_raw())


def read_verifier(line: str) -> Verifier:
    """Return the public key that a line like ``name+1a2b3c4d+Ab…`` says."""
    name, key = _read_key(line)
    return Verifier(name, key)


def read_signer(line: str) -> Signer:
    """Return the private key that a line says; it begins with ``PRIVATE+KEY+``."""
    if not line.startswith(PRIVATE):
        raise NotANote("That is no private key of a log.")
    name, seed = _read_key(line.removeprefix(PRIVATE))
    return Signer(name, seed)


def _read_key(line: str) -> tuple[str, bytes]:
    name, _, rest = line.strip().partition("+")
    _, _, encoded = rest.partition("+")
    key = _bytes_of(encoded)
    if not is_key_name(name) or key[:1] != ED25519 or len(key) != 1 + KEY_BYTES:
        raise NotANote("That is no Ed25519 key of a log.")
    return name, key[1:]


@dataclass(frozen=True)
class Note:
    """A text and what is signed beneath it: name, key id and signature of each."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def signed_by(self, verifier: Verifier) -> bool | None:
        """Return whether the key signed this text; None where no line claims that it did."""
        claims = [
            signature
            for name, key_id, signature in self.signatures
            if (name, key_id) == (verifier.name, verifier.key_id)
        ]
        return all(verifier.accepts(each, text=self.text) for each in claims) if claims else None


def sign(text: str, *, signers: Iterable[Signer]) -> str:
    """Return the note of ``text`` with a line for each of ``signers``."""
    return f"{text}\n" + "".join(signer.line_under(text) for signer in signers)


def read_note(written: str) -> Note:
    """Return the note that is written so, its signatures not yet checked."""
    text, gap, beneath = written.rpartition("\n\n")
    lines = beneath.splitlines()
    if not gap or not beneath.endswith("\n") or not 0 < len(lines) <= MOST_SIGNATURES:
        raise NotANote("A signed note has a text, an empty line, and signatures.")
    if any(sign < " " and sign != "\n" for sign in written):
        raise NotANote("A signed note has no control characters.")
    return Note(f"{text}\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    signed = _bytes_of(encoded)
    if not line.startswith(DASH) or not is_key_name(name) or len(signed) <= ID_BYTES:
        raise NotANote(f"“{line}” is no signature.")
    return name, signed[:ID_BYTES], signed[ID_BYTES:]


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: whose log it is, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def read_head(text: str) -> Head:
    """Return what the text of a checkpoint says; lines after the third are left alone."""
    lines = text.split("\n")
    if len(lines) <= CHECKPOINT_LINES or "" in lines[:-1] or lines[-1]:
        raise NotANote("A checkpoint has an origin, a size and a root, a line each.")
    origin, size, root = lines[:CHECKPOINT_LINES]
    if not SIZE.fullmatch(size):
        raise NotANote(f"“{size}” is no size of a tree.")
    hashed = _bytes_of(root)
    if len(hashed) != HASH_BYTES:
        raise NotANote(f"“{root}” is no root of a tree.")
    return Head(origin, int(size), hashed)


def _bytes_of(encoded: str) -> bytes:
    try:
        found = b64decode(encoded, validate=True)
    except ValueError as wrong:
        raise NotANote(f"“{encoded}” is not base64.") from wrong
    if b64encode(found).decode() != encoded:
        raise NotANote(f"“{encoded}” can be written in another way.")
    return found
