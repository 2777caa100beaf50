"""Web: the house around the rooms.

Owns settings, root addresses, the home page, the desk, the thread of a
promise, the trace of a figure, components and the command line.
"""
