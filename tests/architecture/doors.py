"""An import-linter contract of our own: which files of a room the other rooms may import.

One contract covers every room, so a new room is walled the moment its folder exists.
"""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Another room's modules are imported only through its doors.

    Options: ``root`` (the package that holds the rooms), ``doors`` (names of the files others may
    import) and ``open_rooms`` (rooms with no walls, such as the kernel).
    """

    type_name = "doors"

    root = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    open_rooms = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        breaches = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if self._is_walled(imported)
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if self._room_of(importer) != self._room_of(imported)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"{importer} imports {imported}, which is not a door of its room.")

    def _room_of(self, module: str) -> str | None:
        parts = module.split(".")
        return parts[1] if len(parts) > 1 and parts[0] == str(self.root) else None

    def _is_walled(self, module: str) -> bool:
        parts = module.split(".")
        options: Any = self
        if len(parts) < 3 or parts[0] != options.root or parts[1] in (options.open_rooms or []):
            return False
        return parts[2] not in options.doors
