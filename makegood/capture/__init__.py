"""Capture: record what happened, as owed.

Owns evidence, story links and stories with their consent. Measurements are
kept by measures; here is who may record them, for which commitment.
Comes in: recorders of a provider, and people who tell their story.
"""
