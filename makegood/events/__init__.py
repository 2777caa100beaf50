"""Events: where organisations with offers meet those with needs.

Will own gatherings, places, sign-up, waiting lists, attendance and matches.
"""
