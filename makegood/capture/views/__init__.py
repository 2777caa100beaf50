"""Screens to record what happened, and to tell it."""
