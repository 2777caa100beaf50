"""Barriers: red tape reported, worked by the taskforce, and answered.

Will own reports, merging, resolution, pathfinders and what they learned.
"""
