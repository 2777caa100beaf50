"""Screens to bind what was promised: decide, draft, settle, sign, read, withhold."""
