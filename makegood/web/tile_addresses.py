"""How tiles of the ledger stand in addresses: ``tile/0/x001/067.p/12``, and ``tile/entries/x001/067``."""

from dataclasses import replace

from django.urls import register_converter

from makegood.kernel.ledger.tiles import Place, read_address

NUMBER = r"(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?"


class EntryTile:
    """A tile of leaves, whose entries are asked for."""

    regex = NUMBER

    def to_python(self, address: str) -> Place:
        return read_address(address)

    def to_url(self, place: Place) -> str:
        return place.address


class HashTile:
    """A tile of any level, whose hashes are asked for."""

    regex = f"(?:0|[1-9][0-9]?)/{NUMBER}"

    def to_python(self, address: str) -> Place:
        level, _, number = address.partition("/")
        return read_address(number, level=int(level))

    def to_url(self, place: Place) -> str:
        return f"{place.level}/{replace(place, level=0).address}"


register_converter(EntryTile, "entry_tile")
register_converter(HashTile, "hash_tile")
