"""Two films of half a second, gold and teal by turns, as a browser records them; and what phones add."""

from __future__ import annotations

import base64
import struct

PLACE = b"+54.5000-001.2000/"
WEBM = base64.b64decode(
    "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAMVEU2bdLlNu4tTq4QVSalmU6yBbk27i1Or"
    "hBZUrmtTrIGTTbuLU6uEH0O2dVOsgdRNu4xTq4QcU7trU6yCAwPsrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBEiYRD/CyLTYCGQ2hyb21lV0GGQ2hyb21lFlSua7yuuteBAXPFh5dISu4/R0yD"
    "gQFV7oEBhoVWX1ZQOOCdsIFAuoEwU8CBAVWwkFWxgQFVuYECVbqBDVW7gQEfQ7Z1AQAAAAAAAiPngQCg9aHEgQAAALADAJ0B"
    "KkAAMAAABwiFhYiZhIgBJBATrVAfwB/QEDncDWrmY83IAP7+++gf/3abPcLxN//dpv/5Z+wd7d/ytAB1oaymqu6BAaWl0AIA"
    "nQEqQAAwAAAHCIWFiJmEiAEkEAA0cn5mPN+KwAD+/7qDAKDTobKBAGQAMQIAABAJIADAANJ/oGAAiGAqnAD++NAL/0mgX8mg"
    "X8mz5JH/9JaK8AjH/6Q4AHWhmaaX7oEBpZLRAQAAEAkgAMAAwsF/oABEYAD7gQCg0qGxgQDKADECAAAQCSAAwADSf6BgAIhg"
    "KpwA/v776B//dps9wvE3/92m//ln7B3t3/K0AHWhmaaX7oEBpZLRAQAAEAkgAMAAwsF/oABEYAD7gWSg06GygQEuADECAAAQ"
    "CSAAwADSf6BgAIhgKpwA/vjQC/9JoF/JoF/Js+SR//SWivAIx/+kOAB1oZmml+6BAaWS0QEAABAJIADAAMLBf6AARGAA+4HK"
    "oNOhsYEBkgAxAgAAEAkgAMAA0n+gYACIYCqcAP7+++gf/3abPcLxN//dpv/5Z+wd7d/ytAB1oZmml+6BAaWS0QEAABAJIADA"
    "AMLBf6AARGAA+4IBLqDUobKBAfgAMQIAABAJIADAANJ/oGAAiGAqnAD++NAL/0mgX8mgX8mz5JH/9JaK8AjH/6Q4AHWhmaaX"
    "7oEBpZLRAQAAEAkgAMAAwsF/oABEYAD7ggGSHFO7a427i7OBALeG94EB8YHU"
)
MP4 = base64.b64decode(
    "AAAAJGZ0eXBpc29tAAACAGlzb21pc282aXNvMmF2YzFtcDQxAAACym1vb3YAAAB4bXZoZAEAAAAAAAAA5yo1dwAAAADnKjV3"
    "AAAD6AAAAAAAAAIaAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAIAAAIidHJhawAAAGh0a2hkAQAAAwAAAADnKjV3AAAAAOcqNXcAAAABAAAAAAAAAAAAAAIa"
    "AAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAABAAAAAMAAAAAABsm1kaWEAAAAs"
    "bWRoZAEAAAAAAAAA5yo1dwAAAADnKjV3AAB1MAAAAAAAAAIaVcQAAAAAAC1oZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAA"
    "VmlkZW9IYW5kbGVyAAAAAVFtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAlZGluZgAAAB1kcmVmAAAAAAAAAAEAAAANdXJs"
    "IAAAAAEAAAABEHN0YmwAAAAQc3RzYwAAAAAAAAAAAAAAEHN0dHMAAAAAAAAAAAAAABRzdHN6AAAAAAAAAAAAAAAAAAAAEHN0"
    "Y28AAAAAAAAAAAAAAMRzdHNkAAAAAAAAAAEAAAC0YXZjMQAAAAAAAAABAAAAAQAAAAAAAAAAAAAAAABAADAASAAAAEgAAAAA"
    "AAAAAQtBVkMxIENvZGluZwAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAABBwYXNwAAAAAQAAAAEAAAAUYnRydAAAAAAAAAAA"
    "AAAAAAAAACdhdmNDAULAFf/hABBnQsAVjI1COTcBDQEHhEI1AQAEaM48gAAAABNjb2xybmNseAABAA0AAYAAAAAobXZleAAA"
    "ACB0cmV4AAAAAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAAkG1vb2YAAAAQbWZoZAAAAAAAAAABAAAAeHRyYWYAAAAUdGZoZAAC"
    "ACAAAAABAQEAAAAAABR0ZmR0AQAAAAAAAAAAAAAAAAAASHRydW4BAAMFAAAABgAAAJgCAAAAAAALvQAAACgAAAw5AAAALAAA"
    "C74AAAAtAAALwAAAACwAAAu/AAAALAAAA+cAAAAsAAABDW1kYXQAAAAkZbgABAAACf//+CKKAAIFnjgACGDHAAEBqTFycnWL"
    "rrrrrrrwAAAAKGHgAEAAvkCfN//8EUUAAz44ABqOAAIL+JxXE+J89iufz+fzyZ/P5/AAAAApYeAAgAE+QP83//wRRQABBQqs"
    "cAARJ44AAgaYnxPifP5/P5/PJn8/n8AAAAAoYeAAwAG+QE/N//8EUUAAQD/HAAEBCOAAIYeJ8T4nz+fz+fzyZ/P5/AAAAChh"
    "4AEAAj5AX83//wRRQABCS8cAAR444AAgzYnxPifP5/P5/PJn8/n8AAAAKGHgAUACvkBvzf//BFFAAEC3xwABAwjgACKnifE+"
    "J8/n8/n88mfz+fwAAABMbWZyYQAAADR0ZnJhAQAAAAAAAAEAAAA/AAAAAQAAAAAAAAAAAAAAAAAAAu4AAAABAAAAAQAAAAEA"
    "AAAQbWZybwAAAAAAAABM"
)


