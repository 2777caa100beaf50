"""Makegood's analysis engine: tables in, tables out, and an honest answer between.

It knows nothing of the platform. Its rooms: `tables` (what comes in, and what is said of a
bad cell), `spc` (watching one series), `effect` (what changed beyond the comparators),
`verdict` (what may be said of a promise), `charts` (accessible pictures), `runners`
(how data reaches the kernel) and `cli`.
"""

__version__ = "0.3.0"
