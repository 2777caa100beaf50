"""Makegood: added value articulated, contracted for, captured and assessed.

Each package here is a room named after what people come to do. Rooms stand in
order (see docs/decisions/0001-rooms-are-verbs.md): a later room may use an
earlier one, never the other way round.
"""

__version__ = "0.1.0"
