"""Files that people hand in: kept under a name of ours, known by their content, dropped for good.

A room keeps one with ``keep_file`` and points to its ``KeptFile``; who gave it and who reads it, the
room says. What the file holds may be dropped; its digest stays.
"""