def box(name: bytes, *parts: bytes) -> bytes:
    """Return a box of ISO 14496-12."""
    held = b"".join(parts)
    return struct.pack(">I", 8 + len(held)) + name + held


def mp4_with_place() -> bytes:
    """Return the film with a place beside it, as phones write it."""
    at = MP4.index(b"moov") - 4
    size = struct.unpack_from(">I", MP4, at)[0]
    moov = MP4[at + 8 : at + size]
    said = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE))
    return MP4[:at] + box(b"moov", moov, said, box(b"meta", PLACE)) + MP4[at + size :]


def mov_with_track_of_places() -> bytes:
    """Return a film beside whose pictures a track runs that says where it is, second by second."""

    def full(name: bytes, *numbers: int) -> bytes:
        return box(name, struct.pack(f">{1 + len(numbers)}I", 0, *numbers))

    def track(kind: bytes, *, offsets: list[int], size: int) -> bytes:
        hdlr = box(b"hdlr", bytes(8) + kind + bytes(12) + b"Made by a phone")
        table = box(
            b"stbl",
            full(b"stsd", 0),
            full(b"stsc", 1, 1, 1, 1),
            full(b"stsz", 0, len(offsets), *[size] * len(offsets)),
            full(b"stco", len(offsets), *offsets),
        )
        times = full(b"mdhd", 3_800_000_000, 3_800_000_001, 600, 600, 0)
        return box(b"trak", box(b"mdia", times, hdlr, box(b"minf", table)))

    start = box(b"ftyp", b"qt  ", bytes(4))
    mdat = box(b"mdat", b"PICTURE", PLACE, b"PICTURE", PLACE)
    first = len(start) + 8
    seen = track(b"vide", offsets=[first, first + 7 + len(PLACE)], size=7)
    where = track(b"meta", offsets=[first + 7, first + 14 + len(PLACE)], size=len(PLACE))
    return start + mdat + box(b"moov", seen, where)
