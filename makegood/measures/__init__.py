"""Measures: what can be measured, and its history.

Owns measures, series, measurements (append-only, versioned), uploads and
pools of comparators. Rooms that record do so through its actions.
"""
