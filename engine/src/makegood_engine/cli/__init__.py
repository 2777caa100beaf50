"""The command line: `makegood-engine COMMAND`, one module a command.

A command's module has `TABLES` (the contracts its help lists), `add` (its options), `run` (its
answer, as a mapping) and `show` (the answer in words). `main` finds it by name.
"""

from makegood_engine.cli.main import leave, main

__all__ = ["leave", "main"]
