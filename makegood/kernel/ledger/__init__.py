"""The ledger: an append-only transparency log of every act.

An act appends one entry for each thing it changed, in its own transaction.
Entries are folded into one Merkle tree (RFC 6962). An entry holds a salted
digest of the thing, never its words. ``makegood ledger verify`` holds every
row against its digest and every entry against the tree.
"""
