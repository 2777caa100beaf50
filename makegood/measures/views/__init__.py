"""Screens for the shared library of measures: found, kept, and taken in from a file."""
